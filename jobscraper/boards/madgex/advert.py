"""Madgex: an advert's own page, in both generations of its markup, with the JobPosting that the newer one holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.jobposting.postings import postings_of
from jobscraper.model.reading import RawAdvert, Reading, printed_fields
from jobscraper.read.jsonld import PostingEntry
from jobscraper.read.jsonld_values import Node, text_of_value
from jobscraper.read.labelled import LabelledEntry, page_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, has_class, joined, text_of, untorn
from jobscraper.read.page import Page, UnreadablePageError

LABELS = Labels.of(
    {
        "Recruiter": "employer",
        "Employer": "employer",
        "Location": "location",
        "Salary": "salary",
        "Salary details": "salary",
        "Posted": "posted",
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
    kept=(
        "Start date",
        "Level",
        "Position type",
        "Listing type",
        "Education level",
        "Experience level",
        "Salary band",
        "Discipline",
    ),
    ignored=("Contact", "Contact name", "Telephone", "Email", "Website", "Share", "Apply", "Job ID"),
)
_NUMBER = re.compile(r"/job/([0-9]+)(?:/|$)")
_OLD = "job-detail-description__"
_OLD_NAME = re.compile(rf"{_OLD}([\w-]+)")
_IN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|-")
_TEXT = f"//*[{has_class('job-description')} or {has_class('mds-tabs__panel__content')}]"


def number_of(url: str | None) -> str:
    """The number of an advert, from its address, which may hold newlines; empty if there is none."""
    found = _NUMBER.search(re.split(r"[?#]", untorn(url or ""), maxsplit=1)[0])
    return found[1] if found else ""


def advert_address(base: str, number: str | None) -> str | None:
    """The address of an advert's own page, which needs no words of its title."""
    return urljoin(base, f"/job/{number}/") if number else None


class AdvertPage(Page):
    """An advert's own page."""

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
        entry, posting = Advert(self.selector), self._posting(number)
        if not number or not (entry.title or posting):
            raise UnreadablePageError(f"{self.url}: not an advert's own page; it has no number or no title")
        read = page_reading(entry, number, advert_address(str(self.url), number), self.employer)
        return _filled_up(read, posting) if posting else read

    def _posting(self, number: str) -> PostingEntry | None:
        """The JobPosting of this advert. Those of similar jobs name other numbers in their addresses."""
        named: dict[str, Node] = {}
        for posting in postings_of(self):
            addresses = (text_of_value(posting.get(name), "url", "@id") for name in ("url", "@id", "mainEntityOfPage"))
            named.setdefault(next(filter(None, map(number_of, addresses)), ""), posting)
        own = named.get(number, named.get(""))
        return PostingEntry(own) if own is not None else None


def _filled_up(read: Reading, posting: PostingEntry) -> Reading:
    """The page's advert, with what its JobPosting says of fields and labels that the page does not print."""
    own, more = printed_fields(read.adverts[0]), printed_fields(posting.raw())
    labels = {**posting.labels, **read.adverts[0].labels}
    raw = RawAdvert(**{**more, **own, "labels": labels})
    problems = [it for it in read.problems if not (it.kind == "page_without_text" and raw.description)]
    return attrs.evolve(read, adverts=(raw,), problems=(*problems, *posting.problems(), *posting.unread))


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
        for definitions in self.node.xpath(f"//dl[{has_class('mds-list--definition')}]"):
            yield from _definitions(definitions)
        for box in self.node.xpath(f"//*[contains(@class, '{_OLD}')][not(.//*[contains(@class, '{_OLD}')])]"):
            for name in _OLD_NAME.findall(box.root.attrib["class"]):
                label = first_text(box, ".//dt") or _IN_WORDS.sub(" ", name.removeprefix("category-"))
                yield _OLD_NAMES.get(name, label), joined(box, "descendant-or-self::dd") or ""


def _definitions(definitions: Selector) -> Iterator[tuple[str, str]]:
    """The terms of a `<dl>`, each with what stands behind it up to the next: nothing, one or several values."""
    found: list[tuple[str, list[str]]] = []
    for item in definitions.xpath(".//dt | .//dd"):
        text = text_of(item) or ""
        if item.root.tag == "dt":
            found.append((text, []))
        elif found and text:
            found[-1][1].append(text)
    yield from ((term, ", ".join(dict.fromkeys(values))) for term, values in found)


_OLD_NAMES = {
    "recruiter": "Recruiter",
    "location": "Location",
    "salary": "Salary",
    "posted-date": "Posted",
    "end-date": "Closes",
    "job-ref": "Ref",
    "contact-name": "Contact name",
}
