"""What went wrong with the sources, as a table of the snapshot: judged when it is published, not while somebody waits."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from jobscraper.quality.health import RUN_RECORDS, by_source, incidents

_TABLE = """
CREATE TABLE incident (
    source_id TEXT NOT NULL REFERENCES source(id), state TEXT NOT NULL, since TEXT NOT NULL, until TEXT,
    what TEXT NOT NULL, PRIMARY KEY (source_id, since)) STRICT"""
_USUAL_HOURS = 24.0


def add_incidents(db: sqlite3.Connection, published_at: str) -> None:
    """Add the table to a snapshot; what has not ended at `published_at` goes on."""
    db.execute(_TABLE)
    now = datetime.fromisoformat(published_at).astimezone(UTC)
    cadences = dict(db.execute("SELECT id, cadence_hours FROM source").fetchall())
    cursor = db.execute(RUN_RECORDS)
    names = [column[0] for column in cursor.description]
    runs = by_source(dict(zip(names, row, strict=True)) for row in cursor)
    rows = (
        (source, one.state, _instant(one.since), one.until and _instant(one.until), one.first)
        for source, records in runs.items()
        for one in incidents(records, timedelta(hours=cadences[source] or _USUAL_HOURS), now)
    )
    db.executemany("INSERT INTO incident VALUES (?, ?, ?, ?, ?)", rows)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
