"""Addresses and labels of Civil Service Jobs: what a session's `SID` says, and values without the label before them."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs, urlsplit

from parsel import Selector

from jobscraper.read.labels import Labels
from jobscraper.read.markup import first_text, text_of, untorn
from jobscraper.read.page import Page
from jobscraper.text.fold import fold_name, fold_space

_NUMBER = re.compile(r"[0-9]{1,12}")

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


def asked(address: str) -> dict[str, str]:
    """What an address asks for: its query, and what the `SID` in it holds.

    >>> asked("/csr/index.cgi?SID=cGFnZT0y")["page"]
    '2'
    """
    query: dict[str, list[str]] = {}
    held = ""
    try:
        query = parse_qs(urlsplit(untorn(address)).query)
        # A `+` of base64 is a space in a query; padding gets lost on the way.
        sid = query.get("SID", [""])[0].replace(" ", "+").replace("-", "+").replace("_", "/").rstrip("=")
        held = base64.b64decode(sid + "=" * (-len(sid) % 4), validate=True).decode("latin-1")
    except ValueError:  # A broken address, or no base64: what could be read of it still counts.
        pass
    return {name: values[0] for name, values in {**query, **parse_qs(held)}.items()}


def number_in(address: str) -> str:
    """The number of the advert that an address leads to, or ""."""
    found = asked(address)
    number = found.get("joblist_view_vac") or found.get("jcode") or ""
    return number if _NUMBER.fullmatch(number) else ""


def page_in(address: str) -> int | None:
    """The number of the page of results that an address leads to."""
    page = asked(address).get("page", "")
    return int(page) if re.fullmatch(r"[0-9]{1,5}", page) else None


def advert_url(page: Page, number: str) -> str | None:
    """The lasting address of an advert, the one that the board gives for sharing."""
    return str(page.urljoin(f"/csr/jobs.cgi?jcode={number}")) if number else None


def own_address(page: Page, address: str) -> str:
    """A link of the board, which may be relative, as an address of its own host, or "" where it is none."""
    try:
        parts = urlsplit(str(page.urljoin(untorn(address))))
    except ValueError:
        return ""
    return str(page.urljoin(f"{parts.path}?{parts.query}")) if parts.path.startswith("/csr/") else ""


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
