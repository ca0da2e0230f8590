"""`jobscraper captures`: are the files of the captures whole, and does the archive know of them?"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from jobscraper.cli.options import ARCHIVE, CAPTURES, OLDER
from jobscraper.cli.paths import check_moving
from jobscraper.model.errors import JobscraperError


@click.group(epilog="\b\nExample:\n  jobscraper captures verify\n  jobscraper captures index")
def captures() -> None:
    """Check the WARC files of the captures against the archive, and index them."""


@captures.command(epilog="\b\nExample:\n  jobscraper captures verify --captures captures")
@ARCHIVE
@CAPTURES
@OLDER
def verify(archive: Path, folder: Path, older: Path | None) -> None:
    """Name what is missing, damaged or not indexed, one per line; exit code 1 if anything is missing or damaged."""
    from jobscraper.archive.captures import index_of
    from jobscraper.archive.store import open_brought_forward
    from jobscraper.capture.dropped import dropped
    from jobscraper.capture.verify import BAD, warc_files
    from jobscraper.capture.verify import verify as find

    files = [path for root in (folder, older) if root for path in warc_files(root)]
    with closing(open_brought_forward(archive)) as db, _in_words(archive):
        index = index_of(db)
    counts: Counter[str] = Counter()
    with _progress("verifying", files) as walked:
        for finding in find(files, index, walked, dropped(folder)):
            click.echo(f"{finding.kind}: {finding.text}")
            counts[finding.kind] += finding.count
    click.echo(_summary(len(files), len(index.ids), counts))
    if sum(counts[kind] for kind in BAD):
        raise JobscraperError(
            f"{folder}: {counts['missing']} missing, {counts['damaged']} damaged; put the files back from a copy"
        )


@captures.command(epilog="\b\nExample:\n  jobscraper captures index --captures captures")
@ARCHIVE
@CAPTURES
def index(archive: Path, folder: Path) -> None:
    """Enter captures that are in the files and not in the archive. Their adverts are not read."""
    from jobscraper.archive.captures import enter, index_of
    from jobscraper.archive.locks import indexing
    from jobscraper.archive.store import ArchiveError, open_archive
    from jobscraper.capture.run_info import run_info
    from jobscraper.capture.verify import unindexed, warc_files
    from jobscraper.capture.warc import CaptureError

    files = warc_files(folder)
    if not archive.is_file():
        raise JobscraperError(f"{archive}: no archive here; make one from the captures with `jobscraper rebuild`")
    entered, troubles = 0, []
    with (
        indexing(archive),
        closing(open_archive(archive)) as db,
        _progress("indexing", files) as walked,
        _in_words(archive),
    ):
        known = index_of(db)
        for path in files:
            try:
                told = run_info(path)
                new = list(unindexed(path, known)) if told.run_id else []
                entered += enter(db, told, new) if new else 0
            except (ArchiveError, CaptureError) as error:
                troubles.append(str(error))
            walked(path)
    click.echo(f"{archive}: {entered:,} captures entered from {len(files):,} files")
    for trouble in troubles[1:]:
        click.echo(f"Error: {trouble}", err=True)
    if troubles:
        raise JobscraperError(troubles[0])


@captures.command(
    epilog="\b\nExample:\n  jobscraper captures prune --older-than 400 --to /mnt/older\n"
    "  jobscraper captures prune --older-than 400 --drop --dry-run"
)
@click.option(
    "--older-than", "days", type=click.IntRange(1, 36_500), required=True, help="Days since the end of the run."
)
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="Move the files to this folder.")
@click.option("--drop", "dropping", is_flag=True, help="Remove the files for good.")
@click.option("--dry-run", is_flag=True, help="Only say what would be moved or removed.")
@ARCHIVE
@CAPTURES
def prune(days: int, target: Path | None, dropping: bool, dry_run: bool, archive: Path, folder: Path) -> None:
    """Move old captures to a second folder, or drop them. A file to which newer captures refer stays."""
    from datetime import UTC, datetime, timedelta

    from jobscraper.capture.verify import check_captures
    from jobscraper.operate.prune import drop, move, prunable

    if (target is None) != dropping:
        raise click.UsageError("say where to move the files with --to, or --drop them")
    check_captures(folder)
    if target:
        check_moving(archive, folder, target)
    found = prunable(archive, folder, datetime.now(UTC) - timedelta(days=days))
    count = f"{len(found.files):,} file{'s' * (len(found.files) != 1)} ({found.bytes / 1e6:,.1f} MB)"
    stay = f"; {found.needed:,} as old stay, because newer captures refer to them" if found.needed else ""
    if dry_run:
        for path in found.files:
            click.echo(str(path))
    elif target:
        move(archive, folder, found, target)
    else:
        drop(archive, folder, found)
    done = "would be " * dry_run + ("dropped" if dropping else f"moved to {target}")
    click.echo(f"{folder}: {count} {done}{stay}")
    if found.files and dropping:
        click.echo(
            f"The archive keeps its rows. A rebuild cannot make them again: it needs --without-missing, and then lacks the"
            f" {found.adverts:,} adverts that were last seen before, and the older history of others."
        )
    elif found.files:
        click.echo(
            f"A rebuild needs them: give it --older {target}, or set older_captures; captures verify takes it too."
        )


def _summary(files: int, known: int, counts: Counter[str]) -> str:
    kinds = ("missing", "damaged", "unindexed", "cut off", "elsewhere")
    told = ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds if counts[kind] or kind in kinds[:3])
    return f"{files:,} file{'s' if files != 1 else ''}, {known:,} captures in the archive: {told}"


@contextmanager
def _in_words(archive: Path) -> Iterator[None]:
    from jobscraper.archive.store import ArchiveError, in_words

    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"{archive}: {in_words(error)}") from error


@contextmanager
def _progress(doing: str, files: Sequence[Path]) -> Iterator[Callable[[Path], None]]:
    """A bar in bytes; on terminals only."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    sizes = {path: path.stat().st_size for path in files}
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=sum(sizes.values()))
        yield lambda path: progress.advance(task, sizes[path])
