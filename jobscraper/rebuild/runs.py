"""The runs that a folder of captures holds, and folding one of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import attrs

from jobscraper.archive.ledger import CUT_OFF, SourceRow
from jobscraper.archive.run_recorder import RunRecorder
from jobscraper.capture.bodies import moment
from jobscraper.capture.run_info import RunInfo, run_files, run_info
from jobscraper.capture.verify import warc_files
from jobscraper.capture.warc import CaptureError
from jobscraper.read.outcome import PageFailed
from jobscraper.rebuild.reading import Step, Stretch


@attrs.frozen(kw_only=True)
class RecordedRun:
    """A run as its files tell of it. `stretches` are its files in order; `started` is None for one that was replayed.

    `closed`, `stop_reason`, `retry_after` and `untold` are those of its last record; `finished` is False where there is none. `under_way`:
    it is looked at while it goes on, and is not closed. `times` are the right ones of its captures, by id, where a clock
    was wrong.
    """

    id: str
    source_id: str
    started: datetime | None
    code_version: str
    stretches: tuple[Stretch, ...]
    finished: bool
    under_way: bool = False
    closed: datetime | None = None
    stop_reason: str | None = None
    retry_after: datetime | None = None
    untold: tuple[PageFailed, ...] = ()
    times: Mapping[str, datetime] = attrs.field(factory=dict)


def recorded_runs(folder: Path) -> list[RecordedRun]:
    """The runs of a folder in the order in which they began; files that are not of a run of ours are left out.

    :raises CaptureError: there is no such folder, or two files tell of the same run: a copy would count twice.
    """
    first_files = [told for path in warc_files(folder) if (told := _run_info(path)).run_id and told.part == 1]
    paths: dict[str | None, Path] = {}
    for told in first_files:
        other = paths.setdefault(told.run_id, told.path)
        if other != told.path:
            raise CaptureError(f"{other} and {told.path} are both of the run {told.run_id}; move the copy away")
    return sorted((recorded_run(told) for told in first_files), key=lambda run: (run.started or _EARLIEST, run.id))


def _run_info(path: Path) -> RunInfo:
    try:
        return run_info(path)
    except CaptureError:
        raise CaptureError(f"{path}: not a WARC file; move it out of the folder of the captures") from None


_EARLIEST = datetime.min.replace(tzinfo=UTC)


def recorded_run(told: RunInfo) -> RecordedRun:
    """The run whose first file tells this."""
    files = run_files(told.path)
    last = run_info(files[-1])
    closing = last.closing or {}
    untold = json.loads(closing.get("not-captured", "[]"))
    return RecordedRun(
        id=str(told.run_id),
        source_id=str(told.source_id),
        started=told.begun,
        code_version=told.code_version or "not told",
        stretches=tuple(Stretch(path) for path in files),
        finished=last.verdict is not None,
        closed=last.closed if last.verdict else None,
        stop_reason=closing.get("stop_reason"),
        retry_after=moment(closing["retry_after"]) if "retry_after" in closing else None,
        untold=tuple(PageFailed(**failed) for failed in untold),
    )


def fold_run(db: sqlite3.Connection, run: RecordedRun, source: SourceRow, steps: Iterable[Step]) -> sqlite3.Row:
    """Fold a recorded run as its crawl did, or would have if it had not been cut off, and return its row of the ledger."""
    recorder = RunRecorder(db, source, run.id, run.started, run.code_version)
    refusals: dict[str, PageFailed] = {}
    if run.started:
        recorder.enter(run.started)
    for step in steps:
        recorder.captured(step.capture)
        recorder.redirected(step.capture, step.leads_to)
        refusals.pop(step.capture.url, None)
        if isinstance(step.outcome, PageFailed):
            if step.provisional:
                refusals[step.capture.url] = step.outcome
            else:
                recorder.failed(step.outcome, step.capture.fetched_at)
        elif step.outcome is not None:
            recorder.read(step.outcome, step.ready)
    at = run.closed or recorder.last_capture or run.started or datetime.now(UTC)
    if run.under_way:
        return db.execute("SELECT * FROM run WHERE id = ?", (run.id,)).fetchone()  # type: ignore[no-any-return]
    for failed in (*refusals.values(), *run.untold):
        recorder.failed(failed, at)
    stop_reason = run.stop_reason if run.finished else CUT_OFF
    return recorder.close(
        at,
        reached_its_end=run.finished and not run.stop_reason,
        stop_reason=stop_reason,
        retry_after=run.retry_after,
    )


def unfinished(db: sqlite3.Connection, source_id: str) -> Iterator[str]:
    """The runs of a source that the ledger has without a verdict. While its lock is held, they are those of dead processes."""
    for row in db.execute(
        "SELECT id FROM run WHERE source_id = ? AND verdict IS NULL ORDER BY started", (source_id,)
    ).fetchall():
        yield row["id"]
