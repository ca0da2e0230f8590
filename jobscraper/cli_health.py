"""The command that says how the sources do, for people and for whatever watches over a machine."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from jobscraper.cli_options import ARCHIVE

_USUAL_HOURS = 24.0


@click.command(epilog="\b\nExample:\n  jobscraper health\n  jobscraper health --json")
@ARCHIVE
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line, for programs.")
def health(archive: Path, as_json: bool) -> None:
    """Say how each source does, since when, and what changed first.

    Exits with 1 when a source is broken or blocked.
    """
    from jobscraper.archive.store import open_for_reading
    from jobscraper.quality.health import RUN_RECORDS, by_source
    from jobscraper.quality.health import health as judged
    from jobscraper.show import print_health

    db = open_for_reading(archive)
    cadences = dict(db.execute("SELECT id, cadence_hours FROM source ORDER BY id").fetchall())
    runs = by_source(dict(row) for row in db.execute(RUN_RECORDS))
    db.close()
    now = datetime.now(UTC)
    found = {
        source: judged(runs[source], timedelta(hours=hours or _USUAL_HOURS), now)
        for source, hours in cadences.items()
        if source in runs
    }
    if as_json:
        for source, state in found.items():
            since = state.since and state.since.isoformat()
            click.echo(json.dumps({"source": source, "state": state.state, "since": since, "first": state.first}))
    elif found:
        print_health(found)
    else:
        click.echo(f"{archive}: no board has been crawled yet; run `jobscraper crawl SOURCE`")
    if any(state.state in ("broken", "blocked") for state in found.values()):
        sys.exit(1)
