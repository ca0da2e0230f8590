"""How fast adverts are folded on one core, as a ratio to bare `executemany` of the same rows: `python -m bench.fold [N]`.

Prints new adverts a second (made ready beforehand, and with making them ready), unchanged ones seen again, and the bytes of
archive.db for an advert without its text.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.adverts import entries
from jobscraper.archive.fold import RunFold, fold_page
from jobscraper.archive.ledger import SourceRow, add_capture, open_run
from jobscraper.archive.prepare import PreparedAdvert, prepare
from jobscraper.archive.store import open_archive
from jobscraper.boards.teaching_vacancies.feed import FeedEntry
from jobscraper.capture.record import Capture
from jobscraper.model.reading import RawAdvert, Reading

_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
_ON_A_PAGE = 100
_TABLES = (
    *("employer", "employer_alias", "place", "advert", "advert_part", "advert_text", "advert_place"),
    *("event", "live_period", "issue"),
)
_SOURCE = SourceRow(
    id="board", title="Board", publisher="A benchmark", homepage="http://127.0.0.1/",
    licence=None, licence_url=None, confirmed=True, lists_everything=True,
)  # fmt: skip


def fold_all(
    db: sqlite3.Connection, adverts: list[RawAdvert], at: datetime, ready: Mapping[str, PreparedAdvert]
) -> float:
    """Fold the adverts as one run, page by page; return the processor seconds."""
    run = RunFold(f"board-{at:%Y%m%dT%H%M%SZ}", "board")
    open_run(db, run.run_id, _SOURCE, at, "bench")
    start = time.process_time()
    for begin in range(0, len(adverts), _ON_A_PAGE):
        capture = Capture(
            id=f"{run.run_id}-{begin}", url=f"http://127.0.0.1/feed?page={begin}", method="GET", fetched_at=at,
            status=200, digest="sha1:X", warc_file=f"{run.run_id}.warc.gz", offset=begin, length=1,
        )  # fmt: skip
        add_capture(db, run.run_id, capture)
        fold_page(db, run, capture, Reading(part="feed", adverts=tuple(adverts[begin : begin + _ON_A_PAGE])), ready)
    return time.process_time() - start


def bare(db: sqlite3.Connection, path: Path) -> float:
    """Insert the rows of an archive into an empty one with the same tables and indexes, page by page, by `executemany`."""
    rows = {table: [tuple(row) for row in db.execute(f"SELECT * FROM {table}")] for table in _TABLES}
    pages = len(rows["advert"]) // _ON_A_PAGE
    with closing(open_archive(path)) as target:
        target.execute("PRAGMA foreign_keys = OFF")
        start = time.process_time()
        for page in range(pages):
            target.execute("BEGIN")
            for table, all_rows in rows.items():
                part = all_rows[len(all_rows) * page // pages : len(all_rows) * (page + 1) // pages]
                if part:
                    target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(part[0]))})", part)
            target.execute("COMMIT")
        return time.process_time() - start


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    adverts = [FeedEntry(entry).raw() for entry in entries(count)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        ready = {one.digest: one for one in (prepare(raw, _AT) for raw in adverts)}
        preparing = time.process_time() - start
        with closing(open_archive(Path(folder) / "archive.db")) as db:
            new = fold_all(db, adverts, _AT, ready)
            again = min(fold_all(db, adverts, _AT + timedelta(days=day), ready) for day in (1, 2, 3))
            rows = bare(db, Path(folder) / "bare.db")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            size = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE '%advert_text%'").fetchone()[0]
    print(
        f"{count:,} new adverts: {count / new:,.0f}/s folded; {count / rows:,.0f}/s by bare executemany of the same rows"
    )
    print(
        f"ratio: {rows / new:.2f} of bare executemany; with reading and redacting them: {count / (new + preparing):,.0f}/s"
    )
    print(f"seen again unchanged: {count / again:,.0f}/s, {rows / again:.1f} times the speed of bare executemany")
    print(f"archive.db: {size / count:,.0f} bytes for an advert without its text")


if __name__ == "__main__":
    main()
