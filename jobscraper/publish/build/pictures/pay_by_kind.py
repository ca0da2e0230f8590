"""How starting pay moves, by kind of employer: lines over the quarters, or dots where there is one quarter so far.

The way to a quarter that was not over at the last crawl is dashed. Each line bears its name and its last amount at its end, so that nobody has to match colours with a legend.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain, pairwise
from typing import Any

import attrs

from jobscraper.publish.build.pictures.axes import Axis, labels_apart, nice_axis, steps
from jobscraper.publish.build.pictures.rows import Paid, PaidInQuarter
from jobscraper.publish.build.pictures.svg import (
    INK,
    LINES,
    RULE,
    SMALL,
    SOFT,
    WIDTH,
    layers,
    marks,
    pounds,
    rules,
    svg_of,
    words,
)

TITLE = "Starting pay by kind of employer"
_NAMES = {
    "council": "Councils",
    "nhs_trust": "NHS trusts",
    "school": "Schools",
    "university": "Universities",
    "department": "Departments",
    "agency": "Agencies",
    "police": "Police",
    "fire": "Fire services",
    "housing": "Housing",
    "other": "Other employers",
}
_HEIGHT = 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 276, 12, 300
_END = 290  # Where the names of the lines begin.
_APART = 34
_ROW = 46


@attrs.frozen
class _Line:
    """The quarters of a kind that have adverts enough, by their number."""

    name: str
    colour: str
    points: Mapping[int, int]

    @property
    def last(self) -> tuple[int, int]:
        return max(self.points.items())


def pay_by_kind(paid: Iterable[PaidInQuarter], seen: date) -> str | None:
    """Draw the median starting pay of the six kinds of employer that advertise most. None without two to compare.

    :param paid: by kind and quarter; what no register knows, `unresolved`, is no kind and is left out.
    :param seen: the last day that the archive saw; its quarter is not over.
    """
    rows = [row for row in paid if row.of in _NAMES]
    count = Counter[str]()
    for row in rows:
        count[row.of] += row.n
    most = sorted(count, key=lambda kind: (-count[kind], kind))[: len(LINES)]
    rows = [row for row in rows if row.of in most]
    enough = [row for row in rows if row.enough]
    if len(enough) < 2:
        return None
    now = f"{seen.year}-Q{(seen.month + 2) // 3}"
    if len({row.quarter for row in enough}) > 1:
        return _over_time(enough, quarter_number(now))
    quarter = enough[0].quarter
    return _dots([row for row in rows if row.quarter == quarter], quarter, is_over=quarter < now)


def quarter_number(quarter: str) -> int:
    """Quarters one after the other: `2026-Q3` is one more than `2026-Q2`."""
    year, number = quarter.split("-Q")
    return int(year) * 4 + int(number) - 1


def quarter_in_words(number: int) -> str:
    """`Jul to Sep 2026`, because not everybody's third quarter is the same."""
    return f"{('Jan to Mar', 'Apr to Jun', 'Jul to Sep', 'Oct to Dec')[number % 4]} {number // 4}"


def _over_time(rows: Sequence[PaidInQuarter], now: int) -> str:
    points: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        points[row.of][quarter_number(row.quarter)] = row.median or 0
    kinds = [kind for kind in _NAMES if kind in points]
    lines = [_Line(_NAMES[it], colour, points[it]) for it, colour in zip(kinds, LINES, strict=False)]
    first = min(min(line.points) for line in lines)
    last = max(line.last[0] for line in lines)
    across = Axis(first, last, _LEFT + 6, _RIGHT)
    up = nice_axis((amount for line in lines for amount in line.points.values()), _BOTTOM, _TOP)
    chart = layers(
        *_grid(up),
        *_quarters(across),
        *(mark for line in lines for mark in _line(line, across, up, now)),
        *_ends(lines, across, up),
        height=_HEIGHT,
    )
    said = "; ".join(f"{line.name} {pounds(line.last[1])}" for line in sorted(lines, key=lambda it: -it.last[1]))
    label = (
        f"Median starting pay by quarter and kind of employer, {quarter_in_words(first)} to {quarter_in_words(last)}."
        f" At the end: {said}.{' The last quarter is not over.' if last == now else ''}"
    )
    return svg_of(chart, name="pay_by_kind", label=label, height=_HEIGHT)


def _grid(up: Axis) -> Iterator[Any]:
    values = [*steps(up)]
    yield rules([(_LEFT, up.at(it), _RIGHT + 4, up.at(it)) for it in values], stroke=RULE)
    texts = [{"x": _LEFT - 6, "y": up.at(it), "text": pounds(it), "fill": SOFT} for it in values]
    yield words(texts, align="right", fontSize=SMALL)


