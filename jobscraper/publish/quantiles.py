"""Medians and quartiles, by one rule everywhere: on pages, in summaries and in the SQL of visitors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs


@attrs.frozen
class Quartiles:
    """Of `n` amounts the lower quartile, the median and the upper quartile, in whole units; None where there is no amount."""

    n: int
    lower: int | None
    median: int | None
    upper: int | None


def quantile(ascending: Sequence[float], share: float) -> float:
    """What a `share` (0 to 1) of the numbers lies below; between two of them, in proportion (type 7 of Hyndman and Fan)."""
    place = share * (len(ascending) - 1)
    below = math.floor(place)
    low, high = ascending[below], ascending[min(below + 1, len(ascending) - 1)]
    return low if low == high else low + (high - low) * (place - below)


def whole(amount: float) -> int:
    """An amount (not below 0) in whole units, rounded as `round()` of SQL does: a half goes up."""
    return math.floor(amount + 0.5)


def quartiles(ascending: Sequence[float]) -> Quartiles:
    """Quartiles as `quantile()` of SQL gives them, rounded as its `round()` does. The amounts come in ascending order."""
    n = len(ascending)
    lower, median, upper = (whole(quantile(ascending, share)) if n else None for share in (0.25, 0.5, 0.75))
    return Quartiles(n, lower, median, upper)
