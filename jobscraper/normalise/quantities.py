"""How long and how much: hours a week, weeks a year, part of a full post, months of a fixed term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from jobscraper.normalise.result import Evidence, Found, Issue

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty four": 24, "twenty-four": 24, "thirty six": 36,
}  # fmt: skip
_NUMBER = r"(?<![\d£.,/:])\d{1,3}(?:\.\d{1,4})?(?![\d,])"
_COUNT = rf"(?:{_NUMBER}|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}))"
_TO = r"\s?(?:-|–|—|to|and)\s?"
_RANGE = rf"(?:(?P<low>{_COUNT})\s?(?:hours|hrs|months|weeks)?{_TO})?(?P<number>{_COUNT})"
_WEEKLY = r"(?:per|a|each|every|/|\\)\s?(?:week|wk)\b|/\s?wk\b|weekly\b|p\.?\s?/?w\b\.?|yr wythnos\b|wythnosol\b"
_HOUR = r"[\s-]?(?:hours?|hrs?|h|awr|oriau)\b"
# Hours of something else than a week.
_NOT_WEEKLY = (
    r"(?!\s{0,2}(?:(?:per|a|each|every|/)\s?(?:day|shift|month|year|annum|fortnight|term|lesson|session)|daily|monthly|"
    r"annually|notice|p\.?[am]\b))"
)


@attrs.frozen
class _Quantity:
    """One column: the pattern with its groups `number` and maybe `low`, the sane range, and the value of a match."""

    column: str
    pattern: re.Pattern[str]
    least: float
    most: float
    value: Callable[[re.Match[str]], float]


def number(printed: str) -> float:
    """The value of figures or of a number in words.

    >>> number("37.5"), number("Two")
    (37.5, 2.0)
    """
    return float(_WORDS.get(printed.lower()) or printed)


def _hours(match: re.Match[str]) -> float:
    minutes = match["minutes"]
    return number(match["number"]) + (round(int(minutes) / 60, 2) if minutes else 0)


def _fte(match: re.Match[str]) -> float:
    printed = match["number"] or match["after"]
    return round(float(printed.rstrip("% ")) / (100 if "%" in printed else 1), 4)


_MONTHS_IN = {"month": 1.0, "mth": 1.0, "year": 12.0, "yr": 12.0, "week": 12 / 52}


def _months(match: re.Match[str]) -> float:
    return round(number(match["number"]) * _MONTHS_IN[match["unit"].lower()], 1)


_PART = r"(?:[01]?\.\d{1,4}|[01](?:\.0{1,4})?|\d{1,3}(?:\.\d)?\s?%)"
HOURS = _Quantity(
    "hours_per_week",
    re.compile(
        rf"{_RANGE}(?:{_HOUR}(?:[\s,]{{0,2}}(?:and\s)?(?P<minutes>[0-5]?\d)\s?(?:minutes|mins?|m)\b)?"
        rf"(?:\s{{0,2}}\(?(?:{_WEEKLY}))?{_NOT_WEEKLY}|\s?(?:{_WEEKLY}))",
        re.IGNORECASE,
    ),
    0.5,
    80,
    _hours,
)
BARE_HOURS = attrs.evolve(
    HOURS, pattern=re.compile(rf"(?P<low>(?!))?(?P<number>{_NUMBER})(?::(?P<minutes>[0-5]\d))?\s?")
)
WEEKS = _Quantity(
    "weeks_per_year",
    re.compile(
        rf"{_RANGE}\s?(?:weeks?|wks?)\s?(?:per|a|each|in the|/|of the)?\s?(?:year|annum|p\.?a\b|term|tto|working)"
        rf"|\b(?:term[\s-]time(?: only)?|tto)[\s,:(-]{{0,3}}(?P<tto>{_NUMBER})\s?(?:weeks|wks)\b",
        re.IGNORECASE,
    ),
    1,
    53,
    lambda match: number(match["number"] or match["tto"]),
)
FTE = _Quantity(
    "fte",
    re.compile(
        rf"(?:(?P<low>(?<![\d£.,]){_PART}){_TO})?(?P<number>(?<![\d£.,]){_PART})\s?(?:of\s)?\(?(?:f\.?t\.?e|w\.?t\.?e|full[\s-]time equivalent)\b"
        rf"|\b(?:fte|wte|full[\s-]time equivalent)[\s:=(-]{{1,3}}(?P<after>{_PART})(?![\d,])",
        re.IGNORECASE,
    ),
    0.01,
    1,
    _fte,
)
MONTHS = _Quantity(
    "fixed_term_months",
    re.compile(
        rf"{_RANGE}[\s-]?(?P<unit>month|mth|year|yr|week)s?(?:['’]s?)?\b(?!\s?(?:old|probation|notice))", re.IGNORECASE
    ),
    0.2,
    120,
    _months,
)


def read_quantity(quantity: _Quantity, text: str, *, whole: bool = False) -> Found[float]:
    """Read the one value that `text` prints for a column; a range or two values are an issue, nothing is None alone.

    :param whole: the text must be nothing but the value.
    """
    matches = list(_matches(quantity, text, whole))
    values = {quantity.value(match) for match in matches}
    ranged = [match for match in matches if match["low"]]
    if not matches:
        return Found()
    if ranged or len(values) > 1:
        return Found(issues=(_issue(quantity, "several values", text),))
    value, match = values.pop(), matches[0]
    if not quantity.least <= value <= quantity.most:
        return Found(issues=(_issue(quantity, "a value that cannot be", text),))
    return Found(value, Evidence(f"{quantity.column}:number", match[0], *match.span()))


def _matches(quantity: _Quantity, text: str, whole: bool) -> Iterator[re.Match[str]]:
    if not whole:
        yield from quantity.pattern.finditer(text)
    elif match := quantity.pattern.fullmatch(text):
        yield match


def _issue(quantity: _Quantity, what: str, text: str) -> Issue:
    return Issue(f"{quantity.column}_unreadable", f"{what}: {text[:100]!r}", quantity.column)
