"""How starting pay spreads over some adverts, parted by what one asks: quartiles, with how many they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import attrs

from jobscraper.publish.summary import quartiles

FEW = 10
"""Below this many adverts, a spread is shown in grey: it says little about anything but these adverts."""


@attrs.frozen(kw_only=True)
class Spread:
    """Starting pay of `n` of `adverts` adverts, in pounds; None where there is none. `link` leads to the adverts."""

    label: str
    adverts: int
    n: int
    lower: int | None
    median: int | None
    upper: int | None
    link: str = ""

    @property
    def is_few(self) -> bool:
        """Whether there are too few adverts to compare."""
        return self.n < FEW


@attrs.frozen
class Priced:
    """What of an advert pay is compared by. `listed` is the day on which it was first seen, 20261126."""

    starting_pay: int | None
    region: str
    kind: str
    grade: str
    listed: int
    is_live: bool


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


def spread_of(label: str, adverts: Iterable[Priced]) -> Spread:
    """The spread of some adverts as one."""
    every = list(adverts)
    found = quartiles(sorted(it.starting_pay for it in every if it.starting_pay is not None))
    return Spread(label=label, adverts=len(every), n=found.n, lower=found.lower, median=found.median, upper=found.upper)


def spreads_by(key: Callable[[Priced], str], adverts: Iterable[Priced]) -> list[Spread]:
    """A spread for each value of `key`, in the order of the values; adverts without one are left out."""
    parted: defaultdict[str, list[Priced]] = defaultdict(list)
    for advert in adverts:
        parted[key(advert)].append(advert)
    return [spread_of(label, parted[label]) for label in sorted(parted) if label]


def scale_of(spreads: Iterable[Spread]) -> Scale | None:
    """A scale on which all quartiles can be drawn; None where there are none."""
    amounts = [it for one in spreads for it in (one.lower, one.upper) if it is not None]
    if not amounts:
        return None
    low, high = min(amounts), max(amounts)
    margin = max((high - low) // 20, 500)
    return Scale(max(0, low - margin), high + margin)


def quarter(advert: Priced) -> str:
    """The quarter in which an advert was first seen, `2026-Q4`."""
    year, month = advert.listed // 10_000, advert.listed // 100 % 100
    return f"{year}-Q{(month + 2) // 3}"


def year(advert: Priced) -> str:
    """The year in which an advert was first seen."""
    return str(advert.listed // 10_000)


PARTS: Mapping[str, Callable[[Priced], str]] = {
    "region": lambda advert: advert.region,
    "kind": lambda advert: advert.kind,
    "time": quarter,
    "grade": lambda advert: advert.grade,
}
"""What starting pay is parted by."""
