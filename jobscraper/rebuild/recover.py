"""Carrying on after a crawl that was killed: what it had captured is folded before the next crawl of its source begins."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from jobscraper.archive.ledger import CUT_OFF, SourceRow
from jobscraper.capture.run_info import run_info
from jobscraper.capture.warc import CaptureError
from jobscraper.read.process.client import Read
from jobscraper.rebuild.reading import steps
from jobscraper.rebuild.runs import RecordedRun, fold_run, recorded_run, unfinished

logger = logging.getLogger(__name__)


def recover(db: sqlite3.Connection, source: SourceRow, captures: Path, read: Read) -> None:
    """Fold what the dead runs of a source captured, and close them; the lock of the source is held.

    A run that is in the ledger without a verdict although its file has one was only indexed: that is for a rebuild.
    """
    for run_id in unfinished(db, source.id):
        run = _recorded(captures / source.id / f"{run_id}.warc.gz") or _lost(db, run_id, source.id)
        if not run.finished:
            logger.warning("%s: cut off earlier; what it captured is folded now", run_id)
            fold_run(db, run, source, (step for stretch in run.stretches for step in steps(stretch, read)))


def _recorded(path: Path) -> RecordedRun | None:
    try:
        told = run_info(path)
    except CaptureError:
        return None
    return recorded_run(told) if told.run_id else None


def _lost(db: sqlite3.Connection, run_id: str, source_id: str) -> RecordedRun:
    """A run whose files are gone, or that replayed somebody's: what the ledger has of it stands."""
    row = db.execute("SELECT started, code_version FROM run WHERE id = ?", (run_id,)).fetchone()
    last = db.execute("SELECT max(fetched_at) FROM capture WHERE run_id = ?", (run_id,)).fetchone()[0]
    return RecordedRun(
        id=run_id,
        source_id=source_id,
        started=_moment(row["started"]),
        code_version=row["code_version"],
        stretches=(),
        finished=False,
        closed=_moment(last or row["started"]),
        stop_reason=CUT_OFF,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
