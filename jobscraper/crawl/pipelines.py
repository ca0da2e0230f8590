"""The joint between Scrapy and the archive: what was captured and read is folded, and the run is entered in the ledger."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import attrs
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from jobscraper.archive.clock import require_no_future
from jobscraper.archive.ledger import move_run
from jobscraper.archive.locks import crawling
from jobscraper.archive.memory import asked_on, newest_answer, page_of
from jobscraper.archive.moves import id_of
from jobscraper.archive.run_recorder import RunRecorder, source_row
from jobscraper.archive.store import in_words, in_words_of, open_archive
from jobscraper.capture.record import Capture
from jobscraper.crawl.capturing import captured
from jobscraper.crawl.daily_budget import DailyBudget, next_day
from jobscraper.crawl.known import Earlier, KnownPage
from jobscraper.crawl.run import OF_ONE_ADVERT, Run, stop
from jobscraper.model.errors import JobscraperError
from jobscraper.model.version import code_version
from jobscraper.normalise.contacts import private_reference
from jobscraper.quality.verdict import FailureKind
from jobscraper.read.outcome import PageFailed, PageRead
from jobscraper.text.addresses import parts_of
from jobscraper.text.credentials import without_credentials

logger = logging.getLogger(__name__)


@attrs.frozen
class ArchiveMemory:
    """What the archive remembers; of captures only those whose file is still in the folder of the source."""

    db: sqlite3.Connection
    folder: Path

    def page(self, source_id: str, source_ref: str) -> KnownPage | None:
        """What is known of an advert's own page."""
        known = page_of(self.db, id_of(self.db, source_id, private_reference(source_ref)))
        return KnownPage(**known) if known else None

    def earlier(self, url: str) -> Earlier | None:
        """The newest good answer to a GET of `url`."""
        found = newest_answer(self.db, url)
        if found is None or not (self.folder / found[0].warc_file).is_file():
            return None
        validators = {"If-None-Match": found[1], "If-Modified-Since": found[2]}
        return Earlier(found[0], {name: value for name, value in validators.items() if value})


_STOPS = {"finished": None, "shutdown": "stopped by hand"}


