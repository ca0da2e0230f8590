"""The index of captures in the archive: reading it, and entering what the files hold and it does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from jobscraper.archive.ledger import CUT_OFF, REPLAY, add_capture
from jobscraper.archive.store import ArchiveError, writing
from jobscraper.capture.record import Capture, instant
from jobscraper.capture.run_info import RunInfo
from jobscraper.capture.verify import Index, Indexed

ONLY_INDEXED = "indexed from its files; its adverts were not read: run `jobscraper rebuild`"


def index_of(db: sqlite3.Connection) -> Index:
    """Read the index. An archive of an older version, opened for reading only, has no references yet."""
    refers = "refers_to" if "refers_to" in _columns(db) else "NULL AS refers_to"
    rows = db.execute(f"SELECT id, run_id, url, warc_file, offset, length, digest, {refers} FROM capture")
    closed_itself = db.execute("SELECT id FROM run WHERE verdict IS NOT NULL AND stop_reason IS NOT ?", (CUT_OFF,))
    return Index.of(
        (
            Indexed(
                id=row["id"],
                url=row["url"],
                warc_file=row["warc_file"],
                offset=row["offset"],
                length=row["length"],
                digest=row["digest"],
                refers_to=row["refers_to"],
                is_replay=REPLAY in row["run_id"],
            )
            for row in rows
        ),
        (row["id"] for row in closed_itself),
    )


def enter(db: sqlite3.Connection, told: RunInfo, captures: Iterable[Capture]) -> int:
    """Enter captures of the run that a file tells of, and the run if it is not known; return how many.

    A run that is entered here gets no verdict: its adverts were not read, and a run that looks complete would let adverts
    seem absent that it saw.

    :raises ArchiveError: the source of the run is not in the archive.
    """
    assert told.run_id is not None
    _enter_run(db, told, told.run_id)
    count = 0
    for capture in captures:
        add_capture(db, told.run_id, capture)
        count += 1
    return count


def _enter_run(db: sqlite3.Connection, told: RunInfo, run_id: str) -> None:
    if db.execute("SELECT 1 FROM run WHERE id = ?", (run_id,)).fetchone():
        return
    if not db.execute("SELECT 1 FROM source WHERE id = ?", (told.source_id,)).fetchone():
        raise ArchiveError(
            f"{told.path}: its source {told.source_id!r} is not in the archive; make that anew with `jobscraper rebuild`"
        )
    if told.begun is None:
        raise ArchiveError(f"{told.path}: does not say when its run began; read it with `jobscraper crawl --replay`")
    with writing(db):
        db.execute(
            "INSERT INTO run (id, source_id, started, stop_reason, code_version) VALUES (?, ?, ?, ?, ?)",
            (run_id, told.source_id, instant(told.begun), ONLY_INDEXED, told.code_version or "not told"),
        )


def _columns(db: sqlite3.Connection) -> set[str]:
    return {row["name"] for row in db.execute("SELECT name FROM pragma_table_info('capture')")}
