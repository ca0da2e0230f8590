"""Tribepad's list for everybody, in its two themes: the classic one, and that of the site builder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, partial
from urllib.parse import parse_qs, urljoin, urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first_text, has_class, text_of, whole
from jobscraper.read.page import Page
from jobscraper.text.fold import fold_space
from jobscraper.text.labels import is_bare_label

_CLASSIC = re.compile(r"/jobs/job/([^/?#]+)/(\d+)")
_RECORD = re.compile(r"detail\.php\?(?:[^#]*&)?record=(\d+)")
_POSTED = re.compile(r"^posted on\s+", re.IGNORECASE)
_CLOSES = re.compile(r"^(?:apply by|closing date:?|closes:?)\s+", re.IGNORECASE)
_DATED = re.compile(r"(?:closing(?: date)?|closes(?: on)?|apply by)\s+(\d{1,2}\W\d{1,2}\W\d{2,4}.*)", re.IGNORECASE)
_PAGE = re.compile(r"/jobs/search/-1/([0-9]{1,6})\b")
_NONE = "//*[self::p or self::h2 or self::h3 or self::div][not(*)][contains(., 'no jobs') or contains(., 'No jobs') or contains(., 'no vacancies')]"

# By the microdata of a value, or else by the icon that stands before it.
ICONS = Labels.of(
    {
        "jobLocation": "location",
        "employmentType": "contract",
        "baseSalary": "salary",
        "fa-wallet": "salary",
        "fa-map-marker-alt": "location",
        "fa-map-marker": "location",
        "fa-clock": "contract",
        "fa-briefcase": "category",
    },
    ignored=("fa-calendar", "fa-calendar-alt", "fa-chevron-right", "datePosted"),
)


class ClassicListPage(Page):
    """A page of the list in the classic theme."""

    landmarks = (f"//ul[{has_class('jobs')}]",)
    empty_landmarks = (_NONE,)

    def read(self) -> Reading:
        """Read the cards, and name the next page if a link leads there."""
        cards = [ClassicCard(node) for node in self.xpath(f"//ul[{has_class('jobs')}]/li")]
        read = list_reading("card", cards, partial(_classic_address, str(self.url)), self.employer)
        return attrs.evolve(read, pages={}, follow=tuple(self._next()))

    def _next(self) -> Iterator[str]:
        shown = _PAGE.search(urlsplit(str(self.url)).path)
        following = int(shown[1]) + 1 if shown else 2
        linked = {int(found[1]) for link in self.xpath("//a/@href").getall() if (found := _PAGE.search(link))}
        if following in linked:
            yield urljoin(str(self.url), f"/jobs/search/-1/{following}")


def _classic_address(base: str, link: str | None) -> str | None:
    found = _CLASSIC.search(link or "")
    return urljoin(base, f"/jobs/job/{found[1]}/{found[2]}") if found else None


class ClassicCard(LabelledEntry[Selector]):
    """One card: an icon before each value. It has microdata, but no scope of a JobPosting around it."""

    @property
    def address(self) -> str | None:
        """The link to the advert."""
        return first_text(self.node, ".//a[@itemprop='url']/@href") or first_text(self.node, ".//a/@href")

    @field
    def source_ref(self) -> str:
        found = _CLASSIC.search(self.address or "")
        return found[2] if found else ""

    @field
    def title(self) -> str | None:
        return first_text(self.node, f".//*[{has_class('job-list-title')}]") or first_text(self.node, ".//h3")

    @field
    def posted(self) -> str | None:
        return first_text(self.node, ".//*[@itemprop='datePosted']")

    @field
    def closes(self) -> str | None:
        """`No expiry date`, too, is what the board prints."""
        texts = (fold_space(text_of(line) or "") for line in self.node.xpath(".//p"))
        return next((_CLOSES.sub("", text) for text in texts if _CLOSES.match(text)), None)

    @cached_property
    def printed(self) -> Labelled:
        return ICONS.sort(self._pairs(), "Tribepad card")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for line in self.node.xpath(".//p[i or @itemprop or .//*[@itemprop = 'address']]"):
            icons = [name for name in line.xpath("./i/@class").get("").split() if name.startswith("fa-")]
            place = "jobLocation" if line.xpath(".//*[@itemprop = 'address']") else None
            names = filter(None, (place, line.root.attrib.get("itemprop"), *icons))
            yield next(names, "an icon without a name"), text_of(line) or ""


LABELS = Labels.of(
    {"Closing": "closes", "Closing date": "closes", "Organisation": "employer", "Contract Type": "contract"},
    kept=("Vacancy type",),
)


class SitebuilderListPage(Page):
    """A page of the list in the theme of the site builder: fifty adverts."""

    landmarks = (f"//*[{has_class('sitebuilder-job-results-item')}]",)
    empty_landmarks = (_NONE,)

    def read(self) -> Reading:
        """Read the cards; a page with as many as it can hold has a next one."""
        cards = [SitebuilderCard(node) for node in self.xpath(f"//*[{has_class('sitebuilder-job-results-item')}]")]
        read = list_reading("card", cards, partial(_record_address, str(self.url)), self.employer)
        return attrs.evolve(read, pages={}, follow=tuple(self._next(len(cards))))

    def _next(self, shown: int) -> Iterator[str]:
        parts = urlsplit(str(self.url))
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        page, most = query.get("page", "1"), query.get("records_per_page", "50")
        number, size = whole(page), whole(most)
        if number is not None and size is not None and shown >= size:
            yield f"{parts.scheme}://{parts.netloc}{parts.path}?page={number + 1}&records_per_page={size}"


def _record_address(base: str, link: str | None) -> str | None:
    found = _RECORD.search(link or "")
    return urljoin(base, f"/members/modules/job/detail.php?record={found[1]}") if found else None


class SitebuilderCard(LabelledEntry[Selector]):
    """One card: a link and lines with labels."""

    @property
    def address(self) -> str | None:
        """The link to the advert."""
        return first_text(self.node, ".//a[contains(@href, 'detail.php')]/@href")

    @field
    def source_ref(self) -> str:
        found = _RECORD.search(self.address or "")
        return found[1] if found else ""

    @field
    def title(self) -> str | None:
        return first_text(self.node, ".//a[contains(@href, 'detail.php')][normalize-space()]")

    @cached_property
    def printed(self) -> Labelled:
        return LABELS.sort(self._pairs(), "Tribepad card")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Lines with a colon; a label without one, whose value is a date behind it or the line below."""
        lines = [line for line in (text_of(self.node) or "").split("\n") if line]
        for line, below in zip(lines, [*lines[1:], ""], strict=False):
            label, colon, value = line.partition(":")
            dated = _DATED.fullmatch(line)
            if colon:
                yield label, value or ("" if ":" in below else below)
            elif dated:
                yield "Closing", dated[1]
            elif line != self.title and below and ":" not in below and is_bare_label(line):
                yield line, below
