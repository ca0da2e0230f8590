"""Observations from the future, in an archive and in a folder of captures: with them nothing may be written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from jobscraper.archive.store import reading
from jobscraper.capture.misdated import misdated
from jobscraper.capture.verify import warc_files
from jobscraper.model.errors import JobscraperError
from jobscraper.quality.clock import in_words, is_ahead

_RUN = re.compile(r"(?P<run>.+-(?P<begun>\d{8}T\d{6}Z))(?:-\d+)?\.warc(?:\.gz)?")


class WrongClockError(JobscraperError):
    """This machine's clock is wrong, or was; nothing was written, and no board was asked."""


def require_no_future(archive: Path, captures: Path, now: datetime) -> None:
    """Check that neither the archive nor the captures hold anything from the future.

    :raises WrongClockError: they do; how far, and the remedy, are in the message.
    :raises ArchiveError: the archive is damaged, or not ours.
    """
    if archive.is_file() and archive.stat().st_size:
        with reading(archive) as db:
            said = from_the_future(db, archive, captures, now)
    else:
        said = _in_words(_of_files(captures, set()), captures, now)
    if said:
        raise WrongClockError(said)


def from_the_future(db: sqlite3.Connection, archive: Path, captures: Path, now: datetime) -> str | None:
    """Say so in a line where the archive, or captures that it does not know, hold anything from the future."""
    known = {row[0] for row in db.execute("SELECT id FROM run")}
    return _in_words(_of_ledger(db), archive, now) or _in_words(_of_files(captures, known), captures, now)


def _of_ledger(db: sqlite3.Connection) -> Iterator[tuple[datetime, str]]:
    rows = db.execute(
        "SELECT id, max(started, coalesce(finished, started)) AS at FROM run"
        " UNION ALL SELECT run_id, max(fetched_at) FROM capture"
    )
    return ((datetime.fromisoformat(row[1]).astimezone(UTC), row[0]) for row in rows if row[1])


def _of_files(captures: Path, known: set[str]) -> Iterator[tuple[datetime, str]]:
    """When the runs began whose files are there and not in the ledger, by their names; not of those that are set aside."""
    known = known | {run for run, remedy in misdated(captures).items() if remedy == "set-aside"}
    for path in warc_files(captures) if captures.is_dir() else ():
        named = _RUN.fullmatch(path.name)
        if named and named["run"] not in known:
            yield datetime.strptime(named["begun"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), named["run"]


def _in_words(observed: Iterator[tuple[datetime, str]], where: Path, now: datetime) -> str | None:
    at, run = max(observed, default=(now, ""))
    if not is_ahead(at, now):
        return None
    return (
        f"{where}: holds observations of {at:%Y-%m-%d %H:%M} UTC (run {run}), {in_words(at - now)} ahead of this machine's"
        f" clock, {now:%Y-%m-%d %H:%M}: set the clock if it is behind; if it was ahead then, run `jobscraper repair-clock`"
    )
