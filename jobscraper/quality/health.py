"""How a source does, from its runs alone. Pure: the ledger comes in, `now` comes in, a state comes out.

Nobody watches a scheduled crawl. What it must not overlook: a run that did not happen, a board that refuses, one that lists
half of what it listed or nothing, a field that fewer adverts print than ever. The first is judged by the cadence, the others
against the source's expectations when the run ended (its verdict) and against its own last complete runs (drift).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import attrs

from jobscraper.quality.expectations import SHARES

State = Literal["ok", "late", "degraded", "broken", "blocked"]
STATES: tuple[State, ...] = ("ok", "late", "degraded", "blocked", "broken")
"""From the best to the worst."""

REMEMBERED = 10
"""Complete runs that a run is held against."""
LEAST_REMEMBERED = 4
"""With fewer, drift says nothing."""
_MISSED = 2
"""A source is late after this many times its cadence without a run."""
_DEVIATIONS = 5
_LEAST_DRIFT = 0.25
"""Of a count: boards have busy and quiet weeks."""
_LEAST_FILL_DRIFT = 0.15
"""Of a share of adverts."""


@attrs.frozen(kw_only=True)
class RunRecord:
    """A run that has ended: its verdict, how many adverts it saw, how many of them print each field, what it complained of."""

    started: datetime
    verdict: str
    adverts: int
    filled: Mapping[str, int]
    complaint: str | None = None


@attrs.frozen(kw_only=True)
class Health:
    """How a source does; since when it is not ok, and what of it changed first, in words."""

    state: State
    since: datetime | None = None
    first: str | None = None


@attrs.frozen(kw_only=True)
class Incident:
    """A time in which a source was not ok; `until` is None while it lasts, `state` the worst that it came to."""

    state: State
    since: datetime
    until: datetime | None
    first: str


def health(runs: Sequence[RunRecord], cadence: timedelta, now: datetime) -> Health:
    """How a source does now.

    :param runs: all its runs that have ended, the oldest first.
    """
    return state_of(incidents(runs, cadence, now))


def is_late(last: datetime, cadence: timedelta, now: datetime) -> bool:
    """Whether a source whose board was last asked then has missed a crawl."""
    return now - last > _MISSED * cadence


def cadence_of(hours: float | None) -> timedelta:
    """How often a source is meant to be crawled: what it says, else daily."""
    return timedelta(hours=hours or _USUAL_HOURS)


def state_of(found: Sequence[Incident]) -> Health:
    """How a source does whose incidents these are, the oldest first."""
    if not found or found[-1].until is not None:
        return Health(state="ok")
    last = found[-1]
    return Health(state=last.state, since=last.since, first=last.first)


def incidents(runs: Sequence[RunRecord], cadence: timedelta, now: datetime) -> list[Incident]:
    """The incidents of a source, the oldest first.

    An incident begins with the first run that is not ok, or when one is late, and ends with the next that is ok.
    """
    found: list[Incident] = []
    for at, state, said in _judged(runs, cadence, now):
        current = found.pop() if found and found[-1].until is None else None
        if state == "ok":
            if current:
                found.append(attrs.evolve(current, until=at))
        elif current:
            found.append(attrs.evolve(current, state=max(current.state, state, key=STATES.index)))
        else:
            found.append(Incident(state=state, since=at, until=None, first=said))
    return found


def _judged(runs: Sequence[RunRecord], cadence: timedelta, now: datetime) -> Iterable[tuple[datetime, State, str]]:
    """Each moment at which the state of a source could change, with its state then and the reason."""
    complete: list[RunRecord] = []
    before: RunRecord | None = None
    for run in runs:
        if before and is_late(before.started, cadence, run.started):
            yield before.started + _MISSED * cadence, "late", _late(before)
        state, said = judge(run, complete[-REMEMBERED:])
        yield run.started, state, said
        if run.verdict == "complete":
            complete.append(run)
        before = run
    if before and is_late(before.started, cadence, now):
        yield before.started + _MISSED * cadence, "late", _late(before)


def _late(last: RunRecord) -> str:
    return f"no crawl since {last.started:%Y-%m-%d %H:%M}"


def judge(run: RunRecord, complete: Sequence[RunRecord]) -> tuple[State, str]:
    """The state that a run shows, and why; `complete` are the complete runs before it, the oldest first."""
    said = run.complaint or f"the run was {run.verdict}"
    if run.verdict in ("blocked", "broken"):
        return ("blocked" if run.verdict == "blocked" else "broken"), said
    if run.verdict == "partial":
        return "degraded", said
    if run.verdict == "empty" and any(it.adverts for it in complete):
        return "broken", "it lists no advert"
    drifted = drift(run, complete)
    return ("degraded", drifted) if drifted else ("ok", "")


def drift(run: RunRecord, complete: Sequence[RunRecord]) -> str | None:
    """In words what of a complete run is far from what the ones before it were; None if nothing is.

    Far is five median absolute deviations, and at least a quarter of a count or 15 points of a share: a board that never
    changes would otherwise cry at every advert.
    """
    if len(complete) < LEAST_REMEMBERED:
        return None
    usual = statistics.median(it.adverts for it in complete)
    allowed = max(_spread([it.adverts for it in complete]), _LEAST_DRIFT * usual)
    if abs(run.adverts - usual) > allowed and run.adverts < usual:
        return f"found {run.adverts} adverts; the last {len(complete)} complete runs found about {usual:.0f}"
    for name in SHARES:
        shares = [it.filled[name] / it.adverts for it in complete if it.adverts and name in it.filled]
        if not shares or not run.adverts:
            continue
        usual, share = statistics.median(shares), run.filled.get(name, 0) / run.adverts
        if usual - share > max(_spread(shares), _LEAST_FILL_DRIFT):
            return f"{share:.0%} of the adverts have a {name}; in the last {len(complete)} complete runs it was {usual:.0%}"
    return None


def _spread(values: Sequence[float]) -> float:
    middle = statistics.median(values)
    return _DEVIATIONS * 1.4826 * statistics.median(abs(value - middle) for value in values)


RUN_RECORDS = """
SELECT source_id, started, verdict, adverts_seen, with_title, with_salary, with_employer, with_location, with_closes,
    coalesce(stop_reason, (SELECT text FROM issue WHERE run_id = run.id AND advert_id IS NULL AND kind NOT IN ('gone', 'ended', 'led_away', 'last_page_again')
                           ORDER BY id LIMIT 1)) AS complaint
