"""An advert's own page of North East Jobs; only its title names the employer.

Its markup was never seen, only its labels were, so it is read as the lines that a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from parsel import Selector
from web_poet import field

from jobscraper.boards.north_east_jobs.addresses import advert_address, number_of
from jobscraper.boards.north_east_jobs.labels import LABELS
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, page_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, text_of
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.lines import lines_of

_LONGEST_LABEL = 40


class AdvertPage(Page):
    """An advert's own page; its `<title>` is `<job title> - <employer>`."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: the URL has no number, or the page has not the labels of an advert.
        """
        number = number_of(str(self.url))
        entry = AdvertEntry(self.selector)
        if not number or not {"closes", "contract", "reference"} & entry.printed.values.keys():
            raise UnreadablePageError(f"{self.url}: not an advert: none of its labels is on the page")
        return page_reading(entry, number, advert_address(str(self.url), number), None)


class AdvertEntry(LabelledEntry[Selector]):
    """The advert of a page, by its labels."""

    @field
    def title(self) -> str | None:
        return self._title_and_employer[0]

    @field
    def employer(self) -> str | None:
        return self._title_and_employer[1]

    @field
    def description(self) -> str | None:
        found = first(self.node, "//*[contains(@id, 'escription') or contains(@class, 'escription')]")
        return text_of(found) or self.printed.values.get("description")

    @cached_property
    def _title_and_employer(self) -> tuple[str | None, str | None]:
        """Titles hold ` - ` more often than employers do; where the page has a heading, that is the title."""
        whole = first_text(self.node, "//title") or ""
        heading = first_text(self.node, "//h1") or ""
        if heading and whole.startswith(f"{heading} - "):
            return heading, whole.removeprefix(f"{heading} - ")
        title, dash, employer = whole.rpartition(" - ")
        return (title, employer) if dash else (whole or None, None)

    @cached_property
    def printed(self) -> Labelled:
        return LABELS.sort(self._pairs(), "North East Jobs advert")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """`Salary: £26,403` on a line, or `Salary` (with or without a colon) and the value on the line below."""
        lines = [folded for line in lines_of(self.node.root) if (folded := fold_space(line))]
        for number, line in enumerate(lines):
            label, colon, value = line.partition(":")
            if len(label) > _LONGEST_LABEL or not _is_label(label):
                continue
            below = lines[number + 1] if number + 1 < len(lines) else ""
            if colon and value.strip():
                yield label, value.strip()
            elif not value and below and not _is_label(below.partition(":")[0]):
                yield label, below


def _is_label(text: str) -> bool:
    key = fold_name(text)
    return key in LABELS.fields or key in LABELS.kept
