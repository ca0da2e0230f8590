"""LocalGov.co.uk and its sister sites: the "Highways jobs" box that stands on every news article (Hemming Group).

The box's HTML was never seen; only its text was. So the page is turned into lines of text, which any likely markup gives,
and `box` reads those, whatever the host; The MJ has a template of its own beside it, which `mj_box` reads.
The jobs are as old as the crawl, not as the article. The box has no reference, so an advert is known by its title, employer,
pay and place: the same listing stands on many articles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode
from web_poet import handle_urls

from jobscraper.boards.localgov.box import Box, Listing, read_box
from jobscraper.boards.localgov.mj_box import read_applied
from jobscraper.model.reading import Problem, RawAdvert, Reading
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.registers.places import is_place
from jobscraper.text import browser
from jobscraper.text.addresses import parts_of
from jobscraper.text.fold import clean, fold_name
from jobscraper.text.trailing_place import split_trailing_place

MOST_ARTICLES = 20
_ARTICLE = re.compile(r"/(?!page/)[^/]+/\d+/?$")
_JOB_NUMBER = re.compile(r"/job/(\d+)")
_MARKUP = re.compile(r"<(?:html|body|div|p|br|h\d|li|table)\b", re.IGNORECASE)


@handle_urls("localgov.co.uk", exclude="jobs.localgov.co.uk")
@handle_urls("themj.co.uk", exclude="jobs.themj.co.uk")
@handle_urls("highwaysmagazine.co.uk", exclude="jobs.highwaysmagazine.co.uk")
@handle_urls("transport-network.co.uk", exclude="jobs.transport-network.co.uk")
class LocalGovPage(Page):
    """A news page: an article with its box of jobs, or a page that leads to articles."""

    def read(self) -> Reading:
        """Read the box; where the page is no article, name the articles that it links to.

        :raises UnreadablePageError: there are none (a challenge, a login, an error page with status 200).
        """
        box = self._box()
        links = self._links_by_text(listing.title for listing in box.listings)
        adverts = tuple(raw_advert(listing, links) for listing in box.listings)
        if not _ARTICLE.search(urlsplit(str(self.url)).path):
            articles = self._articles()
            if not articles and not adverts:
                raise UnreadablePageError(f"{self.url}: neither an article nor a page that leads to one")
            return Reading(part="card", adverts=adverts, follow=articles, problems=box.problems)
        missing = Problem(kind="box_missing", text="no box of jobs on this article")
        return Reading(part="card", adverts=adverts, problems=box.problems or (() if adverts else (missing,)))

    def _box(self) -> Box:
        """The box by the first way of making lines that gives a listing; else what the first way, or The MJ's, found wrong."""
        first: Box | None = None
        for lines in self._lines():
            box, applied = read_box(lines), read_applied(lines)
            if box.listings or applied.listings:
                return box if box.listings else applied
            first = first or (applied if applied.problems else box)
        return first or Box()

    def _lines(self) -> Iterator[list[str]]:
        """The page as lines: as a reader sees them; then, for markup that runs all into one line, by text nodes."""
        if not self._is_markup():
            yield clean(self.response.text).split("\n")
            return
        yield browser.lines_of(self._root)
        yield browser.texts_of(self._root)

    def _is_markup(self) -> bool:
        return _MARKUP.search(self.response.text) is not None

    @cached_property
    def _root(self) -> LexborNode:
        try:
            return browser.shown(self.response.text)
        except ValueError as error:
            raise UnreadablePageError(f"{self.url}: {error}") from error

    def _address(self, link: LexborNode) -> str | None:
        """Madgex prints newlines and tabs inside the quotes of `href`."""
        address = self.urljoin("".join((link.attributes["href"] or "").split()))
        return address if address.startswith(("http://", "https://")) else None

    def _links_by_text(self, texts: Iterable[str]) -> dict[str, list[str]]:
        """Link text → addresses, in the order of the page: of two listings with one title, each has its own link."""
        found: dict[str, list[str]] = {}
        for text in {fold_name(text): text for text in texts}.values() if self._is_markup() else ():
            # A page has hundreds of links: one word leaves those to look at.
            likely = browser.links_with(self._root, text)
            same = (link for link in likely if fold_name(link.text()) == fold_name(text))
            found[fold_name(text)] = list(dict.fromkeys(filter(None, map(self._address, same))))
        return found

    def _articles(self) -> tuple[str, ...]:
        if not self._is_markup():
            return ()
        host = urlsplit(str(self.url)).netloc
        addresses = filter(None, map(self._address, self._root.css("a[href]")))
        found = dict.fromkeys(address.split("#")[0] for address in addresses)
        articles = [url for url in found if parts_of(url).netloc == host and _ARTICLE.search(parts_of(url).path)]
        return tuple(articles[:MOST_ARTICLES])


def raw_advert(listing: Listing, links: Mapping[str, list[str]]) -> RawAdvert:
    """The advert that a listing prints; of `links`, the one that it takes is taken off."""
    labels = listing.labels
    description, place = split_trailing_place(listing.blurb, is_place) if listing.blurb else (None, None)
    addresses = links.get(fold_name(listing.title), [])
    url = addresses.pop(0) if addresses else None
    number = _JOB_NUMBER.search(url or "")
    labelled: dict[str, Any] = {name: labels.get(name) for name in _AS_LABELLED}
    return RawAdvert(
        source_ref=_reference(listing, labels.get("location", place)),
        url=url,
        title=listing.title,
        employer=listing.employer,
        salary=labels.get("salary", listing.salary),
        description=description or labels.get("description"),
        location=labels.get("location", place),
        reference=labels.get("reference", number[1] if number else None),
        **labelled,
    )


_AS_LABELLED = ("closes", "posted", "grade", "contract", "working_pattern", "hours", "department")


def _reference(listing: Listing, place: str | None) -> str:
    """The box prints no reference; title, employer, pay and place together are one."""
    key = "|".join(fold_name(text or "") for text in (listing.title, listing.employer, listing.salary, place))
    return hashlib.sha256(key.encode()).hexdigest()[:16]
