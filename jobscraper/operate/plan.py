"""What the ledger tells about when each source is to be crawled, and what a crawl of it will probably ask."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from jobscraper.archive.ledger import REPLAY
from jobscraper.archive.memory import asked_on
from jobscraper.capture.record import instant
from jobscraper.config.values import Politeness
from jobscraper.operate.due import Scheduled

_REMEMBERED = 5
"""Complete runs that an estimate is made of."""


def scheduled(db: sqlite3.Connection | None, sources: Iterable[Any]) -> list[Scheduled]:
    """The sources as their last runs left them; `db` is None where there is no archive yet."""
    last: dict[str, sqlite3.Row] = {}
    if db:
        query = (
            "SELECT source_id, max(started) AS started, retry_after FROM run WHERE instr(id, ?) = 0 GROUP BY source_id"
        )
        last = {row["source_id"]: row for row in db.execute(query, (REPLAY,))}
    return [_scheduled(source, last.get(source.name)) for source in sources]


def _scheduled(source: Any, last: sqlite3.Row | None) -> Scheduled:
    return Scheduled(
        name=source.name,
        hosts=frozenset(source.allowed_domains),
        cadence=source.cadence,
        last_started=_moment(last["started"]) if last else None,
        retry_after=_moment(last["retry_after"]) if last and last["retry_after"] else None,
    )


@attrs.frozen(kw_only=True)
class Estimate:
    """What a crawl of a source will probably ask: `requests` of it, which take `seconds`; both None where no run tells.

    `starts`: where it begins. `due`: how many of the requests are for adverts' own pages that were fetched before. `asked`:
    what each of its hosts has been asked today, and what it may be.
    """

    name: str
    starts: tuple[str, ...]
    requests: int | None
    due: int
    seconds: float | None
    asked: Mapping[str, tuple[int, int]]


def estimate(db: sqlite3.Connection | None, source: Any, politeness: Politeness, now: datetime) -> Estimate:
    """Estimate a crawl of a source from its last complete runs: their lists and new adverts' pages, and the pages due now."""
    asked = {
        host: (asked_on(db, host, now.date()) if db else 0, politeness.budget_of(host))
        for host in source.allowed_domains
    }
    told = {"name": source.name, "starts": tuple(source.starts()), "asked": asked}
    runs = _complete_runs(db, source.name) if db else []
    if db is None or not runs:
        return Estimate(**told, requests=None, due=0, seconds=None)
    delay = max(map(politeness.delay_of, source.allowed_domains))
    due = db.execute(
        "SELECT count(*) FROM advert JOIN advert_part part ON part.advert_id = advert.id AND part.part = 'page'"
        " WHERE source_id = ? AND status = 'live' AND observed_at <= ?",
        (source.name, instant(now - source.revisit_after)),
    ).fetchone()[0]
    # What a run fetched again is due again a week later, not at the next run.
    usual = statistics.median(max(run["requests"] - run["again"], 1) for run in runs)
    requests = round(usual) + due
    return Estimate(**told, requests=requests, due=due, seconds=requests * max(delay, _seconds_each(runs)))


def _complete_runs(db: sqlite3.Connection, source_id: str) -> list[Mapping[str, Any]]:
    return db.execute(
        "SELECT started, finished, (SELECT count(*) FROM capture WHERE run_id = run.id) AS requests,"
        " (SELECT count(*) FROM capture JOIN advert ON advert.url = capture.url WHERE capture.run_id = run.id"
        "  AND advert.source_id = run.source_id AND advert.first_seen < run.started) AS again"
        " FROM run WHERE source_id = ? AND verdict = 'complete' AND instr(id, ?) = 0 ORDER BY started DESC LIMIT ?",
        (source_id, REPLAY, _REMEMBERED),
    ).fetchall()


def _seconds_each(runs: Iterable[Mapping[str, Any]]) -> float:
    each = [
        (_moment(run["finished"]) - _moment(run["started"])).total_seconds() / max(run["requests"], 1) for run in runs
    ]
    return float(statistics.median(each))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
