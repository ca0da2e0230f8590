"""North East Jobs: twelve councils of North East England and their schools.

The feed prints an advert's fields in one line, parted by `|`; only the title of an advert's own page names the employer. The
markup of that page was never seen, only its labels were, so it is read as the lines that a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import parse_qs, urljoin

from lxml import etree
from parsel import Selector
from web_poet import field

from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, page_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, text_of, unescaped
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.read.rss import RssPage
from jobscraper.text.addresses import parts_of
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.lines import lines_of

LABELS = Labels.of(
    {
        "Contract Type": "contract",
        "Working Pattern": "working_pattern",
        "Hours": "hours",
        "Salary": "salary",
        "Advert Start Date": "posted",
        "Advert End Date": "closes",
        "Closing date": "closes",
        "Job Category": "category",
        "Vacancy ID": "reference",
        "Employment Location": "location",
        "Job Description": "description",
    },
    kept=("Post Number", "Number of posts", "Interview Date", "DBS"),
)
_PATH_ID = re.compile(r"/job/(?:[^/]+/)?(\d+)/?$", re.IGNORECASE)
# A label is told by its shape behind a bar (`|Employment Location: Town Hall|`), and elsewhere by its words.
_IN_FEED = re.compile(
    r"\s*(?:\|\s*([A-Z][A-Za-z /]{2,30}?)|\b(Contract Type|Working Pattern|Hours|Salary|Advert Start Date|Advert End Date))"
    r"\s*:\s*"
)
_LONGEST_LABEL = 40


def number_of(url: str | None) -> str:
    """The number of an advert, from either form of its address; empty if there is none."""
    parts = parts_of((url or "").strip())
    named = parse_qs(parts.query.lower()).get("jid", [""])[0]
    found = _PATH_ID.search(parts.path)
    return named if named.isdecimal() else found[1] if found else ""


def advert_address(base: str, number: str | None) -> str | None:
    """The address of an advert's own page that needs no words of its title, which change."""
    return urljoin(base, f"/Default.aspx?page=jobdetail&jid={number}") if number else None


class FeedItem(LabelledEntry[etree._Element]):
    """One `<item>`."""

    @field
    def source_ref(self) -> str:
        return number_of(self.node.findtext("link")) or number_of(self.node.findtext("guid"))

    @field
    def title(self) -> str | None:
        return unescaped(self.node.findtext("title") or "")

    @field
    def posted(self) -> str | None:
        return self.node.findtext("pubDate")

    @field
    def description(self) -> str | None:
        return self._pieces[0]

    @cached_property
    def printed(self) -> Labelled:
        """`teaser Contract Type: …|Working Pattern: …|Salary: …|Advert End Date: …|`; pay may hold a bar of its own."""
        _, *rest = self._pieces
        labels = (behind_bar or known for behind_bar, known in zip(rest[::3], rest[1::3], strict=True))
        pairs = [(label, value.strip().rstrip("|")) for label, value in zip(labels, rest[2::3], strict=True)]
        return LABELS.sort(pairs, "North East Jobs feed")

    @cached_property
    def _pieces(self) -> list[str]:
        return _IN_FEED.split(unescaped(self.node.findtext("description") or ""))


class FeedPage(RssPage):
    """The feed of all adverts (`orgid=62` is the whole board)."""

    always_printed = ("title", "closes")
    item = FeedItem
    page_of = advert_address


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
