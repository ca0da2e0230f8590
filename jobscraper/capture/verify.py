"""Holding the files of a folder against their index: what is missing, damaged, not indexed, or was cut off."""

from __future__ import annotations

import base64
import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Literal

import attrs

from jobscraper.capture.http import payload_of, response_of
from jobscraper.capture.read import Entry, PassedOver, entries
from jobscraper.capture.record import Capture
from jobscraper.capture.run_info import RunInfo, run_info
from jobscraper.capture.warc import UNREADABLE, BrokenCaptureError, CaptureError, Record, records_at
from jobscraper.files.endings import ENDINGS, without_ending

Kind = Literal["missing", "damaged", "unindexed", "cut off", "elsewhere"]
BAD: tuple[Kind, ...] = ("missing", "damaged")
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "md5": hashlib.md5}


@attrs.frozen(kw_only=True)
class Indexed:
    """What the index says of a capture. `is_replay`: it was read from a file that may lie anywhere."""

    id: str
    url: str
    warc_file: str
    offset: int
    length: int
    digest: str
    refers_to: str | None = None
    is_replay: bool = False


@attrs.frozen
class Finding:
    """One thing that is not as it should be, in a line; `count` captures are concerned.

    `missing`: indexed, and not there. `damaged`: there, and not what was written. `unindexed`: there, and not indexed.
    `cut off`: a file that a killed run left without its end, with nothing indexed behind it. `elsewhere`: replayed from a
    file outside the folder, or dropped on purpose. The last three are no harm.
    """

    kind: Kind
    text: str
    count: int = 1


@attrs.frozen
class Index:
    """The index in the order in which files are walked: by file, with the ids of all, and the runs that closed their files."""

    by_file: Mapping[str, Mapping[str, Indexed]]
    ids: frozenset[str]
    closed: frozenset[str]

    @classmethod
    def of(cls, rows: Iterable[Indexed], closed: Iterable[str]) -> Index:
        """Sort the rows by file; `closed` are the ids of the runs that ended of themselves."""
        by_file: dict[str, dict[str, Indexed]] = defaultdict(dict)
        for row in rows:
            by_file[row.warc_file][row.id] = row
        return cls(by_file, frozenset(one for rows in by_file.values() for one in rows), frozenset(closed))


def _refuse(error: OSError) -> None:
    """A folder that may not be entered must not pass for one that holds nothing."""
    raise CaptureError(f"{error.filename}: {error.strerror}; let it be read, or move it out of the captures") from error


def check_captures(folder: Path) -> None:
    """Check that captures could be in a folder, which a slip of the pen would otherwise pass for one without any.

    :raises CaptureError: there is no such folder.
    """
    if not folder.is_dir():
        raise CaptureError(f"{folder}: no such folder; name that of the captures with --captures")


def warc_files(folder: Path) -> list[Path]:
    """The WARC files of a folder and of those in it, the parts of a run in order.

    An empty one holds nothing: a crawl that is killed at its first byte leaves it.

    :raises CaptureError: there is no such folder, or one in it cannot be read.
    """
    check_captures(folder)
    below = (Path(where) / name for where, _, names in os.walk(folder, onerror=_refuse) for name in names)
    files = (path for path in below if path.name.endswith(ENDINGS) and path.is_file())
    return sorted(
        (path for path in files if path.stat().st_size),
        key=lambda path: (path.parent, without_ending(path.name)),
    )


def verify(
    files: Iterable[Path],
    index: Index,
    walked: Callable[[Path], None] = lambda _: None,
    dropped: Set[str] = frozenset(),
) -> Iterator[Finding]:
    """Yield what is not as it should be; `walked` is told of each file that was read.

    :param dropped: the names of files that were removed on purpose.
    """
    there = set()
    for path in files:
        there.add(path.name)
        yield from _verify_file(path, index)
        walked(path)
    for name, rows in sorted(index.by_file.items()):
        if name not in there:
            yield _not_there(name, rows, dropped)
        for row in rows.values():
            if row.refers_to and row.refers_to not in index.ids:
                yield Finding(
                    "missing", f"{name}: {row.url}: its body is in the capture {row.refers_to}, not in the archive"
                )


def _not_there(name: str, rows: Mapping[str, Indexed], dropped: Set[str]) -> Finding:
    kind: Kind = "elsewhere"
    if name in dropped:
        said = "was dropped on purpose"
    elif all(row.is_replay for row in rows.values()):
        said = "was replayed from outside this folder"
    else:
        kind, said = "missing", "no such file"
    return Finding(kind, f"{name}: {said} ({_captures(len(rows))})", len(rows))


