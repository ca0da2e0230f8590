"""`/`: what is in the archive, what is new, and where it comes from."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.pages.home.queries import LAST_WEEK, NEWEST, SOURCES, WEEK_BEGINS
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import Values, added_to


@added_to("index.html", "/")
async def home(datasette: Any, _request: Any) -> Values:
    """What is in the archive, what was new in its last week, and who publishes it."""
    sources = await data.rows(datasette, SOURCES)
    (snapshot,) = await data.rows(datasette, "SELECT * FROM snapshot")
    ((since,),) = await data.rows(datasette, WEEK_BEGINS)
    return {
        "snapshot": snapshot,
        "as_of": snapshot["as_of"],
        "sources": sources,
        "newest": await data.rows(datasette, NEWEST),
        "pictures": await _pictures(datasette),
        "week": {row["kind"]: row["events"] for row in await data.rows(datasette, LAST_WEEK)},
        "week_begins": since,
    }


async def _pictures(datasette: Any) -> Values:
    """The pictures by name, as markup: they are ours, and drawing them kept no more than shapes and escaped words."""
    if not await datasette.get_database(DATABASE).table_exists("picture"):
        return {}
    return {row["name"]: Markup(row["svg"]) for row in await data.rows(datasette, "SELECT name, svg FROM picture")}
