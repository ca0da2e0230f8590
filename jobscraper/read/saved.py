"""Reading a response that somebody saved to a file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import web_poet

from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import Reading
from jobscraper.read.registry import read_response

_MARKUP = re.compile(rb"<(?:html|body|div|p|br|h\d|li|table|!doctype)\b", re.IGNORECASE)


class Board(Protocol):
    """What reading needs to know of a source."""

    name: str
    allowed_domains: list[str]


def read_saved(source: type[Board], file: Path, url: str) -> Reading:
    """Read a saved response of a source as if it came from `url`.

    :raises JobscraperError: no such file, a URL of another source, or a page that is not what it should be.
    """
    host = _host(url)
    domains = source.allowed_domains
    if not any(
        host == domain.removeprefix("www.") or host.endswith("." + domain.removeprefix("www.")) for domain in domains
    ):
        raise JobscraperError(f"{url}: not a page of {source.name}, whose pages are at {', '.join(domains)}")
    body = _standard_input() if str(file) == "-" else file.read_bytes()
    # Saved files have lost their Content-Type; what a page says of its own encoding counts, but where it was saved as UTF-8.
    page = "text/html; charset=utf-8" if _is_utf8(body) else "text/html"
    kind = page if _MARKUP.search(body) else f"text/plain; charset={_charset(body)}"
    return read_response(web_poet.HttpResponse(url=url, body=body, headers={"Content-Type": kind}))


def leads_on(reading: Reading) -> str | None:
    """Say so where a page has no advert but leads to further pages, in a line; None for any other."""
    to = (*reading.follow, *reading.pages.values())
    if reading.adverts or not to:
        return None
    first = to[0] if isinstance(to[0], str) else to[0].url
    return f"no advert on this page; {len(to):,} link{'s' if len(to) > 1 else ''} to follow, the first to {first}"


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https"):
        raise JobscraperError(f"{url}: not a web address; give the URL that the file was saved from")
    return parts.hostname or ""


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise JobscraperError("standard input is closed; name a file instead of -")
    return sys.stdin.buffer.read()


def _is_utf8(body: bytes) -> bool:
    """Whether letters beyond ASCII are written as UTF-8, which no other encoding does by chance."""
    return not body.isascii() and _charset(body) == "utf-8"


def _charset(text: bytes) -> str:
    """Old Windows text is not UTF-8, and a pound sign of it must not become a question mark."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
