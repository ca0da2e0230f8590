"""Which of the days in a text is the one that is asked for: an advert opens, closes and interviews.

A day is what the last word before it says: of `open from 1 May and close on 12 May` the second is the closing day. Where
the words tell, there is no doubt; a day of another kind is never taken for want of a better one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import attrs

from jobscraper.normalise.dates.forms import PrintedClock, PrintedDay, find_clock

Sense = Literal["past", "future"]
_Kind = Literal["closing", "until", "unsaid", "opening", "other"]

_WINDOW = re.compile(r"\s{0,3}(?:-|–|—|to|until|i)\s{0,3}", re.IGNORECASE)
_CUES = re.compile(
    r"(?P<other>\b(?:interview\w*|cyfweliad\w*|assessment (?:days?|centres?)|shortlist\w*|selection|commenc\w+|induction|tests?"
    r"|(?:to |expected |likely )?start(?:s|ing)?(?: date)?|dyddiad dechrau)\b)"
    r"|(?P<opening>\b(?:open(?:s|ing|ed)?|advertis\w+|advert date|posted|posting|published|live|listed|placed|added|from|agor\w*)\b)"
    r"|(?P<closing>\b(?:clos(?:e|es|ing|ed)|deadline|expir\w+|cau|apply|appl(?:ications?|ying))\b)"
    r"|(?P<until>\b(?:by|before|until|till|latest|later than|ends?|received)\b)",
    re.IGNORECASE,
)
# Which kinds may be taken, the best first.
_WANTED: dict[Sense, tuple[_Kind, ...]] = {"future": ("closing", "until", "unsaid"), "past": ("opening", "unsaid")}


@attrs.frozen
class Chosen:
    """The day that was asked for and its time of day; `rivals`: the text prints others that could as well be meant."""

    day: PrintedDay
    clock: PrintedClock | None
    rivals: bool


def choose_day(text: str, days: Sequence[PrintedDay], sense: Sense) -> Chosen | None:
    """Choose of the days of a text, in printed order; None where none of them is of the kind.

    :raises ValueError: a time stands with the day that is none (`25:00`).
    """
    kinds = _kinds(text, days)
    for kind in _WANTED[sense]:
        fitting = [index for index, own in enumerate(kinds) if own == kind]
        if fitting:
            first = days[fitting[0]]
            return Chosen(
                first,
                first.clock or _clock_of(text, days, fitting[0]),
                any(_calendar(days[index]) != _calendar(first) for index in fitting),
            )
    return None


def _kinds(text: str, days: Sequence[PrintedDay]) -> list[_Kind]:
    """What each day is; one without a word before it is what the day before it is, but for the end of a window."""
    kinds: list[_Kind] = []
    end = 0
    for day in days:
        gap = text[end : day.start]
        said = _last_said(gap)
        if said is not None:
            kinds.append(said)
        elif kinds and kinds[-1] != "other" and _WINDOW.fullmatch(gap):
            kinds[-1:] = ["opening", "closing"]
        else:
            kinds.append(kinds[-1] if kinds else "unsaid")
        end = day.end
    return kinds


def _last_said(gap: str) -> _Kind | None:
    """What the last word says; but `applications received by` is as good as `closing date`."""
    kinds = [match.lastgroup for match in _CUES.finditer(gap)]
    if not kinds:
        return None
    return "closing" if kinds[-1] == "until" and "closing" in kinds else kinds[-1]  # type: ignore[return-value]


def _calendar(day: PrintedDay) -> tuple[int, int, int | None]:
    return day.day, day.month, day.year


def _clock_of(text: str, days: Sequence[PrintedDay], index: int) -> PrintedClock | None:
    """The time that stands with a day: before it, behind the word that tells what it is, or after it."""
    day = days[index]
    before = days[index - 1].end if index else 0
    after = days[index + 1].start if index + 1 < len(days) else len(text)
    cues = [match for match in _CUES.finditer(text, before, day.start) if index or _is_foreign(match)]
    return find_clock(text, cues[-1].end() if cues else before, day.start) or find_clock(
        text, day.end, _next_foreign(text, day.end, after)
    )


def _is_foreign(cue: re.Match[str]) -> bool:
    """A word of another day or time than the one that an advert closes on."""
    return cue.lastgroup in ("opening", "other")


def _next_foreign(text: str, start: int, end: int) -> int:
    return next((cue.start() for cue in _CUES.finditer(text, start, end) if _is_foreign(cue)), end)
