"""The forms in which boards print days and times of day: strings in, what is printed out, nothing filled in.

Each form is one row of `_FORMS` with a named group for each part. What is missing (a year, a time, a zone) stays None:
`dates.py` decides what that means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, time, timedelta, timezone, tzinfo

import attrs

LONGEST = 500
"""Of a longer text only the beginning is read: a date field that long is a page that was read wrongly."""

# After a number Welsh softens the names of months: `8 o Dachwedd`, `3 Fai`.
_MONTHS = {
    1: ("january", "jan", "ionawr", "ion"),
    2: ("february", "feb", "chwefror", "chwef"),
    3: ("march", "mar", "mawrth", "fawrth", "maw"),
    4: ("april", "apr", "ebrill", "ebr"),
    5: ("may", "mai", "fai"),
    6: ("june", "jun", "mehefin", "fehefin", "meh"),
    7: ("july", "jul", "gorffennaf", "orffennaf", "gorff"),
    8: ("august", "aug", "awst"),
    9: ("september", "sept", "sep", "medi", "fedi"),
    10: ("october", "oct", "hydref", "hyd"),
    11: ("november", "nov", "tachwedd", "dachwedd", "tach"),
    12: ("december", "dec", "rhagfyr", "ragfyr", "rhag"),
}
MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names}
# Welsh ones only after `dydd`: `Mawrth` is also March.
_WEEKDAYS = (
    ("monday", "mon", "dydd llun"),
    ("tuesday", "tues", "tue", "dydd mawrth"),
    ("wednesday", "weds", "wed", "dydd mercher"),
    ("thursday", "thurs", "thur", "thu", "dydd iau"),
    ("friday", "fri", "dydd gwener"),
    ("saturday", "sat", "dydd sadwrn"),
    ("sunday", "sun", "dydd sul"),
)
WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


ORDINALS = "st|nd|rd|th|af|ail|il|ydd|ed|fed|eg|ain"
"""What follows the figures of a day, in English and Welsh."""

_WELSH_HALF = r"y(?:\.?[bph]|r?\s(?:bore|prynhawn|hwyr))"
_NO_HOUR = rf"(?!\d|[:.]\d|\s{{0,2}}(?:am|pm|a\.m|p\.m|{_WELSH_HALF}|noon|midday|midnight|hrs|hours|o'?clock)\b)"
_YEAR = rf"(?P<year>(?:19|20)\d\d(?!\d)|['’]?\d\d{_NO_HOUR})"
_WEEKDAY = rf"(?:\b(?P<weekday>{_any_of(WEEKDAY_OF)})\b[\s,.]{{0,3}}(?:the\s)?)?"
_MONTH = rf"(?P<month>{_any_of(MONTH_OF)})(?![a-z])\.?"
_TIME = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d|GMT|UTC|UT)(?![a-z\d])"
# The order tells which form is believed where two could read the same characters.
_FORMS = tuple(
    (rule, re.compile(pattern, re.IGNORECASE))
    for rule, pattern in (
        # A feed's own forms, whose zone is what it says. RFC 822 has seconds; `23:55 BST` in a sentence has none.
        (
            "iso_8601",
            rf"(?<!\d)(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?:[T ]{_TIME}\s?(?:{_ZONE})?)?(?!\d)",
        ),
        (
            "rfc_822",
            rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}}) {_MONTH} (?P<year>\d{{4}}) "
            r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) (?P<zone>[+-]\d{4}|GMT|UTC|UT|Z)\b",
        ),
        ("compact", r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
        (
            "day_first",
            rf"{_WEEKDAY}(?<![\d/.-])(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)"
            r"(?P<year>\d{4}|\d\d)(?![\d/])",
        ),
        (
            "in_words",
            rf"{_WEEKDAY}(?<![\d£])(?<!\d[.,:])(?P<day>\d{{1,2}})\s?(?:{ORDINALS})?(?:\sof|\so)?[\s\-/.,]{{0,3}}{_MONTH}"
            rf"(?:[\s,\-/.]{{0,3}}{_YEAR})?",
        ),
        (
            "month_first",
            rf"{_WEEKDAY}\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?\s(?P<year>\d{{4}})(?!\d)",
        ),
    )
)
_CLOCK = re.compile(
    r"(?<![\d£.:/-])(?:"
    rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap]\.?m|{_WELSH_HALF})\b\.?"
    r"|(?:12\s?(?:o'?clock\s)?)?(?P<word>midday|mid-day|noon|midnight|hanner dydd|hanner nos)\b"
    r"|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)(?::(?P<second>\d\d))?(?!\d)"
    r"|(?:(?<=at )|(?<=by )|(?<=before ))(?P<hour_dot>[01]?\d|2[0-4])\.(?P<minute_dot>[0-5]\d)(?![\d.])"
    r"|(?P<hour_flat>[01]\d|2[0-4])[:.]?(?P<minute_flat>[0-5]\d)\s?(?:hrs|hours|h)\b"
    r")(?:\s{0,2}\(?(?P<zone>BST|GMT|UTC|Z)\b\)?)?",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(r"p|yr?[.\s]?[ph]", re.IGNORECASE)
_NOON = frozenset({"midday", "mid-day", "noon", "hanner dydd"})


@attrs.frozen(kw_only=True)
class PrintedClock:
    """A time of day. None for `time` is the end of the day; `zone` None is London, `winter` its second 1.30 am."""

    time: time | None
    start: int
    end: int
    zone: tzinfo | None = None
    winter: bool = False


@attrs.frozen(kw_only=True)
class PrintedDay:
    """A day as printed: two figures of a year are this century's, no year is None; `clock` where the form has one."""

    rule: str
    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None
    clock: PrintedClock | None


