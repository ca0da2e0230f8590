"""Is the clock of this machine right? Pure: what was observed when, what boards say the time is, and `now` come in.

History is folded in order of time. What one crawl saw with a clock a year ahead would make every later, right crawl look
late, and all that it tells would be dropped in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import attrs

TOLERANCE = timedelta(minutes=5)
"""How far machines' clocks may be apart without anything being wrong: an observation from so near a future is let pass."""
MOST_APART = timedelta(hours=1)
"""How far a board's clock may be from ours before one of them is wrong."""
AGREEING = 3
"""A board may answer out of an old store now and then: so many answers in a row must disagree, and by the same, unless none agreed yet."""


@attrs.frozen
class Stamp:
    """An answer: when we had it by our clock, and what time it was by the board's; None where the board does not say."""

    at: datetime
    told: datetime | None

    @property
    def apart(self) -> timedelta | None:
        """How far the board is ahead of us."""
        return self.told - self.at if self.told else None


def told_by(date: str | None, age: str | None) -> datetime | None:
    """The time that an answer's `Date` tells, and the seconds (`Age`) for which it has lain in a store since (RFC 9111)."""
    try:
        told = parsedate_to_datetime(date or "")
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
        return told + timedelta(seconds=int(age) if age and age.isdecimal() and len(age) < 9 else 0)
    except (ValueError, OverflowError):
        return None


def disagreement(stamps: Sequence[Stamp]) -> timedelta | None:
    """How far the board is ahead of this machine, where the newest answers of a run say that a clock is wrong; else None."""
    apart = [stamp.apart for stamp in stamps if stamp.apart is not None][-AGREEING:]
    if not apart or any(abs(one) <= MOST_APART for one in apart):
        return None
    if len(apart) == AGREEING and max(apart) - min(apart) > TOLERANCE:
        return None  # Pages out of a store, each of its own hour: a clock that was set is off by the same for all.
    return max(apart)  # An answer out of a store is older than it looks, never newer.


def mended(stamps: Sequence[Stamp]) -> list[datetime]:
    """The right times of the answers of one run, as far as the boards tell them; else as they were.

    A clock that is set while a run goes on parts it: what lies between two steps of the clock is moved as one. An answer
    out of an old store tells too early a time, so the latest that is told for a part is believed.
    """
    parts: list[list[Stamp]] = []
    for stamp in stamps:
        if not parts or _is_step(parts[-1][-1], stamp):
            parts.append([])
        parts[-1].append(stamp)
    offsets = [max((one.apart for one in part if one.apart is not None), default=None) for part in parts]
    known = next((offset for offset in offsets if offset is not None), timedelta())
    times = []
    for part, offset in zip(parts, offsets, strict=True):
        known = offset if offset is not None else known
        moved = known if abs(known) > MOST_APART else timedelta()
        times += [stamp.at + moved for stamp in part]
    return times


def _is_step(before: Stamp, after: Stamp) -> bool:
    return not -TOLERANCE <= after.at - before.at <= MOST_APART


def is_ahead(observed: datetime, now: datetime) -> bool:
    """Whether an observation is from the future."""
    return observed > now + TOLERANCE


def in_words(apart: timedelta) -> str:
    """A span in the unit that people would say it in."""
    seconds = abs(apart.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size or unit == "minute":
            count = round(seconds / size)
            return f"{count:,} {unit}{'s' * (count != 1)}"
    raise AssertionError
