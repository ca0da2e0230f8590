"""The requests that a host gets a day. Pure, but for what it is told of earlier runs.

Counted from midnight UTC over all runs of the archive, by their captures; what was never answered is counted while its run
goes on. Every request counts that leaves: robots.txt, redirects and repetitions too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

import attrs


@attrs.define
class DailyBudget:
    """What hosts have been asked, by day. `earlier` tells how often one was asked on a day before this run did.

    `limits`: requests a day of single hosts; `limit`: those of all others.
    """

    limit: int
    limits: Mapping[str, int]
    earlier: Callable[[str, date], int]
    _asked: dict[tuple[str, date], int] = attrs.field(factory=dict)

    def limit_of(self, host: str) -> int:
        """Requests a day that a host gets."""
        return self.limits.get(host, self.limit)

    def asked(self, host: str, day: date) -> int:
        """How often a host has been asked on a day."""
        if (host, day) not in self._asked:
            self._asked[host, day] = self.earlier(host, day)
        return self._asked[host, day]

    def spend(self, host: str, day: date) -> bool:
        """Count a request; False, and not counted, where the budget is spent."""
        if self.asked(host, day) >= self.limit_of(host):
            return False
        self._asked[host, day] += 1
        return True


def next_day(now: datetime) -> datetime:
    """Midnight UTC, when budgets begin anew."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
