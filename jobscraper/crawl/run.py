"""One crawl of one source, and the pure policy that judges it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import attrs
from scrapy.crawler import Crawler

from jobscraper import __version__
from jobscraper.capture.record import Capture
from jobscraper.capture.replay import Replay
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.known import Memory
from jobscraper.crawl.spending import Spending
from jobscraper.errors import JobscraperError
from jobscraper.items import Reading
from jobscraper.quality.clock import Stamp
from jobscraper.text.credentials import without_credentials

logger = logging.getLogger(__name__)

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

OF_ONE_ADVERT = "of_one_advert"
"""In the `meta` of a request for an advert's own page: where it leads nowhere, the advert is gone, and the list is whole."""


@attrs.frozen(kw_only=True)
class PageRead:
    """A response that was captured and read."""

    capture: Capture
    reading: Reading


@attrs.frozen(kw_only=True)
class PageFailed:
    """A page that could not be fetched or read. The run goes on, and says so.

    `captured`: it follows from a response that is in the WARC; the others are told in its last record.
    """

    url: str = attrs.field(converter=without_credentials)
    kind: FailureKind
    text: str = attrs.field(converter=without_credentials)
    captured: bool = False


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


@attrs.define
class Run:
    """A run while it goes on."""

    id: str
    source_id: str
    started: datetime
    replay: Replay | None = None
    capture_file: CaptureFile | None = None
    code_version: str = __version__
    memory: Memory | None = None
    """What earlier runs know; None where everything is to be asked anew."""
    forgotten: frozenset[str] = frozenset()
    """Ids of adverts whose own pages are not asked for again, at their publisher's wish."""
    gone_elsewhere: Callable[[], list[str]] = list
    """The addresses of adverts that the run has not met, and that the board may list under another reference now."""
    stop_reason: str | None = None
    """Why we ended the run before its end; None if it ran out of pages."""
    retry_after: datetime | None = None
    """Before then the source is not to be asked again."""
    stamps: list[Stamp] = attrs.field(factory=list)
    """When it had its newest answers, and what time it was for the board."""
    clock_apart: timedelta | None = None
    """How far the board is ahead of this machine, where the run ended because of that; no answer of that time was captured."""
    spending: Spending | None = None
    """What its hosts have been asked today; None where nobody is asked."""

    @property
    def folder(self) -> Path:
        """Where the captures of the source lie; of a replay, those of its first file."""
        return (self.capture_file.path if self.capture_file else self.replay.paths[0] if self.replay else Path()).parent

    @classmethod
    def live(cls, source_id: str, captures: Path, now: datetime) -> Run:
        """A run that asks the board, and writes its own WARC.

        :raises JobscraperError: another began in the same second; runs are named by it.
        """
        run_id = f"{source_id}-{now:%Y%m%dT%H%M%SZ}"
        path = captures / source_id / f"{run_id}.warc.gz"
        if path.exists():
            raise JobscraperError(f"{path}: a crawl of {source_id} began this very second; try again")
        return cls(run_id, source_id, now, capture_file=CaptureFile(path))

    @classmethod
    def replayed(cls, source_id: str, replay: Replay, now: datetime) -> Run:
        """A run that is answered from WARC files; the same files are the same run."""
        return cls(f"{source_id}-replay-{replay.digest}", source_id, now, replay=replay)


_stopping: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references to tasks.


def stop(crawler: Crawler, run: Run, reason: str, retry_after: datetime | None = None) -> None:
    """End a run early for `reason`, once; what it has is kept. The source is left alone until `retry_after`."""
    if run.stop_reason is None:
        run.stop_reason, run.retry_after = reason, retry_after
        logger.error("%s: %s", run.source_id, reason)
        assert crawler.engine is not None
        task = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason="stopped"))
        _stopping.add(task)
        task.add_done_callback(_stopping.discard)
