"""`/questions`: all of them, by theme."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from datasette import Response

from jobscraper.publish.questions import questions
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import page


@page("/questions")
async def questions_page(datasette: Any, request: Any) -> Response:
    """`/questions`: all of them, by theme."""
    themes = [(theme, list(found)) for theme, found in groupby(questions().values(), key=lambda it: it.theme)]
    return await data.page(datasette, request, "questions.html", themes=themes)
