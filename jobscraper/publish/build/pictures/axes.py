"""Where values lie on a picture, in pixels; worked out here, so that no font and no guess of a library moves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

_NICE = (1, 2, 5)


@attrs.frozen
class Axis:
    """Values from `low` to `high`, drawn from the pixel `begin` to the pixel `end`, which may be the smaller one.

    `step`: from one line of the grid to the next.
    """

    low: float
    high: float
    begin: float
    end: float
    step: float = 1

    def at(self, value: float) -> float:
        """The pixel of a value; where all values are the same, the end."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 1
        return round(self.begin + share * (self.end - self.begin), 1)


def nice_axis(values: Iterable[float], begin: float, end: float, *, from_zero: bool = False, most: int = 6) -> Axis:
    """An axis with room for all the values, whose ends and at most `most` steps are round numbers."""
    there = [*values]
    low, high = (0 if from_zero else min(there)), max(there)
    sizes = (number * 10**power for power in range(9) for number in _NICE)
    for step in sizes:
        start, stop = low // step * step, -(-high // step) * step
        if (stop - start) / step <= most:
            return Axis(start, stop if stop > start else start + step, begin, end, step)
    raise ValueError(f"{high:,.0f} is too large for an axis")


def steps(axis: Axis) -> Iterator[float]:
    """The values at which an axis has a line and a number."""
    count = round((axis.high - axis.low) / axis.step)
    return (axis.low + number * axis.step for number in range(count + 1))


def labels_apart(ideal: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels, each as near to its ideal as the others let it, `gap` apart and within the frame.

    Labels that touch are put side by side about the middle of their ideals, and again with those they touch then. Their
    order stays, so no line to a label crosses another.
    """
    order = sorted(range(len(ideal)), key=lambda number: (ideal[number], number))
    groups: list[tuple[list[int], float]] = []
    for number in order:
        group, middle = [number], _within(ideal[number], 1, gap, low, high)
        while groups and _top(group, middle, gap) - gap < _bottom(*groups[-1], gap) - 1e-9:
            group = groups.pop()[0] + group
            middle = _within(sum(ideal[it] for it in group) / len(group), len(group), gap, low, high)
        groups.append((group, middle))
    places = [0.0] * len(ideal)
    for group, middle in groups:
        for position, number in enumerate(group):
            places[number] = round(_top(group, middle, gap) + position * gap, 1)
    return places


def _top(group: Sequence[int], middle: float, gap: float) -> float:
    return middle - (len(group) - 1) * gap / 2


def _bottom(group: Sequence[int], middle: float, gap: float) -> float:
    return middle + (len(group) - 1) * gap / 2


def _within(middle: float, count: int, gap: float, low: float, high: float) -> float:
    half = (count - 1) * gap / 2
    return max(low + half, min(middle, high - half))
