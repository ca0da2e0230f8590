"""Eploy's pages of HTML: the list of vacancies, and a vacancy's own page."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import Any

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.eploy.fields import (
    CONTENT,
    Item,
    field_of,
    items_of,
    number_in,
    sorted_by_name,
    vacancy_address,
)
from jobscraper.boards.jobposting.pages import postings_of
from jobscraper.model.reading import Problem, RawAdvert, Reading, printed_fields
from jobscraper.read.jsonld import PostingEntry
from jobscraper.read.labelled import LabelledEntry, list_reading, page_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, has_class, text_of, whole
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_space

_POSTED = re.compile(r"posted(?: on)?\s*:?\s*", re.IGNORECASE)
_OF_PAGE = frozenset({"source_ref", "url", "reference", "labels"})  # What the address and the site itself say.
_COUNT = re.compile(r"\s*([\d,]+)\s+(?:vacanc|jobs?\b)", re.IGNORECASE)
_CARD = (
    f"{has_class('vsr-job-big')} or {has_class('vsr-job')} or {has_class('vsr-grid-job')}"
    " or (contains(@id, 'VacancyListView') and contains(@id, '_pnlList'))"
)
# Of a vacancy's own page: cards of similar ones stand below it.
_OWN_CONTENT = f"{CONTENT}[not(ancestor::*[{_CARD}])]"
_HEADING = f"*[{has_class('vsr-job__title')}]"
_DESCRIPTION = (
    "//*[@data-id='div_content_VacV_Description'] | //*[contains(@id, 'VacV_Description')]"
    f" | //*[{has_class('vac-details__description')}]"
)


class ListPage(Page):
    """A page of the list of vacancies. Further pages are asked for by a form, and not followed."""

    landmarks = (f"//*[{_CARD}]", "//*[contains(@id, 'VacancyListView')]")
    empty_landmarks = (
        "//*[contains(text(), 'search returned no results')]",
        "//title[starts-with(normalize-space(.), '0 Vacanc')]",
        f"//*[{has_class('hero__title')}][starts-with(normalize-space(.), '0 Vacanc')]",
    )

    def read(self) -> Reading:
        """Read the cards."""
        cards = [card for card in map(Card, self.xpath(f"//*[{_CARD}]")) if card.is_one]
        read = list_reading("card", cards, partial(vacancy_address, str(self.url)), self.employer)
        problems = read.problems
        if self.xpath("//a[contains(@href, 'VacancyPager') or starts-with(@title, 'Go to page')]"):
            text = "further pages of the list are not followed; the feed has all vacancies"
            problems = (*problems, Problem(kind="list_goes_on", text=text, loses_adverts=True))
        return attrs.evolve(read, listed=self._count(), problems=problems)

    def _count(self) -> int | None:
        said = _COUNT.match(first_text(self.selector, f"//title | //*[{has_class('hero__title')}]") or "")
        return whole(said[1]) if said else None


class Card(LabelledEntry[Selector]):
    """A card: a heading with a link, fields, and the beginning of the text.

    Where a `div` was left open, the next card stands inside of it, and is not to be taken for a part of it.
    """

    @property
    def is_one(self) -> bool:
        """Whether this is a card, and not only what stands around one."""
        return bool(self._own(_HEADING)) or not self.node.xpath(f".//*[{_CARD}]")

    def problems(self) -> tuple[Problem, ...]:
        """Also: no fields at all."""
        found = super().problems()
        if not found and not self._items:
            return (Problem(kind="card_without_details", text="a card without fields", of_the_board=True),)
        return found

    @property
    def address(self) -> str | None:
        """The link of the heading, or another to the vacancy's page."""
        links = [link for node in (*self._own(_HEADING), self.node) for link in node.xpath(".//a/@href").getall()]
        return next(filter(number_in, links), None)

    @field
    def source_ref(self) -> str:
        printed = (item.value for item in self._items if item.name == "VacancyID")
        return number_in(self.address) or next(filter(str.isdecimal, map(fold_space, printed)), "")

    @field
    def title(self) -> str | None:
        return self._text(_HEADING)

    @field
    def posted(self) -> str | None:
        printed = self._text(f"*[{has_class('vsr-job__date-posted')}]")
        return _POSTED.sub("", printed, count=1) if printed else self.printed.values.get("posted")

    @field
    def description(self) -> str | None:
        return self._text(f"*[{has_class('vsr-job__desc')}]")

    @cached_property
    def printed(self) -> Labelled:
        return sorted_by_name(self._items, "Eploy card")

    @cached_property
    def _items(self) -> list[Item]:
        return list(items_of(self._own(CONTENT)))

    def _text(self, step: str) -> str | None:
        return next((text for node in self._own(step) if (text := text_of(node))), None)

    def _own(self, step: str) -> list[Selector]:
        """The elements in this card that are not those of a card inside of it."""
        depth = len(self.node.xpath(f"ancestor-or-self::*[{_CARD}]"))
        return list(self.node.xpath(f".//{step}[count(ancestor::*[{_CARD}]) = {depth}]"))


class VacancyPage(Page):
    """A vacancy's own page: fields, the text, and on most sites a JobPosting of schema.org."""

    landmarks = (f"//{_OWN_CONTENT}", _DESCRIPTION, "//script[contains(., 'JobPosting')]")

    def read(self) -> Reading:
        """Read the vacancy; where the page prints no field for something, its JobPosting counts.

        :raises UnreadablePageError: the page has no heading.
        """
        entry = Vacancy(self.selector)
        postings = [PostingEntry(posting) for posting in postings_of(self)][:1]
        number = number_in(str(self.url))
        if not number or not (entry.title or postings):
            raise UnreadablePageError(f"{self.url}: not a vacancy's own page; it has no number or no heading")
        read = page_reading(entry, number, vacancy_address(str(self.url), str(self.url)), None)
        raw, problems = read.adverts[0], read.problems
        for posting in postings:
            raw = attrs.evolve(raw, **_more(posting.raw(), raw, entry.named))
            problems = (*problems, *posting.problems(), *posting.unread)
        if not entry.named and not postings:
            text = "a vacancy's page without fields"
            problems = (*problems, Problem(kind="page_without_fields", text=text, of_the_board=True))
        own = attrs.evolve(raw, employer=raw.employer or self.employer)
        return attrs.evolve(read, adverts=(own,), problems=problems)


def _more(posting: RawAdvert, own: RawAdvert, named: frozenset[str]) -> dict[str, Any]:
    """What a JobPosting says beyond the page. Where the page names a field and says `Not Specified`, that is believed."""
    silent = {name for name in printed_fields(posting) if not getattr(own, name)} - named - _OF_PAGE
    return {name: getattr(posting, name) for name in silent}


class Vacancy(LabelledEntry[Selector]):
    """The vacancy of its own page; cards of similar ones stand below it."""

    @field
    def title(self) -> str | None:
        own = first_text(self.node, "//h1[contains(@id, 'JobTitle')]") or self.printed.values.get("title")
        return own or first_text(self.node, "//h1")

    @field
    def description(self) -> str | None:
        return text_of(first(self.node, _DESCRIPTION))

    @property
    def named(self) -> frozenset[str]:
        """The fields that the page names, with a value or without."""
        return frozenset(filter(None, (field_of(item) for item in self._items)))

    @cached_property
    def printed(self) -> Labelled:
        return sorted_by_name(self._items, "Eploy vacancy")

    @cached_property
    def _items(self) -> list[Item]:
        return list(items_of(self.node.xpath(f"//{_OWN_CONTENT}")))
