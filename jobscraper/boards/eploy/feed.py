"""Eploy: careers sites on the employers' own domains; councils, universities, NHS trusts and police forces.

Each has one XML document with all its vacancies, which prints all but the closing date; that stands on the vacancy's own
page. The list of HTML is paged by a form that carries the whole state of the page, so the document is the way in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial

import attrs
from lxml import etree
from web_poet import field

from jobscraper.boards.eploy.addresses import number_in, vacancy_address
from jobscraper.boards.eploy.fields import specified
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import unescaped, whole, xml_root
from jobscraper.read.page import Page, UnreadablePageError

LABELS = Labels.of(
    {
        "Title": "title",
        "Company": "employer",
        "Position": "department",
        "Location": "location",
        "DisplaySalary": "salary",
        "Description": "description",
        "VacancyType": "contract",
        "HoursPerWeek": "hours",
        "DatePosted": "posted",
        "PubDate": "posted",
        "AdvertisingEndDate": "closes",
        "Reference": "reference",
        "Industry": "category",
    },
    kept=("Benefits", "Qualifications", "DateCreated", "StartDate"),
    ignored=("VacancyID", "Link", "LocationID", "PositionID", "IndustryID", "VacancyTypeID", "CompanyID"),
)


class FeedPage(Page):
    """The XML document of a site: all its vacancies. Without `Format=xml` the address gives RSS, which says less."""

    def read(self) -> Reading:
        """Read the vacancies.

        :raises UnreadablePageError: it is another document, or it is cut off.
        """
        root = self._root()
        items = [FeedItem(node) for node in root.iterchildren("Item")]
        others = [node for node in root.iterchildren(etree.Element) if node.tag != "Item"]
        if others and not items:
            raise UnreadablePageError(f"{self.url}: no <Item> in <Vacancies>, but <{others[0].tag}>")
        read = list_reading("feed", items, partial(vacancy_address, str(self.url)), self.employer)
        return attrs.evolve(read, listed=self._count(root))

    def says_nothing_is_listed(self) -> bool:
        """`Count="0"`."""
        return self._count(self._root()) == 0

    def _root(self) -> etree._Element:
        return xml_root(self.response.body, self.url, "Vacancies")

    def _count(self, root: etree._Element) -> int | None:
        count = root.get("Count") or ""
        return whole(count)


class FeedItem(LabelledEntry[etree._Element]):
    """One `<Item>`: an element for each field; most tenants leave several empty."""

    @property
    def address(self) -> str | None:
        """The link, if it is this vacancy's; some tenants print it with their host below `eploy.net`."""
        link = self._elements.get("Link")
        return link if number_in(link) == self.source_ref else None

    @field
    def source_ref(self) -> str:
        number = self._elements.get("VacancyID", "").strip()
        return number if number.isdecimal() else number_in(self._elements.get("Link")) or ""

    @field
    def description(self) -> str | None:
        text = self.printed.values.get("description")
        return unescaped(text) if text and "<" not in text else text

    @cached_property
    def printed(self) -> Labelled:
        pairs = (
            (name, text if name == "Description" else specified(unescaped(text)))
            for name, text in self._elements.items()
        )
        return LABELS.sort(pairs, "Eploy feed")

    @cached_property
    def _elements(self) -> Mapping[str, str]:
        return {
            etree.QName(node).localname: "".join(map(str, node.itertext()))
            for node in self.node.iterchildren(etree.Element)
        }