def unindexed(path: Path, index: Index) -> Iterator[Capture]:
    """Yield the captures of a file that are not in the index, up to where it breaks."""
    with suppress(BrokenCaptureError):
        yield from (entry.capture for entry in entries(path) if entry.capture.id not in index.ids)


def _verify_file(path: Path, index: Index) -> Iterator[Finding]:
    expected = dict(index.by_file.get(path.name, {}))
    odd: list[PassedOver] = []
    new: list[Capture] = []
    broken: str | None = None
    try:
        told = run_info(path)
        for entry in entries(path, odd.append):
            row = expected.pop(entry.capture.id, None)
            if trouble := _trouble(entry, row):
                yield Finding("damaged", f"{path}: {entry.capture.url} at byte {entry.capture.offset}: {trouble}")
            if entry.capture.id not in index.ids:
                new.append(entry.capture)
    except CaptureError as error:
        yield Finding("damaged", str(error), len(expected) or 1)
        return
    except BrokenCaptureError as error:
        broken = str(error)
    yield from _odd(odd, told)
    yield from _lost(path, expected.values(), broken)
    yield from _ending(path, told, broken, index)
    yield from _new(path, told, new, has_others=path.name in index.by_file)


def _odd(odd: list[PassedOver], told: RunInfo) -> Iterator[Finding]:
    """What makes no sense is damage in a file of ours; other archives keep what we do not read."""
    if told.run_id:
        yield from (Finding("damaged", str(one)) for one in odd)


def _lost(path: Path, rows: Iterable[Indexed], broken: str | None) -> Iterator[Finding]:
    """Judge what is indexed and was not met on the walk; behind a break, a record may be whole."""
    for row in rows:
        if broken and _is_whole_at(path, row):
            continue
        said = "cannot be read" if broken else "no such record"
        yield Finding("damaged" if broken else "missing", f"{path}: {row.url} at byte {row.offset}: {said}")


def _ending(path: Path, told: RunInfo, broken: str | None, index: Index) -> Iterator[Finding]:
    if broken:
        # A run that was killed leaves a torn tail, also when a later one judged it; one that ended has closed its file.
        is_torn = told.run_id not in index.closed and told.closing is None and "cut off" in broken
        yield Finding("cut off" if is_torn else "damaged", broken)
    elif told.run_id and told.closing is None:
        yield Finding("cut off", f"{path}: ends without the verdict of its run")


def _new(path: Path, told: RunInfo, new: list[Capture], *, has_others: bool) -> Iterator[Finding]:
    if not new:
        return
    if not told.run_id:
        text = (
            f"{path}: {_captures(len(new))} of no run of ours; read them with `jobscraper crawl SOURCE --replay FILE`"
        )
        yield Finding("unindexed", text, len(new))
    elif not has_others:
        yield Finding("unindexed", f"{path}: none of its {_captures(len(new))} is in the archive", len(new))
    else:
        yield from (Finding("unindexed", f"{path}: {one.url} at byte {one.offset}: not in the archive") for one in new)


def _trouble(entry: Entry, row: Indexed | None) -> str | None:
    if wrong := wrong_digest(entry.record):
        return f"its {wrong} is wrong"
    found = entry.capture
    if row and (row.offset, row.length, row.digest) != (found.offset, found.length, found.digest):
        return f"the archive says byte {row.offset}, length {row.length}, digest {row.digest}"
    return None


def _is_whole_at(path: Path, row: Indexed) -> bool:
    with suppress(OSError, *UNREADABLE):
        record = next(records_at(path, row.offset), None)
        return record is not None and record.id == row.id and wrong_digest(record) is None
    return False


def wrong_digest(record: Record) -> str | None:
    """The name of the digest that a record does not keep; None if it keeps all that we know how to check."""
    if not _keeps(record.headers.get("warc-block-digest"), lambda: (record.block,)):
        return "block digest"
    if record.type == "response" and not _keeps(
        record.headers.get("warc-payload-digest"),
        # Archives do not agree on whether chunks belong to the payload.
        lambda: (payload_of(record.block), response_of(record.block).body),
    ):
        return "payload digest"
    return None


def _keeps(digest: str | None, contents: Callable[[], tuple[bytes, ...]]) -> bool:
    name, _, told = (digest or "").partition(":")
    if (hashing := _HASHES.get(name.lower().replace("-", ""))) is None:
        return True
    for content in contents():
        made = hashing(content)
        if told.upper() in (base64.b32encode(made.digest()).decode(), made.hexdigest().upper()):
            return True
    return False


def _captures(count: int) -> str:
    return f"{count:,} capture{'s' if count != 1 else ''}"
