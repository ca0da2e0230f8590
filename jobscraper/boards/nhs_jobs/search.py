"""The cards of a search at NHS Jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, partial
from urllib.parse import urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.nhs_jobs.addresses import REFERENCE, advert_address
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first_text, whole
from jobscraper.read.page import Page

_FOUND = re.compile(r"([\d,]+)\s+jobs?\s+found", re.IGNORECASE)
_PAGE_OF = re.compile(r"Page\s+([0-9]{1,9})\s+of\s+([0-9]{1,9})\b", re.IGNORECASE)

CARD_LABELS = Labels.of(
    {
        "salary": "salary",
        "publicationDate": "posted",
        "closingDate": "closes",
        "jobType": "contract",
        "workingPattern": "working_pattern",
    }
)


class SearchPage(Page):
    """A page of search results: twenty cards. The feed says the same; captures of others hold these."""

    landmarks = ("//li[@data-test='search-result']",)
    empty_landmarks = ("//h1[contains(., 'No result')]", "//h1[starts-with(normalize-space(.), '0 jobs')]")
    always_printed = ("title", "employer", "contract")

    def read(self) -> Reading:
        """Read the cards."""
        cards = [Card(node) for node in self.xpath("//li[@data-test='search-result']")]
        read = list_reading("card", cards, partial(advert_address, str(self.url)), None)
        found = _FOUND.search(first_text(self.selector, "//h1") or "")
        return attrs.evolve(read, listed=whole(found[1]) if found else None, follow=tuple(self._next()))

    def _next(self) -> Iterator[str]:
        shown = _PAGE_OF.search(" ".join(self.xpath("//*[contains(@class, 'pagination')]//text()").getall()))
        parts = urlsplit(str(self.url))
        if shown and (whole(shown[1]) or 0) < (whole(shown[2]) or 0):
            query = "&".join(part for part in parts.query.split("&") if part and not part.startswith("page="))
            yield f"{parts.scheme}://{parts.netloc}{parts.path}?{query}&page={int(shown[1]) + 1}"


class Card(LabelledEntry[Selector]):
    """One card of a search. Its heading is not closed, so that the place stands in it."""

    @field
    def source_ref(self) -> str:
        found = REFERENCE.search(first_text(self.node, ".//a[@data-test='search-result-job-title']/@href") or "")
        return found[1] if found else ""

    @field
    def title(self) -> str | None:
        return first_text(self.node, ".//a[@data-test='search-result-job-title']")

    @field
    def employer(self) -> str | None:
        headings = ".//*[@data-test='search-result-location']//*[self::h2 or self::h3 or self::h4]"
        return first_text(self.node, f"{headings}/text()[normalize-space()]")

    @field
    def location(self) -> str | None:
        return first_text(self.node, ".//*[contains(@class, 'location-font-size')]")

    @cached_property
    def printed(self) -> Labelled:
        items = self.node.xpath(".//li[starts-with(@data-test, 'search-result-')]")
        pairs = [
            (item.root.attrib["data-test"].removeprefix("search-result-"), first_text(item, ".//strong") or "")
            for item in items
        ]
        return CARD_LABELS.sort(pairs, "NHS Jobs search")
