"""myjobscotland: the jobs of Scotland's 32 councils, its fire service, its police and its colleges (HTML cards).

The markup is that of the site of September 2026. Pay is printed without a unit (`£20.90 - £21.68` is an hour's, `£39,156.00 -
£57,450.00` a year's). The tags of a card stand in an order, but each may be missing: they are told by what they say. No
page of an advert's own was seen, so none is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.myjobscotland.tags import Tags, sort_tags
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.applicant_systems import system_of, without_visit
from jobscraper.read.entry import Entry, by_reference, each
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, has_class, text_of, untorn
from jobscraper.read.page import Page
from jobscraper.text.addresses import joined, parts_of
from jobscraper.text.fold import fold_space

BOARD = "myjobscotland card"
PAGE_SIZE = 25
_COUNT = re.compile(r"\bof\s+([\d,]+)\s+available\s+jobs?\b|\b(0)\s+available\s+jobs\b", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:no|0|zero) (?:matching |available )?(?:jobs|results|vacancies)\b", re.IGNORECASE)
_ADVERT_PATH = re.compile(r"(?:/[\w.~%-]+)*/jobs/[\w.~%-]*?(\d+)/?")
_PRINTED = re.compile(r"(Published by|Added|Ref #)\s*(.*)", re.IGNORECASE | re.DOTALL)
_LABELS = Labels.of(
    {"Published by": "employer", "Ref #": "reference"},
    kept=("Advert window", "Advert source"),
    ignored=("Added", "New"),  # "Added 1 week ago": the moment itself is in the title attribute.
)


class SearchPage(Page):
    """One page of the search without words: 25 cards, counted from zero."""

    landmarks = (f"//*[{has_class('mjs-card')}]", f"//*[{has_class('mjs-search-results')}]")
    always_printed: ClassVar[tuple[str, ...]] = ("title", "employer", "location", "closes")

    def read(self) -> Reading:
        """Read the cards. A page without any is believed only where it counts none, or lies behind the last."""
        cards = [Card(node, str(self.url)) for node in self.xpath(f"//*[{has_class('mjs-card')}]")]
        read, problems = each(cards, Card.raw)
        adverts, twice = by_reference(read)
        return Reading(
            part="card",
            adverts=tuple(adverts.values()),
            follow=(self._next_page,) if self._goes_on(len(cards)) else (),
            listed=self._total,
            problems=tuple(dict.fromkeys((*problems, *twice))),
        )

    def says_nothing_is_listed(self) -> bool:
        """The empty shell of September 2026 said nothing at all; what an empty search says has not been seen."""
        if self._total is not None:
            return self._number * PAGE_SIZE >= self._total
        return _NOTHING.search(self._words) is not None

    @cached_property
    def _words(self) -> str:
        body = first(self.selector, "//main") or first(self.selector, "//body")
        return fold_space(text_of(body) or "")

    @cached_property
    def _total(self) -> int | None:
        """`Showing 1 - 25 of 2173 available jobs`."""
        found = _COUNT.search(self._words)
        return int((found[1] or found[2]).replace(",", "")[:9]) if found else None

    @property
    def _query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(str(self.url)).query))

    @property
    def _number(self) -> int:
        page = self._query.get("page", "0")
        return int(page) if page.isdecimal() and len(page) < 6 else 0

    @property
    def _next_page(self) -> str:
        return str(self.urljoin("/search-jobs?" + urlencode({**self._query, "page": str(self._number + 1)})))

    def _goes_on(self, cards: int) -> bool:
        """Whether another page follows: by the count, or where none is printed while the pages are full."""
        if self._total is not None:
            return cards > 0 and (self._number + 1) * PAGE_SIZE < self._total
        return cards >= PAGE_SIZE


@attrs.frozen
class Card(Entry[Selector]):
    """One card of the search page at `page_url`."""

    page_url: str

    def problems(self) -> Iterator[Problem]:
        """A card without a reference, and labels that nobody knows."""
        if not self.source_ref:
            says = fold_space(text_of(self.node) or "")[:200]
            yield Problem(kind="card_unreadable", text=f"a card without a reference: {says}", loses_adverts=True)
            return
        yield from self._labelled.problems
        for tag in self._tags.unknown:
            yield Problem(kind="label_unknown", text=f"{BOARD}: the tag {tag!r} is not known", of_the_board=True)

    @field
    def source_ref(self) -> str:
        found = _ADVERT_PATH.fullmatch(self._path)
        return found[1] if found else first_text(self.node, ".//@data-job-id") or ""

    @field
    def url(self) -> str | None:
        """Cards link to the bare host; the search itself is at `www.`."""
        host = (urlsplit(self.page_url).hostname or "").removeprefix("www.")
        return f"https://{host}{self._path}" if _ADVERT_PATH.fullmatch(self._path) else None

    @field
    def title(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('mjs-card__title')}]")

    @field
    def employer(self) -> str | None:
        return self._labelled.values.get("employer")

    @field
    def location(self) -> str | None:
        place = first_text(self.node, f".//*[{has_class('mjs-card__description')}]//p")
        return place or next(iter(self.places), first_text(self.node, f".//*[{has_class('mjs-card__description')}]"))

    @field
    def places(self) -> tuple[str, ...]:
        """The list that opens where there are many places."""
        items = self.node.xpath(f".//*[{has_class('mjs-card__description')}]//li")
        return tuple(text for item in items if (text := text_of(item)))

    @field
    def working_pattern(self) -> str | None:
        return self._tags.working_pattern

    @field
    def contract(self) -> str | None:
        return self._tags.contract

    @field
    def salary(self) -> str | None:
        return self._tags.salary

    @field
    def closes(self) -> str | None:
        return self._tags.closes

    @field
    def posted(self) -> str | None:
        """`18/09/2026 15:33:45`: the moment behind "Added 1 week ago"."""
        return first_text(self.node, f".//span[{has_class('label')}]/@title")

    @field
    def reference(self) -> str | None:
        return self._labelled.values.get("reference")

    @field
    def apply_url(self) -> str | None:
        """On the board itself (`/apply?jobId=…`), or at the employer's own system."""
        href = untorn(first_text(self.node, f".//a[{has_class('js-apply')}]/@href") or "")
        address = joined(self.page_url, href) if href else ""
        return without_visit(address) if address.startswith(("http://", "https://")) else None

    @field
    def labels(self) -> Mapping[str, str]:
        system = system_of(self.apply_url)
        unknown = {f"Tag {number}": tag for number, tag in enumerate(self._tags.unknown, start=1)}
        return {**self._labelled.labels, **unknown, **({"applicant_system": system} if system else {})}

    @cached_property
    def _path(self) -> str:
        href = untorn(first_text(self.node, f".//*[{has_class('mjs-card__title')}]//a/@href") or "")
        return parts_of(href).path

    @cached_property
    def _tags(self) -> Tags:
        groups = f".//*[{has_class('mjs-card__tags')}]//*[{has_class('mjs-tag__secondary')}]"
        return sort_tags([text_of(tag) or "" for tag in self.node.xpath(groups)])

    @cached_property
    def _labelled(self) -> Labelled:
        return _LABELS.sort(self._pairs(), BOARD)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """What is printed with a label, or as a badge (`New`), which is a label without a value."""
        marked = f".//span[{has_class('label')}] | .//*[{has_class('mjs-card__footer')}]//*[{has_class('mjs-tag')}]"
        for node in self.node.xpath(marked):
            text = fold_space(text_of(node) or "")
            printed = _PRINTED.match(text)
            yield (printed[1], printed[2]) if printed else (text, text)
        for badge in self.node.xpath(f".//*[{has_class('mjs-tag__primary')}]"):
            text = fold_space(text_of(badge) or "")
            yield text, text
        window = first(self.node, ".//*[@title][@data-source]")
        if window is not None:
            yield "Advert window", window.root.attrib["title"]
            yield "Advert source", window.root.attrib["data-source"]
