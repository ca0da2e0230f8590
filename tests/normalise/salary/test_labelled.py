"""The labelled strings beside the project: the shares that must be right. Skipped where they are not there."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from jobscraper.normalise.salary import read_salary
from jobscraper.normalise.salary.result import Salary

_SHARED = Path(os.environ.get("JOBSCRAPER_SHARED", Path(__file__).resolve().parents[4] / "shared"))
_FILE = _SHARED / "gold" / "salaries.tsv"

pytestmark = pytest.mark.skipif(not _FILE.is_file(), reason=f"no labelled strings at {_FILE}")


def _labelled() -> list[tuple[dict[str, str], Salary]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row, read_salary(row["text"])) for row in rows if "ambiguous" not in row["note"]]


def _same(labelled: str, value: object, tolerance: float = 0.006) -> bool:
    if labelled == "" or value is None:
        return labelled == "" and value is None
    return abs(float(labelled) - float(str(value))) < tolerance


def _right(row: dict[str, str], salary: Salary) -> bool:
    if not (_same(row["min"], salary.salary_min) and _same(row["max"], salary.salary_max)):
        return False
    if not row["min"] and not row["max"]:
        return True
    either = "currency_context" in row["note"] and salary.salary_currency in {"USD", "AUD"}
    return (salary.salary_currency == row["currency"] or either) and (salary.salary_period or "") == row["period"]


def _share(results: list[bool]) -> float:
    return sum(results) / len(results)


def test_amounts_currency_and_period() -> None:
    assert _share([_right(row, salary) for row, salary in _labelled()]) >= 0.985


def test_no_amount_where_there_is_none() -> None:
    without = [salary for row, salary in _labelled() if not row["min"] and not row["max"]]
    assert all(salary.salary_min is None and salary.salary_max is None for salary in without)


def test_basis_and_annual_pay() -> None:
    paid = [(row, salary) for row, salary in _labelled() if row["min"] or row["max"]]
    assert _share([salary.salary_basis == row["basis"] for row, salary in paid]) >= 0.97
    annual = [
        _same(row["annual_min"], salary.salary_annual_min, 1) and _same(row["annual_max"], salary.salary_annual_max, 1)
        for row, salary in paid
    ]
    assert _share(annual) >= 0.97


def test_actual_pay_and_qualifiers() -> None:
    actual = [
        _same(found[1], salary.salary_actual_min, 1)
        for row, salary in _labelled()
        if (found := re.search(r"actual=(\d+(?:\.\d+)?)", row["note"]))
    ]
    assert _share(actual) >= 0.95
    words = {"depends_on_experience": "doe", None: ""}
    qualifiers = [
        words.get(salary.salary_qualifier, salary.salary_qualifier) == row["qualifier"] for row, salary in _labelled()
    ]
    assert _share(qualifiers) >= 0.95
