"""Whether what is to lie in different places does: by names alone, as settings are read. The disk is not looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import attrs


@attrs.frozen
class Clash:
    """Two settings that do not go together, and what is wrong with them in words."""

    names: tuple[str, str]
    what: str


def clash_of(archive: Path, folders: Mapping[str, Path]) -> Clash | None:
    """The first of the folders that is another one, lies in one, or would hold the archive; None where all lie apart."""
    for (one, first), (other, second) in combinations(folders.items(), 2):
        if _at(first) == _at(second):
            return Clash((other, one), f"{other} and {one} are one folder ({second}); name two")
        if lies_in(second, first):
            return Clash((other, one), f"{other} lies in {one} ({second} in {first}); name folders beside each other")
        if lies_in(first, second):
            return Clash((one, other), f"{one} lies in {other} ({first} in {second}); name folders beside each other")
    for name, folder in folders.items():
        if lies_in(archive, folder):
            return Clash(("archive", name), f"archive lies in {name} ({archive} in {folder}); name a file beside it")
    return None


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or anything in it, by its name."""
    return _at(path).is_relative_to(_at(folder))


def _at(path: Path) -> Path:
    return Path(os.path.abspath(path))
