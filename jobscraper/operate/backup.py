"""A copy of everything that cannot be had again: the archive, the captures, what was told. And the way back.

A backup is a folder with a manifest, written last: without one, or with one that does not fit, it is none. Captures that
are in it already are not copied again. A copy of the archive is checked before it takes the place of the last one, which
stays beside it: an archive that was damaged unseen once took the only good copy with it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import attrs

from jobscraper.archive.ledger import has_live_runs
from jobscraper.archive.locks import rebuilding
from jobscraper.archive.store import (
    REMEDY,
    ArchiveError,
    DamagedError,
    in_words,
    in_words_of,
    is_damage,
    open_for_reading,
)
from jobscraper.archive.whole import check
from jobscraper.capture.record import instant
from jobscraper.capture.verify import check_captures
from jobscraper.files.folders import BACKUP_MARK
from jobscraper.files.private import make_private_file, make_private_folder
from jobscraper.model.errors import JobscraperError
from jobscraper.operate.copying import Copied, copy_whole, fresh_beside, put_in_place, sha256
from jobscraper.operate.manifest import (
    ARCHIVE,
    BEFORE,
    CAPTURES,
    NOTICES,
    BackupError,
    Manifest,
    read_manifest,
    write_manifest,
)


@attrs.frozen(kw_only=True)
class Backup:
    """What a backup holds. `copied` and `bytes` are what this one had to write of it."""

    files: int
    copied: int
    bytes: int


def back_up(archive: Path, captures: Path, folder: Path, now: datetime) -> Backup:
    """Copy an archive and its captures into a folder; crawls may go on meanwhile.

    The archive first: whatever it knows of, the captures copied afterwards hold. Where it is damaged, its captures are
    copied all the same, and the last good copy of it stays.

    :raises BackupError: the archive is damaged or not ours; or the folder lies inside of what it is to hold, or cannot be
        written.
    :raises ArchiveError: there is no archive.
    :raises CaptureError: there is no folder of captures, and the archive has some.
    """
    _check_places(archive, captures, folder)
    make_private_folder(folder)
    make_private_file(folder / BACKUP_MARK)
    before = read_manifest(folder) if Manifest.is_in(folder) else Manifest()
    new, trouble = None, None
    try:
        try:
            new = _checked_copy(archive, folder / ARCHIVE)
        except ArchiveError as error:
            trouble = error
        manifest = attrs.evolve(before, files={**before.files, **_copy_others(archive, captures, folder, before)})
        if new:
            manifest = _with_new(new, folder, manifest, instant(now))
        if ARCHIVE in manifest.files:
            write_manifest(folder, manifest)
    except OSError as error:
        raise BackupError(f"{folder}: the backup could not be written ({error.strerror}); free some space") from error
    if trouble:
        raise BackupError(f"{trouble}; {_kept(folder, before)}") from trouble
    files = {name: copied for name, copied in manifest.files.items() if name != BEFORE}
    fresh = [copied for name, copied in files.items() if before.files.get(name) != copied]
    return Backup(files=len(files), copied=len(fresh), bytes=sum(copied.size for copied in fresh))


def _check_places(archive: Path, captures: Path, folder: Path) -> None:
    """:raises JobscraperError: something is not where it is looked for, or lies where the backup would."""
    if folder.resolve().is_relative_to(captures.resolve()):
        raise BackupError(
            f"{folder}: lies among the captures themselves; name a folder elsewhere, best on another disk"
        )
    if not archive.is_file():
        raise ArchiveError(f"{archive}: no archive here; name it with --archive")
    if _has_no_run_in_common(archive, folder / ARCHIVE):
        raise BackupError(f"{folder}: is the backup of another archive; name another folder (nothing was done)")
    if _asked_boards(archive):
        check_captures(captures)
    if taken := _somebody_elses(folder):
        raise BackupError(
            f"{taken}: is here, and no backup made it; move it away, or name another folder (nothing was done)"
        )


def _has_no_run_in_common(archive: Path, copy: Path) -> bool:
    """Whether a copy is another archive's: both have runs, and none is the same. Of a damaged one nothing is known."""
    try:
        ours, theirs = (_runs_of(path) for path in (archive, copy))
    except (ArchiveError, sqlite3.Error):
        return False
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _somebody_elses(folder: Path) -> Path | None:
    """What would be written over in a folder that is no backup yet."""
    if (folder / BACKUP_MARK).exists() or Manifest.is_in(folder):
        return None
    places = (folder / name for name in (ARCHIVE, BEFORE, NOTICES, CAPTURES))
    return next((place for place in places if place.exists()), None)


def _asked_boards(archive: Path) -> bool:
    """Whether an archive has captures of its own. Of a damaged one nothing is known."""
    try:
        with closing(open_for_reading(archive)) as db:
            return has_live_runs(db)
    except (ArchiveError, sqlite3.Error):
        return False


def _runs_of(archive: Path) -> set[str]:
    with closing(open_for_reading(archive)) as db:
        return {row[0] for row in db.execute("SELECT id FROM run")}


