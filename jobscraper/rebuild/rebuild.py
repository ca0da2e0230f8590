"""Making archive.db anew from its captures, beside the old one, and swapping it in when it is whole."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import attrs

from jobscraper.archive.ledger import SourceRow, has_live_runs
from jobscraper.archive.lock_folder import remove_locks
from jobscraper.archive.store import ArchiveError, check_folder, in_words, new_copy, open_brought_forward, writing
from jobscraper.archive.tombstones import Tombstone, enter, tombstones_in, tombstones_of
from jobscraper.capture.misdated import Remedy, misdated
from jobscraper.capture.record import instant
from jobscraper.capture.verify import check_captures, warc_files
from jobscraper.capture.wacz import name_of, size_of, warcs_in
from jobscraper.model.errors import JobscraperError
from jobscraper.read.outcome import PageFailed
from jobscraper.rebuild.clock import at_its_time, with_board_time
from jobscraper.rebuild.compare import Difference, Summary, by_field_and_rule, differences, keep_history_of_readings
from jobscraper.rebuild.engine import ReadAll, read_all
from jobscraper.rebuild.reading import ReadStretch, Step, Stretch
from jobscraper.rebuild.runs import RecordedRun, fold_run, recorded_runs

logger = logging.getLogger(__name__)

Walked = Callable[[Stretch, int], None]
"""Called for each stretch that was folded, with its bytes."""

_STRETCH_BYTES = 500_000


@attrs.frozen(kw_only=True)
class Plan:
    """What is to be rebuilt: the runs in order of time, each in stretches that workers can share out.

    `until`: only what was captured before then counts. `archive` is the one that is there already, whose captures must all
    be met, unless it is `without` some on purpose. `set_aside`: the ids of runs that are left out, because nobody knows when
    they were. `tombstones` are of adverts that are not to come back.
    """

    runs: tuple[RecordedRun, ...]
    sources: Mapping[str, SourceRow]
    archive: Path | None = None
    without: bool = False
    tombstones: tuple[Tombstone, ...] = ()
    until: datetime | None = None
    set_aside: frozenset[str] = frozenset()

    def up_to(self, until: datetime) -> Plan:
        """What had been captured before an instant; a run that was under way then is not judged."""
        begun = (run for run in self.runs if run.started and run.started < until)
        runs = (attrs.evolve(run, under_way=bool(run.closed and run.closed >= until)) for run in begun)
        return attrs.evolve(self, runs=tuple(runs), until=until)

    @property
    def bytes(self) -> int:
        """How much is to be read."""
        return sum(size(stretch) for run in self.runs for stretch in run.stretches)


@attrs.frozen(kw_only=True)
class Rebuilt:
    """What a rebuild made: runs, adverts, how many values are read otherwise, and those by field and rule; and how many
    captures of the old archive were left out.
    """

    runs: int
    adverts: int
    left_out: int
    changed: int
    summary: tuple[Summary, ...]


def size(stretch: Stretch) -> int:
    """The bytes of a stretch, as it lies in its file."""
    return stretch.span[1] - stretch.span[0] if stretch.span else size_of(stretch.path)


def plan(
    archive: Path,
    captures: Path,
    replayed: Iterable[Path],
    known: Mapping[str, SourceRow],
    *,
    without: bool,
    older: Path | None = None,
) -> Plan:
    """Find the runs to rebuild.

    :param replayed: files outside the folder of the captures that the archive replayed.
    :param older: a second folder of captures, of those that were moved out of the first.
    :param without: leave out the runs whose captures are not there, instead of refusing.
    :raises JobscraperError: a run of the archive has no captures any more, or a run is of a source that nobody knows.
    """
    check_folder(archive)
    archive = archive.resolve()
    roots = [root for root in (captures, older) if root and root.is_dir()]
    noted = misdated(captures)
    set_aside = frozenset(run_id for run_id, remedy in noted.items() if remedy == "set-aside")
    runs = [run for run in recorded_in(roots, noted) if run.id not in set_aside]
    sources = dict(known)
    tombstones = tombstones_in(captures)
    if archive.is_file():
        with _readable(archive), closing(open_brought_forward(archive)) as old:
            if has_live_runs(old):
                check_captures(captures)
            sources = {**_sources(old), **sources}
            tombstones += tombstones_of(old)
            given = (warc for path in replayed for warc in warcs_in(path))
            files = {name_of(path): path for path in (*(path for root in roots for path in warc_files(root)), *given)}
            runs += _replays(old, {run.id for run in runs} | set_aside, files, without=without)
            runs = [_in_stretches(old, run) for run in runs]
    _check_sources(captures, runs, sources)
    old_archive = archive if archive.is_file() else None
    return Plan(
        runs=tuple(sorted(runs, key=_in_time)),
        sources=sources,
        archive=old_archive,
        without=without,
        tombstones=tuple(tombstones),
        set_aside=set_aside,
    )


def _check_sources(captures: Path, runs: Sequence[RecordedRun], known: Mapping[str, SourceRow]) -> None:
    unknown = sorted({run.source_id for run in runs} - known.keys())
    if unknown:
        raise JobscraperError(
            f"{captures}: runs of {', '.join(unknown)}, which is no source here; add its class to spiders/"
        )
    if not runs:
        raise JobscraperError(f"{captures}: no captures of ours to rebuild from; name their folder with --captures")


def recorded_in(roots: Sequence[Path], noted: Mapping[str, Remedy]) -> list[RecordedRun]:
    """The runs of several folders of captures, at their right times where it is noted that a clock was wrong.

    A file in one folder may refer to a body in another.
    """
    found: dict[str, RecordedRun] = {}
    for root in roots:
        for run in recorded_runs(root):
            folders = tuple(other / run.source_id for other in roots if other != root)
            stretches = tuple(attrs.evolve(stretch, folders=folders) for stretch in run.stretches)
            found.setdefault(run.id, attrs.evolve(run, stretches=stretches))  # A move that was killed leaves both.
    return [with_board_time(run) if noted.get(run.id) == "board-time" else run for run in found.values()]


@contextmanager
def _readable(archive: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError:  # The disk, or a lock: no damage.
        raise
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"{archive}: damaged ({error}); move it away, and rebuild makes a new one from the captures alone"
        ) from error


def _in_time(run: RecordedRun) -> tuple[str, str]:
    return (instant(run.started) if run.started else "", run.id)


def _sources(old: sqlite3.Connection) -> dict[str, SourceRow]:
    names = [field.name for field in attrs.fields(SourceRow)]
    return {row["id"]: SourceRow(**{name: row[name] for name in names}) for row in old.execute("SELECT * FROM source")}


def _replays(
    old: sqlite3.Connection, there: set[str], files: Mapping[str, Path], *, without: bool
) -> Iterator[RecordedRun]:
    """The runs of the archive that are not in the folder: those that replayed other files."""
    for run in old.execute("SELECT * FROM run ORDER BY started, id").fetchall():
        if run["id"] in there:
            continue
        captured = old.execute(
            "SELECT id, warc_file, fetched_at FROM capture WHERE run_id = ? ORDER BY rowid", (run["id"],)
        ).fetchall()
        names = list(dict.fromkeys(row["warc_file"] for row in captured))
        missing = [name for name in names if name not in files]
        if missing:
            if without:
                continue
            raise JobscraperError(
                f"the archive's run {run['id']} was read from {', '.join(missing)}, which is not in the folder of the"
                " captures; name the folder that it was moved to with --older, give a file that was replayed with --replay,"
                " or leave such runs out with --without-missing"
            )
        only = {row["id"]: nth for nth, row in enumerate(captured)}
        yield RecordedRun(
            id=run["id"],
            source_id=run["source_id"],
            started=datetime.fromisoformat(run["started"]),
            code_version=run["code_version"],
            stretches=tuple(Stretch(files[name], only=only) for name in names),
            finished=run["verdict"] is not None,
            closed=datetime.fromisoformat(run["finished"]) if run["finished"] else None,
            stop_reason=run["stop_reason"],
            untold=tuple(_untold(old, run["id"])),
        )


def _untold(old: sqlite3.Connection, run_id: str) -> Iterator[PageFailed]:
    """What a replay did not find in its files: they cannot tell of it, only the ledger can."""
    for row in old.execute(
        "SELECT text FROM issue WHERE run_id = ? AND advert_id IS NULL AND kind = 'not_fetched'"
        " AND text NOT LIKE '%: the board answered %' ORDER BY id",
        (run_id,),
    ):
        url, _, text = row["text"].partition(": ")
        yield PageFailed(url=url, kind="not_fetched", text=text)


def _in_stretches(old: sqlite3.Connection, run: RecordedRun) -> RecordedRun:
    """Cut large files between exchanges, where the archive's index knows of any, so that all cores have something to do."""
    return attrs.evolve(run, stretches=tuple(part for stretch in run.stretches for part in _cut(old, run.id, stretch)))


