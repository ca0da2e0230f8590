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
_NUMBER = r"(?<![\d£.,/])(?<!\d:)\d{1,3}(?:\.\d{1,4}|\s?½|\s1/2)?(?![\d,])"
_COUNT = rf"(?:{_NUMBER}|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}))"
_TO = r"\s?(?:-|–|—|to|and|or)\s?"
_RANGE = rf"(?:(?P<low>{_COUNT})\s?(?:hours|hrs|months|weeks)?{_TO})?(?P<number>{_COUNT})"
_WEEKLY = (
    r"(?:per|a|each|every|/|\\)\s?(?:(?:working|contracted|standard)\s)?(?:week|wk)\b|/\s?wk\b|weekly\b|p\.?\s?/?w\b\.?"
    r"|yr wythnos\b|wythnosol\b"
)
_HOUR = r"[\s-]?(?:o\s)?(?:hours?|hrs?|h|awr|oriau)\b"
# Hours of something else than a week, by what follows them or stands before them.
_EACH = r"(?:per|a|each|every|/)\s?(?:day|night|shift|month|year|annum|fortnight|term|lesson|session|(?:\d|two|four)\s?w(?:ee)?ks?)"
_SHIFT = (
    r"(?:(?:long|short|day|night|early|late|waking|split|sleep[\s-]?in|rotating)[\s-])*(?:shifts?|days?|nights?|rotas?|services?"
    r"|cover|care|departments?|emergency|on[\s-]?call|(?:\w+ )?(?:help)?lines?|access|support|operations?|units?|periods?|clinics?)"
)
_NOT_AFTER = re.compile(
    rf"[\s,(&-]{{0,3}}(?:{_EACH}|{_SHIFT}|daily|monthly|annually|fortnightly|notice|p\.?[am]|(?:and )?(?:7|seven|365)\b(?![.\d])"
    r"|(?:over|in|of) (?:a |each )?(?:fortnight|month|year|(?:2|4|two|four) weeks?)|from|away|drive|travel|ago|later|prior|before"
    r"|in advance|(?:annual |paid )?(?:leave|holidays?)|old|midnight"
    r"|of (?:annual|paid|study|training|teaching|cpd|leave|holiday|learning|free|funded|childcare|support|experience))\b"
    r"|\s?/\s?7\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:within|every|after|additional|extra|over|next|first|last|than|overtime|another|open|operates?|accessible|opt)"
    r"|\bshifts? (?:of|are|is|will be|being|last(?:ing)?))\s$",
    re.IGNORECASE,
)
# `12-hour` alone says how long a shift or a service is; of a job it stands with one of these, or with nothing.
_SINGULAR = re.compile(r"\d[\s-]?hour$", re.IGNORECASE)
_JOB_AFTER = re.compile(
    r"\s{0,2}(?:$|[.,;:)(/|–—]|-\s|\b(?:(?:working )?week|contracts?|posts?|positions?|roles?|vacanc\w+|job|part|full|term|permanent"
    r"|fixed|temporary|flexible|monday|mon|between|basis)\b)",
    re.IGNORECASE,
)


def _is_of_a_week(match: re.Match[str]) -> bool:
    """Whether hours are those of a week, where that is not said: not those of a shift, a service or a journey."""
    text = match.string
    if match["weekly"]:
        return True
    if _NOT_AFTER.match(text, match.end()) or _NOT_BEFORE.search(text[: match.start()]):
        return False
    return not _SINGULAR.search(match[0]) or bool(_JOB_AFTER.match(text, match.end()))


@attrs.frozen
class _Quantity:
    """One column: the pattern with its groups `number` and maybe `low`, the sane range, the value of a match, and
    whether it is one of this column at all.
    """

    column: str
    pattern: re.Pattern[str]
    least: float
    most: float
    value: Callable[[re.Match[str]], float]
    holds: Callable[[re.Match[str]], bool] = lambda _match: True


def number(printed: str) -> float:
    """The value of figures or of a number in words.

    >>> number("37.5"), number("37½"), number("Two")
    (37.5, 37.5, 2.0)
    """
    figures = printed.replace("½", " 1/2")
    if figures.endswith("1/2"):
        return float(figures.removesuffix("1/2")) + 0.5
    return float(_WORDS.get(printed.lower()) or printed)


def _hours(match: re.Match[str]) -> float:
    minutes = match["minutes"]
    return number(match["number"]) + (round(int(minutes) / 60, 2) if minutes else 0)


def _fte(match: re.Match[str]) -> float:
    printed = match["number"] or match["after"]
    return round(float(printed.rstrip("% ")) / (100 if "%" in printed else 1), 4)


