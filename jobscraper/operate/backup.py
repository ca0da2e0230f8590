"""A copy of everything that cannot be had again: the archive, the captures, what was told. And the way back.

A backup is a folder with a manifest, written last: without one, or with one that does not fit, it is none. Captures that
are in it already are not copied again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from jobscraper import __version__
from jobscraper.archive.locks import rebuilding
from jobscraper.archive.store import ArchiveError, in_words, open_for_reading
from jobscraper.capture.record import instant
from jobscraper.errors import JobscraperError
from jobscraper.operate.copying import Copied, copy_whole, fresh_beside, put_in_place, sha256
from jobscraper.private import make_private_folder

MANIFEST = "manifest.json"
ARCHIVE = "archive.db"
NOTICES = "notices.json"
CAPTURES = "captures"


class BackupError(JobscraperError):
    """The backup could not be made, or is none; nothing was put back."""


@attrs.frozen(kw_only=True)
class Backup:
    """What a backup holds. `copied` and `bytes` are what this one had to write of it."""

    files: int
    copied: int
    bytes: int


def back_up(archive: Path, captures: Path, folder: Path, now: datetime) -> Backup:
    """Copy an archive and its captures into a folder; crawls may go on meanwhile.

    The archive first: whatever it knows of, the captures copied afterwards hold.

    :raises BackupError: the folder lies inside of what it is to hold, or cannot be written.
    :raises ArchiveError: there is no archive.
    """
    if folder.resolve().is_relative_to(captures.resolve()):
        raise BackupError(
            f"{folder}: lies among the captures themselves; name a folder elsewhere, best on another disk"
        )
    make_private_folder(folder)
    before = _manifest(folder) if (folder / MANIFEST).is_file() else {}
    files = dict(before)
    try:
        files[ARCHIVE] = _copy_archive(archive, folder / ARCHIVE)
        told = archive.with_name(f"{archive.name}-notices.json")
        if told.is_file():
            files[NOTICES] = copy_whole(told, folder / NOTICES)
        for path in _files_of(captures):
            name = f"{CAPTURES}/{path.relative_to(captures).as_posix()}"
            if not _is_copied(path, folder / name, before.get(name)):
                files[name] = copy_whole(path, folder / name)
    except OSError as error:
        raise BackupError(f"{folder}: the backup could not be written ({error.strerror}); free some space") from error
    manifest = {
        "made_at": instant(now),
        "code_version": __version__,
        "files": {name: attrs.asdict(copied) for name, copied in sorted(files.items())},
    }
    _write(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    fresh = [copied for name, copied in files.items() if before.get(name) != copied]
    return Backup(files=len(files), copied=len(fresh), bytes=sum(copied.size for copied in fresh))


def restore(folder: Path, archive: Path, captures: Path, *, over: bool = False) -> int:
    """Put a backup back, after every byte of it was checked; return how many files it had.

    :param over: also where there is an archive or captures; files that the backup does not know stay.
    :raises BackupError: it is no whole backup, or there is something already.
    :raises ArchiveInUseError: somebody writes to the archive.
    """
    files = _manifest(folder)
    for name, copied in files.items():
        _check(folder / name, copied)
    if not over and (archive.exists() or any(_files_of(captures))):
        raise BackupError(
            f"{archive}: there is an archive, or there are captures, already; --over puts the backup over them"
        )
    with rebuilding(archive):
        for name in files:
            if name.startswith(f"{CAPTURES}/"):
                copy_whole(folder / name, captures / name.removeprefix(f"{CAPTURES}/"))
        if NOTICES in files:
            copy_whole(folder / NOTICES, archive.with_name(f"{archive.name}-notices.json"))
        for suffix in ("-wal", "-shm"):  # They belong to the file that goes.
            archive.with_name(archive.name + suffix).unlink(missing_ok=True)
        copy_whole(folder / ARCHIVE, archive)
    return len(files)


def _files_of(captures: Path) -> Iterator[Path]:
    return (path for path in sorted(captures.rglob("*")) if path.is_file())


def _manifest(folder: Path) -> Mapping[str, Copied]:
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {name: Copied(**copied) for name, copied in told["files"].items()}
    except FileNotFoundError:
        raise BackupError(f"{folder}: no backup here, or one that was never finished; it has no {MANIFEST}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError(f"{folder / MANIFEST}: damaged; use another backup") from None
    if ARCHIVE not in files or any(".." in Path(name).parts or Path(name).is_absolute() for name in files):
        raise BackupError(f"{folder / MANIFEST}: not the manifest of a backup; use another one")
    return files


def _is_copied(path: Path, copy: Path, known: Copied | None) -> bool:
    """A capture is written once; one that is rewritten, as when an advert is forgotten, has another time."""
    stat = path.stat()
    return known is not None and copy.is_file() and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns)


def _copy_archive(archive: Path, target: Path) -> Copied:
    new = fresh_beside(target)
    try:
        with closing(open_for_reading(archive)) as source, closing(sqlite3.connect(new)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise ArchiveError(f"{new}: {in_words(error)}") from error
    put_in_place(new, target)
    return Copied(target.stat().st_size, sha256(target), archive.stat().st_mtime_ns)


def _write(target: Path, data: bytes) -> None:
    new = fresh_beside(target)
    new.write_bytes(data)
    put_in_place(new, target)


def _check(path: Path, copied: Copied) -> None:
    if not path.is_file():
        raise BackupError(f"{path}: missing, although the manifest has it; use another backup")
    if path.stat().st_size != copied.size or sha256(path) != copied.sha256:
        raise BackupError(f"{path}: not what was backed up; the disk or somebody changed it; use another backup")
