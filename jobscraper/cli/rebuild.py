"""`jobscraper rebuild` and `jobscraper as-of`: the archive again from its captures, as it is and as it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobscraper.cli.cluster import CAPTURES_OR_STORE, ENGINE, SCHEDULER, check_engine
from jobscraper.cli.options import ARCHIVE, CAPTURES, OLDER
from jobscraper.cli.paths import check_file, check_rebuilding
from jobscraper.config.read import config
from jobscraper.normalise.contacts.messages import private

if TYPE_CHECKING:
    from jobscraper.rebuild.engine import ReadAll
    from jobscraper.rebuild.reading import Stretch
    from jobscraper.rebuild.rebuild import Plan


_REPLAYED = click.option(
    "--replay",
    "replayed",
    multiple=True,
    metavar="WARC",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file outside the folder of the captures that the archive replayed.",
)
_WITHOUT = click.option("--without-missing", is_flag=True, help="Leave out runs whose captures are no longer there.")
_WORKERS = click.option(
    "--workers", type=click.IntRange(1, 1000), help="How many processes read.  [default: one per core]"
)
_RESULTS = click.option(
    "--results",
    default="results",
    show_default=True,
    metavar="FOLDER|URL",
    help="Where workers put what they read, with --engine dask; what is there already is not read again.",
)


@click.command(epilog="\b\nExample:\n  jobscraper rebuild --diff\n  jobscraper rebuild")
@ARCHIVE
@CAPTURES_OR_STORE
@OLDER
@click.option(
    "--diff", is_flag=True, help="Only say what would be read differently, by field and rule; swap nothing in."
)
@_REPLAYED
@_WITHOUT
@_WORKERS
@ENGINE
@SCHEDULER
@_RESULTS
def rebuild(
    archive: Path,
    captures: str,
    older: Path | None,
    diff: bool,
    replayed: tuple[Path, ...],
    without_missing: bool,
    workers: int | None,
    engine: str,
    scheduler: str | None,
    results: str,
) -> None:
    """Rebuild the archive from its captures, offline, and swap it in once it is complete.

    The same code gives the same rows. What newer code reads differently is recorded as a change
    of ours, never of a board. The old archive is kept beside the new one, as FILE-before-rebuild.
    """
    from jobscraper.archive.locks import rebuilding
    from jobscraper.cli.show import print_differences
    from jobscraper.rebuild.rebuild import rebuild as make_anew

    check_rebuilding(archive, captures, results)
    cores = workers or _cores()
    with rebuilding(archive), _files(engine, captures, results, scheduler, cores) as (folder, read, unread):
        planned = _plan(archive, folder, older, replayed, without_missing)
        with _progress("rebuilding", planned.bytes) as walked:
            done = make_anew(
                archive, planned, datetime.now(UTC), workers=cores, walked=walked, swap=not diff, read=read
            )
    print_differences(done.summary)
    if done.left_out:
        click.echo(f"{archive}: left out: {done.left_out:,} captures that are no longer in the files")
    made = "would be made" if diff else "made"
    click.echo(
        f"{archive}: {made} anew from {done.runs:,} run{'s' * (done.runs != 1)}: {done.adverts:,} adverts,"
        f" {done.changed:,} values read differently"
    )
    if unread:
        sys.exit(1)


@click.command("repair-clock", epilog="\b\nExample:\n  jobscraper repair-clock --dry-run\n  jobscraper repair-clock")
@ARCHIVE
@CAPTURES
@OLDER
@click.option("--dry-run", is_flag=True, help="Only say which runs were captured with a wrong clock.")
@_REPLAYED
@_WITHOUT
@_WORKERS
def repair_clock(
    archive: Path,
    folder: Path,
    older: Path | None,
    dry_run: bool,
    replayed: tuple[Path, ...],
    without_missing: bool,
    workers: int | None,
) -> None:
    """Repair an archive that was crawled into while the clock was wrong.

    A run is moved to the time that its boards gave in their answers; one from the future whose boards gave none is set aside. Both are noted beside the captures, in misdated.txt; no capture is changed. Then the archive is rebuilt from its captures, as by `rebuild`.
    """
    from jobscraper.archive.clock import require_no_future
    from jobscraper.archive.locks import rebuilding
    from jobscraper.capture.misdated import misdated, note_misdated
    from jobscraper.rebuild.clock import find_misdated
    from jobscraper.rebuild.rebuild import rebuild as make_anew
    from jobscraper.rebuild.rebuild import recorded_in

    now = datetime.now(UTC)
    with rebuilding(archive):
        _plan(archive, folder, older, replayed, without_missing)  # What is missing is said before anything is noted.
        roots = [root for root in (folder, older) if root and root.is_dir()]
        noted = misdated(folder)
        misdated_runs = find_misdated(recorded_in(roots, {}), now, config().politeness.wrong_clocks)
        found = [one for one in misdated_runs if noted.get(one.run.id) != one.remedy]
        for one in found:
            done = f"moved to {one.began:%Y-%m-%d %H:%M}" if one.remedy == "board-time" else "set aside"
            click.echo(f"{one.run.id}: {'would be ' * dry_run}{done}; its captures stay")
        if dry_run:
            return
        note_misdated(folder, {one.run.id: one.remedy for one in found})
        planned = _plan(archive, folder, older, replayed, without_missing)
        with _progress("rebuilding", planned.bytes) as walked:
            made = make_anew(archive, planned, now, workers=workers or _cores(), walked=walked)
    click.echo(f"{archive}: {len(found):,} runs mended, and made anew: {made.runs:,} runs, {made.adverts:,} adverts")
    require_no_future(archive, folder, now)


@contextmanager
def _files(
    engine: str, captures: str, results: str, scheduler: str | None, workers: int
) -> Iterator[tuple[Path, ReadAll, list[str]]]:
    """The folder to plan by, what reads its files, and a list that comes to name those that could not be read: in the end
    they are told, whatever becomes of the rest.
    """
    check_engine(engine, scheduler)
    if engine == "local":
        from jobscraper.rebuild.engine import read_all

        if "://" in captures:
            raise click.UsageError(f"{captures} is a store; add --engine dask, which reads it")
        yield Path(captures), read_all, []
        return
    from jobscraper.scale.engine import reading

    with reading(captures, results, scheduler, workers) as reader:
        try:
            yield reader.planned, reader.read_all, reader.unread
        finally:
            for text in reader.unread:
                click.echo(f"Error: not read: {private(text)}", err=True)


@click.command("as-of", epilog="\b\nExample:\n  jobscraper as-of 2026-08-20 --to then.db")
@click.argument("day", metavar="DAY", callback=lambda _, __, given: _day(given))
@click.option(
    "--to", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@ARCHIVE
@CAPTURES
@OLDER
@_REPLAYED
@_WITHOUT
@_WORKERS
def as_of(
    day: date,
    target: Path,
    archive: Path,
    folder: Path,
    older: Path | None,
    replayed: tuple[Path, ...],
    without_missing: bool,
    workers: int | None,
) -> None:
    """Write the archive as it stood at the end of a DAY (UTC), from what had been captured by then."""
    from jobscraper.rebuild.as_of import write_as_of

    check_file(target)
    planned = _plan(archive, folder, older, replayed, without_missing)
    with _progress("reading", planned.bytes) as walked:
        adverts = write_as_of(planned, day, target, workers=workers or _cores(), walked=walked)
    click.echo(f"{target}: the archive as it stood at the end of {day}: {adverts:,} adverts")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"{given!r} is not a day; write it as 2026-08-20") from None


def _plan(archive: Path, folder: Path, older: Path | None, replayed: tuple[Path, ...], without_missing: bool) -> Plan:
    from jobscraper.archive.run_recorder import source_row
    from jobscraper.crawl.sources import known_sources
    from jobscraper.rebuild.rebuild import plan

    known = {name: source_row(source) for name, source in known_sources().items()}
    return plan(archive, folder, replayed, known, without=without_missing, older=older)


def _cores() -> int:
    return os.cpu_count() or 1


@contextmanager
def _progress(doing: str, total: int) -> Iterator[Callable[[Stretch, int], None]]:
    """A bar in bytes read, which is what the time goes with; on terminals only."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda _, size: progress.advance(task, size)
