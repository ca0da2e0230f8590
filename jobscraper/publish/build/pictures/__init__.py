"""The pictures of the site: drawn once, when a snapshot is published, and kept in it as SVG.

A page then shows a picture as it shows any other value: nothing is drawn while somebody waits, nothing needs a script,
and whoever downloads the snapshot has the pictures of the very numbers that are in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime

from jobscraper.publish.build.pictures import adverts_by_week, pay_by_kind, pay_map
from jobscraper.publish.build.pictures.rows import Paid, PaidInQuarter, Picture, Week
from jobscraper.publish.build.summary import ALL, RECENT

_TABLE = "CREATE TABLE picture (name TEXT PRIMARY KEY, title TEXT NOT NULL, svg TEXT NOT NULL) STRICT"

_REGIONS = """
SELECT region, n, lower_quartile, median, upper_quartile FROM pay_summary
WHERE period = ? AND kind = ? AND region <> ? ORDER BY region"""

_KINDS = """
SELECT kind, n, lower_quartile, median, upper_quartile, period FROM pay_summary
WHERE period GLOB '[0-9]*-Q[1-4]' AND region = ? AND kind <> ? ORDER BY kind, period"""

_WEEKS = "SELECT week, listed FROM week ORDER BY week"


def add_pictures(db: sqlite3.Connection, as_of: str) -> None:
    """Add the table of pictures to a snapshot that has its summaries.

    :param as_of: the last moment that the archive saw, in ISO 8601; the week and the quarter in which it lies are not over.
    """
    db.execute(_TABLE)
    drawn = ((it.name, it.title, it.svg) for it in pictures(db, datetime.fromisoformat(as_of).date()))
    db.executemany("INSERT INTO picture VALUES (?, ?, ?)", drawn)


def pictures(db: sqlite3.Connection, seen: date) -> Iterator[Picture]:
    """Draw the pictures of a snapshot, in the order in which a page shows them; one that has nothing to show is not there.

    :param seen: the last day that the archive saw.
    """
    regions = [Paid(*row) for row in db.execute(_REGIONS, (RECENT, ALL, ALL))]
    kinds = [PaidInQuarter(*row, quarter=quarter) for *row, quarter in db.execute(_KINDS, (ALL, ALL))]
    weeks = [Week(date.fromisoformat(monday), listed) for monday, listed in db.execute(_WEEKS)]
    drawn = (
        ("pay_map", pay_map.TITLE, pay_map.pay_map(regions)),
        ("pay_by_kind", pay_by_kind.TITLE, pay_by_kind.pay_by_kind(kinds, seen)),
        ("adverts_by_week", adverts_by_week.TITLE, adverts_by_week.adverts_by_week(weeks, seen)),
    )
    return (Picture(name, title, svg) for name, title, svg in drawn if svg is not None)
