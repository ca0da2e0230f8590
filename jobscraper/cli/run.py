"""The commands of an operator who does not watch: a round, and what starts rounds."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jobscraper.cli.cluster import CAPTURES_OR_STORE, ENGINE, SCHEDULER, check_engine
from jobscraper.cli.options import ARCHIVE, SITE
from jobscraper.cli.paths import check_round
from jobscraper.cli.sources import known_name
from jobscraper.config.read import config

if TYPE_CHECKING:
    from jobscraper.config.values import Storage
    from jobscraper.operate.due import Scheduled
    from jobscraper.operate.notices import Send
    from jobscraper.operate.round import Bounds, Crawled
    from jobscraper.operate.timers import Setup

    Lanes = Sequence[Sequence[Scheduled]]


@click.command(epilog="\b\nExample:\n  jobscraper run\n  jobscraper run --dry-run")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@ARCHIVE
@CAPTURES_OR_STORE
@SITE
@ENGINE
@SCHEDULER
@click.option(
    "--at-once",
    type=click.IntRange(1, 100),
    default=lambda: config().round.at_once,
    show_default="4",
    help="How many hosts to crawl at once.",
)
@click.option(
    "--minutes",
    type=click.IntRange(1, 7 * 24 * 60),
    default=lambda: config().round.minutes,
    show_default="240",
    help="Start no crawl after this many minutes.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be crawled, and in which order.")
def run(
    sources: tuple[str, ...],
    archive: Path,
    captures: str,
    site: Path,
    engine: str,
    scheduler: str | None,
    at_once: int,
    minutes: int,
    dry_run: bool,
) -> None:
    """Run one round: crawl the confirmed sources that are due by their cadence, then publish.

    Sources that share a host are crawled one after the other. A source that fails is reported, and affects no other. Exits
    with 1 when a crawl failed or nothing could be published.
    """
    from jobscraper.archive.clock import require_no_future
    from jobscraper.cli.show import print_snapshot
    from jobscraper.crawl.lanes import lanes
    from jobscraper.crawl.sources import known_sources
    from jobscraper.operate.notices import configured
    from jobscraper.operate.progress import RoundProgress
    from jobscraper.operate.round import Bounds, alone
    from jobscraper.operate.upkeep import require_space, upkeep
    from jobscraper.publish.build.snapshot import publish

    check_engine(engine, scheduler)
    settings = config()
    chosen = lanes(_due(sources, archive), lambda source: source.hosts)
    if dry_run:
        _tell_plan(chosen)
        known = known_sources()
        if chosen:
            tell_estimates((known[source.name] for lane in chosen for source in lane), archive)
        return
    seconds = minutes * 60.0
    if settings.round.window:
        seconds = min(seconds, settings.round.window.left(datetime.now(UTC)).total_seconds())
        if not seconds:
            click.echo(f"Nothing is crawled now: the crawling hours are {settings.round.hours}, London time.")
            return
    check_round(archive, captures, site)
    ways = configured(settings.notices)
    with alone(archive):
        require_no_future(archive, Path(captures), datetime.now(UTC))
        require_space(archive.parent, settings.storage.least_free_gb)
        bounds = Bounds(at_once=at_once, source_seconds=seconds, round_seconds=seconds)
        with RoundProgress([source.name for lane in chosen for source in lane], archive) as progress:
            crawl_round = _spread if engine == "dask" else _here
            crawled = crawl_round(chosen, archive, captures, scheduler, bounds, progress.told)
        if not chosen:
            _tell_plan(chosen)
        if archive.is_file():
            # Before publishing, which may fail: nobody watches the screen that would tell it.
            _notify(archive, ways)
        if archive.is_file() and crawled:
            print_snapshot(publish(archive, site))
            if engine == "local":
                _prune(archive, Path(captures), settings.storage)
            upkeep(archive)
    failed = [one.name for one in crawled if not one.is_good]
    if failed:
        click.echo(f"Error: not crawled: {', '.join(failed)}; `jobscraper health` says since when and why", err=True)
        sys.exit(1)


def _here(
    chosen: Lanes, archive: Path, captures: str, _: str | None, bounds: Bounds, told: Callable[[Crawled], None]
) -> list[Crawled]:
    """Crawl on this machine."""
    from jobscraper.operate.round import crawl_command, crawl_round

    if "://" in captures:
        raise click.UsageError(f"{captures} is a store; add --engine dask, which writes to it")
    return crawl_round(chosen, crawl_command(archive, Path(captures)), bounds, told)


def _spread(
    chosen: Lanes, archive: Path, captures: str, scheduler: str | None, bounds: Bounds, told: Callable[[Crawled], None]
) -> list[Crawled]:
    """Crawl on the workers of a cluster."""
    from jobscraper.archive.run_recorder import source_row
    from jobscraper.crawl.sources import known_sources
    from jobscraper.scale.cluster import cluster
    from jobscraper.scale.rounds import Writer
    from jobscraper.scale.store import store_at

    rows = {name: source_row(source) for name, source in known_sources().items()}
    with cluster(scheduler, bounds.at_once) as client:
        writer = Writer(client=client, archive=archive, captures=store_at(captures), sources=rows)
        return writer.crawl_round(chosen, bounds, told)


def _prune(archive: Path, captures: Path, storage: Storage) -> None:
    """Move old captures where the settings say so; what cannot be moved now is no failure of the round."""
    from jobscraper.archive.locks import ArchiveInUseError
    from jobscraper.operate.prune import PruneError, move, prunable

    if storage.captures_days is None or storage.older_captures is None:
        return
    found = prunable(archive, captures, datetime.now(UTC) - timedelta(days=storage.captures_days))
    try:
        move(archive, captures, found, storage.older_captures)
    except (ArchiveInUseError, PruneError) as error:
        click.echo(f"Error: {error}", err=True)
    if found.files:
        click.echo(f"{storage.older_captures}: {len(found.files):,} files of old captures moved there")


def _notify(archive: Path, ways: list[Send]) -> None:
    """Tell whoever is to be told; what cannot be sent is no failure of the round, and is sent with the next one."""
    from jobscraper.archive.store import reading
    from jobscraper.operate.notices import NoticeError, by_all, tell

    if not ways:
        return
    try:
        with reading(archive) as db:
            noted = archive.with_name(f"{archive.name}-notices.json")
            for notice in tell(db, noted, by_all(ways), datetime.now(UTC)):
                click.echo(f"notice sent: {notice.in_words()}")
    except NoticeError as error:
        click.echo(f"Error: {error}", err=True)


def _due(names: tuple[str, ...], archive: Path) -> list[Scheduled]:
    """The sources of a round: those that are named, whether due or not, or the confirmed ones that are."""
    from jobscraper.crawl.sources import known_sources
    from jobscraper.operate.due import due
    from jobscraper.operate.plan import scheduled

    known = known_sources()
    named = [known[known_name(name, known)] for name in names]
    with _ledger(archive) as db:
        if named:
            return scheduled(db, named)
        return due(scheduled(db, (source for source in known.values() if source.confirmed)), datetime.now(UTC))


def tell_estimates(sources: Iterable[Any], archive: Path) -> None:
    """Say what crawls of these sources would ask."""
    from jobscraper.cli.show import print_estimates
    from jobscraper.operate.plan import estimate

    with _ledger(archive) as db:
        politeness = config().politeness
        print_estimates([estimate(db, source, politeness, datetime.now(UTC)) for source in sources])


@contextmanager
def _ledger(archive: Path) -> Iterator[sqlite3.Connection | None]:
    """The archive to read, or None where there is none yet."""
    from jobscraper.archive.store import reading

    if not archive.is_file():
        yield None
        return
    with reading(archive) as db:
        yield db


def _tell_plan(chosen: list[list[Scheduled]]) -> None:
    if not chosen:
        click.echo("No source is due.")
    for lane in chosen:
        hosts = ", ".join(sorted({host for source in lane for host in source.hosts}))
        click.echo(f"{' → '.join(source.name for source in lane)}  ({hosts})")


@click.command(epilog="\b\nExample:\n  jobscraper schedule systemd")
@click.argument("kind", type=click.Choice(["systemd", "cron", "github-actions", "container"]))
@click.option(
    "--folder", default=lambda: str(Path.cwd()), show_default="the current folder", help="Where the archive lies."
)
@click.option("--contact", default=lambda: config().contact or "you@your.org",
              show_default="that of the settings", help="The contact address that boards are given.")  # fmt: skip
def schedule(kind: str, folder: str, contact: str) -> None:
    """Print the files that start a round on a schedule; nothing is installed."""
    from jobscraper.config.addresses import is_contact
    from jobscraper.operate.timers import timer

    if not is_contact(contact):
        raise click.UsageError(f"{contact!r} is not an address; name one that boards can write to with --contact")
    click.echo(timer(kind, _setup(Path(folder).absolute(), contact)), nl=False)


def _setup(folder: Path, contact: str) -> Setup:
    """What is set, seen from the folder in which rounds are to run."""
    import jobscraper
    from jobscraper.operate.timers import Setup

    settings = config()
    beside = Path(sys.executable).with_name("jobscraper")
    package = Path(jobscraper.__file__).parent
    private = (settings.archive.parent, settings.captures, settings.storage.older_captures)
    return Setup(
        folder=folder,
        command=beside if beside.exists() else Path(shutil.which("jobscraper") or beside),
        contact=contact,
        site=folder / settings.site,
        written=tuple(folder / path for path in (*private, settings.site) if path is not None),
        program=(Path(sys.prefix), package, package.with_name("spiders"), Path(sys.base_prefix)),
        site_url=settings.site_url,
    )
