"""Copying a file whole or not at all, for its owner only."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import attrs

from jobscraper.files.private import make_private_file, make_private_folder


@attrs.frozen
class Copied:
    """A copy: its bytes, and when the file that it is a copy of was last written."""

    size: int
    sha256: str
    mtime_ns: int


def copy_whole(path: Path, target: Path) -> Copied:
    """Copy a file; it is on the disk, under its name, when this returns.

    :raises OSError: there is no room, or no right.
    """
    make_private_folder(target.parent)
    new = fresh_beside(target)
    mtime_ns = path.stat().st_mtime_ns
    shutil.copyfile(path, new)
    put_in_place(new, target)
    return Copied(target.stat().st_size, sha256(target), mtime_ns)


def fresh_beside(target: Path) -> Path:
    """An empty private file beside `target`, to be written and then put in its place."""
    new = target.with_name(f"{target.name}.new")
    new.unlink(missing_ok=True)
    make_private_file(new)
    return new


def put_in_place(new: Path, target: Path) -> None:
    """Put a written file in the place of another, once it is on the disk."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, target)


def sha256(path: Path) -> str:
    """The digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
