"""The command line: one thin function per command.

Exit codes: 0 done; 1 something failed, and is named on stderr in one line; 2 wrong usage.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import click

from jobscraper import __version__
from jobscraper.cli.backup import backup as backup_command
from jobscraper.cli.backup import restore as restore_command
from jobscraper.cli.captures import captures as captures_commands
from jobscraper.cli.config import check_config as check_config_command
from jobscraper.cli.extract import extract as extract_command
from jobscraper.cli.forget import forget as forget_command
from jobscraper.cli.health import health as health_command
from jobscraper.cli.normalise import normalise as normalise_command
from jobscraper.cli.options import ARCHIVE, SITE
from jobscraper.cli.paths import check_crawling, check_file, check_publishing
from jobscraper.cli.rebuild import as_of as as_of_command
from jobscraper.cli.rebuild import rebuild as rebuild_command
from jobscraper.cli.rebuild import repair_clock as repair_clock_command
from jobscraper.cli.run import run as run_command
from jobscraper.cli.run import schedule as schedule_command
from jobscraper.cli.run import tell_estimates
from jobscraper.cli.sources import known_name
from jobscraper.cli.sources import new_source as new_source_command
from jobscraper.cli.sources import sources as sources_command
from jobscraper.config.read import config
from jobscraper.config.registers import registers_folder
from jobscraper.files.endings import WITH_WACZ
from jobscraper.files.folders import check_folder_for
from jobscraper.model.errors import JobscraperError
from jobscraper.normalise.contacts.messages import PrivateFormatter, private
from jobscraper.registers import user_tables
from jobscraper.text.fold import fold_space

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
PORT = click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port to serve at."
)


class Commands(click.Group):
    """Turns the errors that a user can mend into one line and exit code 1."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run what the command line says, in UTF-8."""
        _speak_utf8()
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except JobscraperError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # Whoever read our output has had enough (`| head`): nothing is wrong.
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - so that the exit does not flush into the pipe again
            sys.exit(0)
        except UnicodeDecodeError as error:
            raise click.ClickException(
                f"the input is not UTF-8 ({error.reason} at byte {error.start}); convert it first"
            ) from error
        except UnicodeEncodeError as error:
            raise click.ClickException("an argument is not UTF-8; write it in UTF-8") from error
        except sqlite3.Error as error:
            from jobscraper.archive.store import in_words

            raise click.ClickException(in_words(error)) from error
        except OSError as error:
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise click.ClickException(f"{what}; check the path, its permissions and the space on the disk") from error


def _speak_utf8() -> None:
    """Begin anew in UTF-8 where the locale would have another encoding: adverts, file names and questions have letters
    that it lacks. The processes that we start have it, too.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _example(*lines: str) -> str:
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_example("jobscraper demo"))
@click.version_option(__version__, prog_name="jobscraper")
def main() -> None:
    """Crawl UK public-sector job adverts into archive.db, with their history, and publish them."""
    if click.get_current_context().invoked_subcommand != "check-config":  # Which says itself what is wrong.
        set_up_log()
        user_tables.use(registers_folder())


main.add_command(captures_commands)
main.add_command(rebuild_command)
main.add_command(as_of_command)
main.add_command(repair_clock_command)
main.add_command(extract_command)
main.add_command(normalise_command)
main.add_command(sources_command)
main.add_command(health_command)
main.add_command(check_config_command)
main.add_command(backup_command)
main.add_command(forget_command)
main.add_command(restore_command)
main.add_command(run_command)
main.add_command(schedule_command)
main.add_command(new_source_command)


def set_up_log() -> None:
    """Send the log to stderr at the level that the operator set; without one, nowhere."""
    logging.captureWarnings(True)
    level = config().log_level
    if level:
        handler = logging.StreamHandler()
        handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.basicConfig(level=level, handlers=[handler])
    else:
        # Without a handler Python prints warnings to stderr; what matters is told in the table and the ledger.
        logging.getLogger().addHandler(logging.NullHandler())


@main.command(epilog=_example("jobscraper demo --no-serve"))
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the snapshot until Ctrl-C.")
@ARCHIVE
@SITE
@HOST
@PORT
def demo(serve: bool, archive: Path, site: Path, host: str, port: int) -> None:
    """Crawl the bundled sample, publish it, and serve it at http://127.0.0.1:8001."""
    from jobscraper.cli.show import print_outcomes, print_snapshot
    from jobscraper.crawl.sources import known_sources
    from jobscraper.publish.build.snapshot import publish as publish_site
    from jobscraper.publish.site.serve import check_port
    from jobscraper.publish.site.serve import serve as serve_site
    from jobscraper.sample import sample_warc

    if serve:
        check_port(host, port)
    _refuse_what_is_no_demo(archive, site)
    outcomes = _crawl_with_progress(list(known_sources().values()), archive, None, [sample_warc()])
    print_outcomes(outcomes, archive)
    snapshot = publish_site(archive, site)
    print_snapshot(snapshot)
    _fail_on_trouble(outcomes)
    if serve:
        serve_site(site, host, port, config().site_url, config().trusted_proxies)


