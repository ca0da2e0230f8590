"""Reading what an advert prints about pay into numbers that an analyst can trust. `docs/salary.md` tells how."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from jobscraper.normalise.salary.columns import salary_columns
from jobscraper.normalise.salary.combine import read_printed, with_grade, with_structured
from jobscraper.normalise.salary.explain import explain
from jobscraper.normalise.salary.result import Basis, Extra, Period, Qualifier, Salary, SalarySource

__all__ = ["Basis", "Extra", "Period", "Qualifier", "Salary", "SalarySource", "explain", "read_salary", "salary_columns"]


def read_salary(
    text: str | None,
    *,
    grade: str | None = None,
    structured: Mapping[str, Any] | None = None,
    posted_on: datetime.date | None = None,
    area: str | None = None,
) -> Salary:
    """Return the pay of one advert. Never raises, and never gives an amount that is in none of its sources.

    `text` is the printed salary, `grade` the board's separate grade field, `structured` the feed's `baseSalary` object;
    `posted_on` and `area` (a UK nation or an English region) choose the rows of the register of pay scales: without a day there is no
    figure from it. Offsets of evidence count in `text`; in `grade` where the rule begins with `grade_field`; and in the string of the
    value concerned where it begins with `structured`.
    """
    salary = read_printed(text or "", posted_on, area)
    if grade:
        salary = with_grade(salary, grade, posted_on, area)
    return with_structured(salary, structured, posted_on, area) if structured else salary
