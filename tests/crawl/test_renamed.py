"""A board that renames an advert: the crawl asks where it went, and a rebuild tells the same history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.crawl.board import Answer, Board, entry, feed, serving
from tests.rebuild.local_readers import reading_pages_of
from tests.rebuild.test_rebuild import rebuild_here, rows

Crawl = Callable[..., dict[str, Any]]
Ask = Callable[[str], list[tuple[Any, ...]]]


def days(board: Board) -> list[dict[str, Answer]]:
    """Luton's clerical assistant, whose title, address and closing date change on the second day; the art teacher stays."""
    before = entry("clerk", url=f"{board.url}/jobs/clerk-1111", validThrough="2099-01-31T12:00:00+00:00")
    after = entry("clerk and more", url=f"{board.url}/jobs/clerk-2222", validThrough="2099-02-28T12:00:00+00:00")
    art = entry("art", url=f"{board.url}/jobs/art")
    leads_on = Answer(status=301, headers=(("Location", "/jobs/clerk-2222"),))
    return [
        {"/feed?page=1": feed([before, art])},
        {"/feed?page=1": feed([after, art]), "/jobs/clerk-1111": leads_on},
        {"/feed?page=1": feed([after, art]), "/jobs/clerk-1111": leads_on},
    ]


def test_a_renamed_advert_is_one_in_a_crawl_and_in_a_rebuild(crawl: Crawl, archive: Ask, tmp_path: Path) -> None:
    asked = []
    with serving({}) as board:
        for answers in days(board):
            board.answers.clear()
            board.answers.update(answers)
            board.asked.clear()
            assert crawl(board.url, renames=1)["verdict"] == "complete"
            asked.append("/jobs/clerk-1111" in board.paths())
    assert archive("SELECT id, status, closes_at FROM advert ORDER BY id") == [
        ("local_board:art", "live", "2099-01-31T12:00:00Z"),
        ("local_board:clerk-1111", "live", "2099-02-28T12:00:00Z"),
    ]
    assert archive("SELECT kind FROM event WHERE advert_id LIKE '%clerk%' ORDER BY id") == [
        ("listed",),
        ("extended",),
        ("amended",),
    ]
    assert asked == [True, True, False]  # Its own page; where it went; nothing more.
    before = rows(tmp_path / "archive.db")
    with reading_pages_of(board.url):
        rebuild_here(tmp_path)
    assert rows(tmp_path / "archive.db") == before


def test_a_board_that_does_not_rename_is_not_asked_where_adverts_went(crawl: Crawl) -> None:
    with serving({}) as board:
        for answers in days(board)[:2]:
            board.answers.clear()
            board.answers.update(answers)
            board.asked.clear()
            crawl(board.url)
        assert "/jobs/clerk-1111" not in board.paths()
