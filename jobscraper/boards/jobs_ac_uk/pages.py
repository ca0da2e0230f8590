"""jobs.ac.uk: jobs in universities, colleges and research, many of them of public bodies.

Cards print dates without a year (`12 Oct`); they stay as they are, and the advert's own page says the year.
"""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit

import attrs
from parsel import Selector
from w3lib.url import add_or_replace_parameter
from web_poet import field

from jobscraper.boards.jobposting.postings import posting_reading
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.entry import by_reference, each
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first_text, has_class, text_of, untorn
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_space

PAGE_SIZE = 25
_PATH = re.compile(r"/job/([A-Za-z0-9]{4,12})(?:/([^/?#]*))?")
_CARD = has_class("j-search-result__result")
_TEXT = f".//*[{has_class('j-search-result__text')}]"
_NOTHING = "//body[contains(translate(normalize-space(.), 'NORESULTJBFDAY', 'noresultjbfday'), '{}')]"
_NAMES = "contains(@class, 'department') or contains(@class, 'employer')"

LABELS = Labels.of(
    {
        "Location": "location",
        "Salary": "salary",
        "Date Placed": "posted",
        "Placed On": "posted",
        "Closes": "closes",
        "Hours": "working_pattern",
        "Contract Type": "contract",
        "Job Ref": "reference",
    },
    kept=(
        "Expires",
        "Qualification Type",
        "Funding for",
        "Funding amount",
        "Interview Date",
        "Job Type",
        "Type / Role",
    ),
    ignored=("Contact", "Share this job"),
)


class ListPage(Page):
    """One page of the search: 25 cards, `startIndex` counts from 1."""

    landmarks = (f"//*[{_CARD}]",)
    # What it shows past its end was never seen; these are how such boards say it.
    empty_landmarks = tuple(_NOTHING.format(words) for words in ("no results", "no jobs found", "not found any"))

    def read(self) -> Reading:
        """Read the cards, and go on while pages are full."""
        cards = [JobCard(node) for node in self.xpath(f"//*[{_CARD}]")]
        read, problems = each(cards, lambda card: attrs.evolve(card.raw(), url=str(self.urljoin(card.path))))
        adverts, twice = by_reference(read)
        return Reading(
            part="card",
            adverts=tuple(adverts.values()),
            follow=self._next(len(cards)),
            pages={ref: advert.url for ref, advert in adverts.items() if advert.url},
            problems=(*problems, *twice),
        )

    def _next(self, here: int) -> tuple[str, ...]:
        query = dict(parse_qsl(urlsplit(str(self.url)).query))
        size, start = (_count(query.get(name), least) for name, least in (("pageSize", PAGE_SIZE), ("startIndex", 1)))
        return (add_or_replace_parameter(str(self.url), "startIndex", str(start + size)),) if here >= size else ()


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[1-9]\d{0,6}", text, re.ASCII) else otherwise


class JobCard(LabelledEntry[Selector]):
    """One card. Its `data-advert-id` is not the reference: that is the code in the path, `/job/DTB831/…`."""

    def problems(self) -> tuple[Problem, ...]:
        """Labels that nobody knows, and a card without a link."""
        if self.source_ref:
            return self.printed.problems
        return (Problem(kind="card_unreadable", text=(text_of(self.node) or "")[:300], loses_adverts=True),)

    @property
    def path(self) -> str:
        """The path of the advert's own page; a link that is torn over lines is put together."""
        href = untorn(
            first_text(self.node, f"{_TEXT}//a[contains(@href, '/job/')]/@href | .//a[contains(@href, '/job/')]/@href")
            or ""
        )
        found = _PATH.search(href)
        return found[0] if found else ""

    @cached_property
    def printed(self) -> Labelled:
        """The labelled lines, of which no more than a `<div>` each says what they are."""
        lines = (
            fold_space(text_of(node) or "")
            for node in self.node.xpath(f"{_TEXT}//div[contains(., ':')][not(.//div) and not({_NAMES})]")
        )
        known = (line.partition(":") for line in lines if re.match(r"[A-Z][\w /]{1,30}:", line))
        return LABELS.sort(((label, value) for label, _, value in known), "jobs.ac.uk card")

    @field
    def source_ref(self) -> str:
        found = _PATH.search(self.path)
        return found[1].upper() if found else ""

    @field
    def title(self) -> str | None:
        return first_text(self.node, ".//a[contains(@href, '/job/')][normalize-space(.)]")

    @field
    def employer(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('j-search-result__employer')}]")

    @field
    def department(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('j-search-result__department')}]")

    @field
    def closes(self) -> str | None:
        own = first_text(self.node, f".//*[{has_class('j-search-result__date--blue')}]")
        return own or self.printed.values.get("closes")


class JobPage(Page):
    """An advert's own page: a JobPosting, and the same beside it in a table of details."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: no code in the URL, or neither a JobPosting nor the table.
        """
        found = _PATH.search(urlsplit(str(self.url)).path)
        if not found:
            raise UnreadablePageError(f"{self.url}: no code of an advert in the URL")
        return posting_reading(self, found[1].upper(), str(self.urljoin(found[0])), self._details)

    @cached_property
    def _details(self) -> Labelled:
        rows = self.xpath("//*[contains(@class, 'j-advert-details')]//tr[th and td]")
        pairs = ((first_text(row, "th") or "", first_text(row, "td") or "") for row in rows)
        return LABELS.sort((pair for pair in pairs if pair[0]), "jobs.ac.uk advert")
