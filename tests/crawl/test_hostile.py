"""What a hostile or broken board sends: the run stays bounded, ends, and says what was wrong."""

from __future__ import annotations

import gzip
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.board import Answer, entry, feed, serving
from tests.crawl.conftest import ROOT

Crawl = Callable[..., dict[str, Any]]


def issues(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute("SELECT kind, text FROM issue WHERE advert_id IS NULL ORDER BY id").fetchall()


def test_a_list_without_end_is_left_after_the_most_pages(crawl: Crawl, tmp_path: Path) -> None:
    answers = {
        f"/feed?page={number}": feed([entry(f"job-{number}")], following=f"/feed?page={number + 1}", count=1)
        for number in range(1, 60)
    }
    with serving(answers) as board:
        outcome = crawl(board.url, most_pages=20)
    assert (outcome["verdict"], outcome["pages"], outcome["adverts_seen"]) == ("partial", 20, 20)
    assert [kind for kind, _ in issues(tmp_path)] == ["endless_list"]


def repeating(pages: list[list[str]], last: int, count: int | None) -> dict[str, Answer]:
    """A list of some pages that goes on for ever; every page behind the last shows that of the number `last`."""
    shown = {number: pages[number - 1] if number <= len(pages) else pages[last - 1] for number in range(1, 30)}
    return {
        f"/feed?page={number}": feed(map(entry, slugs), following=f"/feed?page={number + 1}", count=count)
        for number, slugs in shown.items()
    }


@pytest.mark.parametrize(
    ("pages", "last", "count", "asked", "verdict", "told"),
    [
        ([["a", "b"]], 1, 2, 2, "complete", "endless_list"),
        ([["a", "b"]], 1, 3, 2, "partial", "endless_list"),
        ([["a", "b"], ["c", "d"]], 2, 4, 3, "complete", "last_page_again"),
        ([["a", "b"], ["c", "d"]], 2, 900, 3, "partial", "last_page_again"),
        ([["a", "b"], ["c", "d"]], 1, 4, 3, "complete", "endless_list"),
        ([["a", "b"], ["c", "d"]], 1, 5, 3, "partial", "endless_list"),
    ],
    ids=[
        "one page, and the board says that that is all", "one page, and the board says that there are more",
        "the last page for ever", "the last page for ever, and the board says that there are more",
        "from the beginning, and all was seen", "from the beginning, and the board says that there are more",
    ],
)  # fmt: skip
def test_a_list_that_repeats_itself_is_left_and_whole_where_all_was_seen(
    pages: list[list[str]], last: int, count: int, asked: int, verdict: str, told: str, crawl: Crawl, tmp_path: Path
) -> None:
    with serving(repeating(pages, last, count)) as board:
        outcome = crawl(board.url)
        assert len(board.paths()) == asked
    assert (outcome["verdict"], outcome["pages"]) == (verdict, asked)
    ((kind, text),) = issues(tmp_path)
    assert kind == told
    assert "the list " in text


BOMB = Answer(gzip.compress(bytes(80 * 1024 * 1024)), headers=(("Content-Encoding", "gzip"),))
GARBAGE = Answer(bytes(range(256)) * 40_000)
ELSEWHERE = Answer(status=302, headers=(("Location", "http://localhost:9/feed?page=2"),))
LOOP = Answer(status=302, headers=(("Location", "/feed?page=2"),))


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (BOMB, "/feed?page=2"),
        (GARBAGE, "not JSON, or cut off"),
        (ELSEWHERE, "leads to a host that is not the source's"),
        (LOOP, "which was asked for already"),
    ],
    ids=["a bomb of compression", "ten megabytes of garbage", "a redirect to another host", "a redirect to itself"],
)
def test_what_a_board_sends_instead_of_a_page_costs_that_page_only(
    second: Answer, told: str, crawl: Crawl, tmp_path: Path
) -> None:
    first = feed([entry("job-1")], following="/feed?page=2", count=2)
    with serving({"/feed?page=1": first, "/feed?page=2": second}) as board:
        outcome = crawl(board.url)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("partial", 1)
    assert any(told in text for _, text in issues(tmp_path))


def test_a_page_that_holds_its_reader_costs_that_page_only(crawl: Crawl, tmp_path: Path) -> None:
    answers = {
        "/feed?page=1": feed([entry("job-1")], count=2),
        "/trap": Answer(b"turns"),
        "/feed?page=2": feed([entry("job-2")], count=2),
    }
    with serving(answers) as board:
        outcome = crawl(board.url, start=",".join(answers), read_seconds=0.3)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("partial", 2)
    told = f"{board.url}/trap: reading it takes more than 0.3 seconds of a processor"
    assert issues(tmp_path) == [("unreadable", told)]


def test_a_page_that_crashes_its_reader_does_not_end_its_source_where_the_run_was_killed_too(
    command: Callable[..., list[str]], crawl: Crawl, archive: Callable[[str], list[tuple[Any, ...]]]
) -> None:
    answers = {
        "/feed?page=1": feed([entry("job-1")], count=1),
        "/trap": Answer(b"crashes"),
        "/feed?page=2": feed([], count=1),
    }
    with serving(answers) as board:
        killed = subprocess.run(
            command(board.url, start=",".join(answers), die_at_capture=4), cwd=ROOT, check=False, capture_output=True
        )
        assert killed.returncode == -signal.SIGKILL
        crawl(board.url)
    told = f"{board.url}/trap: it crashed or hung the process that read it"
    assert archive("SELECT text FROM issue WHERE kind = 'unreadable'") == [(told,)]
    assert archive("SELECT verdict FROM run ORDER BY started") == [("partial",), ("complete",)]


def test_a_crawl_without_a_process_that_reads_stops_asking(crawl: Crawl) -> None:
    answers = {"/trap": Answer(b"orphans")} | {f"/feed?page={number}": feed([], count=0) for number in range(50)}
    with serving(answers) as board:
        outcome = crawl(board.url, start=",".join(answers))
        assert len(board.paths()) < len(answers) / 2
    assert outcome["trouble"].startswith("local_board: broken: the process that starts the page readers was killed")


def test_a_page_that_sends_browsers_elsewhere_is_read_itself(crawl: Crawl) -> None:
    sent = b'<html><head><meta http-equiv="refresh" content="0; url=/feed?page=2"></head></html>'
    html = (("Content-Type", "text/html"),)
    with serving({"/feed?page=1": Answer(sent, headers=html), "/feed?page=2": feed([entry("job-1")])}) as board:
        crawl(board.url)
    assert board.paths() == ["/feed?page=1"]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [(2, 3, "complete"), (90, 2, "partial")],
    ids=["an advert came while the list was read", "the feed broke down half way"],
)
def test_what_the_first_page_promises_counts(first: int, second: int, verdict: str, crawl: Crawl) -> None:
    answers = {
        "/feed?page=1": feed([entry("job-1")], following="/feed?page=2", count=first),
        "/feed?page=2": feed([entry("job-2")], count=second),
    }
    with serving(answers) as board:
        assert crawl(board.url)["verdict"] == verdict
