"""The commands that keep a second copy of everything, and put it back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from jobscraper.cli.options import ARCHIVE, CAPTURES
from jobscraper.cli.paths import check_backup, check_restoring

BACKUP = click.argument("backup_folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))


@click.command(epilog="\b\nExample:\n  jobscraper backup /mnt/backup/jobscraper")
@BACKUP
@ARCHIVE
@CAPTURES
def backup(backup_folder: Path, archive: Path, folder: Path) -> None:
    """Copy the archive, its captures and the record of notices sent into FOLDER. Crawls may go on meanwhile.

    What the folder holds already is not copied again; captures that are gone here stay there. The copy of the archive is
    checked before it takes the place of the last one, which is kept beside it. Exits with 1 when it is damaged.
    """
    from jobscraper.operate.backup import back_up

    check_backup(archive, folder, backup_folder)
    done = back_up(archive, folder, backup_folder, datetime.now(UTC))
    click.echo(
        f"{backup_folder}: {done.files:,} files, {done.copied:,} of them copied now ({done.bytes / 1e6:,.1f} MB)"
    )


@click.command(epilog="\b\nExample:\n  jobscraper restore /mnt/backup/jobscraper")
@BACKUP
@ARCHIVE
@CAPTURES
@click.option("--over", is_flag=True, help="Restore even over an archive or captures that are already there.")
@click.option("--before", is_flag=True, help="Restore the last copy of the archive but one.")
def restore(backup_folder: Path, archive: Path, folder: Path, over: bool, before: bool) -> None:
    """Restore a backup, after checking every byte of it and that its archive is whole."""
    from jobscraper.operate.backup import restore as put_back

    check_restoring(archive, folder, backup_folder)
    files = put_back(backup_folder, archive, folder, over=over, before=before)
    click.echo(
        f"{archive}: restored, with {files:,} files; run `jobscraper captures verify`, then `jobscraper publish`"
    )
