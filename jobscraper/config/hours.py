"""The hours in which boards may be asked, in London time. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import attrs

_LONDON = ZoneInfo("Europe/London")
_PRINTED = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)")


@attrs.frozen
class Hours:
    """From `begin` up to, not including, `end`; past midnight where `end` is earlier. The clock on a London wall decides."""

    begin: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `20:00-06:00`.

        :raises ValueError: it is not of this form, or begins when it ends.
        """
        found = _PRINTED.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a range of hours; write 20:00-06:00")
        hours = cls(*(time.fromisoformat(part) for part in found.groups()))
        if hours.begin == hours.end:
            raise ValueError(f"{text!r} begins when it ends; leave it out to crawl at any hour")
        return hours

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"

    def left(self, now: datetime) -> timedelta:
        """How long they go on; zero outside of them."""
        wall = now.astimezone(_LONDON)
        begun = datetime.combine(wall.date(), self.begin, _LONDON)
        if wall.timetz().replace(tzinfo=None) < self.begin:
            begun = datetime.combine(wall.date() - timedelta(days=1), self.begin, _LONDON)
        end_day = begun.date() if self.begin < self.end else begun.date() + timedelta(days=1)
        # In UTC, because a night in which the clocks change has an hour more or less.
        end = datetime.combine(end_day, self.end, _LONDON).astimezone(UTC)
        return max(end - now, timedelta())
