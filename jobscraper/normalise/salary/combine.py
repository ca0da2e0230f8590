"""One reading from several sources: the printed text, the grade field, the feed's own object, the corrections."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from jobscraper.normalise.result import Evidence
from jobscraper.normalise.salary.annual import a_year, factor
from jobscraper.normalise.salary.corrections import corrected, corrections
from jobscraper.normalise.salary.read import read_text
from jobscraper.normalise.salary.result import Salary
from jobscraper.normalise.salary.structured import find_json, read_structured, structured_text

_GRADE_COLUMNS = ("grade_text", "pay_scale", "pay_point_min", "pay_point_max")
_PAY_COLUMNS = (
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_period",
    "salary_basis",
    "salary_annual_min",
    "salary_annual_max",
    "salary_actual_min",
    "salary_actual_max",
    "salary_source",
)


def read_printed(text: str, posted_on: datetime.date | None, area: str | None) -> Salary:
    """Return the pay that `text` prints; a JSON object printed as text is read as the feed's own object.

    Remembered, so that a run reads each distinct string once: boards repeat them. Day and area only choose among the rows of
    a grade; of a text without one they do not matter, and a day later it is no other text.
    """
    salary = _read_printed(text, None, None)
    return salary if salary.grade_text is None else _read_printed(text, posted_on, area)


@lru_cache(maxsize=8192)
def _read_printed(text: str, posted_on: datetime.date | None, area: str | None) -> Salary:
    found = find_json(text) if "{" in text else None
    salary = _read_feed(found[0], posted_on, area) if found is not None else None
    if found is None or salary is None or salary.salary_source is None:
        salary = read_text(text, posted_on, area)
    else:
        _, start, end = found
        evidence = {column: Evidence(e.rule, text[start:end], start, end) for column, e in salary.evidence.items()}
        salary = attrs.evolve(salary, evidence=evidence)
    approved = corrections()
    return corrected(text, salary, approved) if approved else salary


def _read_feed(given: Mapping[str, Any], posted_on: datetime.date | None, area: str | None) -> Salary:
    """Return the pay of a feed's object: its words where they print an amount, else its numbers."""
    words = structured_text(given)
    salary = read_text(words, posted_on, area) if words else Salary()
    if salary.salary_min is None and salary.salary_max is None:
        return salary if _is_doubted(salary) else read_structured(given)
    evidence = {column: attrs.evolve(e, rule=f"structured:{e.rule}") for column, e in salary.evidence.items()}
    return attrs.evolve(salary, salary_source="structured", evidence=evidence)


def with_grade(salary: Salary, grade: str, posted_on: datetime.date | None, area: str | None) -> Salary:
    """Return `salary` with what the board's grade field adds: the grade where the text prints none, and the register's
    figures.
    """
    if salary.grade_text is not None:
        return salary
    field = read_text(grade, posted_on, area)
    if field.grade_text is None or field.salary_source == "text":
        return attrs.evolve(
            salary,
            grade_text=grade,
            evidence={**salary.evidence, "grade_text": Evidence("grade_field", grade, 0, len(grade))},
        )
    columns = _GRADE_COLUMNS if salary.salary_source else (*_GRADE_COLUMNS, *_PAY_COLUMNS)
    return _taken(salary, field, columns, "grade_field:")


def with_structured(
    salary: Salary, given: Mapping[str, Any], posted_on: datetime.date | None, area: str | None
) -> Salary:
    """Return `salary` with what the feed's object adds. Printed amounts win; the object may tell their period.

    Numbers beside words that cannot be read are the board's own guess at them (`£25,000 - £33,00`: 3300 to 25000).
    """
    if salary.salary_source is None and _is_doubted(salary):
        return salary
    feed = _read_feed(given, posted_on, area)
    if feed.salary_min is None and feed.salary_max is None:
        return attrs.evolve(salary, issues=salary.issues + feed.issues)
    if salary.salary_source in {None, "pay_scale"}:
        taken = _taken(salary, feed, _PAY_COLUMNS, "")
        return attrs.evolve(taken, issues=salary.issues + feed.issues)
    same = salary.salary_min == feed.salary_min and salary.salary_max == feed.salary_max
    if salary.salary_period is None and feed.salary_period is not None and same:
        kept = [issue for issue in salary.issues if issue.kind != "ambiguous_period"]
        issues = (*kept, *(issue for issue in feed.issues if issue not in kept))
        period = {c: e for c, e in feed.evidence.items() if c == "salary_period"}
        told = attrs.evolve(
            salary, salary_period=feed.salary_period, evidence={**salary.evidence, **period}, issues=issues
        )
        return told if salary.salary_basis == "actual" else _with_year(told)
    return salary


def _with_year(salary: Salary) -> Salary:
    """Return `salary` with the full-time year of its amounts, by its period; the evidence is the amounts' own."""
    by = factor(salary.salary_period, [])
    if by is None:
        return salary
    proofs = {
        f"salary_annual_{end}": attrs.evolve(salary.evidence[f"salary_{end}"], rule=by.rule)
        for end in ("min", "max")
        if f"salary_{end}" in salary.evidence
    }
    return attrs.evolve(
        salary,
        salary_annual_min=a_year(salary.salary_min, by),
        salary_annual_max=a_year(salary.salary_max, by),
        evidence={**salary.evidence, **proofs},
    )


def _is_doubted(salary: Salary) -> bool:
    return any(issue.field == "salary_min" for issue in salary.issues)


def _taken(salary: Salary, other: Salary, columns: tuple[str, ...], prefix: str) -> Salary:
    """Return `salary` with `columns` of `other` and the evidence for them."""
    evidence = {column: e for column, e in salary.evidence.items() if column not in columns}
    for column, e in other.evidence.items():
        if column in columns:
            evidence[column] = attrs.evolve(e, rule=prefix + e.rule)
    changes: dict[str, Any] = {column: getattr(other, column) for column in columns}
    return attrs.evolve(salary, **changes, evidence=evidence)
