"""The command for a publisher's wish."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from jobscraper.cli.options import ARCHIVE, CAPTURES, OLDER, SITE


@click.command(epilog="\b\nExample:\n  jobscraper forget wmjobs:12345 --reason 'the council asked on 3 May'")
@click.argument("advert", metavar="URL|ADVERT")
@click.option("--reason", required=True, help="Why, for those who come after; it is kept, and never published.")
@ARCHIVE
@CAPTURES
@OLDER
@SITE
def forget(advert: str, reason: str, archive: Path, folder: Path, older: Path | None, site: Path) -> None:
    """Remove an advert's text everywhere: from the archive, the captures, and what is published.

    A tombstone stays, so that no crawl and no rebuild brings it back. Run again, it removes what later crawls captured.
    """
    from jobscraper.cli.show import print_snapshot
    from jobscraper.forget.forget import forget as forget_advert
    from jobscraper.publish.build.snapshot import SNAPSHOT_FILE, publish

    if not archive.is_file():
        raise click.UsageError(f"{archive}: no archive here; name it with --archive")
    done = forget_advert(archive, folder, advert, reason, datetime.now(UTC), older=older)
    click.echo(f"{done.advert_id}: forgotten; {done.records:,} records of its captures were changed")
    if done.given_up:
        click.echo(f"{done.given_up:,} pages could not be separated from it, and were removed whole")
    if (site / SNAPSHOT_FILE).exists():
        print_snapshot(publish(archive, site))
    click.echo("Copies that you made elsewhere still have it: backups (back up again), exports, as-of files.")
