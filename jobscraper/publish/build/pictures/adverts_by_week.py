"""How many adverts are listed in each week: two years of bars at most.

Two weeks are drawn paler, because they do not compare with the others: the first of an archive, in which all that was
open when crawling began is new, and the one in which the last crawl lies, which is not over. So that the first
does not press all others flat, the scale is that of the others, and the first says its number where it is cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import attrs

from jobscraper.publish.build.pictures.axes import Axis, nice_axis, steps
from jobscraper.publish.build.pictures.rows import Week
from jobscraper.publish.build.pictures.svg import (
    BAR,
    BAR_PART,
    FILL,
    INK,
    RULE,
    SMALL,
    SOFT,
    WIDTH,
    layers,
    marks,
    rules,
    svg_of,
    words,
)

TITLE = "Adverts listed by week"
LONGEST = 104
_HEIGHT = 256
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, WIDTH - 6, 28, 212
_WIDEST = 34
_FEW = 6  # Of so few weeks each bar has its number and its date.


@attrs.frozen
class _Bar:
    week: Week
    x: float
    width: float
    whole: bool


def adverts_by_week(weeks: Iterable[Week], seen: date) -> str | None:
    """Draw the last two years of weeks; a week that is missing between two others has no adverts.

    None where fewer than two weeks have any: one bar compares with nothing.

    :param seen: the last day that the archive saw.
    """
    listed = {week.monday: week.listed for week in weeks}
    if sum(number > 0 for number in listed.values()) < 2:
        return None
    first, last = min(listed), max(listed)
    mondays = [first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1)]
    shown = [Week(monday, listed.get(monday, 0)) for monday in mondays[-LONGEST:]]
    bars = [*_bars(shown, first, seen)]
    compared = [bar.week.listed for bar in bars if bar.whole] or [bar.week.listed for bar in bars]
    up = nice_axis([max(*compared, 1)], _BOTTOM, _TOP, from_zero=True, most=5)
    chart = layers(
        *_grid(up),
        *_marks(bars, up),
        *_numbers(bars, up),
        *_dates(bars),
        height=_HEIGHT,
    )
    return svg_of(chart, name="adverts_by_week", label=finding(shown, compared), height=_HEIGHT)


def finding(weeks: Sequence[Week], compared: Sequence[int]) -> str:
    """What the bars show, in words; `compared` are the numbers of the whole weeks."""
    typical = sorted(compared)[(len(compared) - 1) // 2]
    return (
        f"Adverts listed by week, {_day(weeks[0].monday)} to {_day(weeks[-1].monday)}. "
        f"In the middle week {typical:,}, at most {max(compared):,}, at least {min(compared):,}."
    )


def _bars(weeks: Sequence[Week], first: date, seen: date) -> Iterator[_Bar]:
    pitch = min((_RIGHT - _LEFT) / len(weeks), _WIDEST * 1.8)
    begin = (_LEFT + _RIGHT - pitch * len(weeks)) / 2
    width = min(_WIDEST, pitch - (1 if pitch < 8 else 3))
    for number, week in enumerate(weeks):
        whole = week.monday != first and week.monday + timedelta(days=7) <= seen
        yield _Bar(week, begin + (number + 0.5) * pitch, width, whole)


def _grid(up: Axis) -> Iterator[Any]:
    values = [it for it in steps(up) if it == int(it)]
    yield rules([(_LEFT, up.at(it), _RIGHT, up.at(it)) for it in values], stroke=RULE)
    texts = [{"x": _LEFT - 6, "y": up.at(it), "text": f"{it:,.0f}", "fill": SOFT} for it in values]
    yield words(texts, align="right", fontSize=SMALL)


def _marks(bars: Sequence[_Bar], up: Axis) -> Iterator[Any]:
    values = [
        {
            "x": bar.x - bar.width / 2,
            "x2": bar.x + bar.width / 2,
            "y": up.at(min(bar.week.listed, up.high)) - (8 if bar.week.listed > up.high else 0),
            "y2": _BOTTOM,
            "fill": BAR if bar.whole else BAR_PART,
        }
        for bar in bars
        if bar.week.listed
    ]
    yield marks(values, x2="x2:Q", y2="y2:Q").mark_rect().encode(fill=FILL)


def _numbers(bars: Sequence[_Bar], up: Axis) -> Iterator[Any]:
    """The number of each bar where there are few; else of the highest whole week, and of a first week that is cut off."""
    if len(bars) <= _FEW:
        chosen = list(bars)
    else:
        whole = [bar for bar in bars if bar.whole]
        chosen = [max(whole, key=lambda bar: bar.week.listed)] if whole else []
        chosen += [bar for bar in bars if bar.week.listed > up.high]
    for align, low, high in (
        ("left", 0, _LEFT + 22),
        ("center", _LEFT + 22, _RIGHT - 22),
        ("right", _RIGHT - 22, WIDTH),
    ):
        texts = [
            {
                "x": bar.x + {"left": -bar.width / 2, "center": 0, "right": bar.width / 2}[align],
                "y": up.at(min(bar.week.listed, up.high)) - (18 if bar.week.listed > up.high else 9),
                "text": f"{bar.week.listed:,}",
                "fill": INK,
            }
            for bar in chosen
            if low <= bar.x < high
        ]
        yield words(texts, align=align, fontSize=SMALL, fontWeight="bold")


def _dates(bars: Sequence[_Bar]) -> Iterator[Any]:
    """The Monday of each bar where there are few; else the months in which a quarter begins, and the years."""
    yield rules([(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)], stroke=SOFT)
    if len(bars) <= _FEW:
        marked = [(bar, f"{bar.week.monday.day} {bar.week.monday:%b}") for bar in bars]
    else:
        marked = [*_months(bars)]
        yield rules([(bar.x, _BOTTOM, bar.x, _BOTTOM + 5) for bar, _ in marked], stroke=SOFT)
    texts = [{"x": bar.x, "y": _BOTTOM + 15, "text": text, "fill": SOFT} for bar, text in marked]
    years = [
        {"x": bar.x, "y": _BOTTOM + 30, "text": str(bar.week.monday.year), "fill": SOFT}
        for number, (bar, _) in enumerate(marked)
        if number == 0 or marked[number - 1][0].week.monday.year != bar.week.monday.year
    ]
    yield words([*texts, *years], align="center", fontSize=SMALL)


def _months(bars: Sequence[_Bar]) -> Iterator[tuple[_Bar, str]]:
    """The first week of every month, or of every third where there is no room; never two so close that they touch."""
    every = 1 if len(bars) <= 30 else 3
    last = -WIDTH * 1.0
    for bar, before in zip(bars, (None, *bars), strict=False):
        monday = bar.week.monday
        begins = monday.day <= 7 if before is None else before.week.monday.month != monday.month
        if begins and (monday.month - 1) % every == 0 and bar.x - last >= 36:
            last = bar.x
            yield bar, f"{monday:%b}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