def _cut(old: sqlite3.Connection, run_id: str, stretch: Stretch) -> Iterator[Stretch]:
    whole = size_of(stretch.path)
    begin = 0
    if stretch.path.name.endswith(".gz"):
        for row in old.execute(
            "SELECT offset + length AS ends FROM capture WHERE run_id = ? AND warc_file = ? ORDER BY offset",
            (run_id, name_of(stretch.path)),
        ):
            if begin + _STRETCH_BYTES <= row["ends"] < whole:
                yield attrs.evolve(stretch, span=(begin, row["ends"]))
                begin = row["ends"]
    yield attrs.evolve(stretch, span=(begin, whole)) if begin else stretch


def rebuild(
    archive: Path,
    plan: Plan,
    now: datetime,
    *,
    workers: int,
    walked: Walked = lambda _, __: None,
    swap: bool = True,
    read: ReadAll = read_all,
) -> Rebuilt:
    """Make the archive anew; with `swap`, put it in the old one's place, which stays beside it as `…-before-rebuild`.

    `read` gives what the files hold: the processes of this machine, unless somebody else does it.

    The lock `rebuilding` is held, since before the plan was made: a crawl in between would be swapped away.

    :raises JobscraperError: something writes to the archive, the disk is full, or the new archive is not whole; the old
        one is as it was.
    """
    archive = archive.resolve()
    target = archive.with_name(f"{archive.name}-rebuilding")
    if swap and archive.is_file():
        _let_nobody_read(archive)
    try:
        done = _build(target, plan, now, workers, walked, read)
        if swap:
            _swap(archive, target)
    except sqlite3.Error as error:
        raise ArchiveError(f"{target}: {in_words(error)}") from error
    finally:
        _clear(target)
    return done


