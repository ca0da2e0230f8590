"""`jobscraper extract`: the job adverts in anybody's WARC files, as Parquet."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobscraper.cli.cluster import ENGINE, SCHEDULER, check_engine
from jobscraper.cli.paths import check_extracting
from jobscraper.normalise.contacts.messages import private

if TYPE_CHECKING:
    from jobscraper.scale.extract import Extracted
    from jobscraper.scale.task import Task


@click.command(
    epilog="\b\nExample:\n  jobscraper extract crawl.warc.gz --to adverts\n"
    "  jobscraper extract s3://bucket/warcs/*.warc.gz --to s3://bucket/adverts --engine dask"
)
@click.argument("warcs", nargs=-1, required=True, metavar="WARC...")
@click.option(
    "--to",
    "target",
    required=True,
    metavar="FOLDER|URL",
    help="Where the Parquet files go: a folder, or with the extra `scale` a store, such as s3://bucket/adverts.",
)
@ENGINE
@SCHEDULER
@click.option(
    "--workers",
    type=click.IntRange(1, 1000),
    help="Processes of --engine dask without a scheduler.  [default: one per core]",
)
def extract(warcs: tuple[str, ...], target: str, engine: str, scheduler: str | None, workers: int | None) -> None:
    """Write the job adverts in anyone's WARC files (paths or URLs, with * for many) to Parquet; no archive is needed.

    Pages of known boards are read as in a crawl; on all other sites, the schema.org JobPostings are read. Contact details
    are taken out. A WARC may be plain, .warc.gz, .warc.zst, or in a .wacz. The files are split by year of capture and by
    source, or by host where there is no source. A WARC that the same code has already done is skipped.
    """
    check_engine(engine, scheduler)
    if "://" not in target:
        check_extracting(Path(target))
    from jobscraper.scale.task import tasks_of

    failed: list[str] = []
    adverts = 0
    for done in _extracted(tasks_of(warcs, target), engine, scheduler, workers or os.cpu_count() or 1, failed):
        adverts += done.adverts
        click.echo(_in_words(done))
    for text in failed:
        click.echo(f"Error: {private(text)}", err=True)
    click.echo(f"{target}: {adverts:,} adverts")
    if failed:
        sys.exit(1)


def _in_words(done: Extracted) -> str:
    there = ", done before" if done.was_there else ""
    broken = f"; {done.broken}" if done.broken else ""
    return f"{done.name}: {done.adverts:,} adverts on {done.pages:,} pages{there}{broken}"


def _extracted(
    tasks: Iterable[Task], engine: str, scheduler: str | None, workers: int, failed: list[str]
) -> Iterator[Extracted]:
    """What each file gave; `failed` comes to name those that could not be read."""
    if engine == "local":
        from jobscraper.scale.extract import extract_here

        return extract_here(tasks, failed)
    from jobscraper.scale.engine import extract_on_cluster

    return extract_on_cluster(tasks, scheduler, workers, failed)
