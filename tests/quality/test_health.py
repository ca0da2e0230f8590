"""The state of a source from its runs: what must not be overlooked, and what is no trouble."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jobscraper.quality.health import Health, Incident, RunRecord, health, incidents

START = datetime(2026, 11, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def run(
    day: int, verdict: str = "complete", adverts: int = 100, salary: int | None = None, said: str | None = None
) -> RunRecord:
    return RunRecord(
        started=START + day * DAY,
        verdict=verdict,
        adverts=adverts,
        filled={"salary": round(adverts * 0.9) if salary is None else salary},
        complaint=said,
    )


STEADY = [run(day, adverts=100 + day % 3) for day in range(10)]


@pytest.mark.parametrize(
    ("last", "state", "first"),
    [
        (run(10), "ok", None),
        (run(10, adverts=80), "ok", None),
        (run(10, adverts=160), "ok", None),
        (run(10, adverts=60), "degraded", "found 60 adverts; the last 10 complete runs found about 101"),
        (run(10, salary=80), "ok", None),
        (run(10, salary=70), "degraded", "70% of the adverts have a salary; in the last 10 complete runs it was 90%"),
        (run(10, "empty", adverts=0), "broken", "it lists no advert"),
        (run(10, "partial", said="found 40 of the 100 adverts that the board lists"), "degraded",
         "found 40 of the 100 adverts that the board lists"),
        (run(10, "broken", said="nothing on its pages could be read"), "broken", "nothing on its pages could be read"),
        (run(10, "blocked", said="the board refused: 403"), "blocked", "the board refused: 403"),
        (run(10, "blocked"), "blocked", "the run was blocked"),
    ],
)  # fmt: skip
def test_what_the_last_run_shows(last: RunRecord, state: str, first: str | None) -> None:
    found = health([*STEADY, last], DAY, last.started + timedelta(hours=1))
    assert (found.state, found.first) == (state, first)
    assert found.since == (None if state == "ok" else last.started)


def test_a_board_that_was_always_empty_is_no_trouble() -> None:
    assert health([run(0, "empty", adverts=0), run(1, "empty", adverts=0)], DAY, START + DAY) == Health(state="ok")


def test_with_few_runs_drift_says_nothing() -> None:
    assert health([run(0), run(1, adverts=10)], DAY, START + DAY).state == "ok"


def test_no_run_is_late_after_twice_the_cadence() -> None:
    assert health(STEADY, DAY, START + 11 * DAY).state == "ok"
    assert health(STEADY, DAY, START + 11 * DAY + timedelta(minutes=1)) == Health(
        state="late", since=START + 11 * DAY, first="no crawl since 2026-11-10 06:00"
    )


def test_a_source_that_was_never_crawled_is_not_late() -> None:
    assert health([], DAY, START) == Health(state="ok")


def test_what_changed_first_is_kept_and_the_worst_counts() -> None:
    runs = [*STEADY, run(10, "partial", said="first"), run(11, "broken", said="then"), run(12, "partial", said="last")]
    assert health(runs, DAY, START + 12 * DAY) == Health(state="broken", since=START + 10 * DAY, first="first")


def test_an_incident_ends_with_the_next_run_that_is_ok() -> None:
    runs = [*STEADY, run(10, "blocked", said="403"), run(11), run(20)]
    assert incidents(runs, DAY, START + 20 * DAY) == [
        Incident(state="blocked", since=START + 10 * DAY, until=START + 11 * DAY, first="403"),
        Incident(state="late", since=START + 13 * DAY, until=START + 20 * DAY, first="no crawl since 2026-11-12 06:00"),
    ]


def test_a_new_level_is_an_incident_until_it_is_what_is_usual() -> None:
    runs = [*STEADY, *(run(day, adverts=50) for day in range(10, 30))]
    (incident,) = incidents(runs, DAY, START + 29 * DAY)
    assert incident.since == START + 10 * DAY
    assert incident.until is not None
    assert incident.until <= START + 17 * DAY
