"""Backing off: pauses that double, Retry-After, and the circuit breaker that leaves a source alone for the day."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from jobscraper.crawl.backoff import BackoffMiddleware, pause, retry_after
from tests.crawl.board import Answer, entry, feed, serving

NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 2), (2, 4), (3, 8), (6, 64), (7, 120), (1000, 120)])
def test_each_failure_in_a_row_doubles_the_pause(failures: int, seconds: float) -> None:
    assert pause(failures, 2.0) == seconds


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Thu, 26 Nov 2026 07:00:00 GMT", timedelta(hours=1)),
        ("Thu, 26 Nov 2026 05:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("99999999999999999999", timedelta(days=30)),
        ("Thu, 26 Nov 2099 07:00:00 GMT", timedelta(days=30)),
        ("", None),
    ],
)
def test_when_a_board_asks_to_be_asked_again(header: str, wait: timedelta | None) -> None:
    assert retry_after({b"Retry-After": header.encode()}, NOW) == (NOW + wait if wait else None)


def test_a_board_that_says_nothing() -> None:
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("statuses", "headers", "pauses"),
    [
        ([500, 500, 500], {}, [0.2, 0.4, 0.8]),
        ([503, 200, 503], {}, [0.2, 0.2]),
        ([503, 503], {"Retry-After": "100"}, [100, 100]),
        ([503, 503], {"Retry-After": "0"}, [0.2, 0.4]),
        ([200, 404, 403], {}, []),
    ],
    ids=[
        "more and more seldom",
        "an answer ends the row",
        "as long as it asks for",
        "never sooner",
        "no failure, no pause",
    ],
)
def test_a_failing_host_is_left_alone_before_it_is_asked_again(
    statuses: list[int], headers: dict[str, str], pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    crawler = get_crawler(settings_dict={"BACKOFF_SECONDS": 0.2, "FAILURES_IN_A_ROW": 9})
    crawler.spider = Spider.from_crawler(crawler, name="a_source")
    middleware = BackoffMiddleware(crawler, Mock(replay=None), RetryMiddleware.from_crawler(crawler))
    request = Request("https://jobs.example.org/feed")
    for status in statuses:
        asyncio.run(middleware.process_response(request, Response(request.url, status, headers)))
    assert slept == [pytest.approx(seconds, rel=0.01) for seconds in pauses]


def test_a_host_that_fails_again_and_again_is_left_alone_for_the_day(crawl, archive) -> None:  # type: ignore[no-untyped-def]
    paths = [f"/feed?page={number}" for number in range(1, 10)]
    with serving({"/feed?page=1": feed([entry("a")]), **{path: Answer(b"oops", 503) for path in paths[1:]}}) as board:
        outcome = crawl(board.url, start=",".join(paths), FAILURES_IN_A_ROW=3)
    assert outcome["trouble"] == "local_board: partial: 127.0.0.1 failed 3 times in a row; it is left alone for the day"
    assert len(board.paths()) == 1 + 3 * 3  # Three pages, three times each.
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    assert archive("SELECT retry_after FROM run") == [(f"{tomorrow}T00:00:00Z",)]


def test_a_few_broken_pages_end_no_run(crawl) -> None:  # type: ignore[no-untyped-def]
    good = {f"/feed?page={number}": feed([entry(str(number))]) for number in (1, 3, 5)}
    bad = {f"/feed?page={number}": Answer(b"oops", 500) for number in (2, 4, 6)}
    with serving({**good, **bad}) as board:
        outcome = crawl(board.url, start=",".join(sorted({**good, **bad})), FAILURES_IN_A_ROW=2)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("partial", 3)


@pytest.mark.parametrize(
    ("status", "said"), [(503, "asks to be left alone until"), (429, "the board refused: the board answered 429")]
)
def test_a_board_that_asks_for_hours_is_left_alone(status: int, said: str, crawl, archive) -> None:  # type: ignore[no-untyped-def]
    with serving({"/feed?page=1": Answer(b"busy", status, headers=(("Retry-After", "172800"),))}) as board:
        outcome = crawl(board.url)
    assert said in outcome["trouble"]
    assert board.paths() == ["/feed?page=1"]
    ((then,),) = archive("SELECT retry_after FROM run")
    assert datetime.fromisoformat(then) - datetime.now(UTC) > timedelta(hours=47)
