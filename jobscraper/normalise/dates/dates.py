"""Dates and closing times, from the forms that boards print, in London time, to ISO dates and UTC instants.

Pure: what a board leaves out (the year, the day that `3 days ago` counts from) is settled by `observed`, the moment at
which the text was first seen in this form, or not at all. The clock of the machine is never asked: a rebuild next year
must read the same.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import attrs

from jobscraper.normalise.dates.choice import Chosen, Sense, choose_day
from jobscraper.normalise.dates.forms import LONGEST, PrintedClock, PrintedDay, find_clock, find_days
from jobscraper.normalise.dates.library import find_other_days
from jobscraper.normalise.result import Evidence, Found, Issue, cover
from jobscraper.text.fold import fold_name

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59)  # A closing date without a time: the whole day is still open.
NO_END = "date:no_end"
"""The rule of the evidence where a board says in words that there is no closing date."""
RELATIVE = "date:relative_"
"""How the rules begin that count from the moment of observation; the unit follows, which is how coarse they are."""

_EARLIEST, _NEVER = 1990, 9999  # Year 1 is how .NET prints "no date", year 9999 how others print "no end".
_LABEL = re.compile(
    r"(?:(?:apply (?:by|before)|clos(?:es|ing)(?: date)?|dyddiad cau|deadline|expir(?:es|y)(?: date)?|end date|posted|"
    r"added|date (?:posted|listed|placed))\b[\s:]*)?(.*)",
    re.IGNORECASE | re.DOTALL,
)
# Folded words → what they mean, where no day is printed on purpose.
_OPEN_ENDED = frozenset(
    """no expiry date|no closing date|no end date|no deadline|none|ongoing|open|open ended|rolling|until filled|
    open until filled|not applicable|n a|continuous|continuous recruitment|rolling recruitment|always open|evergreen|
    dim dyddiad cau""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_NOT_GIVEN = frozenset(
    {"not specified", "see advert", "please see advert", "see advert text", "please see advert text"}
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}
_RELATIVE = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})(?P<more>\+)?\s(?P<unit>min(?:ute)?|h(?:ou)?r|day|week|month)s?\s"
    r"(?P<way>ago|left|remaining|to go)\b"
    r"|\b(?:in|within)\s(?P<count_in>\d{1,3})\s(?P<unit_in>day|week|month)s?\b"
    r"|\b(?P<word>yesterday|today|tomorrow|just (?:now|posted|added))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_OF = re.compile(r"\s(?:of|after|from|following|before)\b", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:apply(?! by)|start|interview|respond|reply|hear|call|contact)", re.IGNORECASE)
_WORDS_BESIDE = 5
"""Beside a count from today (`This advert closes in 3 days at noon`), at most."""
_WORD_DAYS = {"yesterday": -1, "tomorrow": 1}
_CLOSES_AFTER = timedelta(days=300)
_STANDS_AFTER = timedelta(days=65)


@attrs.frozen
class _Read:
    """A day and a time of it (None: its end), in a zone, with the characters and the doubts."""

    day: date
    clock: PrintedClock | None
    evidence: Evidence
    issues: tuple[Issue, ...] = ()

    def moment(self) -> datetime:
        """The instant. A day without a time lasts to its end."""
        clock = self.clock.time if self.clock else None
        moment = datetime.combine(self.day, clock or END_OF_DAY, LONDON)
        if self.clock and self.clock.zone:
            return moment.replace(tzinfo=self.clock.zone)
        # In the hour that October's change repeats, `1.30 am GMT` is the second one.
        return moment.replace(fold=1) if self.clock and self.clock.winter else moment


class _UnreadableError(ValueError):
    """Says in words why a text gives no day."""


def read_date(text: str | None, field: str = "posted_on", *, observed: datetime | None = None) -> Found[date]:
    """Read a calendar date; the time of day, if one is printed, decides the London day.

    :param observed: when the text was first seen in this form; settles a missing year and `3 days ago`.

    >>> read_date("2026-08-01").value
    datetime.date(2026, 8, 1)
    """
    found = _found(text, field, "past", observed)
    if found.value and found.value.year == _NEVER:
        return Found(issues=(Issue("date_unreadable", f"no year of an advert: {(text or '')[:100]!r}", field),))
    return Found(found.value.astimezone(LONDON).date() if found.value else None, found.evidence, found.issues)


def read_closing(text: str | None, field: str = "closes_at", *, observed: datetime | None = None) -> Found[datetime]:
    """Read the instant after which nobody can apply, in UTC. A date without a time lasts to the end of that day.

    `No expiry date` is no value and no doubt; the rule `date:no_end` of its evidence says that it was understood.

    >>> read_closing("29/01/2017").value
    datetime.datetime(2017, 1, 29, 23, 59, 59, tzinfo=datetime.timezone.utc)
    """
    found = _found(text, field, "future", observed)
    if found.value and found.value.year == _NEVER and found.evidence:
        return Found(None, attrs.evolve(found.evidence, rule=NO_END))
    return Found(found.value.astimezone(UTC) if found.value else None, found.evidence, found.issues)


