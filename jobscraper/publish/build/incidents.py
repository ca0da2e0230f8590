"""What went wrong with the sources, as a table of the snapshot: judged when it is published, not while somebody waits."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from jobscraper.capture.record import instant
from jobscraper.quality.health import CADENCES, RUN_RECORDS, incidents_by_source

_TABLE = """
CREATE TABLE incident (
    source_id TEXT NOT NULL REFERENCES source(id), state TEXT NOT NULL, since TEXT NOT NULL, until TEXT,
    what TEXT NOT NULL, PRIMARY KEY (source_id, since)) STRICT"""


def add_incidents(db: sqlite3.Connection, published_at: str) -> None:
    """Add the table to a snapshot; what has not ended at `published_at` goes on."""
    db.execute(_TABLE)
    now = datetime.fromisoformat(published_at).astimezone(UTC)
    cursor = db.execute(RUN_RECORDS)
    names = [column[0] for column in cursor.description]
    runs = (dict(zip(names, row, strict=True)) for row in cursor)
    rows = (
        (source, one.state, instant(one.since), one.until and instant(one.until), one.first)
        for source, found in incidents_by_source(runs, db.execute(CADENCES), now).items()
        for one in found
    )
    db.executemany("INSERT INTO incident VALUES (?, ?, ?, ?, ?)", rows)
