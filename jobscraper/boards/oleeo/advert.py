"""An advert's own page on Oleeo."""

from __future__ import annotations

from functools import cached_property

from parsel import Selector
from web_poet import field

from jobscraper.boards.oleeo.addresses import advert_address, number_in
from jobscraper.boards.oleeo.entry import OleeoEntry
from jobscraper.boards.oleeo.labels import LABELS, merged
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import page_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, has_class, text_of
from jobscraper.read.page import Page, UnreadablePageError


class AdvertPage(Page):
    """An advert's own page: a heading, and groups of a label and a value."""

    landmarks = (f"//*[{has_class('hform_lbl_text')}]",)

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: the address has no number, or the page has no heading.
        """
        entry = AdvertEntry(self.selector)
        number = number_in(str(self.url))
        if not number or not entry.title:
            raise UnreadablePageError(f"{self.url}: not an advert's own page; it has no number or no heading")
        return page_reading(entry, number, advert_address(str(self.url), str(self.url)), self.employer)


class AdvertEntry(OleeoEntry[Selector]):
    """The advert of its own page."""

    @field
    def title(self) -> str | None:
        return first_text(self.node, f"//h1[{has_class('section')}]") or first_text(self.node, "//h1")

    @cached_property
    def printed(self) -> Labelled:
        groups = self.node.xpath(f"//*[{has_class('form-group')}][.//*[{has_class('hform_lbl_text')}]]")
        value = f".//*[{has_class('form-control-static')} or {has_class('form_value')}]"
        pairs = (
            (first_text(group, f".//*[{has_class('hform_lbl_text')}]") or "", text_of(first(group, value)) or "")
            for group in groups
        )
        return LABELS.sort(merged(pairs), "Oleeo advert")
