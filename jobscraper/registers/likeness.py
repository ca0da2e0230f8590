"""Names that resemble one of the register: a slip of the pen, or a word of the trade more or less.

In: a name that no row bears. Out: the one row that it can only mean, or None. rapidfuzz finds the candidates; rules
decide: the kind must be the same, every word that tells two bodies apart must be there, one slip is forgiven in long
words only, and a name that is a place of its own (`Wells City Council`) is nobody's misspelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from jobscraper.registers.employers import EmployerRow, employers
from jobscraper.registers.forms import Form, forms_of
from jobscraper.registers.places import areas_named, places_named
from jobscraper.text.fold import fold_name

# Words that bodies of one kind add, drop and swap without becoming another body.
_COMMON = {
    "nhs_trust": frozenset(
        [
            "university",
            "hospital",
            "hospitals",
            "health",
            "healthcare",
            "teaching",
            "service",
            "services",
            "and",
            "of",
            "the",
            "group",
            "general",
            "acute",
        ]
    ),
    "university": frozenset({"university", "and"}),
    "council": frozenset({"and"}),
    "police": frozenset({"and"}),
    "fire": frozenset({"and", "county"}),
}
# Slips forgiven by length of the word; measured, see docs/registers.md.
_SLIPS = ((8, 2), (6, 1), (0, 0))
_SHORTEST = 6


@lru_cache(maxsize=1)
def _cores() -> dict[str, dict[str, tuple[EmployerRow, ...]]]:
    index: dict[str, dict[str, tuple[EmployerRow, ...]]] = {kind: {} for kind in _COMMON}
    for row in employers():
        if row.kind not in index or row.valid_to is not None:
            continue
        of_kind = index[row.kind]
        for core in {form.core for name in (row.name, *row.aliases) for form in forms_of(fold_name(name), row.kind)}:
            of_kind[core] = (*of_kind.get(core, ()), row)
    return index


@lru_cache(maxsize=1)
def _telling() -> dict[str, dict[str, list[str]]]:
    """Return kind → the words that tell its bodies apart, sorted → the cores that have just these."""
    index: dict[str, dict[str, list[str]]] = {kind: {} for kind in _COMMON}
    for kind, cores in _cores().items():
        for core in cores:
            index[kind].setdefault(_told(core, kind), []).append(core)
    return index


def _told(core: str, kind: str) -> str:
    return " ".join(sorted(set(core.split()) - _COMMON[kind]))


def _slips(length: int) -> int:
    return next(slips for least, slips in _SLIPS if length >= least)


def _same_words(one: str, other: str) -> bool:
    """True if the words agree one by one, but for the slips that their length allows."""
    ours, theirs = one.split(), other.split()
    return len(ours) == len(theirs) and all(
        a == b or (a[0] == b[0] and OSA.distance(a, b) <= _slips(min(len(a), len(b))))
        for a, b in zip(ours, theirs, strict=True)
    )


def _candidates(form: Form) -> Iterator[str]:
    """Yield cores that may be meant: those with the same telling words, then those a slip away."""
    told = _told(form.core, form.kind)
    if told:
        yield from _telling()[form.kind].get(told, ())
    if len(form.core) >= _SHORTEST and not _is_place(form.core):
        found = process.extract(form.core, _cores()[form.kind].keys(), scorer=OSA.distance, score_cutoff=2, limit=3)
        yield from (core for core, _, _ in found if _same_words(form.core, core))


def _is_place(core: str) -> bool:
    return bool(places_named(core) or areas_named(core))


def resembling(name: str) -> EmployerRow | None:
    """Return the one row that `name` resembles, or None where there is none or more than one.

    >>> resembling("Central London Community Health Trust").name
    'Central London Community Healthcare NHS Trust'
    """
    for form in forms_of(fold_name(name)):
        if form.kind not in _COMMON:
            continue
        rows = {row.id: row for core in _candidates(form) for row in _cores()[form.kind][core]}
        if len(rows) == 1:
            return next(iter(rows.values()))
    return None
