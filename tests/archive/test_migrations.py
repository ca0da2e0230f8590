"""An archive with a history goes on with it. The kept one was written by the code of its day, after m003."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import attrs
import pytest
import time_machine
from click.testing import CliRunner

from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from tests.archive.kept import FOLDER, restore
from tests.archive.test_fold import DAY, PLANNER, START, Archive

KEPT = FOLDER / "history_of_m003.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Three adverts: one was extended and has closed, one was withdrawn and listed again and has closed, one is live."""
    return restore(KEPT, tmp_path / "archive.db")


def test_its_rows_are_all_there_after_migrating(old: Path) -> None:
    tables = ("advert", "advert_part", "advert_text", "advert_place", "change", "event", "issue", "run", "capture")
    with sqlite3.connect(old) as before:
        rows = {table: before.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in tables}
    after = open_archive(old)
    for table, kept in rows.items():
        width = len(kept[0]) if kept else 0
        assert [tuple(row)[:width] for row in after.execute(f"SELECT * FROM {table} ORDER BY rowid")] == kept
    assert after.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert after.execute("PRAGMA foreign_key_check").fetchall() == []
    after.close()


def test_its_live_periods_follow_from_its_events(old: Path) -> None:
    db = open_archive(old)
    periods = [tuple(row) for row in db.execute("SELECT * FROM live_period ORDER BY advert_id, live_from")]
    db.close()
    assert periods == [
        ("board:7", "2026-11-20T06:00:00Z", "2026-12-08T12:00:00Z"),
        ("board:8", "2026-11-20T06:00:00Z", "2026-11-22T06:00:00Z"),
        ("board:8", "2026-11-23T06:00:00Z", "2026-12-01T12:00:00Z"),
        ("board:9", "2026-11-20T06:00:00Z", None),
    ]


def test_its_urls_stand_in_a_table_of_their_own(old: Path) -> None:
    db = open_archive(old)
    urls = [tuple(row) for row in db.execute("SELECT * FROM advert_url")]
    adverts = [tuple(row) for row in db.execute("SELECT id, url, first_seen, NULL FROM advert WHERE url IS NOT NULL")]
    db.close()
    assert urls == adverts != []


def test_what_somebody_is_engaged_as_is_read_when_an_advert_is_seen_again(old: Path) -> None:
    archive = Archive(old)
    assert archive.ask("SELECT DISTINCT engagement FROM advert") == [(None,)]
    archive.run(attrs.evolve(PLANNER, contract="Fixed term"), day=30)
    assert archive.ask("SELECT engagement FROM advert WHERE id = 'board:7'") == [("employee",)]
    archive.db.close()


def test_it_is_crawled_into_as_if_nothing_had_been(old: Path) -> None:
    archive = Archive(old)
    archive.run(PLANNER, day=30)
    assert archive.ask("SELECT count(*) FROM advert") == [(3,)]
    assert archive.ask("SELECT last_seen FROM advert WHERE id = 'board:7'") == [("2026-12-20T06:00:00Z",)]
    assert archive.ask("SELECT count(*) FROM change WHERE field = 'title'") == [(0,)]
    archive.db.close()


@pytest.mark.parametrize(
    "asked",
    ["health", "runs", "run --dry-run", "crawl wmjobs --dry-run", "captures prune --older-than 5 --drop --dry-run"],
)
def test_whatever_asks_the_ledger_brings_it_forward_first(
    asked: str, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "captures").mkdir()
    monkeypatch.chdir(tmp_path)
    with time_machine.travel(START + 21 * DAY):  # Its newest run is of the twentieth day.
        done = CliRunner().invoke(main, [*asked.split(), "--archive", str(old)])
    assert done.exit_code == 0, done.output
