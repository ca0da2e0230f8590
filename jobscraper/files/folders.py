"""What a folder is already: what one command writes must not come to lie in what another one wrote, or in somebody's home."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Literal

from jobscraper.config.places import clash_of, lies_in
from jobscraper.files.endings import WITH_WACZ
from jobscraper.model.errors import JobscraperError

ARCHIVE_ID = 0x4A6F6273  # "Jobs": an archive, private.
SNAPSHOT_ID = 0x4A6F6250  # "JobP": a published snapshot; not that of an archive, so that nobody crawls into one.
BACKUP_MARK = ".jobscraper-backup"
"""An empty file in the folder of a backup, there before anything else: the manifest comes last."""

Kind = Literal["captures", "site", "backup", "adverts", "archive", "project", "home", "system"]

_IN_WORDS: dict[Kind, str] = {
    "captures": "holds WARC files: captures, which are private",
    "site": "is a published site",
    "backup": "is a backup",
    "adverts": "holds adverts that `jobscraper extract` wrote",
    "archive": "is the folder of an archive, which is private",
    "project": "is a project's own folder",
    "home": "is somebody's home folder",
    "system": "is a folder of the system",
}
_SYSTEM = frozenset(
    Path(f"/{name}".rstrip("/"))
    for name in "bin boot dev etc home lib lib32 lib64 proc root run sbin sys tmp usr var".split()
) | {Path("/")}
_PROJECT = (".git", ".hg", ".svn", "pyproject.toml", "setup.py", "package.json", "Makefile")
_MANIFEST = "manifest.json"
_MOST_LOOKED_AT = 10_000


class FolderError(JobscraperError):
    """A folder is something else, or lies where it must not; nothing was written."""


def check_folder_for(kind: Kind | None, folder: Path, option: str) -> None:
    """Check that a folder may be written as a folder of this kind: that it is one, or nothing in particular.

    :param kind: None is a kind of its own, of which nothing is known here.
    :param option: how another one is named, such as `--site`.
    :raises FolderError: it is something else, or lies in a site or a backup.
    """
    found = kind_of(folder)
    if found not in (None, kind):
        raise FolderError(f"{folder}: {_IN_WORDS[found]}; name another folder with {option} (nothing was done)")
    check_outside(folder, option)


def check_outside(path: Path, option: str, folders: Mapping[str, Path | None] | None = None) -> None:
    """Check that nothing that a command writes comes to lie in a site, which everybody may see, in a backup, or in any of
    the folders that are named.

    :raises FolderError: it would.
    """
    for name, folder in (folders or {}).items():
        if folder is not None and lies_in(path.resolve(), folder.resolve()):
            raise FolderError(f"{path}: lies in {name} ({folder}); name another place with {option} (nothing was done)")
    for parent in path.resolve().parents:
        found = kind_of(parent)
        if found in ("site", "backup"):
            raise FolderError(
                f"{path}: lies in {parent}, which {_IN_WORDS[found]}; name another place with {option} (nothing was done)"
            )


def check_apart(archive: Path, folders: Mapping[str, Path | None]) -> None:
    """Check that none of the folders lies in another, nor the archive in one of them, links followed.

    :raises FolderError: one does.
    """
    real = {name: path.resolve() for name, path in folders.items() if path is not None}
    if clash := clash_of(archive.resolve(), real):
        raise FolderError(f"{clash.what} (nothing was done)")


def kind_of(folder: Path) -> Kind | None:
    """What a folder is, by its place and by what is in it; None where it is not there, or nothing that we know.

    One that may not be looked into is nothing that we know: whoever writes there is told.
    """
    real = folder.resolve()
    if real in _SYSTEM:
        return "system"
    if str(real) == os.path.realpath(os.path.expanduser("~")):
        return "home"
    try:
        return _kind_by_content(real) if real.is_dir() else None
    except OSError:
        return None


def sqlite_id(path: Path) -> int | None:
    """The application id in the header of an SQLite file; None of any other file."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return None
    return int.from_bytes(header[68:], "big") if header.startswith(b"SQLite format 3\0") else None


def _kind_by_content(folder: Path) -> Kind | None:
    if (folder / BACKUP_MARK).exists() or _is_backup(folder):
        return "backup"
    if any((folder / name).exists() for name in _PROJECT):
        return "project"
    ids = {sqlite_id(path) for path in _files(folder)}
    if SNAPSHOT_ID in ids:
        return "site"
    if ARCHIVE_ID in ids:
        return "archive"
    if (folder / "_done").is_dir():
        return "adverts"
    return "captures" if any(path.name.endswith(WITH_WACZ) for path in _two_levels(folder)) else None


def _is_backup(folder: Path) -> bool:
    """Of a version that made no mark."""
    return (folder / _MANIFEST).is_file() and (folder / "archive.db").is_file()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in islice(folder.iterdir(), _MOST_LOOKED_AT) if path.is_file())


def _two_levels(folder: Path) -> Iterator[Path]:
    yield from _files(folder)
    for inner in islice(folder.iterdir(), _MOST_LOOKED_AT):
        if inner.is_dir():
            yield from _files(inner)
