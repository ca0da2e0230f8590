"""The addresses of our own pages, beside those of Datasette."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import NotFound

from jobscraper.publish.site.plugin.about import (
    dictionary_page,
    download_page,
    health_atom,
    health_page,
    robots_txt,
    sitemap_xml,
    sources_page,
)
from jobscraper.publish.site.plugin.ask import question_data, question_page, questions_page
from jobscraper.publish.site.plugin.hooks import hook
from jobscraper.publish.site.plugin.pay import pay_page
from jobscraper.publish.site.plugin.profile import place_page
from jobscraper.publish.site.plugin.results import search_atom, search_csv, search_json, search_page
from jobscraper.publish.questions import questions
from jobscraper.publish.site.configuration import DATABASE, EXPORTS_MOUNT

View = Callable[..., Awaitable[Any]]


_PAGES: list[tuple[str, View]] = [
    (r"/search$", search_page),
    (r"/search\.csv$", search_csv),
    (r"/search\.json$", search_json),
    (r"/search\.atom$", search_atom),
    (r"/pay$", pay_page),
    (r"/questions$", questions_page),
    (r"/place/(?P<code>[A-Z]\d{8})$", place_page),
    (r"/sources$", sources_page),
    (r"/health$", health_page),
    (r"/health\.atom$", health_atom),
    (r"/dictionary$", dictionary_page),
    (r"/download$", download_page),
    (r"/robots\.txt$", robots_txt),
    (r"/sitemap\.xml$", sitemap_xml),
]
# Files, and what Datasette makes of one row with SQL of its own, found by its key.
_WITHOUT_VISITORS_SQL = (
    r"/$",
    r"/favicon\.ico$",
    rf"/(?:-/static|assets|{EXPORTS_MOUNT})/",
    rf"/{DATABASE}\.db$",
    rf"/{DATABASE}/(?:advert|employer)/[^/.]+$",
)
_OURS = re.compile("|".join([*(pattern for pattern, _ in _PAGES), *_WITHOUT_VISITORS_SQL]))


def is_ours(path: str) -> bool:
    """Whether the page at `path`, as it stands in the request, is one of ours: its SQL is ours, and known to be quick.

    Whatever is not known here is a visitor's. So are the questions: what is asked in them may take long.
    """
    return _OURS.match(path) is not None


@hook
def register_routes() -> list[tuple[str, View]]:
    """Our pages; and where the file lies on the server and what its threads do, which we keep to ourselves."""
    return [
        *_PAGES,
        (rf"/{DATABASE}/(?P<question>{'|'.join(questions())})$", question_page),
        # The names of groups are Datasette's, whose page it is.
        (rf"/(?P<database>{DATABASE})/(?P<table>{'|'.join(questions())})\.(?P<format>json|csv)$", question_data),
        (r"/-/(?:databases|threads)(?:\.json)?$", _not_here),
    ]


async def _not_here() -> None:
    raise NotFound("There is no such page")