def find_days(text: str) -> list[PrintedDay]:
    """The days that `text` prints, in order; each character is read by one form only.

    :raises ValueError: a form fits and its time is none (`25:00`).
    """
    taken: list[PrintedDay] = []
    for rule, pattern in _FORMS:
        if taken and taken[0].end - taken[0].start == len(text):
            break  # Nothing is left for the other forms.
        for match in pattern.finditer(text[:LONGEST]):
            if all(match.end() <= day.start or match.start() >= day.end for day in taken):
                taken.append(_day(rule, match))
    return sorted(taken, key=lambda day: day.start)


def find_clock(text: str, start: int, end: int) -> PrintedClock | None:
    """The first time of day in `text[start:end]`.

    :raises ValueError: it is none (`25:00`).
    """
    match = _CLOCK.search(text, start, min(end, LONGEST))
    if match is None:
        return None
    zone = (match["zone"] or "").upper()
    return PrintedClock(
        time=_time_of(match),
        start=match.start(),
        end=match.end(),
        # Boards write GMT and BST for "London", whatever the season; only UTC and Z are meant.
        zone=UTC if zone in ("UTC", "Z") else None,
        winter=zone == "GMT",
    )


def _day(rule: str, match: re.Match[str]) -> PrintedDay:
    parts = match.groupdict()
    month, year = parts["month"].lower(), parts.get("year")
    weekday = parts.get("weekday")
    return PrintedDay(
        rule=rule,
        start=match.start(),
        end=match.end(),
        day=int(parts["day"]),
        month=MONTH_OF[month] if month in MONTH_OF else int(month),
        year=_year(year) if year else None,
        weekday=WEEKDAY_OF[" ".join(weekday.lower().split())] if weekday else None,
        clock=_own_clock(match) if parts.get("hour") else None,
    )


def _year(printed: str) -> int:
    figures = printed.lstrip("'’")
    return int(figures) + (2000 if len(figures) == 2 else 0)


def _own_clock(match: re.Match[str]) -> PrintedClock:
    moment = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    return PrintedClock(time=moment, start=match.start("hour"), end=match.end(), zone=_offset(match["zone"]))


def _offset(zone: str | None) -> tzinfo | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return timezone((1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _time_of(match: re.Match[str]) -> time | None:
    if match["word"]:
        # "Midnight on the 3rd" is meant as the end of that day; `00:00` is its start.
        return time(12) if match["word"].lower() in _NOON else None
    if match["half"]:
        hour = int(match["hour"])
        if hour > 12:  # `17.00pm`
            return time(hour, int(match["minute"] or 0))
        return time(hour % 12 + (12 if _AFTERNOON.match(match["half"]) else 0), int(match["minute"] or 0))
    hour, minute, second = next(_figures(match))
    return None if (hour, minute) == (24, 0) else time(hour, minute, second)


def _figures(match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    for kind in ("24", "_dot", "_flat"):
        if match[f"hour{kind}"]:
            yield int(match[f"hour{kind}"]), int(match[f"minute{kind}"]), int(match["second"] or 0)
