"""What a run's files tell of the run itself: who crawled what with which code, and how it ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import attrs
from zlib_ng import zlib_ng

from jobscraper.capture.bodies import moment
from jobscraper.capture.warc import UNREADABLE, BrokenCaptureError, CaptureError, Record, plain_records, records
from jobscraper.capture.write import part_path

_TAIL = 1 << 16
_MEMBER = b"\x1f\x8b\x08"


@attrs.frozen
class RunInfo:
    """The `warcinfo` fields of a file and those of its closing `metadata` record: None if it was cut off."""

    path: Path
    info: Mapping[str, str]
    begun: datetime | None
    closing: Mapping[str, str] | None = None
    closed: datetime | None = None

    @property
    def run_id(self) -> str | None:
        """The run whose file this is; None if the file is not of a run of ours."""
        return self.info.get("isPartOf") if self.info.get("software", "").startswith("jobscraper") else None

    @property
    def source_id(self) -> str | None:
        """The source that was crawled."""
        return self.info.get("source")

    @property
    def code_version(self) -> str | None:
        """The version of the code that crawled it."""
        return self.info.get("software", "").partition("/")[2] or None

    @property
    def part(self) -> int:
        """Which file of the run this is, from 1."""
        told = self.info.get("part", "1")
        return int(told) if told.isdecimal() else 1

    @property
    def continued_in(self) -> str | None:
        """The name of the file in which the run goes on; None in its last one."""
        return (self.closing or {}).get("continued-in")

    @property
    def verdict(self) -> str | None:
        """How the run went; None where it was cut off, or goes on in another file."""
        return (self.closing or {}).get("verdict")


def run_files(path: Path) -> tuple[Path, ...]:
    """The files of a run in order; `path` is its first."""
    files = [path]
    while (following := part_path(path, len(files) + 1)).is_file():
        files.append(following)
    return tuple(files)


def run_info(path: Path) -> RunInfo:
    """Read how a file begins and ends; all between is read only where the file is not packed record by record.

    :raises CaptureError: there is no such file, or it is no WARC file.
    """
    try:
        first = next(records(path), None)
    except BrokenCaptureError:
        first = None
    if first is None or first.type != "warcinfo":
        return RunInfo(path, {}, None)
    info = RunInfo(path, _fields(first), _date(first))
    last = _last_by_tail(path) if _is_member(path, first) else _last_by_reading(path)
    if last is None or last.type != "metadata":
        return info
    return attrs.evolve(info, closing=_fields(last), closed=_date(last))


def _fields(record: Record) -> dict[str, str]:
    lines = (line.partition(":") for line in record.block.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}


def _date(record: Record) -> datetime | None:
    try:
        return moment(record.headers["warc-date"])
    except (KeyError, ValueError):
        return None


def _is_member(path: Path, first: Record) -> bool:
    """Whether the first record is a gzip member of its own."""
    with path.open("rb") as file:
        return file.read(3) == _MEMBER and first.length < path.stat().st_size


def _last_by_tail(path: Path) -> Record | None:
    """The last record, if it is whole and small, as a closing record is: no other member ends where the file ends."""
    size = path.stat().st_size
    begin = max(0, size - _TAIL)
    with path.open("rb") as file:
        file.seek(begin)
        tail = file.read()
    for at in _from_the_end(tail, _MEMBER):
        unzip = zlib_ng.decompressobj(wbits=31)
        try:
            content = unzip.decompress(tail[at:], _TAIL)
            if unzip.eof and not unzip.unused_data:
                return next(plain_records(BytesIO(content)), None)
        except UNREADABLE:
            continue
    return None


def _from_the_end(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.rfind(sign)
    while at >= 0:
        yield at
        at = data.rfind(sign, 0, at + len(sign) - 1)


def _last_by_reading(path: Path) -> Record | None:
    try:
        return deque(records(path), maxlen=1)[0]
    except (CaptureError, BrokenCaptureError):
        return None
