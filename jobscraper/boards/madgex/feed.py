"""Madgex: the feed of a board's newest adverts (RSS, some twenty items)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree
from web_poet import field

from jobscraper.boards.madgex.advert import advert_address, number_of
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import unescaped
from jobscraper.read.rss import RssPage
from jobscraper.registers.places import is_place
from jobscraper.text.fold import clean, fold_space
from jobscraper.text.labels import is_bare_label
from jobscraper.text.trailing_place import split_trailing_place

_LABELS = Labels.of(
    {"category": "category"},
    kept=("point", "lat", "long"),
    ignored=("title", "link", "guid", "description", "pubDate", "author", "creator", "comments", "enclosure", "source"),
)
_BREAK = re.compile(r"</?br\s*/?>|</p>|</div>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_ENDS = (".", "!", "?", "…", ":")
_LONGEST_PLACE = 80
_LONGEST_PAY = 500


class FeedItem(LabelledEntry[etree._Element]):
    """One `<item>`: `Employer: Title`, and a text of pay, employer, blurb and place. A colon stands behind the first two,
    and a line's end or a mere space between the parts: the authors of scrapers do not agree.
    """

    @field
    def source_ref(self) -> str:
        return number_of(self.node.findtext("link")) or number_of(self.node.findtext("guid"))

    @field
    def title(self) -> str | None:
        employer, colon, title = self._title.partition(": ")
        return title if colon else employer

    @field
    def employer(self) -> str | None:
        employer, colon, _ = self._title.partition(": ")
        return employer if colon else self.printed.values.get("employer")

    @field
    def salary(self) -> str | None:
        return self._pay_and_rest[0] or self.printed.values.get("salary")

    @field
    def description(self) -> str | None:
        return self._blurb_and_place[0]

    @field
    def location(self) -> str | None:
        return self._blurb_and_place[1] or self.printed.values.get("location")

    @field
    def posted(self) -> str | None:
        return self.node.findtext("pubDate")

    @cached_property
    def printed(self) -> Labelled:
        return _LABELS.sort(self._pairs(), "Madgex feed")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for element in self.node.iterchildren(etree.Element):
            yield etree.QName(element).localname, fold_space("".join(map(str, element.itertext())))

    @property
    def _title(self) -> str:
        return fold_space(unescaped(self.node.findtext("title") or ""))

    @cached_property
    def _pay_and_rest(self) -> tuple[str | None, list[str]]:
        """The pay, and the lines behind the employer. Without pay, the employer comes first."""
        text = _TAG.sub(" ", _BREAK.sub("\n", unescaped(self.node.findtext("description") or "")))
        lines = [folded for line in clean(text).split("\n") if (folded := fold_space(line))]
        words = r"\s+".join(map(re.escape, (self.employer or "").split()))
        named = words and re.match(
            rf"(?:(.{{1,{_LONGEST_PAY}}}?):\s+)?{words}\s*:(?:\s+|$)", "\n".join(lines), re.IGNORECASE | re.DOTALL
        )
        if named:
            return named[1], "\n".join(lines)[named.end() :].split("\n")
        # The employer goes by another name here: the first of two lines with a colon is the pay.
        marked = [line.endswith(":") for line in lines[:2]]
        has_pay = marked == [True, True] or (marked[:1] == [True] and _has_digit(lines[0]))
        return (lines[0].removesuffix(":"), lines[1:]) if has_pay else (None, lines)

    @cached_property
    def _blurb_and_place(self) -> tuple[str | None, str | None]:
        """The blurb, and the place on the last line, or at its end; a sentence or a bare label there is none."""
        *before, last = self._pay_and_rest[1] or [""]
        if before and len(last) <= _LONGEST_PLACE and not last.endswith(_SENTENCE_ENDS) and not is_bare_label(last):
            return "\n".join(before), last
        blurb, place = split_trailing_place(last, is_place)
        return "\n".join((*before, blurb)), place


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)


class FeedPage(RssPage):
    """The feed of the newest adverts, some twenty; a board without any answers 404."""

    item = FeedItem
    page_of = advert_address
