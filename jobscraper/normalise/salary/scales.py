"""What the register of pay scales says about a grade: to fill in where only the grade is printed, and to check where both are."""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs

from jobscraper.normalise.salary.grades import Grade
from jobscraper.registers.pay_scales import PayPoint, pay_point

# Printed pay further than this from the register's is worth a look: another year's scale, another area, or a slip.
LARGEST_DIFFERENCE = Decimal("0.10")

_UK_BUT_SCOTLAND = "England, Wales and Northern Ireland"
_REST = "Rest of England"
# A region that lies wholly within one pay area of England. London, the South East and the East have several.
_ENGLISH_REGIONS = frozenset(
    {"england", "north east", "north west", "yorkshire and the humber", "east midlands", "west midlands", "east of england", "london",
     "south east", "south west"}
)  # fmt: skip
_REST_OF_ENGLAND = _ENGLISH_REGIONS - {"england", "london", "south east", "east of england"}
_TEACHERS_AREAS = {"inner london": "Inner London", "outer london": "Outer London", "fringe": "Fringe", "rest of england": _REST}


@attrs.frozen
class ScalePay:
    """The register's full-time pounds a year for the points of a grade."""

    annual_min: Decimal
    annual_max: Decimal
    low: PayPoint
    high: PayPoint


def scale_pay(grade: Grade, printed: str, area: str | None, on: datetime.date | None) -> ScalePay | None:
    """Return the register's pay for `grade` on the day `on` in `area` (a UK nation or an English region).

    `printed` is the text around the grade, which may name a pay area itself. None without a day, where the area leaves several
    possible scales, and where the register has no row: a figure is never carried over from another year.
    """
    if grade.scale is None or grade.point_min is None or grade.point_max is None or on is None:
        return None
    where = _pay_area(grade.scale, printed.lower(), (area or "").lower())
    if where is None:
        return None
    low = pay_point(grade.scale, where, grade.point_min, on)
    high = pay_point(grade.scale, where, grade.point_max, on)
    return ScalePay(low.annual_min, high.annual_max, low, high) if low and high else None


def _pay_area(scale: str, printed: str, area: str) -> str | None:
    if scale == "NJC":
        return None if area == "scotland" else _UK_BUT_SCOTLAND
    if scale == "SNCT":
        return "Scotland"
    if scale == "teachers_ew":
        named = next((name for word, name in _TEACHERS_AREAS.items() if word in printed or word == area), None)
        return named or (_REST if area in _REST_OF_ENGLAND else None)
    if scale == "police":
        return "England and Wales" if area in _ENGLISH_REGIONS or area == "wales" else None
    if scale == "AfC":
        return "Scotland" if area == "scotland" else "England" if area in _ENGLISH_REGIONS else None
    return None


def disagrees(printed: Decimal | None, register: Decimal) -> bool:
    """Whether a printed full-time amount is further from the register's than a difference of rounding or of weeks explains."""
    return printed is not None and abs(printed - register) > register * LARGEST_DIFFERENCE
