"""What a crawl elsewhere needs to know of one source: a small archive, packed out of the whole one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from jobscraper.archive.store import open_archive
from jobscraper.capture.record import instant

_WHOLE = ("source", "employer", "place", "employer_alias", "tombstone")
_OF_ADVERTS = ("advert_text", "advert_part", "advert_place", "advert_url", "advert_reference", "live_period")
_BUDGET_DAYS = timedelta(days=1)


def pack(archive: Path, source_id: str, target: Path, now: datetime) -> None:
    """Write to the new file `target` what a crawl of a source asks an archive.

    Its adverts and what they print, so that only what is due is asked for; its runs, by which a new one is judged; what any
    host was asked since yesterday, so that budgets hold; and what was forgotten.
    """
    with closing(open_archive(target)) as small:
        small.execute("PRAGMA foreign_keys = OFF")
        small.execute("ATTACH ? AS whole", (str(archive.resolve()),))
        for table in _WHOLE:
            _copy(small, table, "1")
        _copy(small, "advert", "source_id = ?1", source_id)
        for table in _OF_ADVERTS:
            _copy(small, table, "advert_id IN (SELECT id FROM main.advert)")
        _copy(small, "run", "source_id = ?1 OR started >= ?2", source_id, instant(now - _BUDGET_DAYS))
        _copy(
            small,
            "capture",
            "run_id IN (SELECT id FROM main.run WHERE started >= ?1) OR id IN (SELECT capture_id FROM main.advert)"
            " OR id IN (SELECT capture_id FROM main.advert_part)"
            " OR id IN (SELECT capture_id FROM main.advert_reference)",
            instant(now - _BUDGET_DAYS),
        )
        small.execute("DETACH whole")


def _copy(small: sqlite3.Connection, table: str, condition: str, *values: str) -> None:
    columns = ", ".join(f'"{row[0]}"' for row in small.execute("SELECT name FROM pragma_table_info(?)", (table,)))
    small.execute(
        f"INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM whole.{table} WHERE {condition}", values
    )
