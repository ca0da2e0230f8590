"""Reading captures: every whole record of a WARC file, ours or somebody else's, up to where the file breaks."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import attrs
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.timeutils import iso_date_to_datetime

from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse
from jobscraper.errors import JobscraperError


class CaptureError(JobscraperError):
    """A WARC file that is not there, or is not one."""


class BrokenCaptureError(Exception):
    """The file breaks here: everything before it was read."""


@attrs.frozen
class Record:
    """One whole WARC record: its type, its headers, its block, and where it lies in the file."""

    type: str
    headers: dict[str, str]
    block: bytes
    offset: int
    length: int


@attrs.frozen
class Exchange:
    """A captured response with the request that it answers."""

    capture: Capture
    request: CapturedRequest
    response: CapturedResponse


def _ignore(_: str) -> None:
    pass


def records(path: Path) -> Iterator[Record]:
    """Yield the whole records of a WARC file in order.

    :raises CaptureError: there is no such file, or it is no WARC file.
    :raises BrokenCaptureError: after the last whole record, where the rest cannot be read. The message says where.
    """
    if not path.is_file():
        raise CaptureError(f"{path}: no such WARC file; give the path of a .warc or .warc.gz file")
    end = 0
    with path.open("rb") as file:
        try:
            for record in _records_from(file):
                yield record
                end = record.offset + record.length
            if end == 0:
                raise EOFError("no whole record in it")
        except _UNREADABLE as error:
            if end == 0 and not _begins_like_warc(path):
                raise CaptureError(f"{path}: not a WARC file; give a .warc or .warc.gz file") from error
            raise BrokenCaptureError(
                f"{path}: broken at byte {end} of {path.stat().st_size} ({_first_line(error)}); all before it is used"
            ) from error


_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16
MOST_RECORD_BYTES = 1 << 28
_UNREADABLE = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, StatusAndHeadersParserException)


def _records_from(file: BinaryIO) -> Iterator[Record]:
    start = file.tell()
    gzipped = file.read(2) == _GZIP_MAGIC
    file.seek(start)
    if not gzipped:
        yield from _plain_records(file)
        return
    for offset, length, content in _members(file):
        for record in _plain_records(BytesIO(content)):
            yield attrs.evolve(record, offset=offset, length=length)


def _members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Yield (offset, length, content) of each gzip member.

    Our own loop, because warcio takes a member that is cut off for a whole one: its missing checksum goes unnoticed.

    :raises EOFError: the last member is cut off.
    """
    offset = file.tell()
    rest = file.read(_CHUNK)
    while rest:
        unzip = zlib.decompressobj(wbits=31)
        content, taken = bytearray(), 0
        while not unzip.eof:
            if not rest:
                raise EOFError("cut off")
            content += unzip.decompress(rest)
            taken += len(rest)
            if len(content) > MOST_RECORD_BYTES:
                raise ValueError(f"a record of more than {MOST_RECORD_BYTES >> 20} MiB")
            rest = unzip.unused_data if unzip.eof else file.read(_CHUNK)
        length = taken - len(rest)
        yield offset, length, bytes(content)
        offset += length
        rest = rest or file.read(_CHUNK)


def _plain_records(file: BinaryIO) -> Iterator[Record]:
    iterator = ArchiveIterator(file, no_record_parse=True)
    for found in iterator:
        headers = {name.lower(): value for name, value in found.rec_headers.headers}
        block = found.raw_stream.read()
        if len(block) < int(headers.get("content-length", 1)):
            raise EOFError("cut off")
        offset = iterator.get_record_offset()
        iterator.read_to_end()
        yield Record(found.rec_type or "", headers, block, offset, iterator.get_record_length() or 0)


def _begins_like_warc(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(64)
    return start.startswith((b"WARC/", _GZIP_MAGIC))


def exchanges(path: Path, skipped: Callable[[str], None] = _ignore) -> Iterator[Exchange]:
    """Yield every captured HTTP response of a WARC file with its request, in order.

    Files without request records (many archives write none) are taken to hold answers to plain GETs.

    A record that is whole but makes no sense (no date, a status that is no number) is passed over and named to `skipped`.

    :raises CaptureError, BrokenCaptureError: as `records`.
    """
    requests: dict[str, CapturedRequest] = {}
    for record in records(path):
        try:
            if record.type == "request":
                requests[record.headers.get("warc-concurrent-to", "")] = _request(record)
            elif record.type == "response" and record.block.startswith(b"HTTP/"):
                yield _exchange(path, record, requests)
        except (KeyError, TypeError, *_UNREADABLE) as error:
            skipped(
                f"{path}: the record at byte {record.offset} is no HTTP exchange ({_first_line(error)}); passed over"
            )


def exchange_at(path: Path, offset: int, record_id: str, request: CapturedRequest) -> Exchange:
    """Return the exchange with the response `record_id` at or after `offset`; what was asked is known already.

    The offset alone will not do: where a whole file is one gzip member, all its records lie at the same one.
    """
    with path.open("rb") as file:
        file.seek(offset)
        record = next(record for record in _records_from(file) if _id(record) == record_id)
    return _exchange(path, attrs.evolve(record, offset=offset), {record.headers["warc-record-id"]: request})


def _exchange(path: Path, record: Record, requests: dict[str, CapturedRequest]) -> Exchange:
    url = record.headers["warc-target-uri"].strip("<>")
    record_id = record.headers["warc-record-id"]
    request = requests.pop(record_id, None) or CapturedRequest("GET", url)
    response = _response(record.block)
    capture = Capture(
        id=_id(record),
        url=url,
        method=request.method,
        fetched_at=_moment(record.headers["warc-date"]),
        status=response.status,
        digest=record.headers.get("warc-payload-digest", ""),
        warc_file=path.name,
        offset=record.offset,
        length=record.length,
    )
    return Exchange(capture, request, response)


def _id(record: Record) -> str:
    return record.headers.get("warc-record-id", "").removeprefix("<urn:uuid:").removesuffix(">")


def _request(record: Record) -> CapturedRequest:
    stream = BytesIO(record.block)
    head = StatusAndHeadersParser([], verify=False).parse(stream)
    # For requests, warcio takes the first word of the line (the method) for the protocol.
    return CapturedRequest(head.protocol or "GET", record.headers["warc-target-uri"].strip("<>"), (), stream.read())


def _response(block: bytes) -> CapturedResponse:
    stream = BytesIO(block)
    head = StatusAndHeadersParser([], verify=False).parse(stream)
    headers: list[tuple[str, str]] = head.headers
    body = stream.read()
    if any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers):
        body = ChunkedDataReader(BytesIO(body), decomp_type=None).read(MOST_RECORD_BYTES)
        headers = [(name, value) for name, value in headers if name.lower() != "transfer-encoding"]
    return CapturedResponse(int(head.get_statuscode()), tuple(headers), body)


def _moment(warc_date: str) -> datetime:
    moment: datetime = iso_date_to_datetime(warc_date)
    return moment.replace(tzinfo=UTC, microsecond=0)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__
