"""How fast the archive says which adverts were live on a day: `python -m bench.days [ADVERTS]`.

The archive holds copies of one advert, each live for four weeks of three years. Prints milliseconds, and the ratio to reading
all live periods once, which is the least that can be done without an index by day.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.adverts import entries
from bench.fold import fold_all
from jobscraper.archive.reference import add_days
from jobscraper.archive.store import open_archive
from jobscraper.boards.teaching_vacancies.feed import FeedEntry

_FIRST = datetime(2023, 11, 1, tzinfo=UTC)
_DAY = "2025-03-14"
_LIVE = f"FROM live_on_day WHERE day = '{_DAY}'"
_QUERIES = {
    "counted": f"SELECT count(*) {_LIVE}",
    "with their employers": "SELECT employer_id, count(*), avg(salary_annual_min) FROM advert"
    f" WHERE id IN (SELECT advert_id {_LIVE}) GROUP BY employer_id",
}


def multiply(db: sqlite3.Connection, count: int) -> None:
    """Copy the one advert of the archive, and spread when they were live over three years."""
    columns = [row["name"] for row in db.execute("PRAGMA table_info(advert)")]
    copied = ", ".join(f"{name} || n" if name in ("id", "source_ref") else name for name in columns)
    db.execute("BEGIN")
    db.execute(
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1})"
        f" INSERT INTO advert ({', '.join(columns)}) SELECT {copied} FROM numbers, (SELECT * FROM advert)"
    )
    db.execute("DELETE FROM live_period")
    db.execute(
        "INSERT INTO live_period (advert_id, live_from, live_to) SELECT id,"
        " strftime('%Y-%m-%dT06:00:00Z', ?1, (abs(random()) % 1095) || ' days'), NULL FROM advert ORDER BY random()",
        (_FIRST.date().isoformat(),),
    )
    db.execute("UPDATE live_period SET live_to = strftime('%Y-%m-%dT06:00:00Z', live_from, '28 days')")
    add_days(db, datetime(2026, 11, 1, tzinfo=UTC).date())
    db.execute("COMMIT")


def milliseconds(db: sqlite3.Connection, sql: str) -> float:
    """The better of three times."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        db.execute(sql).fetchall()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder, closing(open_archive(Path(folder) / "archive.db")) as db:
        fold_all(db, [FeedEntry(entry).raw() for entry in entries(1)], _FIRST, {})
        multiply(db, count)
        found = db.execute(_QUERIES["counted"]).fetchone()[0]
        scan = milliseconds(db, "SELECT count(live_from > 'a'), count(live_to > 'a') FROM live_period")
        print(f"{count:,} adverts, {found:,} of them live on {_DAY}; all live periods read once: {scan:,.0f} ms")
        for name, sql in _QUERIES.items():
            took = milliseconds(db, sql)
            print(f"  {name}: {took:,.0f} ms, {took / scan:.1f} times that")


if __name__ == "__main__":
    main()