def _quarters(across: Axis) -> Iterator[Any]:
    """A tick at the first quarter of each year, or at every quarter where there are few."""
    numbers = range(int(across.low), int(across.high) + 1)
    every = len(numbers) <= 3
    shown = [it for it in numbers if every or it % 4 == 0]
    thin = max(1, -(-len(shown) * 46 // int(across.end - across.begin)))
    shown = shown[:: thin if not every else 1] or [numbers[0]]
    yield rules([(across.at(it), _BOTTOM, across.at(it), _BOTTOM + 5) for it in numbers if it in shown], stroke=SOFT)
    texts = [
        {
            "x": across.at(it),
            "y": _BOTTOM + 17,
            "text": str(it // 4) if it % 4 == 0 and not every else f"Q{it % 4 + 1} {it // 4}",
            "fill": SOFT,
        }
        for it in shown
    ]
    yield words(texts, align="center", fontSize=SMALL)


def _line(line: _Line, across: Axis, up: Axis, now: int) -> Iterator[Any]:
    """The line, broken where a quarter has too few adverts, dashed to the one that is not over; a dot at each quarter."""
    breaks = accumulate(int(later - number > 1) for number, later in pairwise(sorted(line.points)))
    values = [
        {"x": across.at(number), "y": up.at(amount), "piece": piece}
        for (number, amount), piece in zip(sorted(line.points.items()), chain((0,), breaks), strict=True)
    ]
    look = {"stroke": line.colour, "strokeWidth": 2, "strokeJoin": "round"}
    is_over = line.last[0] < now
    whole = values if is_over else values[:-1]
    yield marks(whole).mark_line(**look).encode(detail="piece:N", order="x:Q")
    if not is_over:
        yield marks(values[-2:]).mark_line(**look, strokeDash=[4, 3]).encode(detail="piece:N", order="x:Q")
    yield marks(values).mark_circle(fill=line.colour, size=20 if len(values) <= 24 else 6, opacity=1)


def _ends(lines: Sequence[_Line], across: Axis, up: Axis) -> Iterator[Any]:
    """Name and amount of each line at its end, moved apart where lines end close together."""
    ideal = [up.at(line.last[1]) for line in lines]
    places = labels_apart(ideal, _APART, _TOP + 6, _BOTTOM - 12)
    yield rules(
        [
            (across.at(line.last[0]) + 4, y, _END - 3, place)
            for line, y, place in zip(lines, ideal, places, strict=True)
        ],
        stroke=SOFT,
        strokeWidth=0.7,
    )
    pairs = [*zip(lines, places, strict=True)]
    names = [{"x": _END, "y": y - 7, "text": line.name, "fill": line.colour} for line, y in pairs]
    amounts = [{"x": _END, "y": y + 8, "text": pounds(line.last[1]), "fill": INK} for line, y in pairs]
    yield words(names, align="left", fontSize=SMALL, fontWeight="bold")
    yield words(amounts, align="left", fontSize=SMALL)


def _dots(rows: Sequence[PaidInQuarter], quarter: str, *, is_over: bool) -> str:
    """One row for each kind: a dot at the median on a line from the lower to the upper quartile."""
    ranked: list[Paid] = sorted(rows, key=lambda row: (not row.enough, -(row.median or 0), row.of))
    height = len(ranked) * _ROW + 64
    when = quarter_in_words(quarter_number(quarter)) + ("" if is_over else " so far")
    places = [(number * _ROW + 40, row) for number, row in enumerate(ranked)]
    shown = [(y, row) for y, row in places if row.enough]
    across = _pay_axis(row for _, row in shown)
    head = {"x": 0, "y": 9, "text": f"{when}: the line spans the middle half of the adverts", "fill": SOFT}
    bottom = height - 26
    chart = layers(
        rules([(across.at(it), 26, across.at(it), bottom) for it in steps(across)], stroke=RULE),
        *_bars_and_dots(shown, across),
        words([head], align="left", fontSize=SMALL),
        *_row_words(places),
        words(_amounts_below(across, bottom), align="center", fontSize=SMALL),
        height=height,
    )
    said = "; ".join(f"{_NAMES[row.of]} {pounds(row.median or 0)}" for _, row in shown)
    label = f"Median starting pay by kind of employer, {when}. {said}."
    return svg_of(chart, name="pay_by_kind", label=label, height=height)


def _pay_axis(rows: Iterable[Paid]) -> Axis:
    ends = (end for row in rows for end in (row.lower, row.median, row.upper) if end is not None)
    return nice_axis(ends, 30, WIDTH - 30, most=4)


def _bars_and_dots(shown: Sequence[tuple[int, Paid]], across: Axis) -> Iterator[Any]:
    bars = [(across.at(row.lower or 0), y + 20, across.at(row.upper or 0), y + 20) for y, row in shown]
    points = [{"x": across.at(row.median or 0), "y": y + 20} for y, row in shown]
    yield rules(bars, stroke=SOFT, strokeWidth=3)
    yield marks(points).mark_circle(fill=LINES[0], size=110, opacity=1)


def _row_words(places: Sequence[tuple[int, Paid]]) -> Iterator[Any]:
    """The name of each kind, and its amount or that its adverts are too few."""
    names = [{"x": 0, "y": y, "text": _NAMES[row.of], "fill": INK} for y, row in places]
    amounts = [{"x": WIDTH, "y": y, "text": pounds(row.median or 0), "fill": INK} for y, row in places if row.enough]
    few = [{"x": WIDTH, "y": y, "text": "too few", "fill": SOFT} for y, row in places if not row.enough]
    yield words(names, align="left")
    yield words(amounts, align="right", fontWeight="bold")
    yield words(few, align="right", fontSize=SMALL)


def _amounts_below(across: Axis, bottom: float) -> list[dict[str, Any]]:
    return [{"x": across.at(it), "y": bottom + 14, "text": pounds(it), "fill": SOFT} for it in steps(across)]
