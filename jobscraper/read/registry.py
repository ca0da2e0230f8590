"""Which page object reads a response: that follows from its URL, so that any capture, ours or somebody else's, can be read
without the crawl that made it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

import attrs
import web_poet
from url_matcher import Patterns, URLMatcher

from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import Reading
from jobscraper.read.page import Page


class NoReaderError(JobscraperError):
    """No page object reads URLs of this shape."""


@attrs.frozen
class Reader:
    """A page object, the body whose own site its pages are, and the source whose own URLs these are."""

    page: type[Page]
    employer: str | None = None
    source: str | None = None


class _Registry:
    """The readers of this process: by the sources' own URL patterns (host and beginning of the path)."""

    def __init__(self) -> None:
        self.matcher = URLMatcher()
        self.readers: list[Reader] = []
        self.patterns: set[str] = set()

    def reader(self, number: int) -> Reader:
        return self.readers[number]

    def add(self, pattern: str, reader: Reader) -> None:
        self.matcher.add_or_update(len(self.readers), Patterns(include=[pattern]))
        self.readers.append(reader)
        self.patterns.add(pattern)


_registry = _Registry()


def use(readers: Iterable[tuple[str, Reader]]) -> None:
    """Read by these URL patterns from now on, and by none that were given before.

    A page object with rules of its own (web-poet's `handle_urls`) is known as soon as its module is imported.
    """
    global _registry
    fresh = _Registry()
    for pattern, reader in readers:
        fresh.add(pattern, reader)
    _registry = fresh


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
    found = _registry.matcher.match(url)
    if found is not None:
        return _registry.reader(found)
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


def _known_patterns() -> set[str]:
    ruled = {pattern for rule in web_poet.default_registry.get_rules() for pattern in rule.for_patterns.include}
    return _registry.patterns | {pattern if "/" in pattern else f"www.{pattern}/" for pattern in ruled}
