"""Whether the places that a command line names go together, before anything is written to them."""

from __future__ import annotations

from pathlib import Path

from jobscraper.config.read import config
from jobscraper.files.folders import SNAPSHOT_ID, FolderError, check_apart, check_folder_for, check_outside, sqlite_id


def check_publishing(archive: Path, site: Path) -> None:
    """:raises FolderError: the site would lie in what is private, or in the place of something else."""
    _apart(archive, site=site)
    check_folder_for("site", site, "--site")


def check_crawling(archive: Path, captures: Path | None, site: Path | None = None) -> None:
    """:raises FolderError: what is captured would lie in the site, or in the place of something else."""
    check_outside(archive, "--archive")
    _apart(archive, captures=captures, site=site)
    check_folder_for("captures", captures or config().captures, "--captures")


def check_round(archive: Path, captures: str, site: Path) -> None:
    """:raises FolderError: what a round captures, publishes or moves would lie in the place of something else."""
    check_crawling(archive, None if "://" in captures else Path(captures), site)
    check_publishing(archive, site)
    older = config().storage.older_captures
    if older:
        check_folder_for("captures", older, "storage.older_captures")


def check_backup(archive: Path, captures: Path, backup: Path) -> None:
    """:raises FolderError: the backup would lie in what it holds, or hold itself, or lie in the place of something else."""
    _apart(archive, captures=captures, **{"the backup": backup})
    check_folder_for("backup", backup, "FOLDER")


def check_restoring(archive: Path, captures: Path, backup: Path) -> None:
    """:raises FolderError: a backup would be put into itself or into the site, or in the place of something else."""
    _apart(archive, captures=captures, **{"the backup": backup})
    if sqlite_id(archive) == SNAPSHOT_ID:
        raise FolderError(f"{archive}: is a published snapshot; name another file with --archive (nothing was done)")
    check_outside(archive, "--archive")
    check_folder_for("captures", captures, "--captures")


def check_rebuilding(archive: Path, captures: str, results: str) -> None:
    """:raises FolderError: the archive, or what workers read, would lie in what is published or captured."""
    check_outside(archive, "--archive")
    here = {name: Path(place) for name, place in (("captures", captures), ("results", results)) if "://" not in place}
    check_apart(archive, {**here, "site": config().site})


def check_moving(archive: Path, captures: Path, target: Path) -> None:
    """:raises FolderError: captures would be moved onto themselves, or into the place of something else."""
    check_apart(archive, {"captures": captures, "the folder of --to": target, "site": config().site})
    check_folder_for("captures", target, "--to")


def check_extracting(target: Path) -> None:
    """:raises FolderError: the files would lie among captures, or in the place of something else."""
    _apart(config().archive, **{"the folder of --to": target})
    check_folder_for("adverts", target, "--to")


def check_file(target: Path) -> None:
    """:raises FolderError: a file of ours would lie among captures, in a site or in a backup, or in no folder at all."""
    if not target.parent.is_dir():
        raise FolderError(f"{target}: the folder {target.parent} does not exist; make it first")
    settings = config()
    check_outside(
        target,
        "--to",
        {
            "the captures": settings.captures,
            "older captures": settings.storage.older_captures,
            "the site": settings.site,
        },
    )


def _apart(archive: Path, *, captures: Path | None = None, site: Path | None = None, **others: Path) -> None:
    settings = config()
    folders = {"captures": captures or settings.captures, "site": site or settings.site}
    check_apart(archive, {**folders, "older_captures": settings.storage.older_captures, **others})
