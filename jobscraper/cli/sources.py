"""The commands about sources: which there are, and how a new one begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from rapidfuzz import process as nearest


@click.command(epilog="\b\nExample:\n  jobscraper sources")
def sources() -> None:
    """List the sources, and say which are confirmed."""
    from jobscraper.cli.show import print_sources
    from jobscraper.crawl.sources import known_sources

    print_sources(known_sources())


@click.command(
    "new-source", epilog="\b\nExample:\n  jobscraper new-source ox_council --platform eploy --host jobs.oxford.gov.uk"
)
@click.argument("name")
@click.option("--platform", required=True, help="The module of its platform in jobscraper/boards/.")
@click.option("--host", default="example.org", show_default=True, help="The host of the board.")
def new_source(name: str, platform: str, host: str) -> None:
    """Begin a source: write its class, a folder for its first fixture, and so a test that fails until both are filled in."""
    from jobscraper.dev.new_source import new_source as write

    written = write(Path.cwd(), name, platform, host)
    click.echo(f"Wrote {written.source.relative_to(Path.cwd())}: fill in who publishes it and what a run should find")
    folder = written.fixture.relative_to(Path.cwd())
    click.echo(f"Wrote {folder}/url.txt: put the URL of a saved page there, and the page beside it as response.html")
    click.echo(f"Then: pytest tests/test_sources.py tests/boards/test_fixtures.py -k {name}")


def known_name(name: str, known: Iterable[str]) -> str:
    """The name if a source has it.

    :raises UsageError: none has; the nearest name is told.
    """
    names = list(known)
    if name in names:
        return name
    near = nearest.extractOne(name, names, score_cutoff=65)
    hint = f"did you mean {near[0]}?" if near else "`jobscraper sources` lists them"
    raise click.UsageError(f"no source is called {name!r}; {hint}")
