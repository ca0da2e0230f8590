"""The hours in which boards may be asked: over midnight, and in London time with its clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jobscraper.config.hours import Hours


@pytest.mark.parametrize(
    ("hours", "now", "left"),
    [
        ("20:00-06:00", "2026-01-10T21:00", "9:00:00"),
        ("20:00-06:00", "2026-01-11T05:59", "0:01:00"),
        ("20:00-06:00", "2026-01-11T06:00", "0:00:00"),
        ("20:00-06:00", "2026-01-11T12:00", "0:00:00"),
        ("20:00-06:00", "2026-07-10T19:00", "10:00:00"),  # 20:00 in London's summer.
        ("20:00-06:00", "2026-07-10T18:59", "0:00:00"),
        ("20:00-06:00", "2026-03-28T20:00", "9:00:00"),  # The night in which the clocks go forward.
        ("20:00-06:00", "2026-10-24T19:00", "11:00:00"),  # And back.
        ("01:00-05:00", "2026-01-10T00:30", "0:00:00"),
        ("01:00-05:00", "2026-01-10T01:00", "4:00:00"),
        ("09:00-00:00", "2026-01-10T23:00", "1:00:00"),
    ],
)
def test_hours_that_are_left(hours: str, now: str, left: str) -> None:
    found = Hours.parse(hours).left(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert str(found) == left


@pytest.mark.parametrize("text", ["20-06", "night", "25:00-06:00", "20:00-20:00", "20:00"])
def test_what_is_no_hours(text: str) -> None:
    with pytest.raises(ValueError):
        Hours.parse(text)


def test_a_minute_before_they_begin_nothing_is_left() -> None:
    hours = Hours.parse("20:00-06:00")
    assert hours.left(datetime(2026, 1, 10, 19, 59, tzinfo=UTC)) == timedelta()
    assert str(hours) == "20:00-06:00"
