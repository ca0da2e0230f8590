"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

from jobscraper.config.read import config

ARCHIVE = click.option(
    "--archive",
    type=click.Path(dir_okay=False, path_type=Path),
    default=lambda: config().archive,
    show_default="archive.db",
    help="The archive file.",
)
CAPTURES = click.option(
    "--captures",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: config().captures,
    show_default="captures",
    help="The folder of the WARC files.",
)
OLDER = click.option(
    "--older",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=lambda: config().storage.older_captures,
    show_default="that of the settings",
    help="A second folder, of captures that were moved there by `captures prune`.",
)
SITE = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: config().site,
    show_default="site",
    help="The folder of the published snapshot.",
)
