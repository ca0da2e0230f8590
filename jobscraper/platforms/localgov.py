"""LocalGov.co.uk: the "Highways jobs" box that stands on every news article (LocalGov, Hemming Group).

The box's HTML was never seen; only its text was: title, employer, pay, blurb run together with the place, and the
misspelt label `Recuriter:` with the employer again. So the reader works on lines of text, which any likely markup gives.
The jobs are as old as the crawl, not as the article. The box has no reference, so an advert is known by its title,
employer and pay: the same listing stands on many articles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import attrs
import html_text
from web_poet import handle_urls

from jobscraper.items import Problem, RawAdvert, Reading
from jobscraper.platforms.page import Page
from jobscraper.registers.places import is_place
from jobscraper.text.fold import clean, fold_name, fold_space
from jobscraper.text.labels import split_label
from jobscraper.text.trailing_place import split_trailing_place

MOST_ARTICLES = 20
_ARTICLE = re.compile(r"/[^/]+/\d+/?$")
_HEADING = re.compile(r"(?:\w+ ){0,3}jobs:?", re.IGNORECASE)
_JOB_NUMBER = re.compile(r"/job/(\d+)")
_PAY = re.compile(
    r"[£€] ?\d|\b\d{2,3}[,.]\d{3}\b|\b\d{5,6}(?:\.\d+)?\b|\b\d{1,2}\.\d\d ?(?:ph|per hour)|^(?:salary|grade|band|scp)\b"
    r"|\b(?:negotiable|competitive|per annum)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(?:html|body|div|p|br|h\d|li|table)\b", re.IGNORECASE)


@handle_urls("localgov.co.uk", exclude="jobs.localgov.co.uk")
class LocalGovPage(Page):
    """A news page: an article with its box of jobs, or a page that leads to articles."""

    url_examples = ("https://www.localgov.co.uk/Some-headline/50261",)

    def read(self) -> Reading:
        """Read the box; where the page is no article, name the articles that it links to."""
        listings, problems = read_box(self._lines())
        links = dict(self._links())
        adverts = tuple(listing.raw(links) for listing in listings)
        if _ARTICLE.search(urlsplit(str(self.url)).path):
            if not listings and not problems:
                problems = [Problem(kind="box_missing", text="no box of jobs on this article")]
            return Reading(part="card", adverts=adverts, problems=tuple(problems))
        return Reading(part="card", adverts=adverts, follow=self._articles(), problems=tuple(problems))

    def _is_markup(self) -> bool:
        return _MARKUP.search(self.response.text) is not None

    def _lines(self) -> list[str]:
        text = self.response.text
        if self._is_markup():
            text = html_text.extract_text(self.response.selector.root, guess_layout=True)
        return clean(text).replace("\xa0", " ").split("\n")

    def _links(self) -> list[tuple[str, str]]:
        """(text, address) of the links. Madgex prints newlines and tabs inside the quotes of `href`."""
        if not self._is_markup():
            return []
        links = (
            (fold_name("".join(link.css("::text").getall())), self.urljoin(re.sub(r"\s+", "", link.attrib["href"])))
            for link in self.css("a[href]")
        )
        return [(text, address) for text, address in links if address.startswith(("http://", "https://"))]

    def _articles(self) -> tuple[str, ...]:
        host = urlsplit(str(self.url)).netloc
        found = dict.fromkeys(address.split("#")[0] for _, address in self._links())
        articles = [url for url in found if urlsplit(url).netloc == host and _ARTICLE.search(urlsplit(url).path)]
        return tuple(articles[:MOST_ARTICLES])


@attrs.frozen(kw_only=True)
class Listing:
    """One listing of the box, verbatim."""

    title: str
    employer: str
    salary: str | None
    blurb: str | None
    labels: Mapping[str, str] = attrs.field(factory=dict)

    def raw(self, links: Mapping[str, str]) -> RawAdvert:
        """The advert that this listing prints; `links` maps folded titles to addresses."""
        description, place = split_trailing_place(self.blurb, is_place) if self.blurb else (None, None)
        url = links.get(fold_name(self.title))
        number = _JOB_NUMBER.search(url or "")
        return RawAdvert(
            source_ref=self.reference(),
            url=url,
            title=self.title,
            employer=self.employer,
            salary=self.labels.get("salary", self.salary),
            description=description,
            location=self.labels.get("location", place),
            closes=self.labels.get("closes"),
            grade=self.labels.get("grade"),
            contract=self.labels.get("contract"),
            reference=self.labels.get("reference", number[1] if number else None),
            labels={name: text for name, text in self.labels.items() if name not in _READ_LABELS},
        )

    def reference(self) -> str:
        """The box prints no reference; title, employer and pay together are one."""
        key = "|".join(fold_name(text or "") for text in (self.title, self.employer, self.salary))
        return hashlib.sha256(key.encode()).hexdigest()[:16]


_READ_LABELS = frozenset({"salary", "location", "closes", "grade", "contract", "reference"})


def read_box(lines: Sequence[str]) -> tuple[list[Listing], list[Problem]]:
    """Read the listings of a box out of the lines of a page.

    A listing ends with its line `Recuriter: <employer>`, however that label is spelt. A listing that was cut off, or a
    box in which none can be read, is a problem, not silence.
    """
    start = _heading(lines)
    listings: list[Listing] = []
    problems: list[Problem] = []
    block: list[str] = []
    for line in filter(str.strip, lines[start:]):
        employer = _employer(line)
        if employer is None or len(block) < 2:
            block.append(line if employer is None else employer)
            continue
        listing, before = _listing(block, employer)
        if listing:
            listings.append(listing)
        if listing is None or (_begins_listing(before) and (start or len(listings) > 1)):
            problems.append(Problem(kind="listing_unreadable", text=_excerpt([*before, line])))
        block = []
    if _begins_listing(block) or (start and not listings and not problems):
        problems.append(Problem(kind="listing_cut_off" if listings else "box_unreadable", text=_excerpt(block)))
    return listings, problems


def _heading(lines: Sequence[str]) -> int:
    """The number of the line below the heading of the box (`Highways jobs`); 0 where the page has none."""
    first_label = next((number for number, line in enumerate(lines) if _employer(line) is not None), len(lines))
    headings = (number for number, line in enumerate(lines[:first_label], 1) if _HEADING.fullmatch(fold_space(line)))
    return max(headings, default=0)


def _employer(line: str) -> str | None:
    labelled = split_label(line)
    return labelled.value if labelled and labelled.field == "employer" else None


def _listing(block: Sequence[str], employer: str) -> tuple[Listing | None, Sequence[str]]:
    """The listing that a block of lines prints, whose last line named `employer`, and what stands before it.

    The employer stands a second time on the line below the title, which is how the beginning of the first listing is
    told from what stands before the box.
    """
    labels = {labelled.field: labelled.value for line in block if (labelled := split_label(line))}
    lines = [line for line in block if not split_label(line)]
    named = [number for number, line in enumerate(lines) if number and fold_name(line) == fold_name(employer)]
    if named:
        before, title, rest = lines[: named[-1] - 1], lines[named[-1] - 1], lines[named[-1] + 1 :]
    elif 2 <= len(lines) <= 4:
        # The two names differ, or one is missing: the label's is the employer, the other line is left out.
        before, title, rest = [], lines[0], lines[1:] if _is_pay(lines[1]) else lines[2:]
        employer = employer or lines[1]
    else:
        return None, block
    salary, blurb = _salary_and_blurb(rest)
    return Listing(title=title, employer=employer, salary=salary, blurb=blurb, labels=labels), before


def _salary_and_blurb(lines: Sequence[str]) -> tuple[str | None, str | None]:
    if len(lines) == 1 and not _is_pay(lines[0]):
        return None, lines[0]
    return (lines[0] if lines else None), " ".join(lines[1:]) or None


def _is_pay(line: str) -> bool:
    return len(line) <= 100 and _PAY.search(line.strip()) is not None


def _begins_listing(block: Sequence[str]) -> bool:
    """True if the lines look like the beginning of a listing, not like a footer: pay stands below one or two others."""
    return any(_is_pay(line) for line in block[1:4])


def _excerpt(lines: Sequence[str]) -> str:
    return " / ".join(folded for line in lines if (folded := fold_space(line)))[:300]
