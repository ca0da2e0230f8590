"""Days in forms that are none of ours, read by dateparser: `November the 8th`, `8 Novemeber`.

dateparser makes a day of nearly anything (`May`, `sat`, `1/2`), asks the machine's clock for what a text leaves out, and
costs a hundred times what a form of ours does. So it gets only what we cut out: the name of a month with one day and at
most a year beside it; it is told from when to count; and it is imported where such a text is first met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import attrs
from rapidfuzz.distance import OSA

from jobscraper.normalise.dates.forms import LONGEST, MONTH_OF, ORDINALS, WEEKDAY_OF, PrintedDay

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN, _AFTER_MONTH = re.compile(r"[\s,.\-/]{0,3}"), re.compile(r"[\s,.]{0,3}")
_SMALL_WORDS = frozenset({"the", "of", "day", "o", "y", "on"})
_SUFFIXES = frozenset([*ORDINALS.split("|"), "h"])  # `10 h November` lost a letter.
_PARTS_AWAY = 4
"""Parts of a day (weekday, `the`, figures, suffix, `of`) on either side of its month, at most."""
_NO_CLOCK = datetime(2000, 1, 1)  # Nothing is read from it; without one dateparser would ask the machine.
_LONG_NAME = 6
_SETTINGS: dict[str, Any] = {
    "DATE_ORDER": "DMY",
    "PARSERS": ["absolute-time"],
    "PREFER_DATES_FROM": "current_period",
    "TIMEZONE": "Europe/London",
    "RETURN_AS_TIMEZONE_AWARE": False,
}


@attrs.frozen
class _Token:
    """A word or figures; `month` is the name in English of the month that the word is, or is a slip of the pen for."""

    text: str
    start: int
    end: int
    month: str | None = None
    slip: bool = False

    @property
    def is_year(self) -> bool:
        return self.text.isdigit() and len(self.text) == 4 and self.text[:2] in ("19", "20")


_ENGLISH = "January|February|March|April|May|June|July|August|September|October|November|December".split(
    "|"
)  # dateparser reads no Welsh name that is softened.


def find_other_days(text: str, taken: Sequence[PrintedDay], observed: datetime | None) -> list[PrintedDay]:
    """The days outside `taken` that stand around the name of a month, in printed order.

    :param observed: the moment of observation in London time, from which dateparser counts.
    """
    tokens = [_token(match) for match in _TOKEN.finditer(text[:LONGEST])]
    found = [_day(text, tokens, index, observed) for index, token in enumerate(tokens) if token.month]
    return [day for day in found if day and all(day.end <= other.start or day.start >= other.end for other in taken)]


def _token(match: re.Match[str]) -> _Token:
    word = match[0].casefold()
    if (word in MONTH_OF and word not in ("may", "mar")) or match[0] in ("May", "MAY", "Mar", "MAR"):
        return _Token(word, *match.span(), _ENGLISH[MONTH_OF[word] - 1])
    name = _meant(word)
    return _Token(word, *match.span(), name, slip=name is not None)


def _meant(word: str) -> str | None:
    """The one month of which `word` is a slip: a letter more, less, other, or two of them the other way round."""
    if len(word) < _LONG_NAME - 1 or word in WEEKDAY_OF:
        return None
    near = {_ENGLISH[number - 1] for name, number in MONTH_OF.items() if _is_slip(word, name)}
    return near.pop() if len(near) == 1 else None


def _is_slip(word: str, name: str) -> bool:
    """Of a short name no other letter: a `match` is no March."""
    if len(name) < len("june") or OSA.distance(word, name, score_cutoff=1) > 1:
        return False
    return len(name) >= _LONG_NAME or len(word) != len(name) or sorted(word) == sorted(name)


def _day(text: str, tokens: list[_Token], index: int, observed: datetime | None) -> PrintedDay | None:
    month = tokens[index]
    if index and tokens[index - 1].text == "dydd":  # `Dydd Mawrth` is Tuesday.
        return None
    around = [*reversed(list(_beside(text, tokens, index, -1))), month, *_beside(text, tokens, index, 1)]
    window = _without_small_words(around)
    days = [token for token in window if token.text.isdigit() and not token.is_year]
    years = [token for token in window if token.is_year]
    if len(days) != 1 or len(years) > 1 or (not years and _needs_year(month)):
        return None
    parts = (month, *days, *years)
    said = [token.month or token.text for token in window if token in parts or token.text in _SUFFIXES]
    read = _dateparser(" ".join(said), bool(years), observed)
    return _printed(window, read, bool(years)) if read else None


def _needs_year(month: _Token) -> bool:
    """Whether a month is believed only beside a year: a slip of a short name may be another word."""
    return month.slip and len(month.month or "") < _LONG_NAME


def _printed(window: list[_Token], read: datetime, has_year: bool) -> PrintedDay:
    weekdays = (WEEKDAY_OF[token.text] for token in window if token.text in WEEKDAY_OF)
    return PrintedDay(
        rule="dateparser",
        start=window[0].start,
        end=window[-1].end,
        day=read.day,
        month=read.month,
        year=read.year if has_year else None,
        weekday=next(weekdays, None),
        clock=None,
    )


def _without_small_words(window: list[_Token]) -> list[_Token]:
    """The window without what is no part of the day at its ends: `on November 8th`."""
    while window[0].text in _SMALL_WORDS:
        window = window[1:]
    while window[-1].text in _SMALL_WORDS:
        window = window[:-1]
    return window


def _beside(text: str, tokens: list[_Token], index: int, step: int) -> Iterator[_Token]:
    """The parts of a day that stand on one side of its month, going away from it."""
    for position in range(index + step, index + step * (_PARTS_AWAY + 1), step):
        if not 0 <= position < len(tokens):
            return
        nearer, token = tokens[position - step], tokens[position]
        gap = text[token.end : nearer.start] if step < 0 else text[nearer.end : token.start]
        # `Nov-20` and `Nov ’20` are a month of a year.
        between = _BETWEEN if step < 0 or token.is_year else _AFTER_MONTH
        if not (between.fullmatch(gap) and _is_part(text, token)):
            return
        yield token


def _is_part(text: str, token: _Token) -> bool:
    if token.text.isdigit():
        around = text[max(0, token.start - 1) : token.start] + text[token.end : token.end + 1]
        return not set(around) & set(":£%") and (token.is_year or 1 <= int(token.text) <= 31)
    return token.text in _SMALL_WORDS or token.text in _SUFFIXES or token.text in WEEKDAY_OF


def _dateparser(said: str, has_year: bool, observed: datetime | None) -> datetime | None:
    from dateparser.date import DateDataParser

    parts = ["day", "month", "year"] if has_year else ["day", "month"]
    base = observed.replace(tzinfo=None) if observed else _NO_CLOCK
    settings = {**_SETTINGS, "REQUIRE_PARTS": parts, "RELATIVE_BASE": base}
    found: datetime | None = DateDataParser(languages=["en"], settings=settings).get_date_data(said).date_obj
    return found
