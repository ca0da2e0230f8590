"""What pictures are drawn from: frozen rows of the summaries of a snapshot."""

from __future__ import annotations

from datetime import date

import attrs

FEWEST = 10
"""Of fewer adverts with pay than this no median is shown: two adverts would make it."""


@attrs.frozen
class Paid:
    """The starting pay of some adverts, in pounds: `of` says whose, a region or a kind of employer."""

    of: str
    n: int
    lower: int | None = None
    median: int | None = None
    upper: int | None = None

    @property
    def enough(self) -> bool:
        """Whether there are adverts enough to show a median of them."""
        return self.n >= FEWEST and self.median is not None


@attrs.frozen
class PaidInQuarter(Paid):
    """The same in a quarter such as `2026-Q3`."""

    quarter: str = attrs.field(kw_only=True)


@attrs.frozen
class Week:
    """How many adverts were listed in the week that begins on `monday`."""

    monday: date
    listed: int


@attrs.frozen
class Picture:
    """A picture as it is kept in a snapshot."""

    name: str
    title: str
    svg: str
