"""An adverts' own page that gives no advert: a few spoil no run, many do, and no advert ends because of its page."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from jobscraper.archive.run_recorder import RunRecorder
from jobscraper.archive.store import open_archive
from jobscraper.capture.record import Capture
from jobscraper.model.reading import RawAdvert, Reading
from jobscraper.read.outcome import PageFailed, PageRead
from tests.archive.test_fold import SOURCE
from tests.crawl.board import Answer, serving
from tests.rebuild.local_readers import reading_pages_of
from tests.rebuild.test_rebuild import rebuild_here, rows

Crawl = Callable[..., dict[str, Any]]
Ask = Callable[[str], list[tuple[Any, ...]]]
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def list_of(refs: list[str]) -> Answer:
    return Answer(json.dumps([{"ref": ref, "title": f"Clerk {ref}"} for ref in refs]).encode())


def own_pages(refs: list[str]) -> dict[str, Answer]:
    return {
        f"/job/{ref}": Answer(json.dumps({"source_ref": ref, "title": "Clerk", "salary": "£30,000"}).encode())
        for ref in refs
    }


def page(heading: str) -> Answer:
    return Answer(f"<html><title>Jobs</title><body><h1>{heading}</h1></body></html>".encode(), headers=HTML)


def led(to: str) -> Answer:
    return Answer(status=302, headers=(("Location", to),))


ODD = {
    "ended": (page("Sorry, this job has expired"), "ended"),
    "ended in Welsh": (page("Mae’r swydd wag hon bellach ar gau"), "ended"),
    "not found, with status 200": (page("Page not found"), "unreadable"),
    "leads home": (led("/"), "led_away"),
    "leads to the list": (led("/list"), "led_away"),
    "leads to another list": (led("/list?expired=1"), "led_away"),
    "leads to an error page": (led("/job/error"), "led_away"),
    "leads nowhere": (led("/gone"), "gone"),
    "fails": (Answer(b"oops", 500), "not_fetched"),
    "gone": (Answer(b"", 410), "gone"),
}
BESIDE = {"/": page("Welcome"), "/list?expired=1": list_of(["0", "1"]), "/job/error": page("Something went wrong")}


@pytest.mark.parametrize("odd", ODD)
def test_one_own_page_that_is_no_advert_spoils_no_run(odd: str, crawl: Crawl, archive: Ask) -> None:
    answer, kind = ODD[odd]
    refs = [str(number) for number in range(9)]
    answers = {"/list": list_of(refs), **BESIDE, **own_pages(refs), "/job/4": answer}
    with serving(answers) as board:
        outcome = crawl(board.url, start="/list", RETRY_TIMES=0)
    assert (outcome["verdict"], outcome["adverts_seen"], outcome["trouble"]) == ("complete", 9, None)
    assert archive("SELECT kind FROM issue WHERE advert_id IS NULL") == [(kind,)]
    assert archive("SELECT pages_lost FROM run") == [(int(kind != "gone"),)]
    assert archive("SELECT status, salary_text FROM advert WHERE source_ref = '4'") == [("live", None)]


def test_a_page_that_has_expired_ends_no_advert_that_is_still_listed(crawl: Crawl, archive: Ask) -> None:
    refs = [str(number) for number in range(9)]
    with serving({"/list": list_of(refs), **own_pages(refs)}) as board:
        crawl(board.url, start="/list", revisit_after=0)
        board.answers["/job/4"] = page("This vacancy is no longer available")
        for _ in range(3):
            assert crawl(board.url, start="/list", revisit_after=0)["verdict"] == "complete"
        assert archive("SELECT status, salary_text FROM advert WHERE source_ref = '4'") == [("live", "£30,000")]
        board.answers["/list"] = list_of([ref for ref in refs if ref != "4"])
        for _ in range(2):
            crawl(board.url, start="/list", revisit_after=0)
    assert archive("SELECT source_ref, status FROM advert WHERE status <> 'live'") == [("4", "withdrawn")]


def test_too_many_lost_pages_are_told_and_end_nothing(crawl: Crawl, archive: Ask) -> None:
    refs = [str(number) for number in range(60)]
    lost = {f"/job/{ref}": page("This job has expired") for ref in refs[:3]}
    with serving({"/list": list_of(refs), **own_pages(refs), **lost}) as board:
        outcome = crawl(board.url, start="/list")
    told = "3 own pages of 60 adverts gave no advert; up to 1 are tolerated"
    assert (outcome["verdict"], outcome["trouble"]) == ("partial", f"local_board: partial: {told}")
    assert archive("SELECT pages_lost, errors FROM run") == [(3, 3)]
    assert archive("SELECT text FROM issue WHERE kind = 'pages_lost'") == [(told,)]


BOARD = "https://board.example.org"
CAPTURED = datetime(2026, 11, 1, 6, tzinfo=UTC)
CAPTURE = Capture(
    id="", url=BOARD, method="GET", fetched_at=CAPTURED, status=200, digest="sha1:X", warc_file="x.warc.gz",
    offset=0, length=1,
)  # fmt: skip


def run_of(db: sqlite3.Connection, day: int, refs: list[str], lost: int) -> tuple[str, int]:
    """A run of a board whose list gives these adverts, and whose first own pages are none; its verdict, and what it ended."""
    at = CAPTURED + timedelta(days=day)
    recorder = RunRecorder(db, SOURCE, f"board-{day}", at, "test")
    for number in range(0, len(refs), 500):
        capture = attrs.evolve(CAPTURE, id=f"{day}-{number}", url=f"{BOARD}/list?page={number}", fetched_at=at)
        recorder.captured(capture)
        cards = tuple(
            RawAdvert(source_ref=ref, title="Clerk", url=f"{BOARD}/job/{ref}") for ref in refs[number : number + 500]
        )
        pages = {card.source_ref: str(card.url) for card in cards}
        recorder.read(
            PageRead(capture=capture, reading=Reading(part="card", adverts=cards, pages=pages, listed=len(refs)))
        )
    for ref in refs[:lost]:
        recorder.failed(
            PageFailed(url=f"{BOARD}/job/{ref}", kind="ended", text="it says 'has expired'", captured=True), at
        )
    row = recorder.close(at, reached_its_end=True, stop_reason=None)
    return row["verdict"], row["adverts_ended"]


@pytest.mark.parametrize(
    ("lost", "verdict", "ended"), [(25, "complete", 40), (250, "partial", 0)], ids=["half a per cent", "five per cent"]
)
def test_a_board_of_five_thousand(lost: int, verdict: str, ended: int, tmp_path: Path) -> None:
    refs = [str(number) for number in range(5_040)]
    with closing(open_archive(tmp_path / "archive.db")) as db:
        run_of(db, 0, refs, 0)
        still = refs[:5_000]
        assert run_of(db, 1, still, lost) == (verdict, 0)
        assert run_of(db, 2, still, lost) == (verdict, ended)
        (told,) = {row[0] for row in db.execute("SELECT pages_lost FROM run WHERE id <> 'board-0'")}
    assert told == lost


def test_what_a_crawl_lost_a_rebuild_loses_too(crawl: Crawl, tmp_path: Path) -> None:
    refs = [str(number) for number in range(500)]
    odd = {f"/job/{number}": answer for number, (answer, _) in enumerate(ODD.values())}
    with serving({"/list": list_of(refs), **BESIDE, **own_pages(refs), **odd}) as board, reading_pages_of(board.url):
        crawl(board.url, start="/list", RETRY_TIMES=0)
        before = rows(tmp_path / "archive.db")
        rebuild_here(tmp_path)
    assert rows(tmp_path / "archive.db") == before
    kinds = {"ended": 2, "led_away": 4, "unreadable": 1, "not_fetched": 1, "gone": 2}
    assert Counter(row[3] for row in before["issue"]) == kinds


def test_an_archive_from_before_they_were_counted_counts_them_by_its_captures(crawl: Crawl, tmp_path: Path) -> None:
    refs = [str(number) for number in range(9)]
    answers = {"/list": list_of(refs), **own_pages(refs), "/job/4": page("This job has expired")}
    with serving(answers) as board, reading_pages_of(board.url):
        crawl(board.url, start="/list")
        with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
            db.execute("ALTER TABLE run DROP COLUMN pages_lost")
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm013_pages_that_were_lost'")
        with closing(open_archive(tmp_path / "archive.db")) as db:
            assert [tuple(row) for row in db.execute("SELECT verdict, pages_lost FROM run")] == [("complete", 0)]
        rebuild_here(tmp_path)
    with closing(open_archive(tmp_path / "archive.db")) as db:
        assert [tuple(row) for row in db.execute("SELECT verdict, pages_lost FROM run")] == [("complete", 1)]
