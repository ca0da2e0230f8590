"""An advert's own page at Civil Service Jobs: a heading, a panel of labelled fields, and the text in sections.

It prints no date of posting. People who may be asked stand in a list of their own, which is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from parsel import Selector
from web_poet import field

from jobscraper.boards.civil_service_jobs.addresses import advert_url, number_in
from jobscraper.boards.civil_service_jobs.labels import closing_in
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, page_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, has_class, text_of, untorn
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_name, fold_space

_FIELD = has_class("vac_display_field")
_VALUE = has_class("vac_display_field_value")
_LABEL = "*[self::h2 or self::h3 or self::h4 or self::dt or self::strong]"
_SIDE = f"//*[{has_class('vac_display_panel_side')}]"
_MAIN = f"//*[{has_class('vac_display_panel_main')}]"
_SECTION = has_class("vac_display_section_heading")
_CONTACTS = f"{has_class('contact_details')} or {has_class('contact_details_header')}"
_SHARED = re.compile(r"/csr/jobs\.cgi\?jcode=([0-9]{1,12})\b")
_ANALYTICS = re.compile(r"'(dimension[23])'\s*,\s*'([^']{1,300})'")

LABELS = Labels.of(
    {
        "Reference number": "reference",
        "Reference": "reference",
        "Salary": "salary",
        "Job grade": "grade",
        "Contract type": "contract",
        "Business area": "department",
        "Type of role": "category",
        "Working pattern": "working_pattern",
        "Location": "location",
    },
    kept=("Length of employment", "Number of jobs available"),
)


class AdvertPage(Page):
    """An advert's own page."""

    landmarks = (f"//*[{has_class('vac_display_title_block')}]", f"{_SIDE}//*[{_FIELD}]", f"{_MAIN}//*[{_FIELD}]")

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: it has no heading, no number, or that of another advert than its address.
        """
        entry = AdvertEntry(self.selector)
        asked, shown = number_in(str(self.url)), entry.number
        number = asked or shown
        if not number or not entry.title or not entry.printed.values:
            raise UnreadablePageError(f"{self.url}: not an advert; it has no number, no heading, or no labelled fields")
        if shown not in ("", number):
            raise UnreadablePageError(f"{self.url}: the page is that of the advert {shown}")
        return page_reading(entry, number, advert_url(self, number), self.employer)


class AdvertEntry(LabelledEntry[Selector]):
    """The advert of its own page."""

    @property
    def number(self) -> str:
        """The number that the page itself gives: for its statistics, and in its links for sharing."""
        told = self._analytics.get("dimension2", "")
        links = (_SHARED.search(unquote(link)) for link in self.node.xpath("//a/@href[contains(., 'jcode')]").getall())
        return told if re.fullmatch(r"[0-9]{1,12}", told) else next((found[1] for found in links if found), "")

    @field
    def title(self) -> str | None:
        block = f"//*[{has_class('vac_display_title_block')} or {has_class('csr-page-title')}]"
        return first_text(self.node, f"{block}//h1") or first_text(self.node, "//h1")

    @field
    def employer(self) -> str | None:
        return first_text(self.node, f"//*[{has_class('csr-page-subtitle')}]") or self._analytics.get("dimension3")

    @field
    def location(self) -> str | None:
        return ", ".join(self._sites) or self.printed.values.get("location")

    @field
    def places(self) -> tuple[str, ...]:
        return self._sites if len(self._sites) > 1 else ()

    @field
    def closes(self) -> str | None:
        return closing_in(first_text(self.node, f"//*[{has_class('vac_display_closing_date')}]"))

    @field
    def description(self) -> str | None:
        return "\n\n".join(self._text()) or None

    @field
    def salary_structured(self) -> Mapping[str, Any] | None:
        """The currency, which the page tells in a hidden element: a post abroad may be paid in another."""
        currency = first_text(self.node, "//*[@id='salary_currency_code']")
        return {"@type": "MonetaryAmount", "currency": currency} if currency else None

    @field
    def apply_url(self) -> str | None:
        """Where an advertiser takes applications; the board's own form has the address of a session."""
        links = self.node.xpath(f"//*[{has_class('vac_display_apply')}]//a/@href").getall()
        addresses = (untorn(link) for link in links)
        return next(
            (link for link in addresses if link.startswith(("https://", "http://")) and _is_lasting(link)), None
        )

    @cached_property
    def printed(self) -> Labelled:
        fields = self.node.xpath(f"{_SIDE}//*[{_FIELD}][not(ancestor::*[{_FIELD}])]")
        pairs = [(_label(node), _values(node)) for node in fields]
        return LABELS.sort([(label, value) for label, value in pairs if label or value], "Civil Service Jobs advert")

    @cached_property
    def _analytics(self) -> Mapping[str, str]:
        return dict(_ANALYTICS.findall(" ".join(self.node.xpath("//script/text()").getall())))

    @cached_property
    def _sites(self) -> tuple[str, ...]:
        """The places of work: the field after the heading `Location`, a line for each."""
        node = first(self.node, f"//*[@id='section_link_location']/following-sibling::*[{_FIELD}][1]")
        lines = (text_of(node) or "").split("\n") if node is not None else []
        return tuple(site for line in lines if (site := line.strip(" ,;")))

    def _text(self) -> Iterator[str]:
        """The sections in order, each under its heading, but for the place and the people."""
        section, told = "", ""
        for node in self.node.xpath(f"{_MAIN}//*[{_FIELD} or {_SECTION}][not(ancestor::*[{_FIELD}])]"):
            if node.xpath(f"self::*[{_SECTION}]"):
                section = fold_space(text_of(node) or "")
                continue
            if fold_name(section) == "location" or _is_contact(node):
                continue
            if section != told:
                yield section
                told = section
            yield text_of(node) or ""


def _is_contact(node: Selector) -> bool:
    return fold_name(_label(node)).startswith("contact point") or bool(node.xpath(f".//*[{_CONTACTS}]"))


def _is_lasting(link: str) -> bool:
    """Whether it is a link at all, and not one of this visit."""
    try:
        return "SID=" not in urlsplit(link).query
    except ValueError:  # `http://[`
        return False


def _label(node: Selector) -> str:
    return first_text(node, f"./{_LABEL}[not(ancestor::*[{_VALUE}])]") or ""


def _values(node: Selector) -> str:
    """The values of a field: one, or several that stand side by side or below each other without a comma.

    The lines of pay are no values: what follows the range goes on about it.
    """
    found = node.xpath(f".//*[{_VALUE}][not(ancestor::*[{_VALUE}])]")
    between = " " if fold_name(_label(node)) == "salary" else ", "
    texts = (between.join(filter(None, (text_of(value) or "").split("\n"))) for value in found)
    return ", ".join(filter(None, texts))
