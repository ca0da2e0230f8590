"""A whole crawl of a local board: captured, folded, judged; and what becomes of it when things go wrong."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobscraper.capture.read import BrokenCaptureError, exchanges, records
from tests.crawl.board import Answer, entry, feed, serving
from tests.crawl.conftest import ROOT
from tests.waiting import wait_for, wait_for_the_next_run

Crawl = Callable[..., dict[str, Any]]
Ask = Callable[[str], list[tuple[Any, ...]]]

TWO_PAGES = {
    "/feed?page=1": feed([entry("art"), entry("biology")], following="/feed?page=2", count=3),
    "/feed?page=2": feed([entry("chemistry")], count=3),
}


def only_warc(folder: Path) -> Path:
    (path,) = folder.glob("captures/local_board/*.warc.gz")
    return path


def test_a_board_is_crawled_to_its_end(crawl: Crawl, archive: Ask) -> None:
    with serving(dict(TWO_PAGES)) as board:
        outcome = crawl(board.url)
    assert outcome["verdict"] == "complete"
    assert (outcome["pages"], outcome["adverts_new"]) == (2, 3)
    assert archive("SELECT id, status, salary_annual_min FROM advert ORDER BY id")[0] == (
        "local_board:art",
        "live",
        32916,
    )
    assert board.paths() == ["/feed?page=1", "/feed?page=2"]


def test_the_board_is_told_who_asks(crawl: Crawl, tmp_path: Path) -> None:
    with serving(dict(TWO_PAGES)) as board:
        crawl(board.url)
    requests = [record.block.decode() for record in records(only_warc(tmp_path)) if record.type == "request"]
    assert all("User-Agent: jobscraper/" in request for request in requests)
    assert all("Accept-Encoding: gzip, deflate\r\n" in request for request in requests)


def test_every_response_is_in_the_warc_and_in_the_index(crawl: Crawl, archive: Ask, tmp_path: Path) -> None:
    pages = {**TWO_PAGES, "/feed?page=1": feed([entry("art")], following="/gone", count=1)}
    with serving(pages) as board:
        crawl(board.url)
    found = {(exchange.capture.url, exchange.response.status) for exchange in exchanges(only_warc(tmp_path))}
    assert found == {(f"{board.url}/robots.txt", 404), (f"{board.url}/feed?page=1", 200), (f"{board.url}/gone", 404)}
    assert set(archive("SELECT url, status FROM capture")) == found
    last = list(records(only_warc(tmp_path)))[-1]
    assert (last.type, b"verdict: complete" in last.block) == ("metadata", True)


def test_a_body_is_captured_as_received_and_read_unpacked(crawl: Crawl, archive: Ask, tmp_path: Path) -> None:
    packed = gzip.compress(feed([entry("art")]).body)
    with serving({"/feed?page=1": Answer(packed, headers=(("Content-Encoding", "gzip"),))}) as board:
        crawl(board.url)
    assert archive("SELECT count(*) FROM advert") == [(1,)]
    assert [exchange.response.body for exchange in exchanges(only_warc(tmp_path))][-1] == packed


def test_a_second_crawl_adds_nothing(crawl: Crawl, archive: Ask) -> None:
    with serving(dict(TWO_PAGES)) as board:
        crawl(board.url)
        before = archive("SELECT id, first_seen FROM advert"), archive("SELECT * FROM event")
        outcome = crawl(board.url)
    assert (outcome["adverts_new"], outcome["adverts_changed"]) == (0, 0)
    assert (archive("SELECT id, first_seen FROM advert"), archive("SELECT * FROM event")) == before


def test_a_replay_of_a_crawl_gives_the_same_adverts(crawl: Crawl, archive: Ask, tmp_path: Path) -> None:
    with serving(dict(TWO_PAGES)) as board:
        crawl(board.url)
    columns = "id, title, salary_min, first_seen, last_seen, capture_id, evidence"
    live = archive(f"SELECT {columns} FROM advert ORDER BY id")
    (tmp_path / "archive.db").unlink()
    outcome = crawl(board.url, replay=only_warc(tmp_path))
    assert outcome["verdict"] == "complete"
    assert archive(f"SELECT {columns} FROM advert ORDER BY id") == live


def test_a_page_that_a_replay_does_not_hold_is_named_and_never_empty(crawl: Crawl, tmp_path: Path) -> None:
    with serving({"/feed?page=1": feed([entry("art")])}) as board:
        crawl(board.url)
    outcome = crawl(board.url, replay=only_warc(tmp_path), start="/feed?page=1,/feed?page=9")
    assert outcome["verdict"] == "partial"
    assert "/feed?page=9" in outcome["trouble"]


def test_a_warc_that_ends_half_way_is_used_up_to_there(crawl: Crawl, tmp_path: Path) -> None:
    with serving(dict(TWO_PAGES)) as board:
        crawl(board.url)
    warc = only_warc(tmp_path)
    second = [record.offset for record in records(warc) if record.type == "response"][-1]
    warc.write_bytes(warc.read_bytes()[: second + 30])
    (tmp_path / "archive.db").unlink()
    outcome = crawl(board.url, replay=warc)
    assert (outcome["verdict"], outcome["adverts_new"]) == ("partial", 2)
    assert "broken at byte" in outcome["trouble"]


@pytest.mark.parametrize(
    ("second_page", "verdict", "kind"),
    [
        (Answer(b"<html>Please log in</html>"), "partial", "unreadable"),
        (Answer(b'{"data": [{"title": "cut o'), "partial", "unreadable"),
        (Answer(b'{"error": "down for maintenance"}'), "partial", "unreadable"),
        (Answer(b"oops", 500), "partial", "not_fetched"),
        (Answer(b"<html><title>Just a moment...</title></html>"), "blocked", "blocked"),
        (Answer(b"no", 403), "blocked", "blocked"),
        (Answer(b"slow down", 429), "blocked", "blocked"),
        (Answer(b"", 302, (("Location", "http://localhost:9/elsewhere"),)), "partial", "not_fetched"),
    ],
    ids=["login", "cut off", "error page", "500", "challenge", "403", "429", "another host"],
)
def test_a_bad_second_page_loses_nothing_of_the_first(
    second_page: Answer, verdict: str, kind: str, crawl: Crawl, archive: Ask
) -> None:
    with serving({**TWO_PAGES, "/feed?page=2": second_page}) as board:
        outcome = crawl(board.url, RETRY_TIMES=0)
    assert outcome["verdict"] == verdict
    assert archive("SELECT count(*) FROM advert WHERE status = 'live'") == [(2,)]
    assert [row[0] for row in archive("SELECT kind FROM issue WHERE advert_id IS NULL")] == [kind]


def test_a_refusal_is_not_asked_again(crawl: Crawl) -> None:
    with serving({"/feed?page=1": Answer(b"slow down", 429)}) as board:
        assert crawl(board.url)["verdict"] == "blocked"
    assert board.paths() == ["/feed?page=1"]


def test_a_board_that_is_down_is_broken_and_not_empty(crawl: Crawl) -> None:
    with serving({}) as board:
        url = board.url
    outcome = crawl(url, RETRY_TIMES=0)
    assert outcome["verdict"] in ("blocked", "broken")
    assert outcome["trouble"]


def test_an_empty_board_is_empty(crawl: Crawl) -> None:
    with serving({"/feed?page=1": feed([])}) as board:
        assert crawl(board.url)["verdict"] == "empty"


def test_an_entry_that_cannot_be_read_is_an_issue_and_the_others_are_kept(crawl: Crawl, archive: Ask) -> None:
    odd = [None, {"title": "no address"}, "text"]
    with serving({"/feed?page=1": feed([entry("art"), *odd], count=1)}) as board:  # type: ignore[list-item]
        crawl(board.url)
    assert archive("SELECT count(*) FROM advert") == [(1,)]
    assert len(archive("SELECT * FROM issue WHERE kind = 'entry_unreadable'")) == 3


def test_hostile_text_is_stored_as_text(crawl: Crawl, archive: Ask) -> None:
    hostile = entry("x", title="<script>alert(1)</script> \ud83d", description="<p>Hi<script>alert(2)</script></p>")
    with serving({"/feed?page=1": feed([hostile])}) as board:
        crawl(board.url)
    assert archive("SELECT a.title, t.description FROM advert a JOIN advert_text t ON t.advert_id = a.id") == [
        ("<script>alert(1)</script>", "Hi")
    ]


def test_killed_at_any_time_the_archive_is_whole_and_the_next_run_carries_on(
    command: Callable[..., list[str]], crawl: Crawl, archive: Ask, tmp_path: Path
) -> None:
    count = 12
    pages = {
        f"/feed?page={n}": feed(
            [entry(f"{n}-{i}") for i in range(20)], following=f"/feed?page={n + 1}", count=20 * count
        )
        for n in range(1, count)
    }
    pages[f"/feed?page={count}"] = feed([entry(f"{count}-{i}") for i in range(20)], count=20 * count)
    with serving(pages) as board:
        for pages_asked in (2, 8):  # Many more instants in test_killed.py.
            wait_for_the_next_run(tmp_path / "captures")
            process = subprocess.Popen(command(board.url, DOWNLOAD_DELAY=0.05), cwd=ROOT)
            wait_for(lambda least=pages_asked: len(board.asked) >= least)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            board.asked.clear()
            assert archive("PRAGMA integrity_check") == [("ok",)]
            assert archive("PRAGMA foreign_key_check") == []
        outcome = crawl(board.url)
    assert outcome["verdict"] == "complete"
    assert archive("SELECT count(*), count(DISTINCT id) FROM advert") == [(240, 240)]
    assert archive("SELECT count(*) FROM event WHERE kind = 'listed'") == [(240,)]
    captured = {row[0] for row in archive("SELECT id FROM capture")}
    for warc in tmp_path.glob("captures/local_board/*.warc.gz"):
        try:
            captured -= {exchange.capture.id for exchange in exchanges(warc)}
        except BrokenCaptureError:
            pytest.fail(f"{warc.name} holds a torn record that the archive knows of") if captured else None
    assert captured == set(), "the archive names captures that no file holds"


def test_a_board_that_seems_to_have_shrunk_is_named_as_that(crawl: Callable[..., dict[str, Any]]) -> None:
    """Not as `found 6 of the 6 adverts that the board lists`."""
    with serving({"/feed?page=1": feed([entry(f"a{number}") for number in range(20)])}) as board:
        assert crawl(board.url)["verdict"] == "complete"
        board.answers["/feed?page=1"] = feed([entry(f"a{number}") for number in range(6)])
        assert crawl(board.url)["trouble"] == (
            "local_board: partial: nothing was ended: found 6 adverts, less than half of the 20 of the last complete run"
        )
