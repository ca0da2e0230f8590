"""The registers that a user has fetched, which the look-ups read beside the bundled ones.

In: a folder of the user's, which `jobscraper update-registers` writes and nobody need have. Out: rows of its tables.
A set of tables is a folder of its own, and the file `current` names the one that counts: it is replaced in one step, so
that a reader meets the old set or the new one, never half of each.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

CURRENT = "current"
COLUMNS = tuple("id name kind nation region lad_code aliases valid_from valid_to source checked_in".split())
BY_NAME = ("authorities", "govuk", "nhs")
"""Tables whose bodies are looked up by name, like those of employers.csv."""
BY_NUMBER = ("schools", "trusts")
"""Tables of bodies that are too many, and too much alike, to be known by name: the number that a source prints tells."""


_folder: Path | None = None


def use(folder: Path) -> None:
    """Read the user's tables in this folder from now on: said once, before anything is looked up. Until then there are none.

    Reading must not find them by itself: what it reads would depend on the machine and the folder it is called in.
    """
    global _folder
    _folder = folder


def current_set(where: Path) -> Path | None:
    """Return the folder of the set that counts, or None where nothing was ever fetched."""
    pointer = where / CURRENT
    name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    # A pointer that somebody edited must not lead out of the folder.
    chosen = where / Path(name).name if name else None
    return chosen if chosen and chosen.is_dir() else None


def tables() -> tuple[Path, ...]:
    """Return the files of the user's set, in the order of their names; none where nothing was fetched."""
    chosen = current_set(_folder) if _folder else None
    return tuple(sorted(chosen.glob("*.csv"))) if chosen else ()


def fields(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of those tables as their fields, in the order of COLUMNS."""
    for path in tables():
        if path.stem in names:
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.reader(file)
                next(reader, None)
                yield from map(tuple, reader)


def rows(names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of those tables by column."""
    for row in fields(names):
        yield dict(zip(COLUMNS, row, strict=True))
