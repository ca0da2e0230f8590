"""Addresses of Civil Service Jobs, which are sessions: what their `SID` says."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs, urlsplit

from jobscraper.read.markup import untorn
from jobscraper.read.page import Page

_NUMBER = re.compile(r"[0-9]{1,12}")


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
