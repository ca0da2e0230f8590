"""Time travel: what is written for a day is what the archive was at its end, row by row."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobscraper.archive.store import ArchiveError
from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.rebuild.as_of import write_as_of
from jobscraper.rebuild.rebuild import plan, rebuild
from tests.crawl.board import entry
from tests.rebuild.local_readers import reading_pages_of
from tests.rebuild.test_rebuild import SOURCE, rows

FIRST = datetime(2026, 8, 18, 6, tzinfo=UTC)
DAYS: list[dict[str, dict[str, Any]]] = [
    {"planner": {}, "nurse": {}},
    {"planner": {"validThrough": "2099-02-28T12:00:00+00:00"}, "nurse": {}, "cook": {}},
    {"planner": {"validThrough": "2099-02-28T12:00:00+00:00"}, "cook": {}},
    {"planner": {"validThrough": "2099-02-28T12:00:00+00:00", "title": "Senior planner"}, "cook": {}},
    {"planner": {"title": "Senior planner"}, "cook": {}, "nurse": {}},
]


@pytest.fixture
def captures(tmp_path: Path) -> Any:
    """Five days of captures of a board: an advert is extended, one vanishes and comes back, one is new."""
    for number, adverts in enumerate(DAYS):
        at = FIRST + timedelta(days=number)
        run_id = f"local_board-{at:%Y%m%dT%H%M%SZ}"
        file = CaptureFile(tmp_path / "captures" / "local_board" / f"{run_id}.warc.gz")
        file.begin({"software": "jobscraper/0.1.0", "isPartOf": run_id, "source": "local_board"}, at)
        page = {
            "data": [entry(slug, **fields) for slug, fields in adverts.items()],
            "links": {"next": None},
            "meta": {"count": len(adverts)},
        }
        answer = CapturedResponse(200, (("Content-Type", "application/json"),), json.dumps(page).encode())
        file.add(CapturedRequest("GET", "http://board.example.org/feed?page=1"), answer, at)
        file.finish({"verdict": "complete"}, at + timedelta(minutes=1))
    with reading_pages_of("http://board.example.org/feed"):
        yield tmp_path / "captures"


def test_each_day_is_what_the_archive_was_then(captures: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    whole = plan(archive, captures, (), {SOURCE.id: SOURCE}, without=False)
    rebuild(archive, whole, FIRST, workers=1)
    files = sorted(captures.glob("*/*.warc.gz"))
    for number in range(len(DAYS)):
        write_as_of(whole, (FIRST + timedelta(days=number)).date(), tmp_path / f"{number}.db", workers=1)
        only = tmp_path / f"only-{number}" / "local_board"
        only.mkdir(parents=True)
        for file in files[: number + 1]:
            (only / file.name).hardlink_to(file)
        grown = tmp_path / f"grown-{number}.db"
        rebuild(grown, plan(grown, only.parent, (), {SOURCE.id: SOURCE}, without=False), FIRST, workers=1)
        assert rows(tmp_path / f"{number}.db") == rows(grown)


def test_an_archive_that_is_made_again_is_for_its_owner_only(captures: Path, tmp_path: Path) -> None:
    archive, then = tmp_path / "archive.db", tmp_path / "then.db"
    whole = plan(archive, captures, (), {SOURCE.id: SOURCE}, without=False)
    rebuild(archive, whole, FIRST, workers=1)
    write_as_of(whole, FIRST.date(), then, workers=1)
    assert [stat.filemode(path.stat().st_mode) for path in (archive, then)] == ["-rw-------"] * 2


@pytest.mark.parametrize(
    ("day", "live", "closes"),
    [
        ("2026-08-18", {"planner", "nurse"}, "2099-01-31T12:00:00Z"),
        ("2026-08-19", {"planner", "nurse", "cook"}, "2099-02-28T12:00:00Z"),
        ("2026-08-20", {"planner", "nurse", "cook"}, "2099-02-28T12:00:00Z"),
        ("2026-08-21", {"planner", "cook"}, "2099-02-28T12:00:00Z"),
        ("2026-08-22", {"planner", "nurse", "cook"}, "2099-01-31T12:00:00Z"),
    ],
)
def test_a_day_tells_what_was_live_and_what_was_printed_then(
    captures: Path, tmp_path: Path, day: str, live: set[str], closes: str
) -> None:
    archive = tmp_path / "archive.db"
    whole = plan(archive, captures, (), {SOURCE.id: SOURCE}, without=False)
    rebuild(archive, whole, FIRST, workers=1)
    write_as_of(whole, date.fromisoformat(day), tmp_path / "then.db", workers=1)
    with closing(sqlite3.connect(tmp_path / "then.db")) as db:
        assert {row[0] for row in db.execute("SELECT source_ref FROM advert WHERE status = 'live'")} == live
        assert db.execute("SELECT closes_at FROM advert WHERE source_ref = 'planner'").fetchone() == (closes,)
    with closing(sqlite3.connect(archive)) as db:
        # The view counts an advert for the whole of the day on which it was found withdrawn.
        on_day = {row[0] for row in db.execute("SELECT advert_id FROM live_on_day WHERE day = ?", (day,))}
    assert {advert_id.partition(":")[2] for advert_id in on_day} >= live


@pytest.mark.parametrize(
    ("day", "said"), [("2026-08-17", "the first run began on 2026-08-18"), ("2026-08-18", "is there already")]
)
def test_what_cannot_be_written_is_said(captures: Path, tmp_path: Path, day: str, said: str) -> None:
    whole = plan(tmp_path / "archive.db", captures, (), {SOURCE.id: SOURCE}, without=False)
    target = tmp_path / "then.db"
    if said == "is there already":
        target.write_text("mine")
    with pytest.raises(ArchiveError, match=said):
        write_as_of(whole, date.fromisoformat(day), target, workers=1)
    assert not target.exists() or target.read_text() == "mine"
