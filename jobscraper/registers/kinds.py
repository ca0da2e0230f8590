"""Kinds of bodies that no register holds and whose names do not say what they are: charities, companies, school trusts.

A name here tells a kind and nothing else: it is no row of the register, so that counts do not depend on who is famous.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

import attrs

from jobscraper.text.fold import fold_name


@attrs.frozen
class NamedKind:
    """A name as the body writes it, its kind, and where that is from."""

    name: str
    kind: str
    source: str


@lru_cache(maxsize=1)
def named_kinds() -> tuple[NamedKind, ...]:
    """Return the rows of kinds.csv, sorted by name."""
    with files(__package__).joinpath("data/kinds.csv").open(encoding="utf-8") as file:
        return tuple(NamedKind(**row) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {fold_name(row.name): row.kind for row in named_kinds()}


def kind_named(folded: str) -> str | None:
    """Return the kind of the body of that folded name, or None."""
    return _by_name().get(folded)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    with files(__package__).joinpath("data/common_words.csv").open(encoding="utf-8") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))


def is_common_word(folded: str) -> bool:
    """True for a body's name of one word that is also a word of the language or a surname: others bear it too."""
    return folded in _common_words()
