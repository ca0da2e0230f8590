"""An archive of the autumn of 2020: its last crawl ended on Thursday 19 November, and nobody has asked a board since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from jobscraper.archive.store import open_archive
from tests.publish.conftest import insert

ADVERTS, OPEN = 40, 23
"""Of forty adverts ten have closed, and seven more were past their closing time when no crawl had ended them yet."""
_RUNS = (
    ("board-1", "board", "complete", "2020-09-07T06:00:00Z", "2020-09-07T06:10:00Z", 1),
    ("board-2", "board", "complete", "2020-11-19T06:00:00Z", "2020-11-19T06:10:00Z", 39),
    ("board-3", "board", "blocked", "2020-12-24T06:00:00Z", "2020-12-24T06:01:00Z", 0),  # Saw nothing.
    ("files-replay-0123456789ab", "files", "complete", "2020-11-02T06:00:00Z", "2020-11-02T06:10:00Z", 1),
)


def make_old_archive(path: Path) -> Path:
    """Forty adverts of a council and a trust in two regions, over eleven weeks."""
    with closing(open_archive(path)) as db:
        db.execute("BEGIN")
        _fill(db)
        db.execute("COMMIT")
    return path


def _fill(db: sqlite3.Connection) -> None:
    for source in ("board", "files"):
        insert(db, "source", id=source, title=source.capitalize(), publisher="P", homepage=f"https://{source}.example/",
               confirmed=1, lists_everything=1, cadence_hours=24)  # fmt: skip
    for run, source, verdict, started, finished, seen in _RUNS:
        insert(db, "run", id=run, source_id=source, verdict=verdict, started=started, finished=finished,
               adverts_seen=seen, code_version="1")  # fmt: skip
    insert(db, "capture", id="c", run_id="board-2", url="https://board.example/", method="GET", status=200, digest="d",
           fetched_at="2020-11-19T06:00:00Z", warc_file="w", offset=0, length=1)  # fmt: skip
    insert(db, "employer", id="leeds", name="Leeds City Council", kind="council")
    insert(db, "employer", id="trust", name="Leeds Teaching Hospitals NHS Trust", kind="nhs_trust")
    for number in range(ADVERTS):
        _advert(db, number)


def _advert(db: sqlite3.Connection, number: int) -> None:
    seen = f"{date(2020, 9, 7) + timedelta(days=number * 73 // 39)}T06:00:00Z"
    has_closed, advert = number < 10, f"board:{number}"
    closes = (
        "2020-10-01T12:00:00Z"
        if has_closed
        else ("2020-11-18T12:00:00Z", "2020-12-10T12:00:00Z", None, None)[number % 4]
    )
    ended = closes if has_closed else None
    insert(db, "advert", id=advert, source_id="board", source_ref=str(number), title="Planner", status="closed" if has_closed else "live",
           employer_id=("leeds", "trust")[number % 2], employer_text="Leeds", region=("London", "Wales")[number // 2 % 2],
           lad_code="E08000035", lad_name="Leeds", salary_annual_min=30000.0 + number, salary_currency="GBP",
           first_seen=seen, last_seen=max(seen, "2020-11-19T06:00:00Z"), closes_at=closes, ended_at=ended,
           capture_id="c", evidence="{}", normaliser_version="1")  # fmt: skip
    insert(db, "live_period", advert_id=advert, live_from=seen, live_to=ended)
    insert(db, "event", advert_id=advert, run_id="board-2", at=seen, kind="listed")
