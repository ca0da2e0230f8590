"""The ledger: sources, runs, captures, issues and events, and the end of a run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import attrs

from jobscraper.archive.lifecycle import CompleteRun, Ended, LiveAdvert, agree, has_ended, shortfall, too_many_ending
from jobscraper.archive.reference import add_days, sync_pay_scales
from jobscraper.archive.store import writing
from jobscraper.capture.record import Capture, instant
from jobscraper.normalise.contacts import redact_emails
from jobscraper.normalise.contacts.messages import private
from jobscraper.quality.expectations import Filled
from jobscraper.text.fold import clean

CUT_OFF = "cut off: the crawling process ended before the run did"
"""The `stop_reason` of a run that was killed, and that the next one closed."""


@attrs.frozen(kw_only=True)
class SourceRow:
    """A row of `source`."""

    id: str
    title: str
    publisher: str
    homepage: str
    licence: str | None
    licence_url: str | None
    confirmed: bool
    lists_everything: bool
    attribution: str | None = None
    cadence_hours: float | None = None
    expectations: str = "{}"
    may_republish: bool = True


@attrs.frozen(kw_only=True)
class RunResult:
    """How a run went, as it is closed; pages and adverts have been counted in its row as they were folded.

    `too_few`: in words, that it found fewer adverts than the source has at least; else it looks complete.
    """

    verdict: str
    finished: datetime
    adverts_listed: int | None
    bytes: int
    errors: int
    stop_reason: str | None
    retry_after: datetime | None = None
    pages_lost: int = 0
    too_few: str | None = None
    with_title: int = 0
    with_salary: int = 0
    with_employer: int = 0
    with_location: int = 0
    with_closes: int = 0


def open_run(db: sqlite3.Connection, run_id: str, source: SourceRow, started: datetime, code_version: str) -> bool:
    """Enter a run. False if it is in the ledger with a verdict: a replay of files that are in the archive already."""
    columns = attrs.asdict(source)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id")
    with writing(db):
        db.execute(
            f"INSERT INTO source ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            f" ON CONFLICT DO UPDATE SET {updates}",
            tuple(columns.values()),
        )
        db.execute(
            "INSERT INTO run (id, source_id, started, code_version) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (run_id, source.id, instant(started), code_version),
        )
        add_days(db, started.astimezone(UTC).date())
        sync_pay_scales(db)
    return db.execute("SELECT verdict FROM run WHERE id = ?", (run_id,)).fetchone()["verdict"] is None


REPLAY = "-replay-"
"""Stands in the id of a run that was answered from files."""


def has_live_runs(db: sqlite3.Connection) -> bool:
    """True if a run of this archive asked a board: its adverts are real."""
    return bool(db.execute("SELECT 1 FROM run WHERE instr(id, ?) = 0 LIMIT 1", (REPLAY,)).fetchone())


def add_capture(db: sqlite3.Connection, run_id: str, capture: Capture) -> None:
    """Enter a capture that is in its file."""
    columns = {**attrs.asdict(capture, recurse=False), "run_id": run_id, "fetched_at": instant(capture.fetched_at)}
    with writing(db):
        db.execute(
            f"INSERT INTO capture ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING",
            tuple(columns.values()),
        )


def add_event(db: sqlite3.Connection, advert_id: str, run_id: str, at: str, kind: str, detail: str | None) -> None:
    """Enter an event of an advert. Inside a transaction of the caller's."""
    db.execute(
        "INSERT INTO event (advert_id, run_id, at, kind, detail) VALUES (?, ?, ?, ?, ?)",
        (advert_id, run_id, at, kind, detail),
    )


def add_issue(
    db: sqlite3.Connection, run_id: str, advert_id: str | None, field: str | None, kind: str, text: str
) -> None:
    """Enter a doubt or a failure, once. Inside a transaction of the caller's.

    What is told of a page loses all contact details, of an advert e-mail addresses only: it was redacted when it was read.
    """
    row = (run_id, advert_id, field, kind, clean(redact_emails(text) if advert_id else private(text)))
    db.execute(
        "INSERT INTO issue (run_id, advert_id, field, kind, text) SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?2 IS NULL"
        " OR NOT EXISTS (SELECT 1 FROM issue WHERE advert_id = ?2 AND run_id = ?1 AND field IS ?3 AND kind = ?4"
        " AND text = ?5) ON CONFLICT DO NOTHING",
        row,
    )


def filled(db: sqlite3.Connection, advert_ids: Iterable[str]) -> Filled:
    """Count the adverts of a run, and those of them that print each field that is expected of a source."""
    row = db.execute(
        "SELECT count(*) AS adverts, count(title) AS title, count(coalesce(salary_text, salary_min, salary_max, grade_text))"
        " AS salary, count(employer_text) AS employer, count(location_text) AS location, count(closes_at) AS closes"
        " FROM json_each(?) seen JOIN advert ON advert.id = seen.value",
        (json.dumps(list(advert_ids)),),
    ).fetchone()
    return Filled(**dict(row))


def close_run(db: sqlite3.Connection, run_id: str, result: RunResult) -> sqlite3.Row:
    """Enter how a run went, end the adverts that it shows to have ended, and return its row.

    A run that looks complete, but that the guards do not believe, becomes `partial`, with an issue, and ends nothing.
    """
    with writing(db):
        run = db.execute("SELECT * FROM run WHERE id = ?", (run_id,)).fetchone()
        if run["verdict"] is None:  # Else another replay of the same files was faster.
            _close(db, run, result)
    return db.execute("SELECT * FROM run WHERE id = ?", (run_id,)).fetchone()  # type: ignore[no-any-return]


