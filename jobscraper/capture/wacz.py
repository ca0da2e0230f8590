"""WACZ: a zip whose folder `archive/` holds WARC files (Webrecorder, "Web Archive Collection Zipped").

They are read where they lie. Each has a path that goes on in the zip, `crawl.wacz/archive/data.warc.gz`, by which it is
opened like any other file; offsets are those in the WARC file. The specification wants them stored as they are.
"""

from __future__ import annotations

import io
import mmap
import re
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import attrs

from jobscraper.files.endings import ENDINGS

_MAGIC = b"PK\x03\x04"
_FOLDER = "archive"
_NAME = re.compile(rf"{_FOLDER}/[^/\x00-\x1f]+(?:{'|'.join(map(re.escape, ENDINGS))})")
_HEADER = struct.Struct("<4s2xHH8xI4xHH")
"""Of a file in a zip: signature, flags, method, packed size, and the lengths of its name and its extras."""

_ENCRYPTED, _SIZE_LATER, _SIZE_ELSEWHERE = 0x0001, 0x0008, 0xFFFFFFFF
"""Flags, and the size that says that the extras tell it; the size comes behind a file where nobody knew it before."""


class WaczError(ValueError):
    """A WARC file of a WACZ that cannot be opened."""


@attrs.frozen
class _Member:
    """A WARC file in a zip, from byte to byte; `packed`: not as it is, so that only the zip's own reader knows it."""

    name: str
    begin: int
    end: int
    packed: bool


@attrs.frozen
class _Contents:
    """The WARC files of a zip; `is_whole`: all of them, by the zip's own list."""

    members: tuple[_Member, ...]
    is_whole: bool


def warcs_in(path: Path) -> list[Path]:
    """A file itself; of a WACZ, also one that is cut off, the WARC files in it."""
    if not _is_zip(path):
        return [path]
    return [path / member.name for member in _contents_of(path).members]


def broken(path: Path) -> str | None:
    """That a WACZ is cut off or damaged, so that WARC files may be missing from it; None of a whole one, or another file."""
    if not _is_zip(path) or _contents_of(path).is_whole:
        return None
    return f"{path}: cut off or damaged: its list of files cannot be read; the WARC files that are found in it are used"


def opened(path: Path) -> BinaryIO:
    """Open a WARC file, also one of a WACZ.

    :raises FileNotFoundError: there is none.
    :raises WaczError: it is packed in a way that nobody reads, or was, in a WACZ that is cut off.
    """
    if path.is_file():
        return path.open("rb")
    whole = path.parent.parent
    for member in _contents_of(whole).members if path.parent.name == _FOLDER and _is_zip(whole) else ():
        if whole / member.name == path:
            return _unpacked(whole, member) if member.packed else _window(whole, member)
    raise FileNotFoundError(path)


def name_of(path: Path) -> str:
    """The name of a WARC file without its folder; of one of a WACZ, from the WACZ's name on."""
    inside = path.parent.name == _FOLDER and path.parent.parent.is_file()
    return "/".join(path.parts[-3:]) if inside else path.name


def beside(path: Path) -> list[Path]:
    """The WARC files of the WACZ in which one lies; none where it lies in a folder."""
    whole = path.parent.parent
    return warcs_in(whole) if path.parent.name == _FOLDER and whole.is_file() else []


def size_of(path: Path) -> int:
    """Bytes of a WARC file, also of one in a WACZ.

    :raises FileNotFoundError, WaczError: as `opened`.
    """
    with opened(path) as file:
        return file.seek(0, io.SEEK_END)


def _is_zip(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _contents_of(whole: Path) -> _Contents:
    told = whole.stat()
    return _contents(whole, told.st_size, told.st_mtime_ns)


@lru_cache(64)
def _contents(whole: Path, size: int, _: int) -> _Contents:
    """By the list at the end of the zip; where that is gone or makes no sense, by what stands before each file."""
    try:
        return _Contents(_each_name_once(_listed(whole)), is_whole=True)
    except (BadZipFile, ValueError, NotImplementedError, struct.error):
        return _Contents(_each_name_once(_found(whole, size)), is_whole=False)


def _each_name_once(members: Iterable[_Member]) -> tuple[_Member, ...]:
    found: dict[str, _Member] = {}
    for member in members:
        found.setdefault(member.name, member)
    return tuple(found.values())


def _listed(whole: Path) -> list[_Member]:
    """:raises BadZipFile, ValueError, NotImplementedError, struct.error: there is no list, or no true one."""
    members = []
    with ZipFile(whole) as archive, whole.open("rb") as file:
        for info in archive.infolist():
            if _NAME.fullmatch(info.filename):
                file.seek(info.header_offset)
                magic, flags, method, _, name, extra = _HEADER.unpack(file.read(_HEADER.size))
                if magic != _MAGIC:
                    raise BadZipFile("no file where the list says one")
                begin = info.header_offset + _HEADER.size + name + extra
                members.append(_Member(info.filename, begin, begin + info.compress_size, _is_packed(flags, method)))
    members.sort(key=lambda member: member.begin)
    if any(first.end > second.begin for first, second in pairwise(members)):
        raise BadZipFile("files that overlap, as in a bomb")
    return members


def _found(whole: Path, size: int) -> Iterator[_Member]:
    end = 0
    with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for found in re.finditer(_MAGIC + rb".{26}" + _FOLDER.encode() + b"/", content, re.DOTALL):
            _, flags, method, packed_size, length, extra = _HEADER.unpack_from(content, found.start())
            at = found.start() + _HEADER.size
            name = content[at : at + length].decode("utf-8", "replace")
            if found.start() < end or not _NAME.fullmatch(name):
                continue
            begin = min(at + length + extra, size)
            is_told = not flags & _SIZE_LATER and packed_size != _SIZE_ELSEWHERE
            end = min(begin + packed_size, size) if is_told else size
            yield _Member(name, begin, end, _is_packed(flags, method))
            if not is_told:
                end = begin


def _is_packed(flags: int, method: int) -> bool:
    return bool(flags & _ENCRYPTED) or method != ZIP_STORED


def _unpacked(whole: Path, member: _Member) -> BinaryIO:
    try:
        with ZipFile(whole) as archive:
            return cast(BinaryIO, archive.open(member.name))
    except (BadZipFile, RuntimeError, NotImplementedError, KeyError) as error:
        raise WaczError(f"packed in the zip, and not to be unpacked ({error})") from error


def _window(whole: Path, member: _Member) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Window(whole.open("rb", buffering=0), member.begin, member.end)))


class _Window(io.RawIOBase):
    """A part of a file as a file of its own."""

    def __init__(self, file: io.FileIO, begin: int, end: int) -> None:
        self._file, self._begin, self._end = file, begin, end
        file.seek(begin)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._file.tell() - self._begin

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: self._begin, io.SEEK_CUR: self._file.tell(), io.SEEK_END: self._end}[whence]
        return self._file.seek(max(start + offset, self._begin)) - self._begin

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        left = max(self._end - self._file.tell(), 0)
        return self._file.readinto(buffer[:left])

    def close(self) -> None:
        self._file.close()
        super().close()
