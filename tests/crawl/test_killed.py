"""A crawl that is killed at any instant, followed by a normal one, ends like one that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jobscraper.archive.captures import index_of
from jobscraper.archive.store import open_for_reading
from jobscraper.capture.verify import verify, warc_files
from tests.crawl.board import Board, entry, feed, serving
from tests.crawl.conftest import ROOT

Crawl = Callable[..., dict[str, Any]]
Command = Callable[..., list[str]]

PAGES, ON_A_PAGE, INSTANTS = 20, 100, 25


@pytest.fixture(scope="module")
def board() -> Iterator[Board]:
    """A board of 2,000 adverts."""
    pages = {}
    for number in range(1, PAGES + 1):
        entries = [entry(f"{number}-{nth}") for nth in range(ON_A_PAGE)]
        following = f"/feed?page={number + 1}" if number < PAGES else None
        pages[f"/feed?page={number}"] = feed(entries, following=following, count=PAGES * ON_A_PAGE)
    with serving(pages) as board:
        yield board


def told(archive: Path) -> dict[str, Any]:
    """What an archive tells of adverts; when they were seen, and in which capture, is another matter each time."""
    with closing(sqlite3.connect(archive)) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(advert)")]
        kept = [name for name in columns if name not in ("first_seen", "last_seen", "capture_id")]
        return {
            "advert": db.execute(f"SELECT {', '.join(kept)} FROM advert ORDER BY id").fetchall(),
            "advert_part": db.execute(
                "SELECT advert_id, part, digest, fields FROM advert_part ORDER BY 1, 2"
            ).fetchall(),
            "advert_text": db.execute("SELECT * FROM advert_text ORDER BY 1").fetchall(),
            "advert_place": db.execute("SELECT * FROM advert_place ORDER BY 1, 2").fetchall(),
            "change": db.execute("SELECT advert_id, field, old, new, cause FROM change ORDER BY 1, 2").fetchall(),
            "event": db.execute("SELECT advert_id, kind, detail FROM event ORDER BY 1, 2").fetchall(),
            "live_period": db.execute("SELECT advert_id, live_to FROM live_period ORDER BY 1").fetchall(),
            "employer": db.execute("SELECT * FROM employer ORDER BY 1").fetchall(),
            "issue": db.execute("SELECT advert_id, field, kind, text FROM issue ORDER BY 1, 2, 3").fetchall(),
        }


def found_wrong(archive: Path) -> list[Any]:
    """What SQLite's own checks find; of an archive, too, that was killed before its last table was made."""
    with closing(sqlite3.connect(archive)) as db:
        checks = [db.execute(f"PRAGMA {check}").fetchall() for check in ("integrity_check", "foreign_key_check")]
    return [row for rows in checks for row in rows if row != ("ok",)]


@pytest.fixture(scope="module")
def undisturbed(board: Board, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float]:
    """What a crawl that nobody disturbs leaves, and the seconds that it takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    places = [str(folder / "archive.db"), str(folder / "captures")]
    command = [sys.executable, "-m", "tests.crawl.local_crawl", board.url, *places]
    start = time.monotonic()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return told(folder / "archive.db"), time.monotonic() - start


@pytest.mark.slow
@pytest.mark.parametrize("nth", range(INSTANTS))
def test_killed_and_crawled_again_it_is_as_if_nothing_had_been(
    nth: int,
    board: Board,
    undisturbed: tuple[dict[str, Any], float],
    command: Command,
    crawl: Crawl,
    tmp_path: Path,
) -> None:
    expected, seconds = undisturbed
    process = subprocess.Popen(command(board.url), cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(random.Random(nth).uniform(0.3, 1.0) * seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    archive = tmp_path / "archive.db"
    if archive.is_file():
        assert found_wrong(archive) == []
    assert crawl(board.url)["verdict"] == "complete"
    assert found_wrong(archive) == []
    assert told(archive) == expected
    assert captures_that_are_not_as_they_should_be(tmp_path) == Counter()


def captures_that_are_not_as_they_should_be(folder: Path) -> Counter[str]:
    """Captures lost, damaged, or not in the index; a killed run may leave a file without any."""
    with closing(open_for_reading(folder / "archive.db")) as db:
        index = index_of(db)
        doubled = db.execute("SELECT count(*) - count(DISTINCT warc_file || ' ' || offset) FROM capture").fetchone()[0]
    findings = [finding.kind for finding in verify(warc_files(folder / "captures"), index)]
    found = Counter(kind for kind in findings if kind != "cut off")
    return found + Counter({"doubled": doubled})


def test_killed_before_its_first_capture_was_entered(
    board: Board, crawl: Crawl, command: Command, tmp_path: Path
) -> None:
    """The file of captures is ahead of the archive, and the next crawl looks into it."""
    process = subprocess.Popen(command(board.url, die_at_capture=1), cwd=ROOT, stdout=subprocess.DEVNULL)
    assert process.wait() == -signal.SIGKILL
    assert crawl(board.url)["verdict"] == "complete"
    assert captures_that_are_not_as_they_should_be(tmp_path) == Counter()
