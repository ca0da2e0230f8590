"""`jobscraper captures`: are the files of the captures whole, and does the archive know of them?"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from jobscraper.cli_options import ARCHIVE, CAPTURES
from jobscraper.errors import JobscraperError


@click.group(epilog="\b\nExample:\n  jobscraper captures verify\n  jobscraper captures index")
def captures() -> None:
    """Check the WARC files of the captures against the archive, and index them."""


@captures.command(epilog="\b\nExample:\n  jobscraper captures verify --captures captures")
@ARCHIVE
@CAPTURES
def verify(archive: Path, folder: Path) -> None:
    """Name what is missing, damaged or not indexed, a line each; exit code 1 if anything is missing or damaged."""
    from jobscraper.archive.captures import index_of
    from jobscraper.archive.store import open_for_reading
    from jobscraper.capture.verify import BAD, warc_files
    from jobscraper.capture.verify import verify as find

    files = warc_files(folder)
    with closing(open_for_reading(archive)) as db, _in_words(archive):
        index = index_of(db)
    counts: Counter[str] = Counter()
    with _progress("verifying", files) as walked:
        for finding in find(files, index, walked):
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
    from jobscraper.capture.story import story
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
                told = story(path)
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
