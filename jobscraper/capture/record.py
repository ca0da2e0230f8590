"""One captured exchange, and where it lies."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import attrs
from w3lib.url import canonicalize_url

Headers = tuple[tuple[str, str], ...]
"""All header lines in order; a name may occur several times. Text is Latin-1, as on the wire."""


@attrs.frozen
class CapturedRequest:
    """What was asked."""

    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""


@attrs.frozen
class CapturedResponse:
    """What came back: the body as received, so still gzipped where `Content-Encoding` says so."""

    status: int
    headers: Headers
    body: bytes


@attrs.frozen(kw_only=True)
class Capture:
    """The index entry of one captured response: one row of `capture`.

    `digest` is the SHA-1 of the body as the WARC record carries it (`sha1:…`); `offset` and `length` are bytes of the
    (compressed) response record in `warc_file`, a file name without its folder (of a WARC in a WACZ, from the WACZ's name
    on). A capture that holds no body of its own
    has in `refers_to` the id of the one that does. `etag` and `last_modified` are the validators as the board sent them.
    """

    id: str
    url: str
    method: str
    fetched_at: datetime
    status: int
    digest: str
    warc_file: str
    offset: int
    length: int
    refers_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header, by its name in lower case."""
    return next((value for found, value in headers if found.lower() == name), None)


def instant(moment: datetime) -> str:
    """Write a moment as the archive does: `2026-11-23T17:00:00Z`."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def request_key(method: str, url: str, body: bytes) -> str:
    """The key under which an answer is found again: method, URL in canonical form, and body."""
    return f"{method.upper()} {canonicalize_url(url)} {hashlib.sha1(body).hexdigest() if body else ''}"
