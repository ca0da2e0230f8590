"""Reading what an advert prints about pay into numbers that an analyst can trust. `docs/salary.md` tells how."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from jobscraper.normalise.salary.read import read_text
from jobscraper.normalise.salary.result import Extra, Salary

__all__ = ["Extra", "Salary", "read_salary"]


def read_salary(
    text: str | None,
    *,
    grade: str | None = None,
    structured: Mapping[str, Any] | None = None,
    posted_on: datetime.date | None = None,
    area: str | None = None,
) -> Salary:
    """Return the pay that `text` prints."""
    return read_text(text or "")
