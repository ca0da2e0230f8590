"""Options of the commands that can be spread over many machines."""

from __future__ import annotations

import os

import click

from jobscraper.config.read import config

ENGINE = click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where to work: on this machine, or on the workers of a Dask cluster (see docs/scale.md).",
)
SCHEDULER = click.option(
    "--scheduler",
    metavar="URL",
    help="The scheduler of the cluster, such as tcp://10.0.0.1:8786.  [default: processes of this machine]",
)
CAPTURES_OR_STORE = click.option(
    "--captures",
    default=lambda: os.environ.get("JOBSCRAPER_CAPTURES") or str(config().captures),
    show_default="captures",
    metavar="FOLDER|URL",
    help="The folder of the WARC files; with --engine dask also a store, such as s3://bucket/captures.",
)


def check_engine(engine: str, scheduler: str | None) -> None:
    """Let nobody name a cluster that is not asked, or ask for one without the extra.

    :raises click.UsageError: a scheduler, but no engine that has one.
    :raises JobscraperError: the extra is not installed.
    """
    if engine == "dask":
        from jobscraper.scale.extra import require_extra

        require_extra("--engine dask")
    elif scheduler:
        raise click.UsageError("--scheduler goes with --engine dask")
