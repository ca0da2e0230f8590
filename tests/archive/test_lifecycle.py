"""When an advert has ended: the incidents of other archives, as examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.archive.lifecycle import CompleteRun, Ended, LiveAdvert, agree, has_ended, shortfall, too_many_ending

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY, YESTERDAY = CompleteRun(started=NOW, adverts_seen=100), CompleteRun(started=NOW - DAY, adverts_seen=100)


@pytest.mark.parametrize(
    ("last_seen", "closes_at", "runs", "everything", "ended"),
    [
        (NOW, None, [TODAY, YESTERDAY], True, None),
        (NOW - DAY, None, [TODAY, YESTERDAY], True, None),
        (NOW - 2 * DAY, None, [TODAY, YESTERDAY], True, "withdrawn"),
        (NOW - 2 * DAY, None, [TODAY], True, None),
        (NOW - 2 * DAY, NOW + DAY, [TODAY, YESTERDAY], True, "withdrawn"),
        (NOW - 2 * DAY, NOW - DAY, [TODAY, YESTERDAY], True, "closed"),
        (NOW, NOW - timedelta(seconds=1), [TODAY], True, "closed"),
        (NOW, NOW, [TODAY], True, "closed"),
        (NOW, NOW + timedelta(seconds=1), [TODAY], True, None),
        (NOW - 9 * DAY, None, [TODAY, YESTERDAY], False, "unknown"),
        (NOW - 9 * DAY, NOW - DAY, [TODAY, YESTERDAY], False, "closed"),
    ],
)
def test_has_ended(
    last_seen: datetime, closes_at: datetime | None, runs: list[CompleteRun], everything: bool, ended: Ended | None
) -> None:
    assert has_ended(LiveAdvert("a", last_seen, closes_at), runs, NOW, everything) == ended


@pytest.mark.parametrize(
    ("found", "last", "believed"),
    [(104, 10_000, False), (0, 10_000, False), (4_999, 10_000, False), (5_000, 10_000, True), (9_600, 10_000, True)],
)
def test_a_feed_that_returns_less_than_half_is_not_believed(found: int, last: int, believed: bool) -> None:
    run, before = CompleteRun(started=NOW, adverts_seen=found), CompleteRun(started=NOW - DAY, adverts_seen=last)
    assert (shortfall(run, before) is None) is believed


def test_a_first_run_is_believed() -> None:
    assert shortfall(TODAY, None) is None


@pytest.mark.parametrize(
    ("withdrawn", "live", "may_end"),
    [(872, 1_000, False), (301, 1_000, False), (300, 1_000, True), (5, 5, True), (6, 6, False), (0, 0, True)],
)
def test_no_more_than_a_third_may_vanish_at_once(withdrawn: int, live: int, may_end: bool) -> None:
    assert (too_many_ending(withdrawn, live) is None) is may_end


@given(seen_ago=st.integers(0, 30), closes_in=st.integers(-30, 30) | st.none())
def test_what_was_seen_in_the_newest_run_ends_only_by_its_closing_time(seen_ago: int, closes_in: int | None) -> None:
    closes_at = NOW + closes_in * DAY if closes_in is not None else None
    ended = has_ended(LiveAdvert("a", NOW - seen_ago * DAY, closes_at), [TODAY, YESTERDAY], NOW, True)
    if seen_ago <= 1 and (closes_in is None or closes_in > 0):
        assert ended is None
    if closes_in is not None and closes_in <= 0:
        assert ended == "closed"


def doubted(*runs: tuple[float, int]) -> list[CompleteRun]:
    """Runs that the guards doubted, each so many days ago with so many adverts found, newest first."""
    return [CompleteRun(started=NOW - days * DAY, adverts_seen=seen) for days, seen in runs]


@pytest.mark.parametrize(
    ("runs", "believed"),
    [
        ([(0, 240), (1, 240), (2, 240), (3, 240)], True),
        ([(0, 240), (1, 250), (2, 262), (3, 290)], True),
        ([(0, 240), (7, 240), (14, 250), (21, 260)], True),
        ([(0, 240), (1, 240), (2, 240)], False),
        ([(hours / 24, 104) for hours in range(40)], False),  # Less than two days, however often it was asked.
        ([(0, 240), (0.01, 240), (0.02, 240), (0.03, 240)], False),
        ([(0, 240), (1, 240), (2, 100), (3, 240)], False),
        ([(0, 240), (1, 240), (1.1, 90), (2, 240), (3, 240)], False),  # Also those in between must agree.
        ([(0, 240), (0.5, 240), (1, 240), (1.5, 240), (2, 240), (2.5, 240), (3, 240)], True),
        ([(0, 240), (1, 240), (2, 240), (3, 240), (4, 800)], True),  # What came before does not count.
    ],
)
def test_doubted_runs_that_agree_over_days(runs: list[tuple[float, int]], believed: bool) -> None:
    assert agree(doubted(*runs), [], NOW) is believed


@pytest.mark.parametrize(
    ("gone", "closes_at", "believed"), [(72, None, True), (73, None, False), (240, NOW, True), (240, NOW + DAY, False)]
)
def test_a_feed_that_gives_another_piece_of_itself_each_day_does_not_agree(
    gone: int, closes_at: datetime | None, believed: bool
) -> None:
    """Of 240 that were found yesterday, so many are not found today."""
    live = [LiveAdvert(str(number), NOW - DAY, closes_at) for number in range(gone)]
    live += [LiveAdvert("long gone", NOW - 9 * DAY, None)] * 500
    assert agree(doubted((0, 240), (1, 240), (2, 240), (3, 240)), live, NOW) is believed
