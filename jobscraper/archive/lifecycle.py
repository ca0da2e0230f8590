"""When an advert has ended: pure policy, the best tested lines of the project.

Only a complete, healthy run ends adverts. A public archive once delisted 872 live NHS adverts in six hours because a feed
returned 104 of some 10,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import attrs

MOST_ENDING_SHARE = 0.30
FEW = 5  # Of a handful of adverts, one is a large share: the guard on shares looks at more than this many.
LEAST_FOUND_SHARE = 0.50
AGREEING_RUNS = 4
AGREEING_APART = timedelta(hours=20)
"""So that four runs take three days at least: an outage of hours, or of a weekend's night, cannot agree with itself."""
AGREEING_SHARE = 0.80

Ended = Literal["closed", "withdrawn", "unknown"]


@attrs.frozen
class LiveAdvert:
    """A live advert, as far as its end depends on it."""

    id: str
    last_seen: datetime
    closes_at: datetime | None


@attrs.frozen(kw_only=True)
class CompleteRun:
    """A run that reached the end of what the source lists, and how many adverts it found."""

    started: datetime
    adverts_seen: int


def shortfall(run: CompleteRun, last: CompleteRun | None) -> str | None:
    """Say why a run that looks complete is not to be believed: it found less than half of what the last one did.

    Not asked of a handful: a board of three that has one left is nothing unusual, and would be disbelieved for ever.
    """
    if last and last.adverts_seen > FEW and run.adverts_seen < LEAST_FOUND_SHARE * last.adverts_seen:
        return f"found {run.adverts_seen} adverts, less than half of the {last.adverts_seen} of the last complete run"
    return None


def agree(doubted: Sequence[CompleteRun], live: Sequence[LiveAdvert], now: datetime) -> bool:
    """Say whether a board has really changed: runs that only the guards doubted agree, over days, that it is so.

    `doubted` are the runs of its source since the last complete one that looked complete and were doubted, newest first,
    with the one that has just finished. Four of them, each at least 20 hours after the one before, must have found as many
    adverts (the fewest at least 80 % of the most, whichever runs lie between), and no more than 30 % of what the last one
    found may be gone before its time: a feed that gives another piece of itself each day does not agree with itself.
    """
    counted: list[CompleteRun] = []
    looked_at: list[CompleteRun] = []
    for run in doubted:
        looked_at.append(run)
        if not counted or counted[-1].started - run.started >= AGREEING_APART:
            counted.append(run)
        if len(counted) == AGREEING_RUNS:
            break
    found = [run.adverts_seen for run in looked_at]
    if len(counted) < AGREEING_RUNS or min(found) < AGREEING_SHARE * max(found):
        return False
    this, before = looked_at[0], looked_at[1]
    gone = [
        advert
        for advert in live
        if before.started <= advert.last_seen < this.started and not (advert.closes_at and advert.closes_at <= now)
    ]
    return len(gone) <= MOST_ENDING_SHARE * before.adverts_seen


def has_ended(advert: LiveAdvert, runs: Sequence[CompleteRun], now: datetime, lists_everything: bool) -> Ended | None:
    """Say how an advert has ended by `now`, if it has.

    `runs` are the complete runs of its source, newest first, with the one that has just finished. Past its closing time
    an advert is `closed`. Missing from the two newest complete runs it is `withdrawn`; where a source shows only some
    of its adverts, absence means nothing, and after two runs the state is `unknown`.
    """
    if advert.closes_at and advert.closes_at <= now:
        return "closed"
    if len(runs) >= 2 and advert.last_seen < runs[1].started:
        return "withdrawn" if lists_everything else "unknown"
    return None


def too_many_ending(withdrawn: int, live: int) -> str | None:
    """Say why nothing may end: more than 30 % of the live adverts would vanish before their closing time."""
    if withdrawn > FEW and withdrawn > MOST_ENDING_SHARE * live:
        return f"{withdrawn} of {live} live adverts would end at once, more than {MOST_ENDING_SHARE:.0%}"
    return None
