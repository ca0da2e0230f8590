"""Old captures go to a second folder, or for good; what newer ones refer to stays, and a rebuild says what it can do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from web_poet import handle_urls

from jobscraper.cli.main import main
from jobscraper.operate.prune import move, prunable
from jobscraper.rebuild import reading
from tests.crawl.board import entry, feed, serving
from tests.crawl.conftest import crawl_into
from tests.crawl.local_crawl import LocalFeedPage

OLD, NEW = [entry("a"), entry("old")], [entry("a"), entry("new")]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs: the second lists what the first did, so that it refers to its body; the third lists something else."""
    folder = tmp_path_factory.mktemp("crawled")
    with serving({}) as board:
        handle_urls(urlsplit(board.url).netloc)(LocalFeedPage)
        for entries in (OLD, OLD, NEW):
            board.answers["/feed?page=1"] = feed(entries)
            crawl_into(folder, board.url)
    return folder


@pytest.fixture
def live(crawled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crawled, tmp_path / "live"))


def aged(live: Path, days: dict[int, int]) -> None:
    """Let runs, by their number, have ended so many days ago."""
    with closing(sqlite3.connect(live / "archive.db")) as db, db:
        ids = [row[0] for row in db.execute("SELECT id FROM run ORDER BY started, id")]
        for nth, ago in days.items():
            at = datetime.now(UTC) - timedelta(days=ago)
            db.execute("UPDATE run SET finished = ? WHERE id = ?", (f"{at:%Y-%m-%dT%H:%M:%SZ}", ids[nth]))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.warc.gz"))


def run(live: Path, *arguments: str) -> Result:
    reading.made_ready.clear()
    places = ["--archive", str(live / "archive.db"), "--captures", str(live / "captures")]
    return CliRunner().invoke(main, [*arguments, *places])


def rows(live: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(live / "archive.db")) as db:
        return {
            name: db.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
            for name in ("advert", "event", "capture")
        }


def test_a_file_that_newer_captures_need_stays(live: Path) -> None:
    with closing(sqlite3.connect(live / "archive.db")) as db:
        assert db.execute("SELECT count(*) FROM capture WHERE refers_to IS NOT NULL").fetchone()[0]
    aged(live, {0: 100})
    found = prunable(live / "archive.db", live / "captures", datetime.now(UTC) - timedelta(days=30))
    assert (found.files, found.needed) == ((), 1)


def test_old_files_are_moved_and_a_rebuild_finds_them_there(live: Path) -> None:
    aged(live, {0: 100, 1: 99})
    before, older = rows(live), live.parent / "older"
    done = run(live, "captures", "prune", "--older-than", "30", "--to", str(older))
    assert "2 files" in done.output
    assert f"give it --older {older}" in done.output
    assert (len(files(live / "captures")), len(files(older))) == (1, 2)
    assert {path.stat().st_mode & 0o077 for path in older.rglob("*")} == {0}
    alone = run(live, "rebuild", "--workers", "1")
    assert alone.exit_code == 1
    assert "name the folder that it was moved to with --older" in alone.output
    with_them = run(live, "rebuild", "--workers", "1", "--older", str(older))
    assert with_them.exit_code == 0, with_them.output
    assert rows(live) == before
    verified = run(live, "captures", "verify", "--older", str(older))
    assert verified.exit_code == 0, verified.output


def test_files_that_refer_to_each_other_over_the_folders_are_read(live: Path) -> None:
    """The second run refers to the first: that stays, the second goes."""
    aged(live, {1: 99})
    before, older = rows(live), live.parent / "older"
    run(live, "captures", "prune", "--older-than", "30", "--to", str(older))
    assert (len(files(live / "captures")), len(files(older))) == (2, 1)
    done = run(live, "rebuild", "--workers", "1", "--older", str(older))
    assert done.exit_code == 0, done.output
    assert rows(live) == before


def test_what_only_moved_files_refer_to_goes_too(live: Path) -> None:
    older = live.parent / "older"
    for days in ({1: 99}, {0: 100}):
        aged(live, days)
        run(live, "captures", "prune", "--older-than", "30", "--to", str(older))
    assert (len(files(live / "captures")), len(files(older))) == (1, 2)


def test_what_was_dropped_is_not_taken_for_damage(live: Path) -> None:
    aged(live, {0: 100, 1: 99})
    done = run(live, "captures", "prune", "--older-than", "30", "--drop")
    assert "A rebuild cannot make them again: it needs --without-missing" in done.output
    assert len(files(live)) == 1
    verified = run(live, "captures", "verify")
    assert verified.exit_code == 0, verified.output
    assert "was dropped on purpose" in verified.output
    assert run(live, "rebuild", "--workers", "1").exit_code == 1
    assert run(live, "rebuild", "--workers", "1", "--without-missing").exit_code == 0
    assert len(rows(live)["advert"]) == 2  # Of the last run alone.


def test_a_dry_run_moves_nothing(live: Path) -> None:
    aged(live, {0: 100, 1: 99})
    done = run(live, "captures", "prune", "--older-than", "30", "--drop", "--dry-run")
    assert "2 files" in done.output
    assert "would be dropped" in done.output
    assert len(files(live)) == 3


def test_a_run_without_a_verdict_stays(live: Path) -> None:
    aged(live, {0: 100, 1: 99})
    with closing(sqlite3.connect(live / "archive.db")) as db, db:
        db.execute("UPDATE run SET verdict = NULL")
    assert prunable(live / "archive.db", live / "captures", datetime.now(UTC)).files == ()


def test_a_move_that_was_killed_after_the_copy_is_done_again(live: Path) -> None:
    aged(live, {0: 100, 1: 99})
    before, older = rows(live), live.parent / "older"
    shutil.copytree(live / "captures", older)
    found = prunable(live / "archive.db", live / "captures", datetime.now(UTC) - timedelta(days=30))
    done = run(live, "rebuild", "--workers", "1", "--older", str(older))
    assert done.exit_code == 0, done.output
    assert rows(live) == before
    move(live / "archive.db", live / "captures", found, older)
    assert len(files(live / "captures")) == 1


def test_where_to_must_be_said(live: Path) -> None:
    assert (
        "say where to move the files with --to, or --drop them"
        in run(live, "captures", "prune", "--older-than", "9").output
    )