class FoldPipeline:
    """Folds each page as it comes, and closes the run with its verdict."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        source: Any = crawler.spider  # A `Source`, which this room does not know.
        self.source = source
        self.run: Run = source.run
        self.archive = Path(crawler.settings["ARCHIVE"])
        self.held = ExitStack()
        self.held.enter_context(crawling(self.archive, self.run.source_id))
        self.db = open_archive(self.archive)
        self.held.callback(self.db.close)
        if not self.run.replay:
            self._require_no_future(Path(crawler.settings["CAPTURES"]))
            with in_words_of(self.archive), source.reader.blocking() as read:
                load_object(crawler.settings["RECOVERY"])(
                    self.db, source_row(source), Path(crawler.settings["CAPTURES"]), read
                )
            if not crawler.settings.getbool("FRESH"):
                self.run.memory = ArchiveMemory(self.db, self.run.folder)
            self.run.budget = DailyBudget(
                crawler.settings.getint("REQUESTS_PER_DAY"),
                crawler.settings.getdict("REQUESTS_PER_DAY_OF"),
                partial(asked_on, self.db),
            )
        started = None if self.run.replay else self.run.started
        self.recorder = RunRecorder(self.db, source_row(source), self.run.id, started, self.run.code_version)
        self.run.forgotten = self.recorder.fold.forgotten
        self.run.gone_elsewhere = lambda: [str(one.url) for one in self.recorder.gone_elsewhere()]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FoldPipeline:
        """Scrapy's constructor.

        :raises JobscraperError: before anything is asked of a board, if the archive cannot be written, or the source is
            being crawled into it already.
        """
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.captured, captured)
        crawler.signals.connect(pipeline.spider_opened, signals.spider_opened)
        crawler.signals.connect(pipeline.scheduled, signals.request_scheduled)
        crawler.signals.connect(pipeline.dropped, signals.request_dropped)
        crawler.signals.connect(pipeline.spider_failed, signals.spider_error)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    def spider_opened(self) -> None:
        """Begin the run's WARC with what is known of it; say where the files of a replay break off.

        A crawl stands in the ledger before its file holds anything: else nobody would look for what it captured, if it is
        killed between its first capture and the entry of that.
        """
        if not self.run.replay:
            self._write(lambda: self.recorder.enter(self.run.started))
        for broken in self.run.replay.breaks if self.run.replay else ():
            self._fail(PageFailed(url=self.source.homepage, kind="not_fetched", text=broken))
        if self.run.capture_file:
            self.run.capture_file.begin(
                {
                    "software": f"jobscraper/{code_version()}",
                    "isPartOf": self.run.id,
                    "source": self.run.source_id,
                    "arguments": without_credentials(json.dumps({"start_urls": self.source.starts()})),
                    "robots": "obeyed",
                    "http-header-user-agent": self.crawler.settings["USER_AGENT"],
                },
                self.run.started,
            )

    def captured(self, capture: Capture, leads_to: str | None) -> None:
        """Enter a capture; the first one of a replay enters the run."""
        self._write(lambda: self.recorder.captured(capture))
        self._write(lambda: self.recorder.redirected(capture, leads_to))

    def scheduled(self, request: Request) -> None:
        """Say so where a page leads away from the source's hosts; Scrapy drops such a request in silence."""
        host = parts_of(request.url).hostname or ""
        if not any(host == domain or host.endswith(f".{domain}") for domain in self.source.allowed_domains):
            text = "leads to a host that is not the source's; it is not asked"
            self._fail(PageFailed(url=request.url, kind="not_fetched", text=text))

    def dropped(self, request: Request) -> None:
        """Say so where a page leads in a circle, or to one that was asked for already; Scrapy drops such a redirect in silence."""
        asked = request.meta.get("redirect_urls")
        if asked:
            kind: FailureKind = "led_away" if request.meta.get(OF_ONE_ADVERT) else "not_fetched"
            text = f"redirects to {request.url}, which was asked for already"
            self._fail(PageFailed(url=asked[0], kind=kind, text=text))

    def spider_failed(self, failure: Failure, response: Response) -> None:
        """Say so where a callback broke off half way: what it still had to ask for was not asked."""
        text = f"the spider failed ({failure.type.__name__ if failure.type else ''}: {failure.value})"
        self._fail(PageFailed(url=response.url, kind="unreadable", text=text))

    def process_item(self, item: PageRead | PageFailed) -> PageRead | PageFailed:
        """Fold a page, or enter its failure."""
        if isinstance(item, PageFailed):
            self._fail(item)
            return item
        try:
            self._write(lambda: self.recorder.read(item))
        except Exception as error:
            # Scrapy would log it and go on, and a run that lost a page would look complete.
            logger.exception("%s: not folded", item.capture.url)
            text = f"not folded ({type(error).__name__}: {error})"
            self._fail(PageFailed(url=item.capture.url, kind="unreadable", text=text))
        return item

    def spider_closed(self, reason: str) -> None:
        """Judge the run, end what has ended, and finish the WARC with the verdict."""
        apart = self.run.clock_apart
        finished = (self.run.replay and self.recorder.last_capture) or datetime.now(UTC) + (apart or timedelta())
        reached_its_end = reason == "finished" and self.run.stop_reason is None
        stop_reason = self.run.stop_reason or _STOPS.get(reason, reason)
        told: dict[str, object] = {"verdict": "broken"}
        try:
            row = self.recorder.close(
                finished, reached_its_end=reached_its_end, stop_reason=stop_reason, retry_after=self.run.retry_after
            )
            if apart is not None:
                self._tell_wrong_clock(apart, finished)
            told = {name: row[name] for name in row.keys() if name not in _NOT_TOLD}  # noqa: SIM118 - not a mapping
        except sqlite3.Error as error:
            self.run.stop_reason = f"{self.archive}: {in_words(error)}"
        finally:
            self.held.close()
        told |= {"adverts_new": self.recorder.new, "adverts_changed": self.recorder.changed}
        told["stop_reason"] = self.run.stop_reason or stop_reason
        assert self.crawler.stats is not None
        self.crawler.stats.set_value("jobscraper/first_failure", self.recorder.first_failure)
        for name, value in told.items():
            self.crawler.stats.set_value(f"jobscraper/{name}", value)
        if self.run.capture_file and self.run.clock_apart and self.recorder.last_capture is None:
            self.run.capture_file.discard()  # Its name and its first record have the wrong time.
        elif self.run.capture_file:
            fields = {name: str(value) for name, value in told.items() if value is not None}
            untold = [attrs.asdict(failed) for failed in self.recorder.untold]
            self.run.capture_file.finish({**fields, "not-captured": json.dumps(untold)}, finished)

    def _tell_wrong_clock(self, apart: timedelta, finished: datetime) -> None:
        """A run that ended because of the clock stands in the ledger at the time that the board told: none from the future.

        One that had captured something before its clock was set wrong began when it says.
        """
        started = self.run.started if self.recorder.last_capture else self.run.started + apart
        move_run(self.db, self.run.id, started, finished, str(self.run.stop_reason))

    def _require_no_future(self, captures: Path) -> None:
        """Leave before a board is asked where there are observations from the future; the file that was made for the run goes."""
        try:
            require_no_future(self.archive, captures, self.run.started)
        except JobscraperError:
            if self.run.capture_file:
                self.run.capture_file.discard()
            raise

    def _fail(self, page: PageFailed) -> None:
        self._write(lambda: self.recorder.failed(page, self.run.started))
        if page.kind == "blocked":
            rest = next_day(datetime.now(UTC))
            stop(self.crawler, self.run, f"the board refused: {page.text} ({page.url})", rest)

    def _write(self, action: Callable[[], None]) -> None:
        """Write to the archive; where that fails, nothing of this page is there, and the run ends."""
        try:
            action()
        except sqlite3.Error as error:
            stop(self.crawler, self.run, f"{self.archive}: {in_words(error)}")


# The WARC is named by the run and says the rest itself.
_NOT_TOLD = frozenset({"id", "source_id", "started", "code_version"})
