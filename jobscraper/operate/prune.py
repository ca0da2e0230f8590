"""Old captures: moved to a second folder, or dropped, once nothing that stays needs them."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from itertools import count, takewhile
from pathlib import Path

import attrs

from jobscraper.archive.locks import rebuilding
from jobscraper.archive.store import reading
from jobscraper.capture.dropped import note_dropped
from jobscraper.capture.record import instant
from jobscraper.capture.write import part_path
from jobscraper.model.errors import JobscraperError
from jobscraper.operate.copying import copy_whole, sha256


class PruneError(JobscraperError):
    """A capture could not be moved; it is where it was."""


@attrs.frozen(kw_only=True)
class Prunable:
    """Files of runs that ended before a moment, and what depends on them.

    `needed`: how many more are as old, but hold bodies that newer captures refer to. `adverts`: how many were last seen
    before then; without these files a rebuild would not have them.
    """

    files: tuple[Path, ...]
    needed: int
    adverts: int

    @property
    def bytes(self) -> int:
        """How much room they take."""
        return sum(path.stat().st_size for path in self.files)


def prunable(archive: Path, captures: Path, before: datetime) -> Prunable:
    """Find what can go: the files of runs that were judged, ended before then, and hold nothing that newer ones refer to."""
    with reading(archive) as db:
        old = _files_of_old_runs(db, captures, instant(before))
        needed = _needed(db, instant(before))
        adverts = db.execute("SELECT count(*) FROM advert WHERE last_seen < ?", (instant(before),)).fetchone()[0]
    # A run of several files goes whole or not at all.
    files = tuple(path for run in old if not needed & {path.name for path in run} for path in run)
    return Prunable(files=files, needed=sum(map(len, old)) - len(files), adverts=adverts)


def _files_of_old_runs(db: sqlite3.Connection, captures: Path, before: str) -> list[list[Path]]:
    found = []
    rows = db.execute(
        "SELECT id, source_id FROM run WHERE verdict IS NOT NULL AND finished < ? ORDER BY started, id", (before,)
    )
    for row in rows.fetchall():
        first = captures / row["source_id"] / f"{row['id']}.warc.gz"
        found.append(list(takewhile(Path.is_file, (part_path(first, part) for part in count(1)))))
    return found


def _needed(db: sqlite3.Connection, before: str) -> set[str]:
    """The files that hold bodies to which captures of newer runs refer."""
    rows = db.execute(
        "SELECT DISTINCT body.warc_file FROM run JOIN capture ref ON ref.run_id = run.id"
        " JOIN capture body ON body.id = ref.refers_to WHERE run.verdict IS NULL OR run.finished >= ?",
        (before,),
    )
    return {row[0] for row in rows}


def move(archive: Path, captures: Path, found: Prunable, target: Path) -> None:
    """Move files to the same places under `target`; one goes only when its copy is on the disk and the same.

    :raises PruneError: one could not be copied.
    :raises ArchiveInUseError: somebody crawls or rebuilds.
    """
    with rebuilding(archive):
        for path in found.files:
            copy = target / path.relative_to(captures)
            if copy.exists() and copy.samefile(path):  # Copied onto itself, it would then be removed.
                raise PruneError(f"{copy}: is the very file that is to be moved; name another folder")
            try:
                copied = copy_whole(path, copy)
            except OSError as error:
                raise PruneError(f"{copy}: could not be written ({error.strerror}); free some space") from error
            if copied.sha256 != sha256(path):
                raise PruneError(f"{copy}: is not what {path} is; check the disk")
            path.unlink()


def drop(archive: Path, captures: Path, found: Prunable) -> None:
    """Remove files for good, once it is noted that this was on purpose.

    :raises ArchiveInUseError: somebody crawls or rebuilds.
    """
    with rebuilding(archive):
        note_dropped(captures, (path.name for path in found.files))
        for path in found.files:
            path.unlink()