def _refuse_what_is_no_demo(archive: Path, site: Path) -> None:
    """The adverts of the sample are invented: they must not stand among real ones, nor in their place."""
    from jobscraper.publish.build.snapshot import SNAPSHOT_FILE
    from jobscraper.sample.mark import is_demo

    check_crawling(archive, None, site)
    check_publishing(archive, site)
    if not is_demo(archive):
        raise JobscraperError(
            f"{archive}: holds adverts of real boards, or something else that the demo did not make; name another file for the demo"
            " with --archive"
        )
    if not is_demo(site / SNAPSHOT_FILE):
        raise JobscraperError(
            f"{site}: holds adverts of real boards, or something else that the demo did not publish; name another folder for the demo"
            " with --site"
        )


@main.command(epilog=_example("jobscraper crawl teaching_vacancies", "jobscraper crawl --all --archive archive.db"))
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "everything", is_flag=True, help="All confirmed sources.")
@ARCHIVE
@click.option("--captures", type=click.Path(file_okay=False, path_type=Path), help="The folder of the WARC files.")
@click.option(
    "--replay",
    multiple=True,
    metavar="WARC...",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Answer from these WARC files instead of asking the boards.",
)
@click.option("--fresh", is_flag=True, help="Fetch every page again, even where nothing says that it has changed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be fetched, how much, and how long it would take.")
def crawl(
    sources: tuple[str, ...],
    everything: bool,
    archive: Path,
    captures: Path | None,
    replay: tuple[Path, ...],
    fresh: bool,
    dry_run: bool,
) -> None:
    """Crawl sources into the archive, and record each run with its verdict."""
    from jobscraper.cli.show import print_outcomes

    if replay:
        more = [name for name in sources if name.endswith(WITH_WACZ)]
        replay = (*replay, *map(Path, more))
        sources = tuple(name for name in sources if name not in more)
    chosen = _choose(sources, everything)
    if dry_run:
        tell_estimates(chosen, archive)
        return
    check_crawling(archive, captures)
    outcomes = _crawl_with_progress(chosen, archive, captures, replay, fresh=fresh)
    print_outcomes(outcomes, archive)
    _fail_on_trouble(outcomes)


def _choose(names: tuple[str, ...], everything: bool) -> list[Any]:
    from jobscraper.crawl.sources import known_sources

    if everything == bool(names):
        raise click.UsageError("name the sources to crawl, or --all; `jobscraper sources` lists them")
    known = known_sources()
    if everything:
        left_out = [name for name, source in known.items() if not source.confirmed]
        if left_out:
            click.echo(f"Left out, because they are not confirmed yet: {', '.join(left_out)}", err=True)
        return [source for source in known.values() if source.confirmed]
    return [known[known_name(name, known)] for name in dict.fromkeys(names)]


def _crawl_with_progress(
    chosen: list[Any], archive: Path, captures: Path | None, replay: Iterable[Path], *, fresh: bool = False
) -> list[Any]:
    from jobscraper.cli.show import CrawlProgress
    from jobscraper.crawl.project import project_settings
    from jobscraper.crawl.runner import crawl as run_crawl

    with CrawlProgress([source.name for source in chosen]) as progress:
        return run_crawl(
            chosen,
            project_settings(),
            archive=archive,
            captures=captures,
            replay=replay,
            fresh=fresh,
            watch=progress.page,
        )


def _fail_on_trouble(outcomes: Iterable[Any]) -> None:
    troubles = [outcome.trouble for outcome in outcomes if outcome.trouble]
    for trouble in troubles:
        click.echo(f"Error: {trouble}", err=True)
    if troubles:
        sys.exit(1)


@main.command(epilog=_example("jobscraper runs --limit 5"))
@ARCHIVE
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many runs, newest first."
)
def runs(archive: Path, limit: int) -> None:
    """List the latest runs with their verdicts."""
    from jobscraper.archive.store import in_words_of, open_for_reading
    from jobscraper.cli.show import print_runs

    with in_words_of(archive), closing(open_for_reading(archive)) as db:
        print_runs(db.execute("SELECT * FROM run ORDER BY started DESC, id LIMIT ?", (limit,)).fetchall())


