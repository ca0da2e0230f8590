"""The page of the files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jobscraper.publish.site.pages.download.handler import exported_files
from tests.publish.conftest import Get


def test_every_exported_file_can_be_downloaded_as_it_was_summed(get: Get, site: Path) -> None:
    page = get("/download").text
    sums = dict(line.split("  ")[::-1] for line in (site / "exports" / "SHA256SUMS").read_text().splitlines())
    files = exported_files(site / "exports")
    assert {file.name for file in files} == sums.keys() - {"datapackage.json"}
    for file in files:
        assert f'href="/exports/{file.name}"' in page
        assert hashlib.sha256(get(f"/exports/{file.name}").content).hexdigest() == sums[file.name]


def test_without_exports_the_page_says_so(tmp_path: Path) -> None:
    assert exported_files(tmp_path / "nowhere") == []
