"""Madgex: the boards of LocalGov, the West Midlands councils, the Guardian, The MJ and many papers and societies.

A board has a feed of its newest adverts, list pages of twenty cards, and the adverts' own pages. The shapes are those that a
dozen scrapers agree on; where they name two generations of markup, both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.madgex.advert import advert_address, number_of
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, has_class, text_of, untorn
from jobscraper.read.page import Page

_LABELS = Labels.of({"recruiter": "employer", "salary": "salary", "location": "location"})
_ITEM = has_class("lister__item")
_META = re.compile(r"lister__meta-item--([\w-]+)")
_NEXT = f"//*[{has_class('paginator__item')}]//a[contains(concat(' ', normalize-space(@rel), ' '), ' next ')]/@href"
_PAGE_IN_QUERY = re.compile(r"[?&](page)=([0-9]{1,6})(?=[&#]|$)", re.IGNORECASE)
_PAGE_IN_PATH = re.compile(r"/([0-9]{1,6})/?(?=[?#]|$)")
_HEADING = "//*[self::h1 or self::h2]"


class ListPage(Page):
    """A page of the list: twenty cards."""

    landmarks = (f"//*[{_ITEM}]",)
    empty_landmarks = (r"//*[self::h1 or self::h2 or self::p][re:test(., '\bno jobs\b|(?<![\d,])0 jobs\b', 'i')]",)
    always_printed = ("title", "employer")

    def read(self) -> Reading:
        """Read the cards; a premium advert stands among them twice."""
        cards = [Card(node) for node in self.xpath(f"//*[{_ITEM}]")]
        read = list_reading("card", cards, lambda number: advert_address(str(self.url), number), None)
        link = first_text(self.selector, _NEXT)
        if not link:
            return read
        following = self._following(untorn(link))
        if following:
            return attrs.evolve(read, follow=(following,))
        lost = Problem(kind="next_page_unreadable", text=link[:300], loses_adverts=True)
        return attrs.evolve(read, problems=(*read.problems, lost))

    def says_nothing_is_listed(self) -> bool:
        """It says so, and neither counts adverts in a heading (`120 jobs`) nor links to one: a renamed card is no end."""
        counted = self.xpath(rf"{_HEADING}[re:test(., '\b[1-9][\d,]*\s+(\w+\s+)?jobs?\b', 'i')]")
        linked = any(map(number_of, self.xpath("//a/@href").getall()))
        return super().says_nothing_is_listed() and not counted and not linked

    def _following(self, link: str) -> str | None:
        """The address of the next page: that of this one, with the number in the link, `?page=2` or `/jobs/2/`."""
        parts = urlsplit(str(self.url))
        others = [it for it in parts.query.split("&") if it and not it.lower().startswith("page=")]
        path = parts.path
        if in_query := _PAGE_IN_QUERY.search(link):
            others.append(f"{in_query[1]}={in_query[2]}")
        elif in_path := _PAGE_IN_PATH.search(link):
            path = f"{re.sub(r'(?:/[0-9]{1,6})?/?$', '', path)}/{in_path[1]}/"
        else:
            return None
        return f"{parts.scheme}://{parts.netloc}{path}{'?' if others else ''}{'&'.join(others)}"


class Card(LabelledEntry[Selector]):
    """One card. `href` has newlines and tabs inside its quotes; there is no closing date.

    A list inside it that was left open takes the next card in: what is in that one is not this one's.
    """

    @field
    def source_ref(self) -> str:
        own = self.node.root.attrib.get("id", "").removeprefix("item-")
        links = (link.root for link in self._own("a/@href"))
        return own if own.isdecimal() else next(filter(None, map(number_of, links)), "")

    @field
    def title(self) -> str | None:
        header = next(iter(self._own(f"*[{has_class('lister__header')}]")), None)
        link = first(header, ".//a") if header is not None else None
        return text_of(link if link is not None else header)

    @field
    def description(self) -> str | None:
        return text_of(next(iter(self._own(f"*[{has_class('lister__description')}]")), None))

    @cached_property
    def printed(self) -> Labelled:
        """How long ago it was posted and how long is left change from day to day, and are not kept."""
        return _LABELS.sort(self._pairs(), "Madgex card")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for node in self._own("*[contains(@class, 'lister__meta-item--')]"):
            for name in _META.findall(node.root.attrib["class"]):
                yield name, text_of(node) or ""

    def _own(self, step: str) -> list[Selector]:
        """What `step` finds in this card and not in a card within it."""
        depth = f"count(ancestor::*[{_ITEM}])"
        cards_around = int(float(self.node.xpath(depth).get() or 0)) + 1
        element, slash, attribute = step.partition("/")
        return list(self.node.xpath(f".//{element}[{depth} = {cards_around}]{slash}{attribute}"))
