"""The command that says how the sources do, for people and for whatever watches over a machine."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import click

from jobscraper.cli.options import ARCHIVE, CAPTURES


@click.command(epilog="\b\nExample:\n  jobscraper health\n  jobscraper health --json")
@ARCHIVE
@CAPTURES
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, for programs.")
def health(archive: Path, folder: Path, as_json: bool) -> None:
    """Show the state of each source, since when, and what changed first.

    Exits with 1 when a source is broken or blocked, or the archive is damaged or holds observations from the future.
    """
    from jobscraper.archive.clock import from_the_future
    from jobscraper.archive.store import reading
    from jobscraper.archive.whole import check_pages
    from jobscraper.cli.show import print_health
    from jobscraper.publish.build.left_out import NOTED
    from jobscraper.quality.health import CADENCES, RUN_RECORDS, incidents_by_source, state_of

    check_pages(archive)
    left_out = defaultdict(list)
    now = datetime.now(UTC)
    with reading(archive) as db:
        wrong_clock = from_the_future(db, archive, folder, now)
        incidents = incidents_by_source(db.execute(RUN_RECORDS), map(tuple, db.execute(CADENCES)), now)
        for source, text in db.execute(NOTED):
            left_out[source].append(text)
    found = {source: state_of(several) for source, several in incidents.items()}
    if as_json:
        for source, state in found.items():
            since = state.since and state.since.isoformat()
            told = {"source": source, "state": state.state, "since": since, "first": state.first}
            click.echo(json.dumps(told | ({"left_out": left_out[source]} if source in left_out else {})))
    elif found:
        print_health(found)
        for source, texts in left_out.items():
            click.echo(f"{source}: left out of what is published: {len(texts):,}, such as {texts[0]}")
    else:
        click.echo(f"{archive}: no board has been crawled yet; run `jobscraper crawl SOURCE`")
    if wrong_clock:
        click.echo(f"Error: {wrong_clock}", err=True)
    if wrong_clock or any(state.state in ("broken", "blocked") for state in found.values()):
        sys.exit(1)
