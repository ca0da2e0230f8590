"""What keeps a small machine going for years: room on the disk before a round, a tidy archive after it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from jobscraper.archive.locks import ArchiveInUseError, rebuilding
from jobscraper.archive.store import ArchiveError, in_words, open_archive
from jobscraper.model.errors import JobscraperError

MOST_FREE_SHARE = 0.2
"""Of an archive's pages: with more of them empty, it is written anew without."""


class NoSpaceError(JobscraperError):
    """The disk is nearly full; nothing was begun."""


def require_space(folder: Path, least_gb: float) -> None:
    """Check that a round has room.

    :raises NoSpaceError: the disk of `folder` has less than `least_gb` thousand million bytes free.
    """
    free = shutil.disk_usage(folder.absolute()).free / 1e9
    if free < least_gb:
        raise NoSpaceError(
            f"{folder}: only {free:.1f} GB of the disk are free, and a round wants {least_gb:.1f}; free some space,"
            " or set least_free_gb lower"
        )


def upkeep(archive: Path) -> None:
    """Work the log of the archive in, let SQLite look at its indexes, and give back room that nothing uses.

    Left for another time where somebody crawls or reads: that is no failure.

    :raises ArchiveError: the disk is full or faulty.
    """
    try:
        with rebuilding(archive), closing(open_archive(archive)) as db:
            db.execute("PRAGMA optimize")
            if _free_share(db) > MOST_FREE_SHARE and _has_room_for_a_copy(archive):
                db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except ArchiveInUseError:
        return
    except sqlite3.Error as error:
        raise ArchiveError(f"{archive}: {in_words(error)}") from error


def _free_share(db: sqlite3.Connection) -> float:
    free, pages = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    return free / pages if pages else 0.0


def _has_room_for_a_copy(archive: Path) -> bool:
    """VACUUM writes the archive twice: once beside, once through its log."""
    return shutil.disk_usage(archive.absolute().parent).free > 2.5 * archive.stat().st_size
