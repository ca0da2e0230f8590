"""Damaging the file of an archive, as disks, copies and people do. Each takes the file and leaves it damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from jobscraper.archive.store import open_archive
from jobscraper.model.reading import RawAdvert
from tests.archive.test_fold import Archive

PAGE = 8192


def large_archive(path: Path) -> None:
    """An archive of some hundred pages, its log worked in."""
    archive = Archive(path)
    archive.run(*(RawAdvert(source_ref=str(n), title="Clerk", description=f"Duties. {n} " * 100) for n in range(300)))
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    archive.db.execute("PRAGMA journal_mode = DELETE")
    archive.db.close()


def _pages(path: Path) -> None:
    """Two pages of the descriptions, as where a disk loses a block."""
    with closing(sqlite3.connect(path)) as db:
        leaves = db.execute(
            "SELECT pageno FROM dbstat WHERE name = 'advert_text' AND pagetype = 'leaf' LIMIT 2"
        ).fetchall()
    with path.open("r+b") as file:
        for (number,) in leaves:
            file.seek((number - 1) * PAGE)
            file.write(b"\xa5" * PAGE)


def _header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def _truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // PAGE * PAGE)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _letter(path: Path) -> None:
    path.write_text("this is a letter, not a database\n" * 100, encoding="utf-8")


def _of_another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE holiday (name TEXT)")


def _without_table(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DROP TABLE live_period")


def _without_ledger(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DROP TABLE run")


def _loose(path: Path) -> None:
    with closing(open_archive(path)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM capture")
        db.execute("PRAGMA journal_mode = DELETE")


DAMAGE: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "pages": (_pages, r"damaged: pages \d+, \d+, in its table advert_text"),
    "header": (_header, "one whose beginning is damaged"),
    "truncated": (_truncated, "damaged"),
    "empty": (_empty, "an empty file, not an archive"),
    "a letter": (_letter, "not an SQLite file"),
    "of another application": (_of_another, "not an archive of jobscraper"),
    "a table is gone": (_without_table, "its table live_period is missing"),
    "the ledger is gone": (_without_ledger, "its table run is missing"),
    "rows point to nothing": (_loose, "points to a row of capture that is not there"),
}
"""What can happen to a file, with what is said of it."""