def restore(folder: Path, archive: Path, captures: Path, *, over: bool = False, before: bool = False) -> int:
    """Put a backup back, after every byte of it was checked, and that its archive is whole; return how many files it had.

    :param over: also where there is an archive or captures; files that the backup does not know stay.
    :param before: the copy of the archive before the last one.
    :raises BackupError: it is no whole backup, or there is something already.
    :raises ArchiveInUseError: somebody writes to the archive.
    """
    told = read_manifest(folder)
    for name, copied in told.files.items():
        if name not in (ARCHIVE, BEFORE):
            _check(folder / name, copied)
    source = _whole_copy(folder, told, BEFORE if before else ARCHIVE)
    if not over and (archive.exists() or any(_files_of(captures))):
        raise BackupError(
            f"{archive}: there is already an archive, or there are captures; --over restores the backup over them"
        )
    files = told.files.keys() - {BEFORE}
    with rebuilding(archive):
        for name in files:
            if name.startswith(f"{CAPTURES}/"):
                copy_whole(folder / name, captures / name.removeprefix(f"{CAPTURES}/"))
        if NOTICES in files:
            copy_whole(folder / NOTICES, archive.with_name(f"{archive.name}-notices.json"))
        for suffix in ("-wal", "-shm"):  # They belong to the file that goes.
            archive.with_name(archive.name + suffix).unlink(missing_ok=True)
        copy_whole(source, archive)
    return len(files)


def _files_of(captures: Path) -> Iterator[Path]:
    return (path for path in sorted(captures.rglob("*")) if path.is_file())


def _is_copied(path: Path, copy: Path, known: Copied | None) -> bool:
    """A capture is written once; one that is rewritten, as when an advert is forgotten, has another time."""
    stat = path.stat()
    return known is not None and copy.is_file() and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns)


def _copy_others(archive: Path, captures: Path, folder: Path, before: Manifest) -> dict[str, Copied]:
    """Copy what was told, and the captures that are not in the folder yet."""
    files = {}
    told = archive.with_name(f"{archive.name}-notices.json")
    if told.is_file():
        files[NOTICES] = copy_whole(told, folder / NOTICES)
    for path in _files_of(captures):
        name = f"{CAPTURES}/{path.relative_to(captures).as_posix()}"
        if not _is_copied(path, folder / name, before.files.get(name)):
            files[name] = copy_whole(path, folder / name)
    return files


def _checked_copy(archive: Path, target: Path) -> Path:
    """Copy an archive to a file beside `target`.

    :raises DamagedError: the copy is not whole; it is removed again.
    :raises ArchiveError: the archive is not ours, or cannot be read.
    :raises OSError: the copy cannot be written.
    """
    new = fresh_beside(target)
    try:
        with in_words_of(archive), closing(open_for_reading(archive)) as source, closing(sqlite3.connect(new)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        check(new)
    except ArchiveError as error:
        new.unlink(missing_ok=True)
        cause = error.__cause__
        if isinstance(cause, sqlite3.Error) and not is_damage(cause):
            raise BackupError(f"{new}: the archive could not be copied: {in_words(cause)}") from error
        if isinstance(error, DamagedError):
            check(archive)
            raise BackupError(f"{new}: the copy is damaged, and the archive is not: check the disk") from error
        raise
    return new


def _with_new(new: Path, folder: Path, manifest: Manifest, made_at: str) -> Manifest:
    """Put a new copy of the archive in the place of the last one, which stays beside it if it still is what it was."""
    target, last = folder / ARCHIVE, manifest.files.get(ARCHIVE)
    files, before_made_at = dict(manifest.files), manifest.before_made_at
    if last and target.is_file() and sha256(target) == last.sha256:
        os.replace(target, folder / BEFORE)
        files[BEFORE], before_made_at = last, manifest.made_at
    put_in_place(new, target)
    files[ARCHIVE] = Copied(target.stat().st_size, sha256(target), target.stat().st_mtime_ns)
    return Manifest(made_at=made_at, before_made_at=before_made_at, files=files)


def _kept(folder: Path, before: Manifest) -> str:
    if ARCHIVE in before.files:
        return f"its captures were copied, and {folder} keeps the copy of the archive of {before.made_at}"
    return f"its captures were copied to {folder}, which has no copy of the archive yet"


def _whole_copy(folder: Path, told: Manifest, name: str) -> Path:
    """The copy of the archive that a manifest names; after a backup that was killed, it may stand where the one before does.

    :raises BackupError: it is damaged, or not what was backed up.
    """
    copied = told.files.get(name)
    if copied is None:
        raise BackupError(f"{folder}: has no copy of the archive before the last one yet")
    moved = folder / BEFORE
    try:
        path = moved if name == ARCHIVE and moved.is_file() and sha256(moved) == copied.sha256 else folder / name
        _check(path, copied)
        check(path)
    except JobscraperError as error:
        said = str(error).removesuffix(f"; {REMEDY}")
        raise BackupError(f"{said}{_else_there_is(folder, told, name)}") from error
    return path


def _else_there_is(folder: Path, told: Manifest, name: str) -> str:
    """What may be put back instead, as far as it is whole."""
    other, made_at, how = (
        (BEFORE, told.before_made_at, "with --before")
        if name == ARCHIVE
        else (ARCHIVE, told.made_at, "without --before")
    )
    rebuilt = f"`jobscraper rebuild --captures {folder / CAPTURES}` makes the archive anew from the captures"
    copied = told.files.get(other)
    try:
        assert copied
        _check(folder / other, copied)
        check(folder / other)
    except (AssertionError, JobscraperError):
        return f" (nothing was put back); {rebuilt}"
    return f" (nothing was put back); the copy of {made_at} is put back {how}, or {rebuilt}"


def _check(path: Path, copied: Copied) -> None:
    if not path.is_file():
        raise BackupError(f"{path}: missing, although the manifest has it; use another backup")
    if path.stat().st_size != copied.size or sha256(path) != copied.sha256:
        raise BackupError(f"{path}: not what was backed up; the disk or somebody changed it; use another backup")
