"""The bytes of WARC records (WARC 1.1, one gzip member each). Pure: nothing is opened here.

Our own dozen lines, because warcio's record builder costs as much as the compression, always packs at level 9 of zlib (six
times slower than ours for some per cent of size), and percent-encodes header values that are not ASCII.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from zlib_ng import zlib_ng

from jobscraper.capture.record import CapturedRequest, CapturedResponse, Headers

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_LEVEL = 5
_GZIP = 31


def digest_of(data: bytes) -> str:
    """`sha1:` and base 32, as WARC tools write it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def packed(kind: str, headers: Iterable[tuple[str, str]], block: bytes) -> bytes:
    """One record of type `kind` as a gzip member; its length and its block digest are added to the headers."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        *(f"{name}: {value}" for name, value in headers),
        f"WARC-Block-Digest: {digest_of(block)}",
        f"Content-Length: {len(block)}",
        "\r\n",
    ]
    packer = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, _GZIP)
    return b"".join(
        (
            packer.compress("\r\n".join(lines).encode()),
            packer.compress(block),
            packer.compress(b"\r\n\r\n"),
            packer.flush(),
        )
    )


def fields_block(fields: Mapping[str, str]) -> bytes:
    """An `application/warc-fields` block: a line each; empty fields are left out, line breaks become spaces."""
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items() if value).encode()


def response_head(response: CapturedResponse) -> bytes:
    """Status line and headers. The reason phrase is the standard one: Scrapy does not tell the board's."""
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    return _head(f"HTTP/1.1 {response.status} {phrase}", response.headers)


def request_head(request: CapturedRequest) -> bytes:
    """Request line and headers; a `Host` line is added where there is none."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = request.headers
    if not any(name.lower() == "host" for name, _ in headers):
        headers = (("Host", parts.netloc), *headers)
    return _head(f"{request.method} {target} HTTP/1.1", headers)


def _head(first: str, headers: Headers) -> bytes:
    text = "\r\n".join((first, *(f"{name}: {_one_line(value)}" for name, value in headers), "\r\n"))
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:  # Not from the wire: a URL that somebody typed.
        return text.encode()


def _one_line(value: str) -> str:
    return " ".join(value.splitlines()) if "\n" in value or "\r" in value else value
