"""Which page object reads a response: that follows from its URL, so that any capture, ours or somebody else's, can be read
without the crawl that made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlsplit

import attrs
import web_poet
from url_matcher import Patterns, URLMatcher

from jobscraper.errors import JobscraperError
from jobscraper.items import Reading
from jobscraper.platforms.page import Page


class NoReaderError(JobscraperError):
    """No page object reads URLs of this shape."""


@attrs.frozen
class Reader:
    """A page object, the body whose own site its pages are, and the source whose own URLs these are."""

    page: type[Page]
    employer: str | None = None
    source: str | None = None


def read_response(response: web_poet.HttpResponse) -> Reading:
    """Read a response with the page object that handles its URL.

    :raises NoReaderError: no page object handles it.
    :raises UnreadablePageError: it is not the page that it should be.
    """
    reader = reader_of(str(response.url))
    return reader.page(response=response, employer=reader.employer).believable()


def reader_of(url: str) -> Reader:
    """The reader of a URL: by the sources' own patterns, or by web-poet's rules.

    :raises NoReaderError: no page object handles it.
    """
    matcher, readers = load_readers()
    found = matcher.match(url)
    if found is not None:
        return readers[found]
    page = web_poet.default_registry.page_cls_for_item(url, Reading)
    if page is None:
        known = sorted(pattern for pattern in _known_patterns() if pattern.startswith(f"{urlsplit(url).hostname}/"))
        which = (
            f"of this host these are read: {', '.join(known)}"
            if known
            else "docs/sources.md lists the hosts that are read"
        )
        raise NoReaderError(f"{url}: no reader for such a URL; {which}")
    return Reader(page)


@cache
def load_readers() -> tuple[URLMatcher, Mapping[int, Reader]]:
    """Return the patterns of all sources, with their readers. A page object with rules of its own is registered when its module is imported."""
    import jobscraper.platforms as platforms
    from jobscraper.platforms.source import known_sources

    for module in iter_modules(platforms.__path__):
        import_module(f"jobscraper.platforms.{module.name}")
    matcher = URLMatcher()
    readers: dict[int, Reader] = {}
    for source in known_sources().values():
        for pattern, page in source.url_patterns():
            readers[len(readers)] = Reader(page, source.employer, source.name)
            matcher.add_or_update(len(readers) - 1, Patterns(include=[pattern]))
    return matcher, readers


def _known_patterns() -> set[str]:
    from jobscraper.platforms.source import known_sources

    of_sources = {pattern for source in known_sources().values() for pattern, _ in source.url_patterns()}
    ruled = {pattern for rule in web_poet.default_registry.get_rules() for pattern in rule.for_patterns.include}
    return of_sources | {pattern if "/" in pattern else f"www.{pattern}/" for pattern in ruled}
