"""Reading the pages of a local board in this process, as `tests.crawl.local_crawl` does in its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from web_poet import handle_urls

from jobscraper.boards.teaching_vacancies.feed import FeedPage
from jobscraper.rebuild import reading
from tests.crawl.local_crawl import LocalJobPage, LocalListPage


@contextmanager
def reading_pages_of(url: str) -> Iterator[None]:
    """While this lasts, pages under `url` are read as a crawl of it reads them; nothing is remembered as made ready."""
    _read(urlsplit(url).netloc)
    reading.made_ready.clear()
    yield


@cache
def _read(host: str) -> None:
    for path, page in (("feed", FeedPage), ("list", LocalListPage), ("job", LocalJobPage)):
        handle_urls(f"{host}/{path}")(type(page.__name__, (page,), {}))