def doubt_of(db: sqlite3.Connection, run_id: str) -> str | None:
    """Why a run that looked complete was not believed."""
    row = db.execute("SELECT text FROM issue WHERE run_id = ? AND kind = 'guard'", (run_id,)).fetchone()
    return str(row["text"]) if row else None


def move_run(db: sqlite3.Connection, run_id: str, started: datetime, finished: datetime, why: str) -> None:
    """Enter the right times of a run that ended because the clock was wrong, and say so in an issue."""
    with writing(db):
        db.execute(
            "UPDATE run SET started = ?, finished = ? WHERE id = ?", (instant(started), instant(finished), run_id)
        )
        add_issue(db, run_id, None, None, "clock", why)


def _close(db: sqlite3.Connection, run: sqlite3.Row, result: RunResult) -> None:
    verdict, ended = result.verdict, 0
    if verdict == "complete":
        this = CompleteRun(started=_moment(run["started"]), adverts_seen=run["adverts_seen"])
        doubt, endings = _endings(db, run["source_id"], this, result)
        if doubt:
            verdict = "partial"
            add_issue(db, run["id"], None, None, "guard", f"nothing was ended: {doubt}")
        else:
            ended = sum(_end(db, run["id"], advert, how, result.finished) for advert, how in endings)
    columns = {
        **attrs.asdict(result, filter=attrs.filters.exclude("too_few")),
        "stop_reason": private(result.stop_reason) if result.stop_reason else None,
        "verdict": verdict,
        "finished": instant(result.finished),
        "retry_after": instant(result.retry_after) if result.retry_after else None,
        "adverts_ended": ended,
    }
    assignments = ", ".join(f"{column} = ?" for column in columns)
    db.execute(f"UPDATE run SET {assignments} WHERE id = ?", (*columns.values(), run["id"]))


def _endings(
    db: sqlite3.Connection, source_id: str, run: CompleteRun, result: RunResult
) -> tuple[str | None, list[tuple[LiveAdvert, Ended]]]:
    """Why a run that looks complete is not believed, if so, and the adverts that it shows to have ended."""
    now = result.finished
    earlier = _runs(db, source_id, run, "verdict = 'complete'", None, limit=1)
    everything = bool(db.execute("SELECT lists_everything FROM source WHERE id = ?", (source_id,)).fetchone()[0])
    live = [
        LiveAdvert(row["id"], _moment(row["last_seen"]), _moment(row["closes_at"]) if row["closes_at"] else None)
        for row in db.execute(
            "SELECT id, last_seen, closes_at FROM advert WHERE source_id = ? AND status = 'live'", (source_id,)
        )
    ]

    def ending(runs: Sequence[CompleteRun]) -> list[tuple[LiveAdvert, Ended]]:
        return [(advert, how) for advert in live if (how := has_ended(advert, runs, now, everything))]

    endings = ending([run, *earlier])
    withdrawn = sum(how == "withdrawn" for _, how in endings)
    doubt = (
        result.too_few
        or (shortfall(run, earlier[0] if earlier else None) if everything else None)
        or too_many_ending(withdrawn, len(live))
    )
    if doubt:
        doubted = [run, *_runs(db, source_id, run, _DOUBTED, earlier[0] if earlier else None)]
        if agree(doubted, live, now):
            return None, ending(doubted)
    return doubt, endings


_DOUBTED = "verdict = 'partial' AND EXISTS (SELECT 1 FROM issue WHERE run_id = run.id AND kind = 'guard')"


def _runs(
    db: sqlite3.Connection,
    source_id: str,
    before: CompleteRun,
    which: str,
    after: CompleteRun | None,
    limit: int = 1000,
) -> list[CompleteRun]:
    """Runs of a source before one and after another, the newest first."""
    rows = db.execute(
        f"SELECT started, adverts_seen FROM run WHERE source_id = ? AND {which} AND started < ? AND started > ?"
        " ORDER BY started DESC LIMIT ?",
        (source_id, instant(before.started), instant(after.started) if after else "", limit),
    )
    return [CompleteRun(started=_moment(row["started"]), adverts_seen=row["adverts_seen"]) for row in rows]


def _end(db: sqlite3.Connection, run_id: str, advert: LiveAdvert, how: Ended, now: datetime) -> bool:
    """End one advert; an `unknown` one has not ended, we only cannot say that it is live."""
    if how == "unknown":
        db.execute("UPDATE advert SET status = 'unknown' WHERE id = ?", (advert.id,))
        _end_period(db, advert.id, instant(advert.last_seen))
        return False
    ended_at = instant(advert.closes_at if how == "closed" and advert.closes_at else now)
    db.execute("UPDATE advert SET status = ?, ended_at = ? WHERE id = ?", (how, ended_at, advert.id))
    _end_period(db, advert.id, ended_at)
    add_event(db, advert.id, run_id, ended_at, how, None)
    return True


def _end_period(db: sqlite3.Connection, advert_id: str, at: str) -> None:
    db.execute("UPDATE live_period SET live_to = ? WHERE advert_id = ? AND live_to IS NULL", (at, advert_id))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
