"""The number of an advert in its addresses."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin

from jobscraper.text.addresses import parts_of

_PATH_ID = re.compile(r"/job/(?:[^/]+/)?(\d+)/?$", re.IGNORECASE)


def number_of(url: str | None) -> str:
    """The number of an advert, from either form of its address; empty if there is none."""
    parts = parts_of((url or "").strip())
    named = parse_qs(parts.query.lower()).get("jid", [""])[0]
    found = _PATH_ID.search(parts.path)
    return named if named.isdecimal() else found[1] if found else ""


def advert_address(base: str, number: str | None) -> str | None:
    """The address of an advert's own page that needs no words of its title, which change."""
    return urljoin(base, f"/Default.aspx?page=jobdetail&jid={number}") if number else None
