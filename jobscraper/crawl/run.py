"""One crawl of one source, while it goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import attrs
from scrapy.crawler import Crawler

from jobscraper.capture.replay import Replay
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.daily_budget import DailyBudget
from jobscraper.crawl.known import Memory
from jobscraper.model.errors import JobscraperError
from jobscraper.model.version import code_version
from jobscraper.quality.clock import Stamp

logger = logging.getLogger(__name__)

OF_ONE_ADVERT = "of_one_advert"
"""In the `meta` of a request for an advert's own page: where it leads nowhere, the advert is gone, and the list is whole."""


@attrs.define
class Run:
    """A run while it goes on."""

    id: str
    source_id: str
    started: datetime
    replay: Replay | None = None
    capture_file: CaptureFile | None = None
    code_version: str = attrs.field(factory=code_version)
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
    budget: DailyBudget | None = None
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
