"""An advert whose fields a board prints under labels, so that one way of reading gives them all."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping

import attrs
from web_poet import field

from jobscraper.model.reading import Part, Problem, RawAdvert, Reading
from jobscraper.read.entry import Entry, Node, by_reference, each
from jobscraper.read.labels import Labelled


class LabelledEntry(Entry[Node]):
    """A platform says how its labels are found (`printed`) and what the reference is; the rest follows from the labels."""

    @property
    @abstractmethod
    def printed(self) -> Labelled:
        """What the entry labels, sorted by field."""

    @property
    def address(self) -> str | None:
        """The link to the advert's own page, as it is printed; None where its address is made of the reference."""
        return None

    def problems(self) -> tuple[Problem, ...]:
        """No reference, or labels that nobody knows."""
        if not self.source_ref:
            return (Problem(kind="entry_unreadable", text=(self.title or "no title")[:300], loses_adverts=True),)
        return self.printed.problems

    @field
    def title(self) -> str | None:
        return self.printed.values.get("title")

    @field
    def employer(self) -> str | None:
        return self.printed.values.get("employer")

    @field
    def department(self) -> str | None:
        return self.printed.values.get("department")

    @field
    def location(self) -> str | None:
        return self.printed.values.get("location")

    @field
    def salary(self) -> str | None:
        return self.printed.values.get("salary")

    @field
    def grade(self) -> str | None:
        return self.printed.values.get("grade")

    @field
    def description(self) -> str | None:
        return self.printed.values.get("description")

    @field
    def contract(self) -> str | None:
        return self.printed.values.get("contract")

    @field
    def working_pattern(self) -> str | None:
        return self.printed.values.get("working_pattern")

    @field
    def hours(self) -> str | None:
        return self.printed.values.get("hours")

    @field
    def posted(self) -> str | None:
        return self.printed.values.get("posted")

    @field
    def closes(self) -> str | None:
        return self.printed.values.get("closes")

    @field
    def reference(self) -> str | None:
        return self.printed.values.get("reference")

    @field
    def workplace(self) -> str | None:
        return self.printed.values.get("workplace")

    @field
    def category(self) -> str | None:
        return self.printed.values.get("category")

    @field
    def labels(self) -> Mapping[str, str]:
        return self.printed.labels


def list_reading(
    part: Part,
    entries: Iterable[LabelledEntry[Node]],
    page_of: Callable[[str | None], str | None],
    employer: str | None,
) -> Reading:
    """What a list gives: each advert once, with its own page.

    :param page_of: makes the canonical address out of the printed link, or out of the reference where none is printed.
    :param employer: the body whose site it is, where an entry names none.
    """

    def listed(entry: LabelledEntry[Node]) -> RawAdvert:
        raw = entry.raw()
        url = page_of(entry.address or raw.source_ref) if raw.source_ref else None
        return attrs.evolve(raw, url=url, employer=raw.employer or employer)

    read, problems = each(entries, listed)
    adverts, twice = by_reference(read)
    return Reading(
        part=part,
        adverts=tuple(adverts.values()),
        pages={ref: raw.url for ref, raw in adverts.items() if raw.url},
        problems=tuple(dict.fromkeys((*problems, *twice))),
    )


def page_reading(entry: LabelledEntry[Node], ref: str, url: str | None, employer: str | None) -> Reading:
    """What an advert's own page gives, under the reference and the canonical address that its URL has."""
    raw = entry.raw()
    own = attrs.evolve(raw, source_ref=ref, url=url, employer=raw.employer or employer)
    problems = entry.printed.problems
    if not raw.description:
        no_text = Problem(kind="page_without_text", text="an advert's own page without its text", of_the_board=True)
        problems = (*problems, no_text)
    return Reading(part="page", adverts=(own,), problems=(*problems, *entry.unread))
