"""An advert's own page at NHS Jobs, with band, pattern and full text.

`<p id="job_overview"><p>…` leaves the outer paragraph empty, so a section is what stands up to the next heading; the block of
details is printed twice, for small screens and for large ones, so ids repeat, and the first one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import urlsplit

from parsel import Selector
from web_poet import field

from jobscraper.boards.nhs_jobs.addresses import REFERENCE, advert_address
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, page_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, text_of
from jobscraper.read.page import Page, UnreadablePageError

_CLOSES = re.compile(r"^\s*the closing date is\s+", re.IGNORECASE)

PAGE_LABELS = Labels.of(
    {
        "Date posted": "posted",
        "Band": "grade",
        "Salary": "salary",
        "Contract": "contract",
        "Working pattern": "working_pattern",
        "Reference number": "reference",
    },
    kept=("Pay scheme", "Duration"),
    ignored=(
        "Job locations",
        "Employer name",
        "Employer details",
        "Employer contact details",
        "Address",
        "Employer's website",
        "Employer's website (Opens in a new tab)",
        "Supporting documents",
        "Privacy notice",
    ),
)
_PAY = ("range_salary", "fixed_salary", "negotiable_salary", "salary")
_BY_ID = {
    "Date posted": "date_posted",
    "Pay scheme": "payscheme-type",
    "Band": "payscheme-band",
    "Contract": "contract_type",
}
_SECTIONS = ("job_overview", "job_description", "about_organisation", "job_description_large")
# What an advert's text never has: headings of the page, and the ids of its fields.
_OF_ANOTHER = "self::*[@id] | .//*[self::h1 or self::h2 or self::h3 or @id]"
_ADDRESS = ("employer_town", "employer_county", "employer_postcode")


class AdvertPage(Page):
    """An advert's own page."""

    landmarks = ("//*[@id='heading'][normalize-space()]",)

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: the URL has no reference, or the page names no employer and no date.
        """
        reference = REFERENCE.search(urlsplit(str(self.url)).path)
        if reference is None:
            raise UnreadablePageError(f"{self.url}: no reference of an advert in the address")
        entry = AdvertEntry(self.selector)
        if not entry.employer and not entry.posted:
            raise UnreadablePageError(f"{self.url}: neither an employer nor a date of posting: its markup has changed")
        return page_reading(entry, reference[1], advert_address(str(self.url), reference[1]), None)


class AdvertEntry(LabelledEntry[Selector]):
    """The advert of a page, by the ids of its elements."""

    @field
    def title(self) -> str | None:
        return self._by_id("heading")

    @field
    def employer(self) -> str | None:
        return self._by_id("employer_name")

    @field
    def salary(self) -> str | None:
        return next(filter(None, map(self._by_id, _PAY)), None) or self.printed.values.get("salary")

    @field
    def location(self) -> str | None:
        return ", ".join(filter(None, map(self._by_id, _ADDRESS))) or None

    @field
    def closes(self) -> str | None:
        """`The closing date is 01 September 2026`; of a job that is closed the page says only that."""
        text = self._by_id("closing_date")
        return _CLOSES.sub("", text) if text and _CLOSES.match(text) else None

    @field
    def reference(self) -> str | None:
        return self._by_id("trac-job-reference") or self.printed.values.get("reference")

    @field
    def working_pattern(self) -> str | None:
        return first_text(self.node, "//*[@id='working_pattern_heading']/following-sibling::p[1]") or (
            self.printed.values.get("working_pattern")
        )

    @field
    def description(self) -> str | None:
        skills = ("essential_skill_", "desirable_skill_")
        texts = (*map(self._section, _SECTIONS), *(text for prefix in skills for text in self._listed(prefix)))
        return "\n\n".join(text for text in texts if text) or None

    @field
    def labels(self) -> Mapping[str, str]:
        lines = (self._by_id(f"employer_address_line_{number}") for number in (1, 2, 3))
        street = ", ".join(filter(None, lines))
        return {**self.printed.labels, **({"streetAddress": street} if street else {})}

    @cached_property
    def printed(self) -> Labelled:
        pairs = {label: text for label, name in _BY_ID.items() if (text := self._by_id(name))}
        for heading in self.node.xpath("//h3[contains(@class, 'nhsuk-heading-s')]"):
            value = first_text(heading, "following-sibling::*[1][self::p]") or ""
            pairs.setdefault(text_of(heading) or "", value)
        return PAGE_LABELS.sort(pairs.items(), "NHS Jobs advert")

    def _by_id(self, name: str) -> str | None:
        return first_text(self.node, f"//*[@id='{name}']")

    def _section(self, name: str) -> str | None:
        start = first(self.node, f"//*[@id='{name}']")
        if start is None:
            return None
        texts = [text_of(start)]
        for sibling in start.xpath("following-sibling::*"):
            if sibling.root.tag in ("h1", "h2", "h3") or sibling.xpath(_OF_ANOTHER):
                break
            texts.append(text_of(sibling))
        return "\n".join(text for text in texts if text) or None

    def _listed(self, prefix: str) -> Iterator[str]:
        """The points of the person specification, once each: they are printed twice."""
        points = (text_of(point) for point in self.node.xpath(f"//li[starts-with(@id, '{prefix}')]"))
        yield from dict.fromkeys(point for point in points if point)
