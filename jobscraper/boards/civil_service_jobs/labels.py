"""The labels of cards, and values without the label that is printed before them."""

from __future__ import annotations

import re

from parsel import Selector

from jobscraper.read.labels import Labels
from jobscraper.read.markup import first_text, text_of
from jobscraper.text.fold import fold_name, fold_space

LABELS_OF_CARDS = Labels.of(
    {
        "department": "employer",
        "location": "location",
        "salary": "salary",
        "closingdate": "closes",
        "refcode": "reference",
        "grade": "grade",
    },
    kept=("stage",),
    ignored=("title",),
)
# Printed before a value, as text with a colon or as an element of its own.
_PRINTED = (
    "salary",
    "closes",
    "closing date",
    "reference",
    "reference number",
    "location",
    "department",
    "grade",
    "stage",
)
_PREFIX = re.compile(rf"(?:{'|'.join(sorted(_PRINTED, key=len, reverse=True))})\s*:\s*", re.IGNORECASE)
_BEFORE_CLOSING = re.compile(r"(?:apply before|closes|closing date)\b\s*:?\s*", re.IGNORECASE)


def unlabelled(part: Selector) -> str:
    """The text of a part of a card without the label before it: `Salary : £53,730`, or `<h4>Salary</h4>£53,730`."""
    text = fold_space(text_of(part) or "")
    label = (
        first_text(part, "(.//*[self::h4 or self::h5 or self::span or self::strong or self::b or self::dt])[1]") or ""
    )
    if fold_name(label) in _PRINTED and text.startswith(label):
        text = text.removeprefix(label).lstrip(" :")
    found = _PREFIX.match(text)
    return text[found.end() :] if found else text


def closing_in(text: str | None) -> str | None:
    """The date out of `Apply before 10:00 pm on Sunday 2nd July 2023`."""
    return _BEFORE_CLOSING.sub("", fold_space(text), count=1) if text else None
