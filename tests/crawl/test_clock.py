"""A crawl with a wrong clock once froze an archive: what boards changed afterwards came too late to count."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from web_poet import handle_urls

from jobscraper.cli.main import main
from tests.crawl.board import Answer, Board, entry, feed, serving
from tests.crawl.conftest import ROOT, command_into
from tests.crawl.local_crawl import LocalFeedPage
from tests.forked import python_m

YEAR = timedelta(days=365)
Crawl = Callable[..., dict[str, Any]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def page(pay: str, date: datetime | None = None) -> Answer:
    """A feed of one advert with its pay."""
    answer = feed([entry("a", baseSalary={"@type": "MonetaryAmount", "currency": "GBP", "value": {"value": pay}})])
    return attrs.evolve(answer, headers=(("Date", format_datetime(date, usegmt=True)),)) if date else answer


def crawled(place: Path, board: Board, away: timedelta = timedelta(), **options: object) -> tuple[dict[str, Any], str]:
    """Crawl with a clock that is so far from the right one; the outcome, or what was said instead."""
    if (place / "captures").exists():
        time.sleep(2)  # A board tells the time in whole seconds.
    at = {"at": (datetime.now(UTC) + away).isoformat()} if away else {}
    _, _, module, *arguments = command_into(place, board.url, **at, fresh=1, **options)
    done = python_m(module, *arguments, cwd=ROOT)
    return (json.loads(done.stdout) if done.returncode == 0 else {}), done.stderr


def ask(place: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place / "archive.db")) as db:
        return db.execute(sql).fetchall()


def jobscraper(*command: str) -> Any:
    return CliRunner().invoke(main, list(command))


def content(place: Path) -> list[Any]:
    """All of the archive that a rebuild makes again, without what names the runs."""
    return [
        ask(place, f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("advert", "advert_part", "change", "event", "live_period", "run", "capture")
    ]


@pytest.mark.parametrize("away", [YEAR, timedelta(hours=3), -timedelta(days=1), -timedelta(days=400)], ids=str)
def test_a_crawl_whose_clock_is_not_its_boards_keeps_nothing(place: Path, away: timedelta) -> None:
    with serving({"/feed?page=1": page("30531")}) as board:
        outcome, _ = crawled(place, board, away)
        assert outcome["verdict"] in ("broken", "blocked")
        assert "clock: this machine's is" in outcome["trouble"]
        assert ("ahead of" if away > timedelta() else "behind") in outcome["trouble"]
        assert list((place / "captures").rglob("*.warc.gz")) == []
        assert ask(place, "SELECT count(*) FROM capture")[0][0] == 0
        assert ask(place, "SELECT kind FROM issue WHERE kind = 'clock'") == [("clock",)]
        ((started, finished),) = ask(place, "SELECT started, finished FROM run")
        for told in (started, finished):
            assert abs(datetime.fromisoformat(told) - datetime.now(UTC)) < timedelta(minutes=10)
        outcome, said = crawled(place, board)
    assert outcome["verdict"] == "complete", said


def test_one_old_page_out_of_a_store_stops_no_crawl_of_a_board_that_seldom_tells_the_time(place: Path) -> None:
    """robots.txt told it, and agreed; the pages between tell none."""
    following = {n: f"/feed?page={n + 1}" for n in range(1, 5)}
    pages = {f"/feed?page={n}": feed([entry(str(n))], following=following.get(n), count=5) for n in range(1, 6)}
    pages = {path: attrs.evolve(answer, headers=(("Date", ""),)) for path, answer in pages.items()}
    stored = (("Date", format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)),)
    pages["/feed?page=5"] = attrs.evolve(pages["/feed?page=5"], headers=stored)
    with serving(pages) as board:
        outcome, _ = crawled(place, board)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("complete", 5)


def test_a_host_whose_own_clock_is_wrong_is_crawled_once_the_operator_says_so(place: Path) -> None:
    then = page("30531", datetime.now(UTC) - YEAR)
    with serving({"/feed?page=1": then, "/robots.txt": attrs.evolve(then, body=b"", status=404)}) as board:
        assert "clock: this machine's is" in crawled(place, board)[0]["trouble"]
        assert crawled(place, board, WRONG_CLOCKS="127.0.0.1")[0]["verdict"] == "complete"
    Path("jobscraper.toml").write_text('[politeness.hosts."127.0.0.1"]\nwrong_clock = true\n', encoding="utf-8")
    done = jobscraper("repair-clock", "--dry-run")
    assert (done.exit_code, done.stdout) == (0, "")


def frozen(place: Path, board: Board, date: datetime | None = None) -> None:
    """Crawl, and crawl with a clock a year ahead, as long as nobody looked at the clock."""
    handle_urls(f"127.0.0.1:{board.port}/feed")(LocalFeedPage)
    board.answers["/feed?page=1"] = page("30531", date and datetime.now(UTC))
    assert crawled(place, board)[0]["verdict"] == "complete"
    board.answers["/feed?page=1"] = page("30621", date)
    board.answers["/robots.txt"] = attrs.evolve(Answer(b"", 404), headers=page("", date).headers)
    assert crawled(place, board, YEAR, trusting=1)[0]["verdict"] == "complete"
    board.answers["/feed?page=1"] = page("30777")
    del board.answers["/robots.txt"]


def test_nothing_is_written_into_an_archive_from_the_future(place: Path) -> None:
    with serving({}) as board:
        frozen(place, board)
        asked = len(board.asked)
        before = content(place)
        files = sorted((place / "captures").rglob("*"))
        outcome, said = crawled(place, board)
        assert (outcome, len(board.asked)) == ({}, asked)
    assert "365 days ahead of this machine's clock" in said
    assert "run `jobscraper repair-clock`" in said
    assert content(place) == before
    assert sorted((place / "captures").rglob("*")) == files
    for command in (["health"], ["check-config"], ["run", "wmjobs"]):
        done = jobscraper(*command)
        assert done.exit_code == 1
        assert "365 days ahead of this machine's clock" in done.stderr, done.output


def test_captures_from_the_future_are_found_without_their_archive(place: Path) -> None:
    with serving({}) as board:
        frozen(place, board)
        (place / "archive.db").unlink()
        assert "captures: holds observations of" in crawled(place, board)[1]


def test_one_command_brings_it_right_again_by_the_times_that_the_board_told(place: Path) -> None:
    with serving({}) as board:
        frozen(place, board)
        done = jobscraper("repair-clock", "--workers", "1")
        assert done.exit_code == 0, done.output
        assert "moved to" in done.stdout
        now = datetime.now(UTC)
        for (at,) in ask(
            place, "SELECT fetched_at FROM capture UNION SELECT started FROM run UNION SELECT finished FROM run"
        ):
            assert abs(datetime.fromisoformat(at) - now) < timedelta(minutes=10)
        assert jobscraper("health").exit_code == 0
        assert crawled(place, board)[0]["verdict"] == "complete"
    changes = ask(place, "SELECT field, old, new, cause FROM change WHERE field = 'salary_min' ORDER BY observed_at")
    assert changes == [("salary_min", "30531.0", "30621.0", "source"), ("salary_min", "30621.0", "30777.0", "source")]
    before = content(place)
    assert jobscraper("rebuild", "--workers", "1").exit_code == 0
    assert content(place) == before


def test_a_run_whose_board_does_not_tell_is_set_aside_and_the_rest_stays(place: Path) -> None:
    with serving({}) as board:
        frozen(place, board, datetime.now(UTC) + YEAR)
        files = sorted((place / "captures").rglob("*.warc.gz"))
        done = jobscraper("repair-clock", "--workers", "1")
        assert done.exit_code == 0, done.output
        assert "set aside; its captures stay" in done.stdout
        assert sorted((place / "captures").rglob("*.warc.gz")) == files
        assert crawled(place, board)[0]["verdict"] == "complete"
    assert ask(place, "SELECT old, new FROM change WHERE field = 'salary_min'") == [("30531.0", "30777.0")]
    before = content(place)
    assert jobscraper("rebuild", "--workers", "1").exit_code == 0
    assert content(place) == before


def test_what_was_crawled_since_comes_back(place: Path) -> None:
    """The captures of crawls whose changes were dropped hold them."""
    with serving({}) as board:
        frozen(place, board)
        with closing(sqlite3.connect(place / "archive.db")) as db, db:  # As old versions did, which did not refuse.
            db.execute("UPDATE run SET started = '2020-01-01T00:00:00Z', finished = '2020-01-01T00:00:00Z'")
            db.execute("UPDATE capture SET fetched_at = '2020-01-01T00:00:00Z'")
        assert crawled(place, board)[0]["verdict"] == "complete"
        assert ask(place, "SELECT salary_min FROM advert") == [(30621.0,)]
    assert jobscraper("repair-clock", "--workers", "1").exit_code == 0
    assert ask(place, "SELECT salary_min FROM advert") == [(30777.0,)]
    assert ask(place, "SELECT new FROM change WHERE field = 'salary_min' AND cause = 'source' ORDER BY id") == [
        ("30621.0",),
        ("30777.0",),
    ]


def test_a_dry_run_changes_nothing(place: Path) -> None:
    with serving({}) as board:
        frozen(place, board)
    before = content(place)
    assert "would be moved to" in jobscraper("repair-clock", "--dry-run").stdout
    assert content(place) == before
    assert not (place / "captures" / "misdated.txt").exists()