def _build(target: Path, plan: Plan, now: datetime, workers: int, walked: Walked, read: ReadAll) -> Rebuilt:
    _clear(target)
    with new_copy(target) as new:
        left_out = fold_all(new, plan, workers, walked, read)
        found: list[Difference] = []
        if plan.archive:
            with _readable(plan.archive):
                new.execute("ATTACH ? AS old", (str(plan.archive),))
                found = list(differences(new))
                keep_history_of_readings(new, found, instant(now))
                new.execute("DETACH old")
        check_whole(new, target)
        adverts = new.execute("SELECT count(*) FROM advert").fetchone()[0]
    summary = tuple(by_field_and_rule(found))
    return Rebuilt(runs=len(plan.runs), adverts=adverts, left_out=left_out, changed=len(found), summary=summary)


def fold_all(
    new: sqlite3.Connection, plan: Plan, workers: int, walked: Walked, read_stretches: ReadAll = read_all
) -> int:
    """Read and fold the runs of a plan in order; return how many captures of the archive they do not hold.

    What cannot be read in them is named in the log.

    :raises JobscraperError: there are such captures, and they are not to be left out.
    """

    def steps_of(run: RecordedRun, read: Iterator[tuple[Stretch, ReadStretch]]) -> Iterator[Step]:
        for _ in run.stretches:
            stretch, found = next(read)
            for skipped in found.skipped:
                logger.warning("%s", skipped)
            if found.broken and run.finished:  # One that was killed ends so.
                logger.warning("%s", found.broken)
            yield from (at_its_time(step, run) for step in found.steps)
            walked(stretch, size(stretch))

    enter(new, plan.tombstones)
    # Closed, so that the workers end before an error is told.
    with closing(read_stretches((stretch for run in plan.runs for stretch in run.stretches), workers)) as read:
        for run in plan.runs:
            steps: Iterable[Step] = steps_of(run, read)
            if plan.until:
                steps = (step for step in steps if step.capture.fetched_at < plan.until)
            order = {key: nth for stretch in run.stretches for key, nth in (stretch.only or {}).items()}
            if order:
                steps = sorted(steps, key=lambda step, order=order: order[step.capture.id])  # type: ignore[misc]
            with writing(new):
                fold_run(new, run, plan.sources[run.source_id], steps)
    return _left_out(new, plan) if plan.archive else 0


