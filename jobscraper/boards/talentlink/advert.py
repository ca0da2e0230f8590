"""TalentLink's own page of an advert: a head of labels, and sections of text.

What the head prints of pay are bare numbers (`14981 - 15507 GBP Year`) and of closing a date; the true words stand in the
text: `Salary: £11.79 - £12.51 per hour`, `Closing date: 9am on Monday 20 February 2017`. So the text goes before the head.
A page may be saved without its document, down to one paragraph of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.talentlink.body import body_pairs
from jobscraper.boards.talentlink.entry import ADVERT_LABELS, APPLY, TalentLinkEntry, Tenant, number_in
from jobscraper.boards.talentlink.record import Exported
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import page_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first_text, has_class, text_of
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_space
from jobscraper.text.lines import breaks_mended

_DOCUMENT = re.compile(rb"<html|<!doctype", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:p|div|span|h[1-6]|ul|ol|li|br|table|iframe)\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_NO_ADVERT = re.compile(
    r"\b(?:errors?|unavailable|log ?in|sign(?:ed)? in|not found|no longer (?:available|exists?)|denied|captcha|forbidden"
    r"|try again|went wrong|session (?:has )?(?:expired|timed)|enable javascript|under maintenance)\b",
    re.IGNORECASE,
)
_SHORT = 400
_SECTIONS = (
    f"//*[{has_class('JD-FieldLabel')} or {has_class('JD-FieldText')}][not(ancestor::*[{has_class('JD-FieldText')}])]"
)
_PATTERN = re.compile(r"\b(?:full|part|term)[ -]?time\b|\b(?:casual|flexible|shifts?|job[ -]share)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s*-\s*(\d[\d,]*(?:\.\d+)?))?\s*([A-Z]{3})\s+(\w+)")
_UNITS = {"year": "YEAR", "month": "MONTH", "week": "WEEK", "day": "DAY", "hour": "HOUR"}
_NOTICE = re.compile(r'showNotification\(\{[^}]*message:\s*"([^"]*)"')


class AdvertPage(Page):
    """An advert's own page, a part of it, or the record that East Sussex made of it."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: the address has no number, or it is no advert.
        """
        number = number_in(str(self.url))
        if not number:
            raise UnreadablePageError(f"{self.url}: not an advert's own page; it has no number")
        exported = Exported.of(self.response.body)
        if exported is not None:
            entry = AdvertEntry(exported.page(), exported.pairs(), exported.amounts())
            return self._reading(entry, number, exported.has_application)
        self._check()
        entry = AdvertEntry(self._parsed)
        has_application = bool(self._parsed.xpath(f"//a[contains(@href, '{APPLY}?')]"))
        reading = self._reading(entry, number, has_application)
        return attrs.evolve(reading, problems=(*reading.problems, *self._missing(entry)))

    def _missing(self, entry: AdvertEntry) -> Iterator[Problem]:
        """What a whole page is never without.

        :raises UnreadablePageError: it has no title, or nothing but its title.
        """
        if not self._is_document:
            return
        parts = {"head": entry.has_head, "text": bool(entry.description)}
        if not entry.title or not any(parts.values()):
            raise UnreadablePageError(f"{self.url}: an advert without a title, or with nothing else")
        for name, is_there in parts.items():
            if not is_there:
                yield Problem(kind="part_missing", text=f"TalentLink advert: it has no {name}", of_the_board=True)

    def _reading(self, entry: AdvertEntry, number: str, has_application: bool) -> Reading:
        """The advert with its addresses, which are made anew: the printed ones have a part for each visit."""
        tenant, own = Tenant.of(str(self.url), self._parsed), str(self.url)
        reading = page_reading(entry, number, tenant.advert(own, number), self.employer)
        apply_url = tenant.application(own, number) if has_application else None
        return attrs.evolve(reading, adverts=tuple(attrs.evolve(raw, apply_url=apply_url) for raw in reading.adverts))

    @cached_property
    def _parsed(self) -> Selector:
        return Selector(breaks_mended(self.response.text) or " ", type="html")

    @cached_property
    def _is_document(self) -> bool:
        return bool(_DOCUMENT.search(self.response.body[:2_000]))

    def _check(self) -> None:
        """Tell an advert, or a part of one, from a login or an error.

        :raises UnreadablePageError: it is neither.
        """
        body = self.response.body
        if _CONTROL.search(body) or not _MARKUP.search(body) or body.lstrip()[:1] in (b"{", b"["):
            raise UnreadablePageError(f"{self.url}: not HTML")
        page = self._parsed
        if page.xpath(f"//*[{has_class('JD-Title')}] | //*[{has_class('JD-HDText')}] | {_SECTIONS}"):
            return
        if self._is_document:
            raise UnreadablePageError(f"{self.url}: a document that is not an advert of TalentLink")
        if page.xpath("//form | //input | //script | //title | //frameset"):
            raise UnreadablePageError(f"{self.url}: a part of a page that is not an advert")
        text = text_of(page) or ""
        if any(True for _ in body_pairs(text)) or page.xpath("//iframe[contains(@src, '/embed/')]"):
            return
        if not text or (len(text) < _SHORT and _NO_ADVERT.search(text)):
            raise UnreadablePageError(f"{self.url}: no text of an advert")


@attrs.frozen
class AdvertEntry(TalentLinkEntry[Selector]):
    """The advert of its own page; `more` and `amounts` are what a record of it has beside the text."""

    more: tuple[tuple[str, str], ...] = ()
    amounts: Mapping[str, Any] | None = None

    @field
    def title(self) -> str | None:
        return first_text(self.node, f"//*[{has_class('JD-Title')}]") or self.printed.values.get("title")

    @field
    def description(self) -> str | None:
        """The sections with their headings; of a part of a page, all its text."""
        sections = self.node.xpath(_SECTIONS)
        if sections:
            return "\n".join(filter(None, map(text_of, sections))) or None
        return None if self.node.xpath(f"//*[{has_class('JD-Title')}]") else text_of(self.node)

    @field
    def salary_structured(self) -> Mapping[str, Any] | None:
        """The numbers of the head, where they are the pay that is printed: `14981 - 15507 GBP Year`."""
        for label, printed in self._head:
            if label.casefold() == "salary" and (found := _NUMBERS.fullmatch(printed)):
                return _structured(found)
        return self.amounts

    @field
    def working_pattern(self) -> str | None:
        """The pattern; where none is labelled so, the hours may be one: `Hours of work: Full or part time`."""
        hours = self.printed.values.get("hours") or ""
        return self.printed.values.get("working_pattern") or (hours if _PATTERN.search(hours) else None)

    @cached_property
    def printed(self) -> Labelled:
        notice = _NOTICE.search("\n".join(self.node.xpath("//script/text()").getall()))
        video = first_text(self.node, "//iframe/@src[contains(., '/embed/')]")
        pairs = (
            *body_pairs(self.description or ""),
            *self._head,
            *self.more,
            ("notice", notice[1] if notice else ""),
            ("video", video or ""),
        )
        return ADVERT_LABELS.sort(pairs, "TalentLink advert")

    @property
    def has_head(self) -> bool:
        """Whether anything is labelled above the text."""
        return any(value for _, value in self._head)

    @cached_property
    def _head(self) -> list[tuple[str, str]]:
        """The labelled values above the text. Bangor prints `Salary Information`, and in it `Salary: £18,750`."""
        pairs = []
        for node in self.node.xpath(f"//*[{has_class('JD-HDLabel')}]"):
            label = fold_space(text_of(node) or "").rstrip(" :")
            value = first_text(node, f"following-sibling::*[{has_class('JD-HDText')}][1]") or ""
            pairs.append((label, re.sub(r"^salary\s*:\s*", "", value, flags=re.IGNORECASE)))
        return [pair for pair in pairs if pair[0]]


def _structured(found: re.Match[str]) -> Mapping[str, Any] | None:
    least, most, currency, unit = found.groups()
    value: dict[str, str] = {"@type": "QuantitativeValue"}
    if float(least.replace(",", "")):
        value["minValue"] = least
    if most and float(most.replace(",", "")):
        value["maxValue"] = most
    if len(value) == 1:
        return None
    if unit.casefold() in _UNITS:
        value["unitText"] = _UNITS[unit.casefold()]
    return {"@type": "MonetaryAmount", "currency": currency, "value": value}
