"""Options that several commands take."""

from __future__ import annotations

import os
from pathlib import Path

import click

ARCHIVE = click.option(
    "--archive",
    type=click.Path(dir_okay=False, path_type=Path),
    default=lambda: Path(os.environ.get("JOBSCRAPER_ARCHIVE", "archive.db")),
    show_default="archive.db",
    help="The archive file.",
)
CAPTURES = click.option(
    "--captures",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: Path(os.environ.get("JOBSCRAPER_CAPTURES", "captures")),
    show_default="captures",
    help="The folder of the WARC files.",
)
SITE = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder of the published snapshot.",
)