def _left_out(new: sqlite3.Connection, plan: Plan) -> int:
    """The captures that the archive knows and that were not met: a file that is damaged, or another of the same name."""
    until = instant(plan.until) if plan.until else "9999"
    set_aside = json.dumps(sorted(plan.set_aside))
    new.execute("ATTACH ? AS old", (str(plan.archive),))
    with _readable(plan.archive or Path()):
        lost = new.execute(
            "SELECT warc_file, count(*) AS captures FROM old.capture WHERE fetched_at < ?"
            " AND run_id NOT IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM main.capture met WHERE met.id = old.capture.id) GROUP BY warc_file",
            (until, set_aside),
        ).fetchall()
    new.execute("DETACH old")
    if lost and not plan.without:
        files = ", ".join(f"{row['captures']:,} in {row['warc_file']}" for row in lost[:3])
        raise JobscraperError(
            f"{plan.archive}: captures of it could not be found in their files ({files}); `jobscraper captures verify`"
            " says what is wrong; put the files back, name the folder that they were moved to with --older, or leave them out"
            " with --without-missing"
        )
    return sum(row["captures"] for row in lost)


def check_whole(new: sqlite3.Connection, target: Path) -> None:
    """Check what was made.

    :raises ArchiveError: it is damaged, or a row of it points to nothing.
    """
    wrong = [row[0] for row in new.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
    wrong += [f"row {row[1]} of {row[0]} points to nothing" for row in new.execute("PRAGMA foreign_key_check")]
    if wrong:
        raise ArchiveError(f"{target}: the new archive is not whole ({wrong[0]}); check the disk and rebuild again")


def _swap(archive: Path, target: Path) -> None:
    """Put the new file in the old one's place in one step; the old one's log is worked in first, or it would be taken
    for the new one's.
    """
    if archive.is_file():
        _let_nobody_read(archive)
        before = archive.with_name(f"{archive.name}-before-rebuild")
        before.unlink(missing_ok=True)
        try:
            os.link(archive, before)
        except OSError:  # A file system without links, as on a memory stick.
            shutil.copy2(archive, before)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(target, archive)


def _let_nobody_read(archive: Path) -> None:
    """Work the log of the archive in, which takes that nobody has it open; what is open would stay on the old file."""
    try:
        with closing(sqlite3.connect(archive, timeout=1, isolation_level=None)) as old:
            old.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise ArchiveError(f"{archive}: {in_words(error)}") from error
        raise ArchiveError(
            f"{archive}: something has it open, such as Datasette or a database shell; close that and rebuild again"
        ) from error


def _clear(target: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    remove_locks(target)
