"""The register of national pay scales: what a point paid in full-time pounds a year, where and when.

The table was read from the web pages named in its `source` column. It fills and checks; it never overrides a printed
amount.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import resources

import attrs


@attrs.frozen
class PayPoint:
    """What one point or band of a scale pays full time, in pounds a year, from `valid_from` to `valid_to` (both
    included).
    """

    pay_scale: str
    area: str
    point: str
    annual_min: Decimal
    annual_max: Decimal
    valid_from: datetime.date
    valid_to: datetime.date
    source: str


@lru_cache(maxsize=1)
def pay_points() -> Mapping[tuple[str, str, str], tuple[PayPoint, ...]]:
    """Return every row of the register under its scale, area and point. The file is read once."""
    found: dict[tuple[str, str, str], tuple[PayPoint, ...]] = {}
    file = resources.files(__package__).joinpath("data/pay_scales.csv")
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        point = PayPoint(
            row["pay_scale"],
            row["area"],
            row["point"],
            Decimal(row["annual_min"]),
            Decimal(row["annual_max"]),
            datetime.date.fromisoformat(row["valid_from"]),
            datetime.date.fromisoformat(row["valid_to"]),
            row["source"],
        )
        key = point.pay_scale, point.area, point.point
        found[key] = (*found.get(key, ()), point)
    return found


def pay_point(pay_scale: str, area: str, point: str, on: datetime.date) -> PayPoint | None:
    """Return the row for a point of a scale in an area on a day; None where the register has none for that day."""
    rows = pay_points().get((pay_scale, area, point), ())
    return next((row for row in rows if row.valid_from <= on <= row.valid_to), None)
