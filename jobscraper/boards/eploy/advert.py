"""A vacancy's own page on Eploy, which alone prints the closing date."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.eploy.addresses import number_in, vacancy_address
from jobscraper.boards.eploy.fields import CARD, CONTENT, Item, field_of, items_of, sorted_by_name
from jobscraper.boards.jobposting.postings import postings_of
from jobscraper.model.reading import Problem, RawAdvert, Reading, printed_fields
from jobscraper.read.jsonld import PostingEntry
from jobscraper.read.labelled import LabelledEntry, page_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, has_class, text_of
from jobscraper.read.page import Page, UnreadablePageError

_OF_PAGE = frozenset({"source_ref", "url", "reference", "labels"})  # What the address and the site itself say.
# Of a vacancy's own page: cards of similar ones stand below it.
_OWN_CONTENT = f"{CONTENT}[not(ancestor::*[{CARD}])]"
_DESCRIPTION = (
    "//*[@data-id='div_content_VacV_Description'] | //*[contains(@id, 'VacV_Description')]"
    f" | //*[{has_class('vac-details__description')}]"
)


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
