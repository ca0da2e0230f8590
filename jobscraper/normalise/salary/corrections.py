"""Corrections: strings that the rules read wrongly, with the reading that a person has approved.

`corrections.csv` has one row a string: the text as printed, the columns to set (empty: NULL), why, and when. A test
fails when the rules read a string as its correction says, so that the table never outlives its need.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import resources

import attrs

from jobscraper.normalise.result import Evidence
from jobscraper.normalise.salary.result import Salary
from jobscraper.text.fold import fold_space

AMOUNTS = (
    "salary_min",
    "salary_max",
    "salary_annual_min",
    "salary_annual_max",
    "salary_actual_min",
    "salary_actual_max",
)
WORDS = ("salary_currency", "salary_period", "salary_basis", "salary_qualifier")


@attrs.frozen
class Correction:
    """One approved reading: `amounts` and `words` by column, for a text that is equal but for white space."""

    text: str
    amounts: Mapping[str, Decimal | None]
    words: Mapping[str, str | None]
    reason: str
    corrected_on: datetime.date


def parse(table: str) -> dict[str, Correction]:
    """Return the corrections of a CSV table by folded text. Raises KeyError if a column is missing, ValueError for a
    bad date.
    """
    found: dict[str, Correction] = {}
    for row in csv.DictReader(table.splitlines()):
        amounts = {column: Decimal(row[column]) if row[column] else None for column in AMOUNTS}
        words = {column: row[column] or None for column in WORDS}
        day = datetime.date.fromisoformat(row["corrected_on"])
        found[fold_space(row["text"])] = Correction(row["text"], amounts, words, row["reason"], day)
    return found


@lru_cache(maxsize=1)
def corrections() -> Mapping[str, Correction]:
    """Return the project's corrections. The file is read once."""
    return parse(resources.files(__package__).joinpath("corrections.csv").read_text(encoding="utf-8"))


def corrected(text: str, salary: Salary, by: Mapping[str, Correction]) -> Salary:
    """Return `salary` with the correction for `text` applied, if there is one."""
    correction = by.get(fold_space(text))
    if correction is None:
        return salary
    evidence = dict(salary.evidence)
    for column in (*AMOUNTS, *WORDS):
        evidence.pop(column, None)
        if {**correction.amounts, **correction.words}[column] is not None:
            evidence[column] = Evidence("correction", text, 0, len(text))
    changes: dict[str, object] = {**correction.amounts, **correction.words}
    source = "text" if any(correction.amounts.values()) else None
    return attrs.evolve(salary, **changes, salary_source=source, evidence=evidence, issues=())  # type: ignore[arg-type]
