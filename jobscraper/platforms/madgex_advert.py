"""Madgex: an advert's own page, in both generations of its markup, with the JobPosting that the newer one holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.items import Reading, printed_fields
from jobscraper.platforms.conscience import Labelled, Labels
from jobscraper.platforms.jobposting import postings_of
from jobscraper.platforms.jsonld import PostingEntry
from jobscraper.platforms.labelled import LabelledEntry, page_reading
from jobscraper.platforms.markup import first, first_text, has_class, text_of
from jobscraper.platforms.page import Page, UnreadablePageError

LABELS = Labels.of(
    {
        "Recruiter": "employer",
        "Employer": "employer",
        "Location": "location",
        "Salary": "salary",
        "Salary details": "salary",
        "Posted": "posted",
        "Start date": "posted",
        "Closes": "closes",
        "Closing date": "closes",
        "Ref": "reference",
        "Job ref": "reference",
        "Job reference": "reference",
        "Contract": "contract",
        "Contract type": "contract",
        "Contract Term": "contract",
        "Job type": "contract",
        "Hours": "working_pattern",
        "Job role": "category",
        "Job function": "category",
        "Sector": "category",
        "Industry": "category",
        "Department": "department",
        "Grade": "grade",
    },
    kept=("Level", "Position type", "Listing type", "Education level", "Experience level", "Salary band", "Discipline"),
    ignored=("Contact", "Contact name", "Telephone", "Email", "Website", "Share", "Apply", "Job ID"),
)
_NUMBER = re.compile(r"/job/(\d+)(?:/|$|\?)")
_OLD = "job-detail-description__"
_TEXT = f"//*[{has_class('job-description')} or {has_class('mds-tabs__panel__content')}]"


def number_of(url: str | None) -> str:
    """The number of an advert, from its address, which may hold newlines; empty if there is none."""
    found = _NUMBER.search(urlsplit("".join((url or "").split())).path)
    return found[1] if found else ""


def advert_address(base: str, number: str | None) -> str | None:
    """The address of an advert's own page, which needs no words of its title."""
    return urljoin(base, f"/job/{number}/") if number else None


class AdvertPage(Page):
    """An advert's own page."""

    url_examples = ("https://www.wmjobs.co.uk/job/123456/head-of-legal/",)
    landmarks = (
        f"//*[contains(@class, '{_OLD}')]",
        f"//dl[{has_class('mds-list--definition')}]",
        "//script[contains(., 'JobPosting')]",
    )

    def read(self) -> Reading:
        """Read the advert: what the page labels, and beyond it what its JobPosting says.

        :raises UnreadablePageError: there is no number in the URL, or no title on the page.
        """
        number = number_of(str(self.url))
        entry = Advert(self.selector)
        postings = [PostingEntry(posting) for posting in postings_of(self)][:1]
        if not number or not (entry.title or postings):
            raise UnreadablePageError(f"{self.url}: not an advert's own page; it has no number or no title")
        read = page_reading(entry, number, advert_address(str(self.url), number), self.employer)
        raw, problems = read.adverts[0], read.problems
        for posting in postings:
            own = printed_fields(raw)
            more = {name: value for name, value in printed_fields(posting.raw()).items() if name not in own}
            raw = attrs.evolve(raw, **{name: getattr(posting, name) for name in more})
            problems = (*problems, *posting.problems())
        return attrs.evolve(read, adverts=(raw,), problems=problems)


class Advert(LabelledEntry[Selector]):
    """The advert of a page, by its labels."""

    @field
    def title(self) -> str | None:
        newer = first_text(self.node, "//h1[contains(@class, 'mds-font')]")
        return newer or first_text(self.node, "//h1")

    @field
    def description(self) -> str | None:
        return text_of(first(self.node, _TEXT))

    @cached_property
    def printed(self) -> Labelled:
        return LABELS.sort(self._pairs(), "Madgex advert")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Pairs of the newer list of definitions, then those of the older boxes, whose class names what they hold."""
        for term in self.node.xpath(f"//dl[{has_class('mds-list--definition')}]//dt"):
            yield text_of(term) or "", text_of(first(term, "following-sibling::dd[1]")) or ""
        for box in self.node.xpath(f"//*[contains(@class, '{_OLD}')]"):
            name = box.attrib["class"].split(_OLD)[1].split()[0]
            label = text_of(first(box, ".//dt")) or name.removeprefix("category-").replace("-", " ")
            yield _OLD_NAMES.get(name, label), text_of(first(box, ".//dd")) or ""


_OLD_NAMES = {
    "recruiter": "Recruiter",
    "location": "Location",
    "salary": "Salary",
    "posted-date": "Posted",
    "end-date": "Closes",
    "job-ref": "Ref",
    "contact-name": "Contact name",
}
