"""`/sources`: who publishes what, under which licence."""

from __future__ import annotations

from typing import Any

from datasette import Response

from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import page
from jobscraper.publish.site.shared.sources import SOURCES


@page("/sources")
async def sources_page(datasette: Any, request: Any) -> Response:
    """`/sources`: who publishes what, under which licence."""
    return await data.page(datasette, request, "sources.html", sources=await data.rows(datasette, SOURCES))
