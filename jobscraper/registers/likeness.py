"""Names that resemble one of the register: a slip of the pen, or a word of the trade more or less.

In: a name that no row bears. Out: the one row that it can only mean, or None. rapidfuzz finds candidates; rules decide:

- a slip makes a word that no name has: the one unknown word is replaced by the known words a slip away, and the name so
  mended must be borne by one row (`Middlesbrogh Council`, but not `Leicester County Council`: all its words are known);
- hospitals, universities and fire services add and drop words of their trade: every other word must be the same, two
  at least, and the kind (`Central London Community Health Trust` is the `… Healthcare NHS Trust`); a hospital alone is
  no trust.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from jobscraper.registers.employers import EmployerRow, find, find_form, folded, keys
from jobscraper.registers.forms import forms_of
from jobscraper.registers.places import areas, key_of, places

# Words that bodies of one kind add, drop and swap without becoming another body.
_TRADE = {
    "nhs_trust": frozenset(
        {"university", "hospital", "hospitals", "health", "healthcare", "teaching", "service", "services"}
        | {"and", "of", "the", "group", "general", "acute"}
    ),
    "university": frozenset({"university", "and"}),
    "fire": frozenset({"and", "county"}),
}
# A hospital is a site, and towns have saints and queens in common: `Queen Elizabeth Hospital` is in five of them.
_SITE = frozenset({"hospital", "hospitals"})
# Bodies whose names are any words: what looks like a slip may be another one's name.
_TOO_MANY = frozenset({"housing", "other"})
# Slips forgiven by length of the word; measured, see docs/registers.md.
_SLIPS = ((9, 2), (5, 1))


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, int], tuple[str, ...]]:
    """Return all words of names, by first letter and length, which a slip seldom changes by more than one."""
    names = [name for _, own in keys() for name in own]
    names += [key_of(row.name) for row in places()]
    names += [key_of(name) for row in areas() for name in (row.name, *row.aliases)]
    index: dict[tuple[str, int], list[str]] = {}
    for word in {word for name in names for word in name.split()}:
        index.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(words) for key, words in index.items()}


def _mended(word: str) -> list[str]:
    """Return the known words that an unknown one may be a slip of; nothing for a short one."""
    slips = next((slips for least, slips in _SLIPS if len(word) >= least), 0)
    near = [known for n in range(-slips, slips + 1) for known in _words().get((word[0], len(word) + n), ())]
    return (
        [known for known, _, _ in process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=4)]
        if slips
        else []
    )


def _misspelt(name: str) -> EmployerRow | None:
    words = folded(name).split()
    unknown = [i for i, word in enumerate(words) if word not in _words().get((word[0], len(word)), ())]
    if len(unknown) != 1 or len(words) == 1:
        return None
    at = unknown[0]
    rows = {}
    for word in _mended(words[at]):
        mended = " ".join([*words[:at], word, *words[at + 1 :]])
        if (row := find(mended) or find_form(mended)) and row.kind not in _TOO_MANY:
            rows[row.id] = row
    return next(iter(rows.values())) if len(rows) == 1 else None


@lru_cache(maxsize=1)
def _by_telling_words() -> dict[tuple[str, str], tuple[EmployerRow, ...]]:
    """Return (kind, the words that tell its bodies apart, sorted) → rows."""
    index: dict[tuple[str, str], tuple[EmployerRow, ...]] = {}
    for row, names in keys():
        if row.kind in _TRADE and row.valid_to is None:
            forms = (form for name in names for form in forms_of(name, row.kind))
            for key in {(row.kind, _telling(form.core, row.kind)) for form in forms}:
                index[key] = (*index.get(key, ()), row)
    return index


def _telling(core: str, kind: str) -> str:
    return " ".join(sorted(set(core.split()) - _TRADE[kind]))


def resembling(name: str) -> EmployerRow | None:
    """Return the one row that `name` resembles, or None where there is none or more than one.

    >>> resembling("Central London Community Health Trust").name
    'Central London Community Healthcare NHS Trust'
    """
    for form in forms_of(folded(name)):
        sure = form.kind in _TRADE and (form.kind != "nhs_trust" or form.words - _SITE)
        telling = _telling(form.core, form.kind) if sure else ""
        rows = _by_telling_words().get((form.kind, telling), ()) if " " in telling else ()
        if len(rows) == 1:
            return rows[0]
    return _misspelt(name)
