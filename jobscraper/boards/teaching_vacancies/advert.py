"""Teaching Vacancies: an advert's own page, for what the feed leaves out: actual salary, pay scale, contract type.

The shape is that of the service's own source: `section#job-details` is a GOV.UK summary list, and the page carries the same
JobPosting as the feed. robots.txt allows `/jobs/<slug>`; it forbids searches (`/*-jobs*?*`, `/jobs*radius=*`), which nobody asks for.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import attrs
from web_poet import handle_urls

from jobscraper.boards.teaching_vacancies.feed import FeedEntry
from jobscraper.model.reading import RawAdvert, Reading
from jobscraper.read.jsonld import job_postings
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first_text
from jobscraper.read.page import Page, UnreadablePageError

_SLUG = re.compile(r"/jobs/([^/?#]+)/?$")
_DETAILS = "//section[@id='job-details']"
_CAPTION = "//*[contains(@class, 'govuk-caption')]"
_SEVERAL_PLACES = "More than one location"
_FULL, _ACTUAL, _HOURLY = "Full time equivalent salary", "Actual salary", "Hourly rate"

LABELS = Labels.of(
    {
        "Working pattern": "working_pattern",
        "Working patterns": "working_pattern",
        "Contract type": "contract",
        "Pay scale": "grade",
    },
    kept=(
        *(_FULL, _ACTUAL, _HOURLY),
        *("Additional allowances", "Job role", "Job roles", "Visa sponsorship", "Phase", "Education phase"),
        *("Key stage", "Key stages", "Subject", "Subjects", "Working pattern details", "Job start date"),
    ),
)


@handle_urls("teaching-vacancies.service.gov.uk/jobs/")
class AdvertPage(Page):
    """`/jobs/<slug>`. Expired adverts stay up; a slug that was replaced leads to the newer one."""

    landmarks = (_DETAILS,)

    def read(self) -> Reading:
        """Read the JobPosting as of the feed, and over it what the list of details says.

        :raises UnreadablePageError: no slug in the URL, or a list of details that says nothing.
        """
        found = _SLUG.search(urlsplit(str(self.url)).path)
        details = self._details()
        if not found or not (details.values or details.labels):
            raise UnreadablePageError(f"{self.url}: no advert with its details")
        posting = next(iter(job_postings(self.response.text)), None)
        entry = FeedEntry(posting or {})
        raw = attrs.evolve(self._shown(), **_printed(entry)) if posting else self._shown()
        pay = _pay(details.labels)
        over: dict[str, Any] = {**details.values, **({"salary": pay} if pay else {})}
        labels = {name: text for name, text in details.labels.items() if name not in (_FULL, _HOURLY)}
        known = attrs.evolve(
            raw,
            source_ref=found[1],
            url=str(self.urljoin(f"/jobs/{found[1]}")),
            labels={**raw.labels, **labels},
            **over,
        )
        return Reading(part="page", adverts=(known,), problems=(*entry.problems(), *entry.unread, *details.problems))

    def _details(self) -> Labelled:
        rows = self.xpath(f"{_DETAILS}//dt")
        pairs = ((first_text(row, "self::*") or "", first_text(row, "following-sibling::dd[1]") or "") for row in rows)
        return LABELS.sort(pairs, "Teaching Vacancies advert")

    def _shown(self) -> RawAdvert:
        """What the page shows; where it has a JobPosting, that says the same.

        Below the title stands `Name, Town, County, Postcode`, or `More than one location, Trust`.
        """
        name, _, place = (first_text(self.selector, _CAPTION) or "").partition(", ")
        employer, location = (place, name) if name == _SEVERAL_PLACES else (name, place)
        return RawAdvert(
            source_ref="",
            title=first_text(self.selector, "//h1"),
            employer=employer or None,
            location=location or None,
            posted=self._beside("Date listed"),
            closes=self._beside("Closing date"),
        )

    def _beside(self, label: str) -> str | None:
        """The value of a label in the column beside the details."""
        head = "*[self::dt or self::h2 or self::h3 or self::h4 or self::strong]"
        return first_text(self.selector, f"//{head}[normalize-space(.) = '{label}']/following-sibling::*[1]")


def _printed(entry: FeedEntry) -> dict[str, Any]:
    return {name: value for name, value in attrs.asdict(entry.raw(), recurse=False).items() if value}


def _pay(printed: dict[str, str] | Any) -> str | None:
    """Pay as one string: the full-time salary or the hourly rate; what is paid for fewer hours keeps its label."""
    full, actual = printed.get(_FULL) or printed.get(_HOURLY), printed.get(_ACTUAL)
    parts = (full, f"{_ACTUAL}: {actual}" if actual else None)
    return "; ".join(part for part in parts if part) or None
