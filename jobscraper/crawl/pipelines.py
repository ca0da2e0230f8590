"""The joint between Scrapy and the archive: what was captured and read is folded, and the run is entered in the ledger."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from jobscraper import __version__
from jobscraper.archive.fold import RunFold, fold_page
from jobscraper.archive.ledger import RunResult, SourceRow, add_capture, add_issue, close_run, open_run
from jobscraper.archive.store import in_words, open_archive, writing
from jobscraper.capture.record import Capture
from jobscraper.crawl.capturing import captured
from jobscraper.crawl.run import FailureKind, PageFailed, PageRead, Run, RunFacts, stop, verdict
from jobscraper.normalise.contacts import redact

logger = logging.getLogger(__name__)


_STOPS = {"finished": None, "shutdown": "stopped by hand"}


@attrs.define
class Tally:
    """What a run has done so far."""

    pages: int = 0
    seen: set[str] = attrs.field(factory=set)
    listed: int | None = None
    problems: int = 0
    new: int = 0
    changed: int = 0
    contacts_removed: int = 0
    bytes: int = 0
    failures: list[FailureKind] = attrs.field(factory=list)
    first_failure: str | None = None
    last_capture: datetime | None = None


class FoldPipeline:
    """Folds each page as it comes, and closes the run with its verdict."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        source: Any = crawler.spider  # A `Source`, which this room does not know.
        self.source = source
        self.run: Run = source.run
        self.fold = RunFold(self.run.id, self.run.source_id)
        self.tally = Tally()
        self.is_new_run: bool | None = None  # Not known before the run is entered.
        self.archive = Path(crawler.settings["ARCHIVE"])
        self.db = open_archive(self.archive)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FoldPipeline:
        """Scrapy's constructor.

        :raises ArchiveError: before anything is asked of a board, if the archive cannot be written.
        """
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.captured, captured)
        crawler.signals.connect(pipeline.spider_opened, signals.spider_opened)
        crawler.signals.connect(pipeline.scheduled, signals.request_scheduled)
        crawler.signals.connect(pipeline.spider_failed, signals.spider_error)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    def spider_opened(self) -> None:
        """Begin the run's WARC with what is known of it; say where the files of a replay break off."""
        for broken in self.run.replay.breaks if self.run.replay else ():
            self._fail(PageFailed(url=self.source.homepage, kind="not_fetched", text=broken))
        if self.run.capture_file:
            self.run.capture_file.begin(
                {
                    "software": f"jobscraper/{__version__}",
                    "isPartOf": self.run.id,
                    "source": self.run.source_id,
                    "robots": "obeyed",
                    "http-header-user-agent": self.crawler.settings["USER_AGENT"],
                },
                self.run.started,
            )

    def captured(self, capture: Capture) -> None:
        """Enter a capture; the first one of a run enters the run."""
        self._enter_run(capture.fetched_at)
        self.tally.bytes += capture.length
        self.tally.last_capture = max(capture.fetched_at, self.tally.last_capture or capture.fetched_at)
        self._write(lambda: add_capture(self.db, self.run.id, capture))

    def scheduled(self, request: Request) -> None:
        """Say so where a page leads away from the source's hosts; Scrapy drops such a request in silence."""
        host = urlsplit(request.url).hostname or ""
        if not any(host == domain or host.endswith(f".{domain}") for domain in self.source.allowed_domains):
            text = "leads to a host that is not the source's; it is not asked"
            self._fail(PageFailed(url=request.url, kind="not_fetched", text=text))

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
            self._write(lambda: self._fold(item))
        except Exception as error:
            # Scrapy would log it and go on, and a run that lost a page would look complete.
            logger.exception("%s: not folded", item.capture.url)
            text = f"not folded ({type(error).__name__}: {error})"
            self._fail(PageFailed(url=item.capture.url, kind="unreadable", text=text))
        return item

    def spider_closed(self, reason: str) -> None:
        """Judge the run, end what has ended, and finish the WARC with the verdict."""
        self._enter_run(self.run.started)
        tally = self.tally
        facts = RunFacts(
            finished=reason == "finished" and self.run.stop_reason is None,
            pages=tally.pages,
            seen=len(tally.seen),
            listed=tally.listed,
            problems=tally.problems,
            failures=tuple(tally.failures),
        )
        finished = (self.run.replay and tally.last_capture) or datetime.now(UTC)
        result = RunResult(
            verdict=verdict(facts),
            finished=finished,
            pages=tally.pages,
            adverts_listed=tally.listed,
            adverts_seen=len(tally.seen),
            adverts_new=tally.new,
            adverts_changed=tally.changed,
            contacts_removed=tally.contacts_removed,
            bytes=tally.bytes,
            errors=len(tally.failures),
            stop_reason=self.run.stop_reason or _STOPS.get(reason, reason),
        )
        final = result.verdict
        try:
            if self.is_new_run:
                final = close_run(self.db, self.run.id, result)
        except sqlite3.Error as error:
            self.run.stop_reason = f"{self.archive}: {in_words(error)}"
        finally:
            self.db.close()
        told: dict[str, object] = {
            **attrs.asdict(result),
            "verdict": final,
            "stop_reason": self.run.stop_reason or result.stop_reason,
        }
        assert self.crawler.stats is not None
        self.crawler.stats.set_value("jobscraper/first_failure", tally.first_failure)
        for name, value in told.items():
            self.crawler.stats.set_value(f"jobscraper/{name}", value)
        if self.run.capture_file:
            fields = {name: str(value) for name, value in told.items() if value is not None}
            self.run.capture_file.finish(fields, finished)

    def _enter_run(self, at: datetime) -> None:
        if self.is_new_run is None:
            started = at if self.run.replay else self.run.started
            self.is_new_run = open_run(self.db, self.run.id, _source_row(self.source), started, self.run.code_version)

    def _fold(self, page: PageRead) -> None:
        folded = fold_page(self.db, self.fold, page.capture, page.reading)
        self.tally.pages += 1
        self.tally.seen |= folded.seen
        self.tally.new += folded.new
        self.tally.changed += folded.changed
        self.tally.contacts_removed += folded.contacts_removed
        self.tally.problems += len(page.reading.problems)
        for problem in page.reading.problems:
            if problem.loses_adverts:
                self.tally.failures.append("unreadable")
                self.tally.first_failure = self.tally.first_failure or f"{problem.kind}: {problem.text}"
        if page.reading.listed is not None:
            self.tally.listed = page.reading.listed

    def _fail(self, page: PageFailed) -> None:
        self.tally.failures.append(page.kind)
        if page.kind != "gone":
            self.tally.first_failure = self.tally.first_failure or f"{page.text} ({page.url})"
        self._enter_run(self.run.started)
        with writing(self.db):
            text, _ = redact(f"{page.url}: {page.text}")
            add_issue(self.db, self.run.id, None, None, page.kind, text)
        if page.kind == "blocked":
            stop(self.crawler, self.run, f"the board refused: {page.text} ({page.url})")

    def _write(self, action: Any) -> None:
        """Write to the archive; where that fails, nothing of this page is there, and the run ends."""
        try:
            action()
        except sqlite3.Error as error:
            stop(self.crawler, self.run, f"{self.archive}: {in_words(error)}")


def _source_row(source: Any) -> SourceRow:
    told = {field.name: getattr(source, field.name) for field in attrs.fields(SourceRow) if field.name != "id"}
    return SourceRow(id=source.name, **told)
