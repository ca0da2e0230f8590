"""Jobtrain: the board of NHS Scotland, and of housing associations and charities at `www.jobtrain.co.uk/<tenant>/`.

The classes of its cards come from a product for schools (`school` is the employer, `shift` the department), so the labels
are believed, not the classes.
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
from jobscraper.read.jsonld_values import kinds
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, has_class, text_of, untorn, whole
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_space

PAGE_SIZE = 12
_ID = re.compile(r"\bJobId=(\d+)", re.IGNORECASE)
_CARD = f"{has_class('job-card')} or @data-jobid"
_LINK = ".//a[contains(translate(@href, 'JOBDETAIL', 'jobdetail'), 'jobdetail')]"
_ITEM = f".//*[{has_class('jobdetailsitem')}]"

LABELS = Labels.of(
    {
        "Job title": "title",
        "Salary": "salary",
        "Closing date": "closes",
        "Job Family": "category",
        "Location": "location",
        "Employment type": "contract",
        "Contract type": "contract",
        "Working pattern": "working_pattern",
        "Hours per week": "hours",
        "Hours": "hours",
        "Live date": "posted",
        "Employer (NHS Board)": "employer",
        "Employer": "employer",
        "Department": "department",
        "Job reference": "reference",
        "Grade": "grade",
        "Pay band": "grade",
    },
    kept=("Interview date", "Start date", "Vacancies", "Number of posts", "Duration", "Service", "Site"),
    ignored=("Contact", "Contact name", "Contact email", "Contact telephone", "Informal enquiries"),
)


class CardsPage(Page):
    """A piece of the list: twelve cards, or all of a small tenant; the total stands in an element of its own, most often a hidden input."""

    landmarks = ("//*[@id='totalMatchRecords']", f"//*[{has_class('job-card')}]", "//*[@data-jobid]")

    def read(self) -> Reading:
        """Read the cards, and go on where there are more."""
        cards = [JobCard(node) for node in self.xpath(f"//*[{_CARD}][not(ancestor::*[{_CARD}])]")]
        read, problems = each(cards, lambda card: attrs.evolve(card.raw(), url=self._page_of(card.source_ref)))
        known, twice = by_reference(read)
        here, total = self._count("totalCurrentRecords"), self._count("totalMatchRecords")
        return Reading(
            part="card",
            adverts=tuple(known.values()),
            follow=self._next(len(cards) if here is None else here, total) if known else (),
            pages={ref: self._page_of(ref) for ref in known},
            listed=total,
            problems=(*problems, *twice),
        )

    def _page_of(self, ref: str) -> str:
        """The URL of an advert's own page, below the tenant's part of the path where there is one."""
        tenant = re.split(r"/home(?:/|$)", urlsplit(str(self.url)).path, maxsplit=1, flags=re.IGNORECASE)[0]
        return str(self.urljoin(f"{tenant}/Job/JobDetail?JobId={ref}"))

    def says_nothing_is_listed(self) -> bool:
        """A search without results, and a piece past the end of the list."""
        total, skipped = self._count("totalMatchRecords"), self._skipped()
        return total is not None and (total == 0 or 0 < total <= skipped)

    def _count(self, name: str) -> int | None:
        found = first(self.selector, f"//*[@id='{name}']")
        value = (found.root.attrib.get("value") or fold_space(text_of(found) or "")) if found is not None else ""
        return whole(value)

    def _skipped(self) -> int:
        query = dict(parse_qsl(urlsplit(str(self.url)).query))
        skip = query.get("Skip", "0")
        return int(skip) if re.fullmatch(r"\d{1,9}", skip, re.ASCII) else 0

    def _next(self, here: int, total: int | None) -> tuple[str, ...]:
        reached = self._skipped() + here
        if here < PAGE_SIZE or (total is not None and reached >= total):
            return ()
        return (add_or_replace_parameter(str(self.url), "Skip", str(reached)),)


class JobCard(LabelledEntry[Selector]):
    """One card: a link with the title, and labelled lines."""

    def problems(self) -> tuple[Problem, ...]:
        """Labels that nobody knows, no labels at all, or no reference."""
        if not self.source_ref:
            return (Problem(kind="card_unreadable", text=(text_of(self.node) or "")[:300], loses_adverts=True),)
        if not self.node.xpath(_ITEM):
            return (Problem(kind="card_without_details", text="a card without labelled lines", of_the_board=True),)
        return self.printed.problems

    @cached_property
    def printed(self) -> Labelled:
        return printed_on(self.node)

    @field
    def source_ref(self) -> str:
        found = _ID.search(untorn(first_text(self.node, f"{_LINK}/@href") or ""))
        own = first_text(self.node, "self::*/@data-jobid | .//@data-jobid") or ""
        return found[1] if found else own if own.isdecimal() else ""

    @field
    def title(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('job-row__details')}]//a") or first_text(self.node, _LINK)


def printed_on(node: Selector) -> Labelled:
    """The labelled lines of a card or a page: `<strong>Label:</strong> value`."""
    labelled = LABELS.sort((_line(item) for item in node.xpath(_ITEM)), "Jobtrain advert")
    values = dict(labelled.values)
    # One label for both: `Permanent` is a contract, `Term Time` a pattern.
    both = values.pop("contract", None)
    values |= {
        name: text
        for name, hours in (("contract", False), ("working_pattern", True))
        if (text := kinds(both, of_hours=hours))
    }
    return Labelled(values, labelled.labels, labelled.problems)


def _line(item: Selector) -> tuple[str, str]:
    text, label = fold_space(text_of(item) or ""), first_text(item, ".//strong | .//b | .//dt")
    if not label:
        label, found, value = text.partition(":")
        return (label, value) if found else ("", "")
    return label, text.removeprefix(label).lstrip(" :")


class DetailPage(Page):
    """An advert's own page: a JobPosting, whose pay is a sentence, and maybe the labelled lines."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: no JobId in the URL, or neither a JobPosting nor labelled lines.
        """
        found = _ID.search(str(self.url))
        if not found:
            raise UnreadablePageError(f"{self.url}: no JobId in the URL")
        url = self.urljoin(f"{urlsplit(str(self.url)).path}?JobId={found[1]}")
        return posting_reading(self, found[1], str(url), printed_on(self.selector))