FROM run WHERE verdict IS NOT NULL AND instr(id, '-replay-') = 0 ORDER BY source_id, started"""
"""The runs that count, for `incidents_by_source`: a replay tells nothing of how a board does now."""


CADENCES = "SELECT id, cadence_hours FROM source ORDER BY id"
"""How often each source is meant to be crawled, for `incidents_by_source`."""
_USUAL_HOURS = 24.0


def incidents_by_source(
    runs: Iterable[Mapping[str, Any]], cadences: Iterable[tuple[str, float | None]], now: datetime
) -> dict[str, list[Incident]]:
    """The incidents of every source that has run, from the rows of `RUN_RECORDS` and `CADENCES`."""
    records = _by_source(runs)
    return {
        source: incidents(records[source], cadence_of(hours), now) for source, hours in cadences if source in records
    }


def _by_source(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[RunRecord]]:
    found: dict[str, list[RunRecord]] = {}
    for row in rows:
        record = RunRecord(
            started=datetime.fromisoformat(row["started"]).astimezone(UTC),
            verdict=row["verdict"],
            adverts=row["adverts_seen"],
            filled={name: row[f"with_{name}"] for name in SHARES if row[f"with_{name}"]},
            complaint=row["complaint"],
        )
        found.setdefault(row["source_id"], []).append(record)
    return found
