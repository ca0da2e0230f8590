"""The records of a WARC file, ours or somebody else's, up to where the file breaks."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

import attrs
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException
from zlib_ng import zlib_ng

from jobscraper.capture import zst
from jobscraper.capture.wacz import WaczError, opened
from jobscraper.files.endings import WITH_WACZ
from jobscraper.model.errors import JobscraperError


class CaptureError(JobscraperError):
    """A WARC file that is not there, or is not one."""


class BrokenCaptureError(Exception):
    """The file breaks here, at a byte of it: everything before it was read."""

    def __init__(self, text: str, offset: int | None = None) -> None:
        super().__init__(text)
        self.offset = offset


@attrs.frozen
class Record:
    """One whole WARC record: its type, its headers, its block, and where it lies in the file."""

    type: str
    headers: dict[str, str]
    block: bytes
    offset: int
    length: int

    @property
    def id(self) -> str:
        """The record's id without its wrapping; empty where it has none."""
        return bare_id(self.headers.get("warc-record-id", ""))


def bare_id(record_id: str) -> str:
    """`<urn:uuid:X>` without its wrapping."""
    return record_id.strip().removeprefix("<").removesuffix(">").removeprefix("urn:uuid:")


_KINDS = f"a {', '.join(WITH_WACZ[:-1])} or {WITH_WACZ[-1]}"

ByteRange = tuple[int, int]
"""From a byte at which a record begins to one at which another does."""


def records(path: Path, span: ByteRange | None = None) -> Iterator[Record]:
    """Yield the whole records of a WARC file in order; with `span`, those of a packed file that begin in it.

    :raises CaptureError: there is no such file, or it is no WARC file.
    :raises BrokenCaptureError: after the last whole record, where the rest cannot be read. The message says where.
    """
    begin, stop = span or (0, None)
    end = 0
    with _opened(path) as file:
        file.seek(begin)
        try:
            for record in _records_from(file):
                if stop is not None and record.offset >= stop:
                    return
                yield record
                end = record.offset + record.length
            if end == 0:
                raise EOFError("no whole record in it")
        except UNREADABLE as error:
            if end == 0 and not _begins_like_warc(file):
                raise CaptureError(f"{path}: not a WARC file; give {_KINDS} file") from error
            size = file.seek(0, io.SEEK_END)
            raise BrokenCaptureError(
                f"{path}: broken at byte {end} of {size} ({first_line(error)}); all before it is used", end
            ) from error


def _opened(path: Path) -> BinaryIO:
    try:
        return opened(path)
    except FileNotFoundError as error:
        raise CaptureError(f"{path}: no such WARC file; give the path of {_KINDS} file") from error
    except WaczError as error:
        raise CaptureError(f"{path}: {error}; unpack the WACZ, and give the WARC files in it") from error


def records_at(path: Path, offset: int) -> Iterator[Record]:
    """Yield the whole records from `offset` on. Where a whole file is one gzip member, all of them lie at its offset.

    :raises OSError, UNREADABLE: there is nothing whole there.
    """
    with opened(path) as file:
        file.seek(offset)
        yield from _records_from(file)


_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGICS = (zst.MAGIC, zst.DICTIONARY_MAGIC)
_CHUNK = 1 << 16
MOST_RECORD_BYTES = 1 << 28
_MOST_DIGITS = 10
BadPackingError: type[Exception] = zlib_ng.error  # type: ignore[assignment]  # Its stub calls it an instance.
UNREADABLE = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException),
    *(zlib.error, BadPackingError, zst.ZstdError),
    *(EOFError, ValueError, BadZipFile),
)


def _records_from(file: BinaryIO) -> Iterator[Record]:
    start = file.tell()
    begins = file.read(4)
    file.seek(start)
    if begins.startswith(_GZIP_MAGIC):
        packed = _members(file)
    elif begins in _ZSTD_MAGICS:
        packed = zst.frames(file, MOST_RECORD_BYTES)
    else:
        yield from plain_records(file)
        return
    for offset, length, content in packed:
        only = only_record(content, offset, length)
        if only is not None:
            yield only
            continue
        for record in plain_records(BytesIO(content)):
            yield attrs.evolve(record, offset=offset, length=length)


def _members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Yield (offset, length, content) of each gzip member.

    Our own loop, because warcio takes a member that is cut off for a whole one: its missing checksum goes unnoticed.

    :raises EOFError: the last member is cut off.
    """
    offset = file.tell()
    rest = file.read(_CHUNK)
    while rest:
        unzip = zlib_ng.decompressobj(wbits=31)
        pieces: list[bytes] = []
        size = taken = 0
        while not unzip.eof:
            if not rest:
                raise EOFError("cut off")
            pieces.append(unzip.decompress(rest))
            size += len(pieces[-1])
            taken += len(rest)
            if size > MOST_RECORD_BYTES:
                raise ValueError(f"a record of more than {MOST_RECORD_BYTES >> 20} MiB")
            rest = unzip.unused_data if unzip.eof else file.read(_CHUNK)
        length = taken - len(rest)
        yield offset, length, b"".join(pieces)
        offset += length
        rest = rest or file.read(_CHUNK)


def only_record(content: bytes, offset: int = 0, length: int = 0) -> Record | None:
    """The record of a member that holds one, laid out as most tools do; None for all others, which warcio reads.

    Its readers of streams would take a third of the time of reading a file.
    """
    head, _, rest = content.partition(b"\r\n\r\n")
    if not (head.startswith(b"WARC/1.") and head.isascii() and head.count(b"\n") == head.count(b"\r\n")):
        return None
    lines = [line.partition(":") for line in head.decode("ascii").split("\r\n")[1:]]
    if not all(colon and name and not name[0].isspace() for name, colon, _ in lines):
        return None
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    size, target = headers.get("content-length", ""), headers.get("warc-target-uri", "")
    if target.startswith("<") or " " in target:  # warcio mends these.
        return None
    if not size.isdecimal() or len(size) > _MOST_DIGITS or rest[int(size) :] != b"\r\n\r\n":
        return None
    return Record(headers.get("warc-type", ""), headers, rest[: int(size)], offset, length)


def plain_records(file: BinaryIO) -> Iterator[Record]:
    """Yield the records of a file that is not packed.

    :raises UNREADABLE: the last one is cut off, or makes no sense.
    """
    iterator = ArchiveIterator(file, no_record_parse=True)
    for found in iterator:
        headers = {name.lower(): value for name, value in found.rec_headers.headers}
        size = int(headers.get("content-length", 1))
        block = found.raw_stream.read(MOST_RECORD_BYTES)
        if len(block) < min(size, MOST_RECORD_BYTES):
            raise EOFError("cut off")
        if size > MOST_RECORD_BYTES:
            # What follows is read: it is one record that is no use, as if whoever wrote it had kept no more.
            headers["warc-truncated"] = f"it has more than {MOST_RECORD_BYTES >> 20} MiB"
        offset = iterator.get_record_offset()
        iterator.read_to_end()
        yield Record(found.rec_type or "", headers, block, offset, iterator.get_record_length() or 0)


def _begins_like_warc(file: BinaryIO) -> bool:
    file.seek(0)
    start = file.read(64)
    return start.startswith((b"WARC/", _GZIP_MAGIC, *_ZSTD_MAGICS))


def first_line(error: BaseException) -> str:
    """An error in one line."""
    if isinstance(error, KeyError):
        return f"no {error.args[0]}"
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__
