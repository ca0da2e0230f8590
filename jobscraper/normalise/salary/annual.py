"""Full-time pay a year from pay an hour, a day, a week or a month: the constants, in one place.

Source: 365 days and a leap year's share over 7 days give 52.143 weeks; 37 hours is the full-time week of the National
Joint Council's Green Book; 260 is 52 weeks of 5 days. Pay by session or term has no full-time year.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import attrs

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.result import Period
from jobscraper.normalise.salary.tokens import Token

WEEKS_A_YEAR = Decimal("52.143")
FULL_TIME_HOURS_A_WEEK = Decimal(37)
WORKING_DAYS_A_YEAR = Decimal(260)
MONTHS_A_YEAR = Decimal(12)
# Printed weekly hours within these bounds are a full-time week; fewer are part time, more are not a standard week.
SHORTEST_FULL_TIME_WEEK = Decimal(35)
LONGEST_FULL_TIME_WEEK = Decimal(40)
_PENNY = Decimal("0.01")


@attrs.frozen
class Factor:
    """What an amount is multiplied with to give a year's pay, and how a person would say it."""

    value: Decimal
    words: str

    @property
    def rule(self) -> str:
        """The name under which the evidence tells of this factor."""
        return "annual:" + self.words


_FACTORS: dict[Period, Factor] = {
    "year": Factor(Decimal(1), "as printed"),
    "month": Factor(MONTHS_A_YEAR, "12 months"),
    "week": Factor(WEEKS_A_YEAR, "52.143 weeks"),
    "day": Factor(WORKING_DAYS_A_YEAR, "260 days"),
    "hour": Factor(FULL_TIME_HOURS_A_WEEK * WEEKS_A_YEAR, "37 hours in 52.143 weeks"),
}


def factor(period: Period | None, tokens: list[Token]) -> Factor | None:
    """Return the factor from `period` to a year; None for a session or term. Full-time weekly hours in `tokens` replace
    37.
    """
    if period == "hour":
        for token in tokens:
            hours = token.number.value if token.tag == tags.QUANTITY and token.number else Decimal(0)
            if token.value == "hours" and SHORTEST_FULL_TIME_WEEK <= hours <= LONGEST_FULL_TIME_WEEK:
                return Factor(hours * WEEKS_A_YEAR, f"{hours} hours in 52.143 weeks")
    return _FACTORS.get(period) if period else None


def a_year(amount: Decimal | None, by: Factor | None) -> Decimal | None:
    """Return `amount` times the factor, in pence; None if either is unknown."""
    if amount is None or by is None:
        return None
    if by.value == 1:
        return amount
    return (amount * by.value).quantize(_PENNY, ROUND_HALF_UP)
