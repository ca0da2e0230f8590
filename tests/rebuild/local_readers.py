"""Reading the pages of a local board in this process, as `tests.crawl.local_crawl` does in its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from web_poet import handle_urls

from jobscraper.platforms.teaching_vacancies import FeedPage
from jobscraper.rebuild import reading


@contextmanager
def reading_pages_of(url: str) -> Iterator[None]:
    """While this lasts, pages under `url` are read as those of a feed; nothing is remembered as made ready."""
    _read_as_feed(urlsplit(url).netloc)
    reading._seen.clear()
    yield


@cache
def _read_as_feed(host: str) -> None:
    class LocalFeedPage(FeedPage):
        pass

    handle_urls(host)(LocalFeedPage)
