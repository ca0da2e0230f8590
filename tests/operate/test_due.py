"""Which sources a round crawls, and which of them one after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jobscraper.operate.due import Scheduled, due, lanes

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


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ({"a": "x", "b": "y", "c": "x"}, [["a", "c"], ["b"]]),
        ({"a": "x", "b": "y", "c": "x y"}, [["a", "b", "c"]]),
        ({"a": "x", "b": "y z", "c": "z", "d": "w"}, [["a"], ["b", "c"], ["d"]]),
        ({}, []),
    ],
)
def test_sources_that_share_a_host_take_turns(hosts: dict[str, str], expected: list[list[str]]) -> None:
    found = lanes([source(name, hosts=its) for name, its in hosts.items()])
    assert [[one.name for one in lane] for lane in found] == expected
