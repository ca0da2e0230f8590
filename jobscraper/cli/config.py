"""The command that says what is set, and what is wrong with it, before anything runs."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from jobscraper.model.errors import JobscraperError


@click.command(
    "check-config", epilog="\b\nExample:\n  jobscraper check-config\n  jobscraper check-config /etc/jobscraper.toml"
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_config(file: Path | None) -> None:
    """Say what is set, and where; name what is wrong, with its line.

    FILE is that of JOBSCRAPER_CONFIG, or jobscraper.toml in the current folder, unless another is given. Secrets are not
    printed. Exits with 1 when something is wrong.
    """
    from jobscraper.archive.clock import require_no_future
    from jobscraper.cli.show import print_settings
    from jobscraper.config.check import problems
    from jobscraper.config.read import leaves, read, settings
    from jobscraper.crawl.sources import known_sources

    found = read(file, os.environ) if file else settings(os.environ)
    print_settings((".".join(keys), told, found.origins.get(keys, "default")) for keys, told in leaves(found.config))
    hosts = {host for source in known_sources().values() for host in source.allowed_domains}
    wrong = list(problems(found, hosts))
    try:
        require_no_future(found.config.archive, found.config.captures, datetime.now(UTC))
    except JobscraperError as error:
        wrong.append(str(error))
    for problem in wrong:
        click.echo(f"Error: {problem}", err=True)
    if wrong:
        sys.exit(1)
