"""The pages about the archive itself: its sources, their health, its words, its files; and what robots are told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
from datasette import Response
from datasette.utils import tilde_encode
from datasette.utils.asgi import NotFound

from jobscraper.capture.record import instant
from jobscraper.publish.dictionary import tables
from jobscraper.publish.build.exports import PACKAGE, SUMS
from jobscraper.publish.site.plugin import data
from jobscraper.publish.site.plugin.atom import Entry, Feed, as_xml, tag
from jobscraper.publish.site.configuration import DATABASE, EXPORTS_MOUNT
from jobscraper.publish.sql.allowed import FUNCTIONS
from jobscraper.quality.health import cadence_of, is_late

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# As many as one sitemap may hold.
_MOST_IN_A_SITEMAP = 50_000

_SOURCES = """
SELECT source.*, fill_rate.adverts, fill_rate.open, employer, place, pay_text, pay, closing, fill_rate.description,
    incident.state, incident.since, incident.what, last.started AS last_started, last.verdict AS last_verdict, last.stop_reason AS last_reason,
    (SELECT max(started) FROM run WHERE source_id = source.id AND verdict = 'complete') AS last_complete,
    (SELECT max(started) FROM run WHERE source_id = source.id AND verdict IS NOT NULL AND instr(id, '-replay-') = 0) AS last_asked
FROM source LEFT JOIN fill_rate ON fill_rate.source_id = source.id
LEFT JOIN incident ON incident.source_id = source.id AND incident.until IS NULL
LEFT JOIN run AS last ON last.id = (SELECT id FROM run WHERE source_id = source.id ORDER BY started DESC LIMIT 1)
ORDER BY source.title"""

_RUNS = """
SELECT run.*, source.title AS source_title FROM run JOIN source ON source.id = source_id
ORDER BY started DESC LIMIT 50"""

_INCIDENTS = """
SELECT incident.*, source.title AS source_title FROM incident JOIN source ON source.id = source_id
ORDER BY since DESC LIMIT 50"""

# The issues of the last run of each source: what is wrong now, not what ever was.
_ISSUES = """
WITH last AS (SELECT source_id, max(started) AS started FROM run GROUP BY source_id)
SELECT source.title AS source_title, run.source_id, kind, count(*) AS issues, min(text) AS example
FROM last JOIN run USING (source_id, started) JOIN issue ON issue.run_id = run.id
JOIN source ON source.id = run.source_id GROUP BY run.source_id, kind ORDER BY issues DESC LIMIT 100"""

_ROBOTS = """\
User-agent: *
Disallow: /*?
Disallow: /-/
Disallow: /search
Disallow: /archive.db
Disallow: /exports/
"""


@attrs.frozen
class ExportedFile:
    """A file of the download page, in the words of the data package."""

    name: str
    title: str
    format: str
    bytes: int


async def sources_page(datasette: Any, request: Any) -> Response:
    """`/sources`: who publishes what, under which licence."""
    return await data.page(datasette, request, "sources.html", sources=await data.rows(datasette, _SOURCES))


def punctuality(source: Mapping[str, Any], now: datetime) -> str:
    """Whether the board of a source is asked as often as it should be, `now`, whatever was so when this was published.

    :param source: its `last_started`, `last_asked` (by a run that was no replay) and `cadence_hours`.
    """
    if source["last_asked"] is None:
        return "replayed, never crawled" if source["last_started"] else "never crawled"
    last = datetime.fromisoformat(source["last_asked"])
    return "late" if is_late(last, cadence_of(source["cadence_hours"]), now) else "in time"


async def health_page(datasette: Any, request: Any) -> Response:
    """`/health`: how the crawls went, what each source prints, and what could not be read.

    The only page on which the reader's clock counts: a source goes late while a snapshot stays as it is.
    """
    now = datetime.now(UTC)
    sources = await data.rows(datasette, _SOURCES)
    return await data.page(
        datasette,
        request,
        "health.html",
        now=instant(now),
        published_at=(await data.rows(datasette, "SELECT published_at FROM snapshot"))[0][0],
        sources=[{**source, "now": punctuality(source, now)} for source in sources],
        incidents=await data.rows(datasette, _INCIDENTS),
        runs=await data.rows(datasette, _RUNS),
        issues=await data.rows(datasette, _ISSUES),
    )


async def health_atom(datasette: Any, request: Any) -> Response:
    """`/health.atom`: the incidents of all sources as a feed; an entry is renewed when its incident ends."""
    page = datasette.absolute_url(request, datasette.urls.path("health"))
    (snapshot,) = await data.rows(datasette, "SELECT published_at FROM snapshot")
    entries = tuple(_incident(page, row) for row in await data.rows(datasette, _INCIDENTS))
    updated = max((entry.updated for entry in entries), default=snapshot["published_at"])
    feed = Feed(
        id=tag("health"),
        title="Crawl health",
        page=page,
        itself=f"{page}.atom",
        updated=updated,
        entries=entries,
    )
    return Response(as_xml(feed), content_type="application/atom+xml; charset=utf-8")


def _incident(page: str, row: Any) -> Entry:
    ended = f", ok again {row['until']}" if row["until"] else ""
    return Entry(
        id=tag("incident", row["source_id"], row["since"]),
        link=f"{page}#{row['source_id']}-{row['since']}",
        title=f"{row['source_title']}: {row['state']}{ended}",
        updated=row["until"] or row["since"],
        author="jobscraper",
        summary=row["what"],
    )


async def dictionary_page(datasette: Any, request: Any) -> Response:
    """`/dictionary`: what every table and column means."""
    return await data.page(datasette, request, "dictionary.html", tables=tables(), functions=sorted(FUNCTIONS))


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


async def robots_txt(datasette: Any, request: Any) -> Response:
    """`/robots.txt`: adverts may be found; searches, which have no end, are not for robots."""
    sitemap = datasette.absolute_url(request, datasette.urls.path("sitemap.xml"))
    return Response.text(f"{_ROBOTS}Sitemap: {sitemap}\n" if _is_absolute(sitemap) else _ROBOTS)


async def sitemap_xml(datasette: Any, request: Any) -> Response:
    """`/sitemap.xml`: the pages of the newest open adverts (sitemaps.org), which wants whole addresses."""
    if not _is_absolute(datasette.absolute_url(request, "/")):
        raise NotFound("There is no sitemap until the address of this site is set (site_url in its settings)")
    ET.register_namespace("", _SITEMAP)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    open_ones = f"SELECT advert FROM listing WHERE open = 1 ORDER BY advert DESC LIMIT {_MOST_IN_A_SITEMAP}"
    for row in await data.rows(datasette, f"SELECT id, last_seen FROM advert WHERE rowid IN ({open_ones})"):
        url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
        path = f"{datasette.urls.table(DATABASE, 'advert')}/{tilde_encode(row['id'])}"
        ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = datasette.absolute_url(request, path)
        ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = row["last_seen"]
    body = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")
    return Response(body, content_type="application/xml; charset=utf-8")


def _is_absolute(address: str) -> bool:
    return "://" in address
