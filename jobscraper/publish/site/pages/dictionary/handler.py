"""`/dictionary`: what every table and column means, and what SQL may use."""

from __future__ import annotations

from typing import Any

from datasette import Response

from jobscraper.publish.dictionary import tables
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import page
from jobscraper.publish.sql.allowed import FUNCTIONS


@page("/dictionary")
async def dictionary_page(datasette: Any, request: Any) -> Response:
    """`/dictionary`: what every table and column means."""
    return await data.page(datasette, request, "dictionary.html", tables=tables(), functions=sorted(FUNCTIONS))
