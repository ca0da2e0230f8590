"""How a run went: pure policy over what it gave and missed."""

from __future__ import annotations

from typing import Literal

import attrs

Verdict = Literal["complete", "partial", "blocked", "broken", "empty"]
FailureKind = Literal[
    "not_fetched",
    "gone",
    "ended",
    "led_away",
    "blocked",
    "forbidden_by_robots",
    "unreadable",
    "endless_list",
    "last_page_again",
]
"""`gone`: the board says so by its status (404, 410); `ended`: it says so in words, with status 200; `led_away`: an advert's own
page leads to one that is none. `last_page_again`: a list whose end is its last page, for ever.
"""

NO_FAILURES = frozenset({"gone", "last_page_again"})
"""What is no failure of a run: an advert may be taken down between the list and its page, and a list may end so."""


@attrs.frozen(kw_only=True)
class RunFacts:
    """All that the verdict depends on.

    `listed` is how many adverts the board says it has, `seen` how many it gave; `problems` counts what could not be read
    on pages that could. `failures` are those of lists and feeds; `lost` counts adverts' own pages that gave no advert: expired,
    led elsewhere, unreadable, not to be had. `fields_lost`: what is expected of the source was not met.
    """

    finished: bool
    pages: int
    seen: int
    listed: int | None = None
    problems: int = 0
    failures: tuple[FailureKind, ...] = ()
    lost: int = 0
    fields_lost: bool = False


MOST_LOST_SHARE = 0.02
"""Of the adverts of a run: so many of their own pages may give none, and so many fewer may be seen than the board says it
lists. On a board of thousands some are always taken down, or put up again, while it is read. Neither makes an advert vanish by
itself: one whose page is lost still stands in the list, and one that slipped from page to page ends only if the next run misses it too.
"""


def tolerated(adverts: int) -> int:
    """How many of so many adverts' own pages may be lost: a share, and one in any case."""
    return max(1, int(MOST_LOST_SHARE * adverts))


def verdict(facts: RunFacts) -> Verdict:
    """Judge a run by itself; only a `complete` one may end adverts. The ledger may doubt it, which knows the runs before.

    `blocked`: the board refused us. `broken`: there were pages, but none could be fetched or read. `partial`: cut off,
    some pages of a list failed, too many adverts' own pages did, or the board gave fewer adverts than it says it lists, by
    more than what is tolerated; `broken` also where too few of them print what they always did: a
    class was renamed. `empty`: all went well and there was nothing. The order matters: a wall must never look like an
    empty board. A list that repeats itself is whole if the board gave just as many adverts as it says it lists.
    """
    failures = set(facts.failures) - NO_FAILURES
    if facts.seen and facts.seen == facts.listed:
        failures -= {"endless_list"}
    if "blocked" in failures:
        return "blocked"
    if not facts.pages:
        return "blocked" if "forbidden_by_robots" in failures else "broken"
    if ((failures or facts.problems or facts.lost) and not facts.seen) or facts.fields_lost:
        return "broken"
    short = (facts.listed or 0) - facts.seen > MOST_LOST_SHARE * (facts.listed or 0)
    if failures or not facts.finished or short or facts.lost > tolerated(facts.seen):
        return "partial"
    if not facts.seen:
        return "empty"
    return "complete"
