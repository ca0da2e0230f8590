"""`/download`: the whole archive as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
from datasette import Response

from jobscraper.publish.build.exports import PACKAGE, SUMS
from jobscraper.publish.site.configuration import DATABASE, EXPORTS_MOUNT
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import page


@attrs.frozen
class ExportedFile:
    """A file of the download page, in the words of the data package."""

    name: str
    title: str
    format: str
    bytes: int


@page("/download")
async def download_page(datasette: Any, request: Any) -> Response:
    """`/download`: the whole archive as files."""
    folder = next((Path(path) for mount, path in datasette.static_mounts if mount == EXPORTS_MOUNT), None)
    (snapshot,) = await data.rows(datasette, "SELECT * FROM snapshot")
    size = datasette.get_database(DATABASE).size
    files = exported_files(folder) if folder else []
    grouped: dict[str, list[ExportedFile]] = {}
    for file in files:
        grouped.setdefault(file.title, []).append(file)
    return await data.page(
        datasette, request, "download.html", snapshot=snapshot, size=size, files=grouped, mount=EXPORTS_MOUNT,
        package=PACKAGE, sums=SUMS, licences=await data.rows(datasette, "SELECT title, licence, licence_url, attribution"
                                                           " FROM source WHERE licence IS NOT NULL ORDER BY title"),
    )  # fmt: skip


def exported_files(folder: Path) -> list[ExportedFile]:
    """The files that a data package describes; none where there is no package."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [
        ExportedFile(one["path"], one["title"], one["format"], one["bytes"]) for one in package.get("resources", ())
    ]