@main.command(
    epilog=_example("jobscraper read localgov page.html --url https://www.localgov.co.uk/Some-headline/50261")
)
@click.argument("source")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--url", required=True, help="The URL that the file was saved from; it decides how the file is read.")
def read(source: str, file: Path, url: str) -> None:
    """Print what a saved response gives: raw adverts, one JSON object per line. No network, no database.

    What could not be read is reported on stderr, one line each; if the response gives nothing else, the command fails. A page
    that only links to others says so there, with the number of links to follow.
    """
    from jobscraper.crawl.project import load_readers
    from jobscraper.crawl.sources import known_sources
    from jobscraper.read.saved import leads_on, read_saved

    known = known_sources()
    load_readers()
    reading = read_saved(known[known_name(source, known)], file, url)
    for advert in reading.adverts:
        click.echo(json.dumps(attrs.asdict(advert), ensure_ascii=False))
    for problem in reading.problems:
        click.echo(f"{problem.kind}: {fold_space(private(problem.text))}", err=True)
    if further := leads_on(reading):
        click.echo(private(further), err=True)
    # A list that is empty and says so has no problem; a sitemap or a front page has no advert, but leads to some.
    if reading.problems and not (reading.adverts or reading.follow or reading.pages):
        sys.exit(1)


@main.command(epilog=_example("jobscraper publish"))
@ARCHIVE
@SITE
def publish(archive: Path, site: Path) -> None:
    """Build a read-only snapshot of the archive, check it, and swap it in."""
    from jobscraper.cli.show import print_snapshot
    from jobscraper.publish.build.snapshot import publish as publish_site

    check_publishing(archive, site)
    snapshot = publish_site(archive, site)
    print_snapshot(snapshot)


@main.command(
    epilog=_example(
        "jobscraper export --table advert --to adverts.parquet",
        "jobscraper export --sql \"SELECT title, salary_text FROM advert WHERE region = 'Wales'\" --to wales.csv",
    )
)
@click.option("--table", help="A table of the snapshot, whole.")
@click.option("--sql", help="A query of the snapshot.")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: its ending (.parquet, .csv, .jsonl, .csv.gz, .jsonl.gz) says how.",
)
@SITE
def export(table: str | None, sql: str | None, target: Path, site: Path) -> None:
    """Write a table of the published snapshot, or what a query gives, to a file."""
    from jobscraper.publish.build.exports import export_query
    from jobscraper.publish.build.snapshot import SNAPSHOT_FILE
    from jobscraper.publish.dictionary import tables

    if (table is None) == (sql is None):
        raise click.UsageError("name either a --table or a query with --sql")
    if table is not None and table not in tables():
        raise click.UsageError(f"no table is called {table!r}; there are {', '.join(tables())}")
    check_file(target)
    query = sql if sql is not None else f"SELECT * FROM {table}"
    click.echo(f"{target}: {export_query(site / SNAPSHOT_FILE, query, target):,} rows")


@main.command(epilog=_example("jobscraper serve --port 8001"))
@SITE
@HOST
@PORT
def serve(site: Path, host: str, port: int) -> None:
    """Serve the published snapshot with Datasette until Ctrl-C."""
    from jobscraper.publish.site.serve import serve as serve_site

    serve_site(site, host, port, config().site_url, config().trusted_proxies)


@main.command(
    "update-registers", epilog=_example("jobscraper update-registers", "jobscraper update-registers --only nhs")
)
@click.option("--only", multiple=True, metavar="NAME", help="Only this list: nhs, schools, trusts, govuk, authorities.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the fetched tables.  [default: JOBSCRAPER_REGISTERS, or that of your user's data]",
)
@click.option("--url", "urls", multiple=True, metavar="NAME=URL", help="Fetch a list from another address.")
def update_registers(only: tuple[str, ...], folder: Path | None, urls: tuple[str, ...]) -> None:
    """Fetch the official lists of bodies into tables of your own, which are read beside the bundled ones.

    A list that is smaller than 90 % of the last one is refused, and nothing is written if anything fails.
    """
    from datetime import date

    from jobscraper.registers.fetch import fetch
    from jobscraper.registers.official import LISTS
    from jobscraper.registers.update import update

    lists = dict(LISTS)
    for name, _, url in (choice.partition("=") for choice in urls):
        if name not in lists or not url:
            raise click.UsageError(f"--url takes NAME=URL, with a name of {', '.join(LISTS)}")
        lists[name] = attrs.evolve(lists[name], urls=(url,))
    unknown = [name for name in only if name not in lists]
    if unknown:
        raise click.UsageError(f"no list is called {unknown[0]!r}; there are {', '.join(LISTS)}")
    where = folder or registers_folder()
    check_folder_for(None, where, "--dir")
    for done in update(where, [lists[name] for name in dict.fromkeys(only or lists)], fetch, date.today()):
        click.echo(done.in_words())
    click.echo(f"Wrote them to {where}")
