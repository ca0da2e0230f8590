"""Dates and closing times, from the forms that boards print, in London time, to ISO dates and UTC instants."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import dateparser

from jobscraper.normalise.result import Evidence, Found, Issue

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59)  # A closing date without a time: the whole day is still open.

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?)?")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?m\b\.?|(\d{1,2}):(\d\d)\b|(midday|noon)\b|(midnight)\b)", re.IGNORECASE
)
_SETTINGS = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PREFER_DAY_OF_MONTH": "first"}


def read_date(text: str | None, field: str = "posted_on") -> Found[date]:
    """Read a calendar date; the time of day, if one is printed, decides the London day.

    >>> read_date("2026-08-01").value
    datetime.date(2026, 8, 1)
    """
    found = _read(text, field)
    moment = found.value
    return Found(moment.astimezone(LONDON).date() if moment else None, found.evidence, found.issues)


def read_closing(text: str | None, field: str = "closes_at") -> Found[datetime]:
    """Read the instant after which nobody can apply, in UTC. A date without a time lasts to the end of that day.

    >>> read_closing("29/01/2017").value
    datetime.datetime(2017, 1, 29, 23, 59, 59, tzinfo=datetime.timezone.utc)
    """
    found = _read(text, field)
    return Found(found.value.astimezone(UTC) if found.value else None, found.evidence, found.issues)


def _read(text: str | None, field: str) -> Found[datetime]:
    if not text:
        return Found()
    for rule, read in (("iso_8601", _iso), ("day_first", _day_first), ("in_words", _in_words)):
        try:
            found = read(text)
        except ValueError:  # The 31st of June.
            found = None
        if found:
            moment, start, end = found
            return Found(moment, Evidence(f"date:{rule}", text[start:end], start, end))
    return Found(issues=(Issue("date_unreadable", f"not a date that we can read: {text[:100]!r}", field),))


def _iso(text: str) -> tuple[datetime, int, int] | None:
    match = _ISO.search(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    when = datetime.combine(date(int(year), int(month), int(day)), _time(hour, minute, second))
    if zone:
        offset = datetime.strptime(zone.replace("Z", "+00:00").replace(":", ""), "%z").tzinfo
        return when.replace(tzinfo=offset), *match.span()
    return when.replace(tzinfo=LONDON), *match.span()


def _day_first(text: str) -> tuple[datetime, int, int] | None:
    match = _DAY_FIRST.search(text)
    if not match:
        return None
    day, month, year, hour, minute, second = match.groups()
    when = datetime.combine(date(int(year), int(month), int(day)), _time(hour, minute, second))
    return when.replace(tzinfo=LONDON), *match.span()


def _in_words(text: str) -> tuple[datetime, int, int] | None:
    """`9am on Monday 20 February 2017`, `Midday on Monday 3rd February 2025`: the clock first, the rest by dateparser."""
    clock = _CLOCK.search(text)
    without_clock = _CLOCK.sub(" ", text).replace(" on ", " ").replace(" at ", " ") if clock else text
    day = dateparser.parse(_ORDINAL.sub(r"\1", without_clock).strip(" ,:"), languages=["en"], settings=_SETTINGS)
    if day is None:
        return None
    return datetime.combine(day.date(), _clock(clock), LONDON), 0, len(text)


def _clock(match: re.Match[str] | None) -> time:
    if match is None:
        return END_OF_DAY
    hour, minute, half, hour_24, minute_24, midday, _midnight = match.groups()
    if hour:
        return time(int(hour) % 12 + (12 if half.lower() == "p" else 0), int(minute or 0))
    if hour_24:
        return time(int(hour_24), int(minute_24))
    # "Midnight on the 3rd" is meant as the end of that day.
    return time(12) if midday else END_OF_DAY


def _time(hour: str | None, minute: str | None, second: str | None) -> time:
    return time(int(hour), int(minute or 0), int(second or 0)) if hour else END_OF_DAY
