"""Options of the commands that can be spread over many machines."""

from __future__ import annotations

import click

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
