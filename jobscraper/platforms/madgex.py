"""Madgex: the boards of LocalGov, the West Midlands councils, the Guardian, The MJ and many papers and societies.

A board has a feed of its newest adverts, list pages of twenty cards, and the adverts' own pages. The shapes are those that a
dozen scrapers agree on; where they name two generations of markup, both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import attrs
from lxml import etree
from parsel import Selector
from web_poet import field

from jobscraper.items import Reading
from jobscraper.platforms.conscience import Labelled, Labels
from jobscraper.platforms.labelled import LabelledEntry, list_reading
from jobscraper.platforms.madgex_advert import AdvertPage, advert_address, number_of
from jobscraper.platforms.madgex_api import ApiPage
from jobscraper.platforms.markup import first_text, has_class, unescaped
from jobscraper.platforms.page import Page
from jobscraper.platforms.rss import RssPage
from jobscraper.platforms.source import Source
from jobscraper.registers.places import is_place
from jobscraper.text.fold import clean, fold_name, fold_space
from jobscraper.text.trailing_place import split_trailing_place

_NO_LABELS = Labels.of({})
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_LONGEST_PLACE = 80


class FeedItem(LabelledEntry[etree._Element]):
    """One `<item>`: `Employer: Title`, and a text whose lines are pay, employer, blurb and place, the first two with a colon."""

    @property
    def address(self) -> str | None:
        """The number, of which the address is made."""
        return self.source_ref or None

    @field
    def source_ref(self) -> str:
        return number_of(self.node.findtext("link")) or number_of(self.node.findtext("guid"))

    @field
    def title(self) -> str | None:
        employer, colon, title = (self.node.findtext("title") or "").partition(": ")
        return title if colon else employer

    @field
    def employer(self) -> str | None:
        employer, colon, _ = (self.node.findtext("title") or "").partition(": ")
        return employer if colon else None

    @field
    def salary(self) -> str | None:
        return self._parts[0]

    @field
    def description(self) -> str | None:
        return self._parts[1]

    @field
    def location(self) -> str | None:
        return self._parts[2]

    @field
    def posted(self) -> str | None:
        return self.node.findtext("pubDate")

    @cached_property
    def printed(self) -> Labelled:
        return _NO_LABELS.sort((), "Madgex feed")

    @cached_property
    def _parts(self) -> tuple[str | None, str | None, str | None]:
        """Pay, blurb and place. The employer's line stands between the first two; without pay it is the first."""
        text = _TAG.sub(" ", _BREAK.sub("\n", unescaped(self.node.findtext("description") or "")))
        lines = [folded for line in clean(text).split("\n") if (folded := fold_space(line))]
        named = [n for n, line in enumerate(lines[:2]) if self._is_employer(line)]
        salary = lines[0].removesuffix(":").strip() if named == [1] else None
        rest = lines[named[0] + 1 :] if named else lines
        if len(rest) > 1 and len(rest[-1]) <= _LONGEST_PLACE:
            return salary, "\n".join(rest[:-1]), rest[-1]
        blurb, place = split_trailing_place(" ".join(rest), is_place) if rest else (None, None)
        return salary, blurb, place

    def _is_employer(self, line: str) -> bool:
        return line.endswith(":") and fold_name(line) == fold_name(self.employer or "")


class FeedPage(RssPage):
    """The feed of the newest adverts, some twenty; a board without any answers 404."""

    url_examples = ("https://www.wmjobs.co.uk/jobsrss/?sort=Date",)
    item = FeedItem
    page_of = advert_address


class ListPage(Page):
    """A page of the list: twenty cards."""

    url_examples = ("https://www.wmjobs.co.uk/jobs/?page=1", "https://www.wmjobs.co.uk/searchjobs/?Page=1")
    landmarks = (f"//*[{has_class('lister__item')}]",)
    empty_landmarks = (
        "//*[self::h1 or self::h2 or self::p][contains(., 'no jobs') or contains(., 'No jobs') or contains(., '0 jobs')]",
    )
    always_printed = ("title", "employer")

    def read(self) -> Reading:
        """Read the cards; a premium advert stands among them twice."""
        cards = [Card(node) for node in self.xpath(f"//*[{has_class('lister__item')}]")]
        read = list_reading("card", cards, lambda number: advert_address(str(self.url), number), None)
        return attrs.evolve(read, follow=tuple(self._next()))

    def _next(self) -> Iterator[str]:
        """The next page, by the number in the link to it, at the address of this one."""
        link = first_text(self.selector, f"//*[{has_class('paginator__item')}]//a[@rel='next']/@href")
        query = parse_qs(urlsplit("".join((link or "").split())).query)
        number = next((query[name][0] for name in ("page", "Page") if name in query), "")
        parts = urlsplit(str(self.url))
        name = "Page" if "searchjobs" in parts.path else "page"
        if number.isdecimal():
            others = "&".join(it for it in parts.query.split("&") if it and not it.lower().startswith("page="))
            yield f"{parts.scheme}://{parts.netloc}{parts.path}?{others}{'&' if others else ''}{name}={number}"


class Card(LabelledEntry[Selector]):
    """One card. `href` has newlines and tabs inside its quotes; there is no closing date."""

    @property
    def address(self) -> str | None:
        """The number, of which the address is made."""
        return self.source_ref or None

    @field
    def source_ref(self) -> str:
        own = self.node.attrib.get("id", "").removeprefix("item-")
        links = self.node.xpath(".//a/@href").getall()
        return own if own.isdecimal() else next(filter(None, map(number_of, links)), "")

    @field
    def title(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('lister__header')}]")

    @field
    def employer(self) -> str | None:
        return self._meta("recruiter")

    @field
    def salary(self) -> str | None:
        return self._meta("salary")

    @field
    def location(self) -> str | None:
        return self._meta("location")

    @field
    def description(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('lister__description')}]")

    @cached_property
    def printed(self) -> Labelled:
        """How long ago it was posted and how long is left change from day to day, and are not kept."""
        known = {"recruiter", "salary", "location"}
        metas = self.node.xpath(".//*[contains(@class, 'lister__meta-item--')]")
        names = (meta.attrib["class"].split("lister__meta-item--")[1].split()[0] for meta in metas)
        pairs = [(name, self._meta(name) or "") for name in names if name not in known]
        return _NO_LABELS.sort(pairs, "Madgex card")

    def _meta(self, name: str) -> str | None:
        return first_text(self.node, f".//*[{has_class(f'lister__meta-item--{name}')}]")


class Madgex(Source):
    """Base of the sources on Madgex: a host is all that tells them apart."""

    to_check: ClassVar[tuple[str, ...]] = (
        "whether the list pages are walled off from this network, and the feed is not",
        "whether the list is at /jobs/ or at /searchjobs/",
        "which of the two generations of markup the adverts' pages have",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {
        "/jobsrss": FeedPage,
        "/jobs/": ListPage,
        "/searchjobs": ListPage,
        "/job/": AdvertPage,
        "/api/": ApiPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The feed first: it is served also where the list is walled off."""
        host = cls.allowed_domains[0]
        return [f"https://{host}/jobsrss/?sort=Date", f"https://{host}/jobs/?page=1"]
