"""Which sources a round crawls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from jobscraper.operate.due import Scheduled, due

NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def source(name: str, waited: timedelta | None = None, cadence: timedelta = DAY, hosts: str = "") -> Scheduled:
    last = NOW - waited if waited is not None else None
    return Scheduled(
        name=name, hosts=frozenset((hosts or f"{name}.example").split()), cadence=cadence, last_started=last
    )


@pytest.mark.parametrize(
    ("waited", "cadence", "is_due"),
    [
        (None, DAY, True),
        (timedelta(0), DAY, False),
        (21 * HOUR, DAY, False),
        (22 * HOUR, DAY, True),
        (30 * DAY, DAY, True),
        (6 * HOUR, 6 * HOUR, True),
        (3 * HOUR, 6 * HOUR, False),
    ],
)
def test_a_source_is_due_by_its_cadence(waited: timedelta | None, cadence: timedelta, is_due: bool) -> None:
    assert bool(due([source("a", waited, cadence)], NOW)) is is_due


def test_who_waited_longest_for_its_cadence_comes_first() -> None:
    found = due([source("daily", 2 * DAY), source("hourly", 5 * HOUR, HOUR), source("new"), source("fresh", HOUR)], NOW)
    assert [it.name for it in found] == ["new", "hourly", "daily"]


@pytest.mark.parametrize(("rest", "is_due"), [(None, True), (-HOUR, True), (timedelta(0), True), (HOUR, False)])
def test_a_source_that_asked_to_be_left_alone_is_not_due(rest: timedelta | None, is_due: bool) -> None:
    resting = attrs.evolve(source("a", 2 * DAY), retry_after=NOW + rest if rest is not None else None)
    assert bool(due([resting], NOW)) is is_due
