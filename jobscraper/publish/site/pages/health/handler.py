"""`/health`: how the crawls went, what each source prints, and what could not be read; and incidents as a feed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from datasette import Response

from jobscraper.capture.record import instant
from jobscraper.publish.site.pages.health.queries import INCIDENTS, ISSUES, RUNS
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.atom import Entry, Feed, as_xml, tag
from jobscraper.publish.site.shared.page import file, page
from jobscraper.publish.site.shared.sources import SOURCES
from jobscraper.quality.health import cadence_of, is_late


def punctuality(source: Mapping[str, Any], now: datetime) -> str:
    """Whether the board of a source is asked as often as it should be, `now`, whatever was so when this was published.

    :param source: its `last_started`, `last_asked` (by a run that was no replay) and `cadence_hours`.
    """
    if source["last_asked"] is None:
        return "replayed, never crawled" if source["last_started"] else "never crawled"
    last = datetime.fromisoformat(source["last_asked"])
    return "late" if is_late(last, cadence_of(source["cadence_hours"]), now) else "in time"


@page("/health")
async def health_page(datasette: Any, request: Any) -> Response:
    """`/health`: how the crawls went, what each source prints, and what could not be read.

    The only page on which the reader's clock counts: a source goes late while a snapshot stays as it is.
    """
    now = datetime.now(UTC)
    sources = await data.rows(datasette, SOURCES)
    return await data.page(
        datasette,
        request,
        "health.html",
        now=instant(now),
        published_at=(await data.rows(datasette, "SELECT published_at FROM snapshot"))[0][0],
        sources=[{**source, "now": punctuality(source, now)} for source in sources],
        incidents=await data.rows(datasette, INCIDENTS),
        runs=await data.rows(datasette, RUNS),
        issues=await data.rows(datasette, ISSUES),
    )


@file("/health.atom")
async def health_atom(datasette: Any, request: Any) -> Response:
    """`/health.atom`: the incidents of all sources as a feed; an entry is renewed when its incident ends."""
    page = datasette.absolute_url(request, datasette.urls.path("health"))
    (snapshot,) = await data.rows(datasette, "SELECT published_at FROM snapshot")
    entries = tuple(_incident(page, row) for row in await data.rows(datasette, INCIDENTS))
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
