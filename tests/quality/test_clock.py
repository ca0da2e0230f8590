"""When a clock is wrong, and what time it was in truth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.quality.clock import Stamp, disagreement, in_words, is_ahead, mended, told_by

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
NONE = timedelta()


def stamps(*apart: timedelta | None, at: datetime = NOW) -> list[Stamp]:
    """Answers a second apart, each so far from the board's time."""
    moments = [at + timedelta(seconds=n) for n in range(len(apart))]
    return [Stamp(moment, None if one is None else moment + one) for moment, one in zip(moments, apart, strict=True)]


@pytest.mark.parametrize(
    ("date", "age", "told"),
    [
        ("Fri, 20 Nov 2026 06:00:00 GMT", None, NOW),
        ("Fri, 20 Nov 2026 05:00:00 GMT", "3600", NOW),
        ("Fri, 20 Nov 2026 07:00:00 +0100", None, NOW),
        ("Fri, 20 Nov 2026 06:00:00 GMT", "ages", NOW),
        ("Fri, 20 Nov 2026 06:00:00 GMT", "9" * 40, NOW),
        ("now", None, None),
        ("", None, None),
        (None, "5", None),
        ("Fri, 32 Nov 2026 06:00:00 GMT", None, None),
    ],
)
def test_what_time_an_answer_tells(date: str | None, age: str | None, told: datetime | None) -> None:
    assert told_by(date, age) == told


@pytest.mark.parametrize(
    ("apart", "found"),
    [
        ([], None),
        ([None], None),
        ([NONE], None),
        ([HOUR], None),
        ([2 * HOUR], 2 * HOUR),
        ([-YEAR], -YEAR),
        ([-YEAR - DAY, -YEAR], -YEAR),  # The first was in a store for a day.
        ([NONE, -DAY], None),  # A page out of an old store.
        ([NONE, -DAY, -DAY], None),
        ([NONE, DAY, DAY, DAY], DAY),  # The clock was set while the run went on.
        ([NONE, -DAY, -2 * DAY, -DAY - HOUR], None),  # Pages out of an old store, each of its own hour.
        ([-DAY, None, NONE], None),
    ],
)
def test_when_a_board_and_this_machine_disagree(apart: list[timedelta | None], found: timedelta | None) -> None:
    assert disagreement(stamps(*apart)) == found


def test_the_right_times() -> None:
    late = stamps(-YEAR, None, -YEAR - DAY, at=NOW + YEAR)
    assert mended(late) == [NOW + timedelta(seconds=n) for n in range(3)]


def test_a_clock_that_was_set_while_the_run_went_on() -> None:
    behind, right = stamps(DAY, None, at=NOW - DAY), stamps(None, NONE, at=NOW + timedelta(seconds=2))
    assert mended([*behind, *right]) == [NOW + timedelta(seconds=n) for n in range(4)]


@given(st.lists(st.one_of(st.none(), st.timedeltas(-HOUR, HOUR)), max_size=5))
def test_times_that_boards_confirm_stay(apart: list[timedelta | None]) -> None:
    given = stamps(*apart)
    assert mended(given) == [stamp.at for stamp in given]


@pytest.mark.parametrize(
    ("ahead", "future"), [(NONE, False), (timedelta(minutes=5), False), (timedelta(minutes=6), True)]
)
def test_a_few_minutes_are_no_future(ahead: timedelta, future: bool) -> None:
    assert is_ahead(NOW + ahead, NOW) is future


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (YEAR, "365 days"),
        (-3 * HOUR, "3 hours"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(minutes=1), "1 minute"),
    ],
)
def test_a_span_in_words(apart: timedelta, said: str) -> None:
    assert in_words(apart) == said
