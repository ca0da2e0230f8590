"""Which capture files were dropped on purpose: a list beside them, so that nobody looks for damage."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from jobscraper.files.private import make_private_file

LIST = "dropped.txt"
"""In the folder of the captures; the name of a file a line."""


def dropped(captures: Path) -> frozenset[str]:
    """The names of the files that were dropped from a folder of captures."""
    path = captures / LIST
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


def note_dropped(captures: Path, names: Iterable[str]) -> None:
    """Add names to the list; they are on the disk when this returns."""
    path = captures / LIST
    make_private_file(path)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in names)
        file.flush()
        os.fsync(file.fileno())
