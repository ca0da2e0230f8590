"""What an amount can be by its size alone: which period it may be paid for, and which pairs are no pay at all."""

from __future__ import annotations

from decimal import Decimal

from jobscraper.normalise.result import Issue
from jobscraper.normalise.salary.result import Period

SMALLEST_YEARLY = Decimal(7000)
LARGEST_HOURLY = Decimal(60)
# Nobody in public work is paid outside these bounds, in pounds: then the word is a slip, or a total.
_CREDIBLE: dict[Period, tuple[Decimal, Decimal]] = {
    "hour": (Decimal(1), Decimal(500)),
    "day": (Decimal(20), Decimal(6999)),
    "week": (Decimal(100), Decimal(6999)),
    "month": (Decimal(300), Decimal(14999)),
    "year": (Decimal(500), Decimal(1_000_000)),
    "session": (Decimal(1), Decimal(15_000)),
    "term": (Decimal(1), Decimal(100_000)),
}
# A year in crowns or yen has more digits than one in pounds.
_LARGEST_ABROAD = Decimal(10_000_000)
# The ends of one post's pay; a wider pair may be two things.
WIDEST_SURE_RANGE = 3
FORM_BAND = Issue("salary_band", "a band of the board's form, not anybody's pay", "salary_min")
# A year's pay is this many times the pay of its hour, from 30 to 40 hours a week: such a pair is one rate twice.
_HOURS_A_YEAR = (Decimal(1550), Decimal(2100))
_THOUSAND = 1000
_BAND_STEP = 5000


def credible(period: Period, amount: Decimal, currency: str | None = None) -> bool:
    """Whether anybody is paid `amount` for `period`. A general practitioner's session is paid by the year."""
    low, high = _CREDIBLE[period]
    if period == "year" and currency not in {None, "GBP"}:
        high = _LARGEST_ABROAD
    return low <= amount <= high


def inferred(amount: Decimal, currency: str | None = None) -> Period | None:
    """Return the period that any reader takes from the size alone; None between £60 and £7,000."""
    if amount >= SMALLEST_YEARLY:
        return "year" if credible("year", amount, currency) else None
    return "hour" if _CREDIBLE["hour"][0] <= amount <= LARGEST_HOURLY else None


def is_small_year(period: Period | None, amount: Decimal, currency: str | None) -> bool:
    """Whether nobody's full year is paid so little: a retainer, a fee, or a part-timer's pay that does not say so."""
    return period == "year" and currency in {None, "GBP"} and amount < SMALLEST_YEARLY


def is_form_band(lo: Decimal, hi: Decimal) -> bool:
    """Whether the range is one of a search form's bands, not anybody's pay: thousands that meet the next band's.

    `£10,001 - £20,000` (Oleeo), `£20,000 - £24,999`, `£0 to £9,999` (iTrent). No pay scale begins a pound above a
    thousand and ends at one.
    """
    if hi < _THOUSAND or lo >= hi or lo != int(lo):
        return False
    whole = int(hi)
    if lo == 0:
        return True
    above = int(lo) % _THOUSAND == 1 and hi == whole and whole % _THOUSAND == 0
    below = int(lo) % _THOUSAND == 0 and whole % _THOUSAND == _THOUSAND - 1
    return above or below


def is_top_band(lo: Decimal) -> bool:
    """Whether an open lower end is a form's last band: `£60,001 or more`."""
    return lo % _BAND_STEP == 1


def is_wide(lo: Decimal, hi: Decimal) -> bool:
    """Whether a range is too wide to be surely one post's."""
    return hi > lo * WIDEST_SURE_RANGE


def is_one_rate_twice(hourly: Decimal, yearly: Decimal) -> bool:
    """Whether a small and a large amount are an hour's and a year's pay of one full-time post."""
    least, most = _HOURS_A_YEAR
    return hourly * least <= yearly <= hourly * most
