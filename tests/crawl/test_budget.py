"""The requests that a host gets a day: never one more, over all runs of the day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from jobscraper.crawl.daily_budget import DailyBudget, next_day
from tests.crawl.board import Answer, entry, feed, serving

DAY = date(2026, 11, 26)


def test_a_budget_is_spent_once() -> None:
    budget = DailyBudget(3, {}, lambda _host, _day: 1)
    assert [budget.spend("a.uk", DAY) for _ in range(4)] == [True, True, False, False]
    assert budget.asked("a.uk", DAY) == 3


def test_hosts_and_days_have_budgets_of_their_own() -> None:
    budget = DailyBudget(1, {"big.uk": 2}, lambda _host, _day: 0)
    asked = [
        ("a.uk", DAY),
        ("a.uk", DAY),
        ("b.uk", DAY),
        ("big.uk", DAY),
        ("big.uk", DAY),
        ("a.uk", date(2026, 11, 27)),
    ]
    assert [budget.spend(*one) for one in asked] == [True, False, True, True, True, True]


def test_a_day_ends_at_midnight_utc() -> None:
    assert next_day(datetime(2026, 11, 26, 23, 59, tzinfo=UTC)) == datetime(2026, 11, 27, tzinfo=UTC)


def pages(count: int) -> dict[str, Answer]:
    def page(number: int) -> Answer:
        following = f"/feed?page={number + 1}" if number < count else None
        return feed([entry(str(number))], following=following, count=count)

    return {f"/feed?page={number}": page(number) for number in range(1, count + 1)}


def test_a_run_ends_where_the_budget_does_and_the_next_one_of_the_day_asks_nothing(crawl, archive) -> None:  # type: ignore[no-untyped-def]
    with serving(pages(9)) as board:
        first = crawl(board.url, REQUESTS_PER_DAY=4)
        second = crawl(board.url, REQUESTS_PER_DAY=4)
    assert len(board.asked) == 4  # With robots.txt.
    assert first["trouble"] == "local_board: partial: the budget of 127.0.0.1, 4 requests a day, is spent"
    assert first["adverts_seen"] == 3
    assert second["adverts_seen"] == 0
    assert archive("SELECT count(retry_after) FROM run") == [(2,)]
    assert archive("SELECT count(*) FROM advert WHERE status = 'live'") == [(3,)]


def test_repetitions_count(crawl) -> None:  # type: ignore[no-untyped-def]
    with serving({"/feed?page=1": Answer(b"oops", 500)}) as board:
        crawl(board.url, REQUESTS_PER_DAY=3)
    assert len(board.asked) == 3