# `6 weeks annual leave`, `4-week rolling rota`, `2 weeks in 4`.
_NO_TERM_AFTER = (
    r"\s?(?:old|probation|notice|(?:of )?(?:annual |paid )?(?:leave|holidays?)|(?:of )?experience"
    r"|(?:rolling |rotating )?(?:rota|roster|cycle|shift)s?\b|in (?:\d|every)\b)"
)


def _is_a_term(match: re.Match[str]) -> bool:
    """Whether a length is the contract's: `39 weeks per year`, `term time only, 39 weeks` is how much of a year is worked."""
    of_a_year = (weeks.span() for weeks in WEEKS.pattern.finditer(match.string))
    return all(match.end() <= start or end <= match.start() for start, end in of_a_year)


_MONTHS_IN = {"month": 1.0, "mth": 1.0, "year": 12.0, "yr": 12.0, "week": 12 / 52}


def _months(match: re.Match[str]) -> float:
    return round(number(match["number"]) * _MONTHS_IN[match["unit"].lower()], 1)


_PART = r"(?:[01]?\.\d{1,4}|[01](?:\.0{1,4})?|\d{1,3}(?:\.\d)?\s?%)"
HOURS = _Quantity(
    "hours_per_week",
    re.compile(
        rf"{_RANGE}(?:{_HOUR}(?:[\s,]{{0,2}}(?:and\s)?(?P<minutes>[0-5]?\d)\s?(?:minutes|mins?|munud|m)\b)?"
        rf"(?:\s{{0,2}}\(?(?P<weekly>{_WEEKLY}))?|\s?(?:{_WEEKLY}|h\.?p\.?w\b))",
        re.IGNORECASE,
    ),
    0.5,
    80,
    _hours,
    _is_of_a_week,
)
BARE_HOURS = _Quantity(
    "hours_per_week",
    re.compile(rf"(?P<low>(?!))?(?P<number>{_NUMBER})(?::(?P<minutes>[0-5]\d))?\s?"),
    HOURS.least,
    HOURS.most,
    _hours,
)
# `Hours per week –37.5`, `Hours: 22.5 - 28`; `Hours: 9 - 5pm` is a time of day and `Hours: 0.8 WTE` a part of a post.
_A_WEEKS_NUMBER = r"(?<![\d£.,/])(?<!\d:)(?:[4-9]|[1-7]\d)(?:\.\d{1,2})?(?![\d:]|\.\d|,\d)"
LABELLED_HOURS = _Quantity(
    "hours_per_week",
    re.compile(
        r"\b(?:(?:hours|hrs|oriau)(?: of work)?\s{0,2}[:=\-–—]{1,2}|(?:hours|hrs|oriau) (?:of work|per week|a week|weekly|pw|yr wythnos)[\s:=\-–—]{1,4}"
        r"|weekly hours[\s:=\-–—]{1,4})\s{0,2}"
        rf"(?:(?P<low>{_A_WEEKS_NUMBER})\s?(?:-|–|—|to|or|and|til|till|until)\s?)?(?P<number>{_A_WEEKS_NUMBER})(?P<minutes>(?!))?"
        r"(?!\s{0,2}(?:(?:-|–|—|to|or|till?|until)\s?\d|[ap]\.?m\b|%|wte\b|fte\b|pa['’]?s?\b|sessions?\b|days?\b|shifts?\b|weeks?\b|months?\b|x\b))",
        re.IGNORECASE,
    ),
    4,
    HOURS.most,
    _hours,
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
    re.compile(rf"{_RANGE}[\s-]?(?P<unit>month|mth|year|yr|week)s?(?:['’]s?)?\b(?!{_NO_TERM_AFTER})", re.IGNORECASE),
    0.2,
    120,
    _months,
    _is_a_term,
)


def read_week(text: str) -> Found[float]:
    """Read the hours a week out of any text: with their unit, or else behind their label."""
    found = read_quantity(HOURS, text)
    return found if found.value is not None or found.issues else read_quantity(LABELLED_HOURS, text)


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
    if whole:
        found = [match] if (match := quantity.pattern.fullmatch(text)) else []
    else:
        found = [match for match in quantity.pattern.finditer(text) if quantity.holds(match)]
    said = [match for match in found if match.groupdict().get("weekly")]
    yield from said or found


def _issue(quantity: _Quantity, what: str, text: str) -> Issue:
    return Issue(f"{quantity.column}_unreadable", f"{what}: {text[:100]!r}", quantity.column)
