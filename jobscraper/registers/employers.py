"""The register of employers and its look-up by name.

In: a name as somebody wrote it. Out: the row of employers.csv that bears the name, or one of its aliases, or the same
name in another legal form (`Doncaster MBC`, `Barts Health`, `University of Leeds` for `Leeds University`).
Names are compared folded, never by likeness: likeness is the normaliser's business, and it never decides alone.
Beside the bundled table stand those that the user fetched; where both know a body or a name, the bundled one holds.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import attrs

from jobscraper.registers import user_tables
from jobscraper.registers.forms import forms_of
from jobscraper.text.fold import fold_name


@attrs.frozen(kw_only=True)
class EmployerRow:
    """One body. `valid_from` and `valid_to` bound its life, not the life of its name; a name of old is an alias."""

    id: str
    name: str
    kind: str
    nation: str | None
    region: str | None
    lad_code: str | None
    aliases: tuple[str, ...]
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    source: str
    checked_in: str | None

    def existed(self, on: datetime.date) -> bool:
        """True if the body existed on that day, as far as the register knows."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _row(row: Mapping[str, str]) -> EmployerRow:
    return EmployerRow(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        nation=row["nation"] or None,
        region=row["region"] or None,
        lad_code=row["lad_code"] or None,
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        source=row["source"],
        checked_in=row["checked_in"] or None,
    )


@lru_cache(maxsize=1)
def employers() -> tuple[EmployerRow, ...]:
    """Return the whole register of names: the bundled rows, sorted by id, then what the user's tables add to them."""
    with files(__package__).joinpath("data/employers.csv").open(encoding="utf-8") as file:
        bundled = tuple(map(_row, csv.DictReader(file)))
    fetched = tuple(map(_row, user_tables.rows(user_tables.BY_NAME)))
    return beside(bundled, fetched) if fetched else bundled


def beside(bundled: Iterable[EmployerRow], fetched: Iterable[EmployerRow]) -> tuple[EmployerRow, ...]:
    """Return the bundled rows with what fetched ones add: bodies that none of them is, and further names of those they are.

    A name that a bundled row bears stays its own: official lists have a body under several ids, and give one acronym
    to several bodies.
    """
    rows = {row.id: row for row in bundled}
    borne = {fold_name(name) for row in rows.values() for name in (row.name, *row.aliases)}
    for row in fetched:
        free = tuple(name for name in (row.name, *row.aliases) if name and fold_name(name) not in borne)
        if known := rows.get(row.id):
            rows[row.id] = attrs.evolve(known, aliases=(*known.aliases, *free))
        elif free and free[0] == row.name:
            rows[row.id] = attrs.evolve(row, aliases=free[1:])
    return tuple(rows.values())


@lru_cache(maxsize=1)
def _numbered() -> dict[str, tuple[str, ...]]:
    """Return number → its row's fields as they stand: 55,000 rows made into objects would take a second."""
    rows: dict[str, tuple[str, ...]] = {}
    aliases, ended = user_tables.COLUMNS.index("aliases"), user_tables.COLUMNS.index("valid_to")
    for row in user_tables.fields(user_tables.BY_NUMBER):
        for number in (row[0], *filter(None, row[aliases].split("|"))):
            # A college that became another keeps its UKPRN: the living one has it.
            if number not in rows or rows[number][ended]:
                rows[number] = row
    return rows


def by_number(number: str) -> EmployerRow | None:
    """Return the row with that id (`urn:106271`, `ukprn:10007795`, `trust:2044`) or number (`TR00123`), or None.

    Schools and trusts are known only where the user fetched their lists, which are read when the first is asked for.
    """
    if (found := by_id().get(number)) or not number.startswith(("urn:", "trust:", "ukprn:", "TR")):
        return found
    fields = _numbered().get(number)
    return _row(dict(zip(user_tables.COLUMNS, fields, strict=True))) if fields else None


@lru_cache(maxsize=1)
def keys() -> tuple[tuple[EmployerRow, tuple[str, ...]], ...]:
    """Return each row with its names and aliases folded: folding 8,000 names once is a third of the start-up."""
    return tuple((row, tuple({fold_name(name): None for name in (row.name, *row.aliases)})) for row in employers())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[EmployerRow, ...]]:
    index: dict[str, tuple[EmployerRow, ...]] = {}
    for row, names in keys():
        for key in names:
            index[key] = (*index.get(key, ()), row)
    return index


@lru_cache(maxsize=1)
def _by_form() -> dict[tuple[str, str], tuple[EmployerRow, ...]]:
    index: dict[tuple[str, str], tuple[EmployerRow, ...]] = {}
    for row, names in keys():
        for key in {(form.kind, form.core) for name in names for form in forms_of(name, row.kind)}:
            index[key] = (*index.get(key, ()), row)
    return index


@lru_cache(maxsize=1)
def by_id() -> dict[str, EmployerRow]:
    """Return id → row."""
    return {row.id: row for row in employers()}


def _one(rows: Iterable[EmployerRow], on: datetime.date | None) -> EmployerRow | None:
    """Return the only row, or the only one that existed then (today, if no day is given), or None."""
    rows = tuple(rows)
    if len(rows) > 1:
        rows = tuple(row for row in rows if (row.existed(on) if on else row.valid_to is None))
    return rows[0] if len(rows) == 1 else None


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return the key of a name; one name is looked up in several ways, and folding is what that costs."""
    return fold_name(name)


def find(name: str, on: datetime.date | None = None) -> EmployerRow | None:
    """Return the row that bears exactly this name or alias, folded; `on` settles a name that two bodies bore in turn.

    >>> find("north yorkshire council").id, find("Recruitment")
    ('gss:E06000065', None)
    """
    key = folded(name)
    return _one(_by_name().get(key) or _by_name().get(key.replace("united kingdom", "uk"), ()), on)


def find_form(name: str, on: datetime.date | None = None) -> EmployerRow | None:
    """Return the row whose name differs only in its legal form: `Kirklees Metropolitan Council`, `The Christie NHS FT`.

    A form is a sentence about the kind of body, so a match never crosses kinds; two bodies that share the core of their
    name are told apart by the words of their form (`Durham County Council` never is `Durham City Council`), else None.
    """
    for form in forms_of(fold_name(name)):
        rows = [
            row
            for row in _by_form().get((form.kind, form.core), ())
            if form.kind != "council" or bears(row, form.words)
        ]
        if (row := _one(rows, on)) is not None:
            return row
    return None


def bears(row: EmployerRow, words: frozenset[str]) -> bool:
    """True if the words of a form (`county`, `city`…) are all among those of the row's own names."""
    own = {
        word for name in (row.name, *row.aliases) for form in forms_of(fold_name(name), row.kind) for word in form.words
    }
    return words <= own
