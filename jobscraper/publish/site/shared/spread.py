"""How starting pay spreads over some adverts, parted by what one asks: quartiles, with how many they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from jobscraper.publish.quantiles import quartiles

FEW = 10
"""Below this many adverts, a spread is shown in grey: it says little about anything but these adverts."""


@attrs.frozen(kw_only=True)
class Spread:
    """Starting pay of `n` of `adverts` adverts, in pounds; None where there is none. `link` leads to the adverts.

    `others` of the adverts are not for employees, and so are not compared.
    """

    label: str
    adverts: int
    n: int
    lower: int | None
    median: int | None
    upper: int | None
    others: int = 0
    link: str = ""

    @property
    def is_few(self) -> bool:
        """Whether there are too few adverts to compare."""
        return self.n < FEW


@attrs.frozen
class Scale:
    """The amounts between which spreads are drawn, in pounds; `at` is where an amount lies, in per cent."""

    low: int
    high: int

    def at(self, amount: int) -> float:
        """How far from the left an amount is drawn, in per cent."""
        return round(100 * (amount - self.low) / (self.high - self.low), 1)

    @property
    def ticks(self) -> list[int]:
        """Round amounts to print over the drawing."""
        step = next(
            it for it in (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000) if self.high - self.low <= 5 * it
        )
        return list(range(-(-self.low // step) * step, self.high + 1, step))


def spread_of(label: str, adverts: int, amounts: Iterable[float], others: int = 0) -> Spread:
    """The spread of some adverts, of which those with a starting pay have these amounts."""
    found = quartiles(sorted(amounts))
    return Spread(
        label=label,
        adverts=adverts,
        n=found.n,
        lower=found.lower,
        median=found.median,
        upper=found.upper,
        others=others,
    )


def summaries(rows: Iterable[Mapping[str, Any]], label: str) -> list[Spread]:
    """Rows of `pay_summary` as spreads, named by one of their columns."""
    return [summary_of(row, row[label]) for row in rows]


def summary_of(row: Mapping[str, Any], label: str) -> Spread:
    """A row of `pay_summary`, or of another summary, as a spread."""
    return Spread(
        label=label,
        adverts=row["adverts"],
        n=row["n"],
        lower=row["lower_quartile"],
        median=row["median"],
        upper=row["upper_quartile"],
        others=row["other_engagement"],
    )


def scale_of(spreads: Iterable[Spread]) -> Scale | None:
    """A scale on which all quartiles can be drawn; None where there are none."""
    amounts = [it for one in spreads for it in (one.lower, one.upper) if it is not None]
    if not amounts:
        return None
    low, high = min(amounts), max(amounts)
    margin = max((high - low) // 20, 500)
    return Scale(max(0, low - margin), high + margin)
