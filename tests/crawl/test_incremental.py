"""A board that has not changed costs its list; validators are kept and sent; a 304 confirms and never ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobscraper.capture.read import exchanges
from jobscraper.crawl.known import KnownPage, is_due
from tests.crawl.board import Answer, Board, entry, feed, serving

Crawl = Callable[..., dict[str, Any]]
Ask = Callable[[str], list[tuple[Any, ...]]]
NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (None, True),
        (KnownPage(page_seen=None, card_digest="a", card_changed=NOW - WEEK), True),
        (KnownPage(page_seen=NOW - timedelta(days=1), card_digest="a", card_changed=NOW - WEEK), False),
        (KnownPage(page_seen=NOW - timedelta(days=1), card_digest="b", card_changed=NOW - WEEK), True),
        (KnownPage(page_seen=NOW - timedelta(days=3), card_digest="a", card_changed=NOW - timedelta(days=2)), True),
        (KnownPage(page_seen=NOW - WEEK, card_digest="a", card_changed=NOW - WEEK), True),
        (KnownPage(page_seen=NOW - timedelta(days=1), card_digest=None, card_changed=None), True),
    ],
    ids=["new", "never read", "unchanged", "card changed", "card changed and the page failed", "a week old", "no card"],
)
def test_an_adverts_own_page_is_due(known: KnownPage | None, due: bool) -> None:
    assert is_due(known, "a", NOW, WEEK) is due


def cards(*titles: str) -> Answer:
    return Answer(json.dumps([{"ref": str(nth), "title": title} for nth, title in enumerate(titles)]).encode())


def job(ref: str, **fields: str) -> Answer:
    return Answer(json.dumps({"source_ref": ref, "salary": "£30,000", **fields}).encode())


def crawl_anew(crawl: Crawl, board: Board, **options: object) -> list[str]:
    """Crawl the list once more and return what was asked."""
    board.asked.clear()
    assert crawl(board.url, start="/list", **options)["verdict"] == "complete"
    return sorted(board.paths(), key=lambda path: (path != "/list", path))  # Which page comes first says nothing.


def test_a_board_that_has_not_changed_costs_its_list_only(crawl: Crawl, archive: Ask) -> None:
    with serving({"/list": cards("Planner", "Nurse"), "/job/0": job("0"), "/job/1": job("1")}) as board:
        assert crawl_anew(crawl, board) == ["/list", "/job/0", "/job/1"]
        assert crawl_anew(crawl, board) == ["/list"]
    assert archive("SELECT count(*) FROM advert WHERE salary_annual_min = 30000 AND last_seen > first_seen") == [(2,)]


def test_a_page_is_fetched_again_when_its_card_changed_when_it_is_due_or_when_asked(crawl: Crawl, archive: Ask) -> None:
    with serving({"/list": cards("Planner", "Nurse"), "/job/0": job("0"), "/job/1": job("1")}) as board:
        crawl_anew(crawl, board)
        board.answers |= {"/list": cards("Planner", "Senior nurse"), "/job/1": job("1", salary="£40,000")}
        assert crawl_anew(crawl, board) == ["/list", "/job/1"]
        assert crawl_anew(crawl, board, revisit_after=0) == ["/list", "/job/0", "/job/1"]
        assert crawl_anew(crawl, board, fresh=1) == ["/list", "/job/0", "/job/1"]
    assert archive("SELECT kind, detail FROM event WHERE kind = 'resalaried'") == [
        ("resalaried", "pay £30,000 → £40,000")
    ]


@pytest.mark.parametrize("header", [("ETag", '"v1"'), ("Last-Modified", "Fri, 20 Nov 2026 06:00:00 GMT")])
def test_a_304_confirms_what_the_page_listed(
    crawl: Crawl, archive: Ask, tmp_path: Path, header: tuple[str, str]
) -> None:
    answer = feed([entry("art"), entry("biology")])
    with serving({"/feed?page=1": Answer(answer.body, headers=(header,))}) as board:
        for _ in range(3):
            outcome = crawl(board.url)
            assert (outcome["verdict"], outcome["adverts_seen"]) == ("complete", 2)
    assert archive("SELECT status FROM capture WHERE url LIKE '%/feed%' ORDER BY fetched_at") == [
        (200,),
        (304,),
        (304,),
    ]
    assert archive("SELECT count(*) FROM advert WHERE status = 'live' AND last_seen > first_seen") == [(2,)]
    newest = max(tmp_path.glob("captures/local_board/*.warc.gz"))
    (confirmed,) = [one for one in exchanges(newest) if "/feed" in one.request.url]
    assert confirmed.response.body == answer.body


def test_the_same_bytes_are_kept_once(crawl: Crawl, archive: Ask) -> None:
    with serving({"/feed?page=1": feed([entry("art")])}) as board:
        for _ in range(2):
            crawl(board.url)
    first, second = archive("SELECT id, refers_to FROM capture WHERE url LIKE '%/feed%' ORDER BY fetched_at")
    assert first[1] is None
    assert second[1] == first[0]


def test_without_the_file_that_a_304_would_confirm_the_page_is_asked_for_whole(
    crawl: Crawl, archive: Ask, tmp_path: Path
) -> None:
    answer = Answer(feed([entry("art")]).body, headers=(("ETag", '"v1"'),))
    with serving({"/feed?page=1": answer}) as board:
        crawl(board.url)
        (file,) = tmp_path.glob("captures/local_board/*.warc.gz")
        file.write_bytes(b"")
        assert crawl(board.url)["verdict"] == "complete"
    assert archive("SELECT status FROM capture WHERE url LIKE '%/feed%' ORDER BY fetched_at, rowid")[-1] == (200,)
