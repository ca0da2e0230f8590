"""A `Salary` as the JSON-ready columns of `advert`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from jobscraper.normalise.salary.result import Salary

_NESTED = frozenset({"salary_extras", "evidence", "issues"})


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def salary_columns(salary: Salary) -> dict[str, Any]:
    """Return the columns of `salary`: whole amounts as int, others as float; `evidence` by column; `salary_extras` and `issues` as lists."""
    columns = {field.name: _json(getattr(salary, field.name)) for field in attrs.fields(Salary) if field.name not in _NESTED}
    columns["salary_extras"] = [{"kind": e.kind, "text": e.text, "amount": _json(e.amount)} for e in salary.salary_extras]
    columns["evidence"] = {column: attrs.asdict(evidence) for column, evidence in salary.evidence.items()}
    columns["issues"] = [attrs.asdict(issue) for issue in salary.issues]
    return columns
