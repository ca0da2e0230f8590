"""Eploy's list of vacancies, of which a crawl does not need more than the document has."""

from __future__ import annotations

import re
from functools import cached_property, partial

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.eploy.addresses import number_in, vacancy_address
from jobscraper.boards.eploy.fields import CARD, CONTENT, Item, items_of, sorted_by_name
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first_text, has_class, text_of, whole
from jobscraper.read.page import Page
from jobscraper.text.fold import fold_space

_POSTED = re.compile(r"posted(?: on)?\s*:?\s*", re.IGNORECASE)
_COUNT = re.compile(r"\s*([\d,]+)\s+(?:vacanc|jobs?\b)", re.IGNORECASE)
_HEADING = f"*[{has_class('vsr-job__title')}]"


class ListPage(Page):
    """A page of the list of vacancies. Further pages are asked for by a form, and not followed."""

    landmarks = (f"//*[{CARD}]", "//*[contains(@id, 'VacancyListView')]")
    empty_landmarks = (
        "//*[contains(text(), 'search returned no results')]",
        "//title[starts-with(normalize-space(.), '0 Vacanc')]",
        f"//*[{has_class('hero__title')}][starts-with(normalize-space(.), '0 Vacanc')]",
    )

    def read(self) -> Reading:
        """Read the cards."""
        cards = [card for card in map(Card, self.xpath(f"//*[{CARD}]")) if card.is_one]
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
        return bool(self._own(_HEADING)) or not self.node.xpath(f".//*[{CARD}]")

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
        depth = len(self.node.xpath(f"ancestor-or-self::*[{CARD}]"))
        return list(self.node.xpath(f".//{step}[count(ancestor::*[{CARD}]) = {depth}]"))