@lru_cache(maxsize=8192)  # The adverts of a page share their days.
def _found(text: str | None, field: str, sense: Sense, observed: datetime | None) -> Found[datetime]:
    if not text:
        return Found()
    meaning = _said_in_words(text)
    if meaning:
        return Found(None, meaning)
    try:
        read = _read(text[:LONGEST], field, sense, observed)
        moment = read.moment()
        if moment.year != _NEVER:  # How others print "no end" may have no instant in UTC.
            moment.astimezone(UTC)
        return Found(moment, read.evidence, read.issues)
    except (ValueError, OverflowError) as error:  # The 31st of June among them: no other rule may make a day of it.
        why = str(error) if isinstance(error, _UnreadableError) else "not a date that we can read"
        return Found(issues=(Issue("date_unreadable", f"{why}: {text[:100]!r}", field),))


def _said_in_words(text: str) -> Evidence | None:
    said = _LABEL.match(text)
    words = fold_name(said[1]) if said else ""
    if said and words in _OPEN_ENDED:
        return Evidence(NO_END, said[1], *said.span(1))
    if said and words in _NOT_GIVEN:
        return Evidence("date:not_given", said[1], *said.span(1))
    return None


def _read(text: str, field: str, sense: Sense, observed: datetime | None) -> _Read:
    days = find_days(text)
    chosen = choose_day(text, days, sense)
    if chosen is None:
        others = find_other_days(text, days, observed.astimezone(LONDON) if observed else None)
        days = sorted([*days, *others], key=lambda day: day.start)
        chosen = choose_day(text, days, sense)
    if chosen is None and days:
        raise _UnreadableError("prints a day, but of something else")
    return _chosen(text, chosen, field, sense, observed) if chosen else _relative(text, sense, observed)


def _chosen(text: str, chosen: Chosen, field: str, sense: Sense, observed: datetime | None) -> _Read:
    printed, clock = chosen.day, chosen.clock
    day = _calendar_day(printed, sense, observed)
    issues: tuple[Issue, ...] = ()
    if chosen.rivals:
        issues += (Issue("date_several", f"more than one date, the first was taken: {text[:100]!r}", field),)
    if printed.weekday is not None and day.weekday() != printed.weekday:
        said = text[printed.start : printed.end]
        issues += (Issue("weekday_mismatch", f"that day was a {day:%A}: {said!r}", field),)
    spans = [(printed.start, printed.end), *([(clock.start, clock.end)] if clock else [])]
    return _Read(day, clock, cover(f"date:{printed.rule}", text, spans), issues)


def _calendar_day(printed: PrintedDay, sense: Sense, observed: datetime | None) -> date:
    if printed.year is not None:
        if printed.year < _EARLIEST:
            raise _UnreadableError("no year of an advert")
        return date(printed.year, printed.month, printed.day)
    if observed is None:
        raise _UnreadableError("a date without a year, and not known when it was seen")
    return _nearest(printed, sense, observed.astimezone(LONDON).date())


def _nearest(printed: PrintedDay, sense: Sense, today: date) -> date:
    """The year in which the day lies in the reach of an advert that is seen today.

    An advert may stand for two months after it closed, and closes within ten; one is posted up to a year before it is
    seen, and at most a day after (clocks differ).
    """
    before, after = (timedelta(days=364), timedelta(days=1)) if sense == "past" else (_STANDS_AFTER, _CLOSES_AFTER)
    for year in (today.year, today.year + 1, today.year - 1):
        try:
            day = date(year, printed.month, printed.day)
        except ValueError:  # The 29th of February of this year.
            continue
        if today - before <= day <= today + after:
            return day
    raise _UnreadableError("a date without a year, and far from the day on which it was seen")


def _relative(text: str, sense: Sense, observed: datetime | None) -> _Read:
    match = _RELATIVE.search(text)
    if match is None or _counts_something_else(text, match):
        raise _UnreadableError("not a date that we can read")
    if observed is None:
        raise _UnreadableError("counted from the day on which it was seen, which is not known")
    if match["more"]:
        raise _UnreadableError("only the latest possible day is printed")
    unit, length = _length(match)
    if (sense == "past" and length > timedelta()) or (sense == "future" and length < timedelta()):
        raise _UnreadableError("counts in the wrong direction")
    day = (observed.astimezone(LONDON) + length).date()
    return _Read(day, find_clock(text, 0, len(text)), cover(f"{RELATIVE}{unit}", text, [match.span()]))


def _counts_something_else(text: str, match: re.Match[str]) -> bool:
    """`Within 14 days of the closing date`, `apply today`: a count is a date where little else is said."""
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return len(_WORD.findall(rest)) > _WORDS_BESIDE or bool(_ELSE.search(rest) or _OF.match(text, match.end()))


def _length(match: re.Match[str]) -> tuple[str, timedelta]:
    """(unit, how far from the moment of observation)."""
    if match["word"]:
        return "day", timedelta(days=_WORD_DAYS.get(match["word"].lower(), 0))
    printed, unit = match["count"] or match["count_in"], (match["unit"] or match["unit_in"]).lower()
    unit = {"min": "minute", "hr": "hour"}.get(unit, unit)
    count = int(printed) if printed.isdigit() else _COUNTS[printed.lower()]
    return unit, (-count if (match["way"] or "").lower() == "ago" else count) * _LENGTHS[unit]
