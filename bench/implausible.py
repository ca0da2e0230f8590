"""What cannot be, or hardly, in an advert that was read: rules for `python -m bench.real`, each a kind and the values.

They hold what was read against itself and against what is printed, not against labels: they find what a reader should not
say silently, in as many adverts as there are. An issue on the column is no excuse, only a value that is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

Answer = dict[str, Any]
"""The columns of an advert, as `jobscraper normalise advert` prints them."""
Kind = str
YEAR = timedelta(days=366)
# By period in pounds: what nobody is paid, at either end (the least is an apprentice's).
_BOUNDS = {
    "hour": (3.5, 500), "day": (25, 3_000), "week": (100, 10_000), "month": (400, 40_000), "session": (15, 20_000),
    "term": (300, 40_000), "year": (3_000, 400_000),
}  # fmt: skip
_ANNUAL = (7_500, 400_000)  # An apprentice's legal minimum of 2019, full time.
_WIDEST = 4
"""A range whose top is more than this many times its bottom is two things."""
_HOURS_A_YEAR = {"hour": (1_000, 2_400), "day": (150, 366), "week": (40, 53), "month": (12, 12), "year": (1, 1)}
_FULL_WEEK = 37.5
_UK = (49.0, 61.0, -9.0, 2.5)
_OUTSIDE = re.compile(
    r"\b(?:ireland(?<!northern ireland)|france|germany|spain|italy|usa|united states|canada|australia|new zealand|jersey"
    r"|guernsey|isle of man|gibraltar|dubai|qatar|india|cyprus|malta|falkland)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d[\d,. ]*\d|\d")


def implausible(answer: Answer, observed: datetime) -> Iterator[tuple[Kind, str]]:
    """What is implausible in an answer to an advert that was seen at `observed`."""
    for rule in (_pay, _annual_pay, _invented_pay, _terms, _places):
        yield from rule(answer)
    yield from _dates(answer, observed.date())


def _pay(answer: Answer) -> Iterator[tuple[Kind, str]]:
    low, high, period = answer["salary_min"], answer["salary_max"], answer["salary_period"]
    amounts = [amount for amount in (low, high) if amount is not None]
    if amounts and period is None and not _has_issue(answer, "salary"):
        yield "an amount without a period, and no issue", f"{amounts}"
    if answer["salary_currency"] in ("GBP", None) and period in _BOUNDS:
        least, most = _BOUNDS[period]
        if answer["salary_basis"] == "actual":  # A few hours a week, which a full-time year does not know.
            least /= _FULL_WEEK
        for amount in amounts:
            if not least <= amount <= most:
                yield "pay outside the bounds of its period", f"{amount:,} a {period}"
    if low is not None and high is not None and not low <= high <= low * _WIDEST:
        yield "a range that is none, or two", f"{low:,} to {high:,}"


def _annual_pay(answer: Answer) -> Iterator[tuple[Kind, str]]:
    for bound in ("min", "max"):
        annual, printed, actual = (answer[f"salary_{kind}{bound}"] for kind in ("annual_", "", "actual_"))
        if annual is not None and not _ANNUAL[0] <= annual <= _ANNUAL[1]:
            yield "annual pay outside the bounds", f"{annual:,} a year"
        times = _HOURS_A_YEAR.get(answer["salary_period"] or "")
        if annual and printed and times and not times[0] * 0.99 <= annual / printed <= times[1] * 1.01:
            yield (
                "annual pay that does not follow from its period",
                f"{printed:,} a {answer['salary_period']}, {annual:,} a year",
            )
        if annual and actual and actual > annual * 1.01:
            yield "a part-time holder gets more than a full-time one", f"{actual:,} of {annual:,}"


def _invented_pay(answer: Answer) -> Iterator[tuple[Kind, str]]:
    if answer["salary_source"] != "text":
        return
    text = " ".join(answer[column] or "" for column in ("salary_text", "grade_text"))
    printed = {value for match in _NUMBERS.finditer(text) for value in _values(match[0])}
    for column in ("salary_min", "salary_max", "salary_actual_min", "salary_actual_max"):
        amount = answer[column]
        if (
            amount is not None
            and not {round(amount, 2), amount, round(amount / 1_000, 5), round(amount / 1e6, 8)} & printed
        ):
            yield "an amount that is not printed", f"{column} {amount:,}"


def _values(figures: str) -> Iterator[float]:
    """What figures may mean: commas, points and blanks for thousands or pence, and each part alone."""
    for parts in (figures, *re.split(r"[ ]", figures)):
        digits = re.sub(r"\D", "", parts)
        if digits:
            yield from (float(digits), round(float(digits) / 100, 2), round(float(digits) / 10, 2))
        plain = parts.replace(",", "").strip(". ")
        if re.fullmatch(r"\d+(?:\.\d+)?", plain):
            yield float(plain)


def _terms(answer: Answer) -> Iterator[tuple[Kind, str]]:
    hours, weeks, fte, months = (
        answer[name] for name in ("hours_per_week", "weeks_per_year", "fte", "fixed_term_months")
    )
    if hours is not None and not 1 <= hours <= 60:
        yield "a week of under 1 or over 60 hours", f"{hours} hours"
    if weeks is not None and not 20 <= weeks <= 52.2:
        yield "a year of under 20 or over 52 weeks", f"{weeks} weeks"
    if hours and fte and abs(hours / _FULL_WEEK - fte) > 0.2:
        yield "hours that are not that part of a full week", f"{hours} hours, {fte} of full time"
    if months is not None and not 0.5 <= months <= 72:
        yield "a term of under two weeks or over six years", f"{months} months"
    if months is not None and answer["contract_type"] == "permanent":
        yield "a permanent post with a term", f"{months} months"


def _places(answer: Answer) -> Iterator[tuple[Kind, str]]:
    text = answer["location_text"] or ""
    for place in answer["places"]:
        if place["lad_code"] and not place["region"]:
            yield "a district without a region", place["lad_code"]
        if place["latitude"] is not None and not _in_uk(place["latitude"], place["longitude"]):
            yield "a place off the map of the UK", f"{place['latitude']}, {place['longitude']}"
        if place["lad_code"] and (abroad := _OUTSIDE.search(place["text"] or text)):
            yield "a place abroad with a British district", f"{abroad[0]}: {place['lad_name']}"


def _in_uk(latitude: float, longitude: float) -> bool:
    south, north, west, east = _UK
    return south <= latitude <= north and west <= longitude <= east


def _dates(answer: Answer, seen: date) -> Iterator[tuple[Kind, str]]:
    posted, closes = _day(answer["posted_on"]), _day(answer["closes_at"])
    if posted and posted > seen + timedelta(days=1):
        yield "posted after it was seen", f"{posted}"
    if posted and posted < seen - 2 * YEAR:
        yield "posted more than two years before it was seen", f"{posted}"
    if closes and closes < seen - YEAR:
        yield "closed more than a year before it was seen", f"{closes}"
    if closes and closes > seen + YEAR:
        yield "closes more than a year after it was seen", f"{closes}"
    if posted and closes and closes < posted:
        yield "closes before it was posted", f"{posted}, {closes}"


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed[:10]) if printed else None


def _has_issue(answer: Answer, start: str) -> bool:
    return any((issue["field"] or "").startswith(start) for issue in answer["issues"])
