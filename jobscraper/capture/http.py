"""The HTTP messages in WARC records, as the many archives write them."""

from __future__ import annotations

from io import BytesIO

import brotli
from warcio.bufferedreaders import ChunkedDataReader
from zlib_ng import zlib_ng

from jobscraper.capture import zst
from jobscraper.capture.record import CapturedRequest, CapturedResponse, Headers, header
from jobscraper.capture.warc import MOST_RECORD_BYTES, BadPackingError
from jobscraper.text.addresses import joined

_SAMPLE = 1 << 12


def request_of(block: bytes, url: str) -> CapturedRequest:
    """Read a request; its headers are not kept, because nothing is found by them."""
    first, _, body = _split(block)
    return CapturedRequest(first.split(" ", 1)[0] or "GET", url, (), body)


def response_of(block: bytes) -> CapturedResponse:
    """Read a response: the body without its chunks, and only such headers as are true of it.

    :raises ValueError: it has no status.
    """
    first, headers, body = _split(block)
    words = first.split(None, 2)
    if len(words) < 2:
        raise ValueError(f"no status in {first[:40]!r}")
    if "chunked" in (header(headers, "transfer-encoding") or "").lower():
        body = ChunkedDataReader(BytesIO(body), decomp_type=None).read(MOST_RECORD_BYTES)
        headers = _without(headers, "transfer-encoding")
    encoding = (header(headers, "content-encoding") or "").strip().lower()
    if body and encoding and not _can_be(encoding, body):
        # Some archives unpack bodies and leave the header that says they are packed.
        headers = _without(headers, "content-encoding")
    return CapturedResponse(int(words[1]), headers, body)


def leads_to(url: str, response: CapturedResponse) -> str | None:
    """The address that a response redirects to; None where it is no redirect."""
    location = header(response.headers, "location") if 300 <= response.status < 400 else None
    return joined(url, location) if location else None


def decoded(response: CapturedResponse) -> bytes:
    """The body as a reader wants it: unpacked as its `Content-Encoding` says, and as received where nobody knows how.

    :raises ValueError: it does not unpack, or to more than a record may hold.
    """
    body = response.body
    for encoding in reversed((header(response.headers, "content-encoding") or "").lower().split(",")):
        body = _unpacked(encoding.strip(), body)
    return body


def _unpacked(encoding: str, body: bytes) -> bytes:
    try:
        if encoding in ("gzip", "x-gzip"):
            return _inflated(body, 31)
        if encoding == "deflate":
            # Servers that mean deflate send zlib, or what the word says.
            return _inflated(body, 15 if body[:1] == b"\x78" else -15)
        if encoding == "zstd":
            return zst.unpacked(body, MOST_RECORD_BYTES)
        return _unbrotli(body) if encoding == "br" else body
    except (BadPackingError, EOFError, brotli.error, zst.ZstdError) as error:
        raise ValueError(f"the body is no {encoding} ({error})") from error


def _inflated(body: bytes, wbits: int) -> bytes:
    unzip = zlib_ng.decompressobj(wbits)
    content = unzip.decompress(body, MOST_RECORD_BYTES)
    if unzip.unconsumed_tail:
        raise ValueError(f"a body of more than {MOST_RECORD_BYTES >> 20} MiB")
    return content


def _unbrotli(body: bytes) -> bytes:
    """Bounded before it is unpacked: a hundred bytes of Brotli may hold fifty megabytes."""
    unpack = brotli.Decompressor()
    content: bytes = unpack.process(body, output_buffer_limit=MOST_RECORD_BYTES + 1)
    if len(content) > MOST_RECORD_BYTES:
        raise ValueError(f"a body of more than {MOST_RECORD_BYTES >> 20} MiB")
    if not unpack.is_finished():
        raise EOFError("cut off")
    return content


def payload_of(block: bytes) -> bytes:
    """The body as the record carries it, chunks and all."""
    return _split(block)[2]


def with_body(own: CapturedResponse | None, held: CapturedResponse, *, not_modified: bool) -> CapturedResponse:
    """The response that a revisit stands for: what it says itself, with the body of the response that it refers to.

    A 304 gives the status and the content headers of the response that it confirms; of an answer with the same bytes they
    are its own, filled up where it does not say.
    """
    if own is None:
        return held
    if not_modified:
        kept = tuple(line for line in own.headers if not _is_of_content(line[0]))
        return CapturedResponse(
            held.status, (*kept, *(line for line in held.headers if _is_of_content(line[0]))), held.body
        )
    said = {name.lower() for name, _ in own.headers}
    more = (line for line in held.headers if _is_of_content(line[0]) and line[0].lower() not in said)
    return CapturedResponse(own.status, (*_without(own.headers, "transfer-encoding"), *more), held.body)


def _is_of_content(name: str) -> bool:
    return name.lower().startswith("content-")


def _without(headers: Headers, name: str) -> Headers:
    return tuple(line for line in headers if line[0].lower() != name)


def _split(block: bytes) -> tuple[str, Headers, bytes]:
    """First line, headers and body of a message. Text is Latin-1, as on the wire; folded lines are joined."""
    stream = BytesIO(block)
    first = stream.readline().decode("latin-1").strip()
    headers: list[tuple[str, str]] = []
    while line := stream.readline().decode("latin-1").rstrip():
        if line[0] in " \t" and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif ":" in line:
            name, value = line.split(":", 1)
            headers.append((name.strip(), value.strip()))
    return first, tuple(headers), stream.read()


def _can_be(encoding: str, body: bytes) -> bool:
    """Whether a body can be in this encoding, by its first bytes."""
    if encoding in ("gzip", "x-gzip"):
        return body.startswith(b"\x1f\x8b")
    if encoding == "zstd":
        return body.startswith(zst.MAGIC)
    if encoding == "deflate":
        return _unpacks(body, zlib_ng.MAX_WBITS) or _unpacks(body, -zlib_ng.MAX_WBITS)
    if encoding == "br":
        try:
            brotli.Decompressor().process(body[:_SAMPLE], output_buffer_limit=_SAMPLE)
        except brotli.error:
            return False
    return True


def _unpacks(body: bytes, wbits: int) -> bool:
    try:
        zlib_ng.decompressobj(wbits).decompress(body[:_SAMPLE], _SAMPLE)
    except BadPackingError:
        return False
    return True
