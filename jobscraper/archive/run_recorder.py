"""The recorder of a run: what it captured, read and missed goes into the archive through here, in a crawl and in a rebuild.

Beside the pipeline, which drives it from Scrapy, this is the one place of the room that looks to its right: to fold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from jobscraper.archive.fold import Folded, RunFold, fold_moves, fold_page, note_move
from jobscraper.archive.ledger import (
    REPLAY,
    RunResult,
    SourceRow,
    add_capture,
    add_issue,
    close_run,
    doubt_of,
    filled,
    open_run,
)
from jobscraper.archive.moves import Listing, live_listings, references, to_look_for
from jobscraper.archive.own_pages import OwnPages
from jobscraper.archive.prepare import PreparedAdvert
from jobscraper.archive.store import writing
from jobscraper.archive.tombstones import forgotten
from jobscraper.capture.record import Capture
from jobscraper.normalise.contacts.messages import private
from jobscraper.quality.expectations import SHARES, Expectations, Filled, too_few, unmet_shares
from jobscraper.quality.verdict import NO_FAILURES, FailureKind, RunFacts, tolerated, verdict
from jobscraper.read.outcome import PageFailed, PageRead

_NEVER_TOLERATED = frozenset(
    {"gone", "blocked", "forbidden_by_robots"}
)  # The first is no failure, the others are of the board.


@attrs.define
class RunRecorder:
    """One run in one archive. Every method is a transaction of its own, or several, whole or not at all.

    `started` is None for a run that begins with its first capture, as a replay does. `is_new` is False where the ledger
    has the run with a verdict: the same files were replayed before. `new` and `changed` count what was so this time.
    """

    db: sqlite3.Connection
    source: SourceRow
    run_id: str
    started: datetime | None
    code_version: str
    is_new: bool | None = None
    new: int = 0
    changed: int = 0
    listed: int | None = None
    problems: int = 0
    bytes: int = 0
    failures: list[FailureKind] = attrs.field(factory=list)
    lost: int = 0
    pages: OwnPages = attrs.field(factory=OwnPages)
    untold: list[PageFailed] = attrs.field(factory=list)
    first_failure: str | None = None
    last_capture: datetime | None = None
    fold: RunFold = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        known = references(self.db, self.source.id)
        self.fold = RunFold(self.run_id, self.source.id, forgotten(self.db, self.source.id), known)

    def enter(self, at: datetime) -> None:
        """Enter the run into the ledger, once."""
        if self.is_new is None:
            self.is_new = open_run(self.db, self.run_id, self.source, self.started or at, self.code_version)

    def captured(self, capture: Capture) -> None:
        """Enter a capture that is in its file."""
        self.enter(capture.fetched_at)
        self.bytes += capture.length
        self.last_capture = max(capture.fetched_at, self.last_capture or capture.fetched_at)
        add_capture(self.db, self.run_id, capture)

    def redirected(self, capture: Capture, to: str | None) -> None:
        """Note where a captured answer led, if anywhere; an advert whose address leads to another one may have been renamed."""
        if to and to != capture.url:
            self.pages.redirected(capture.url, to)
            note_move(self.fold, capture, to)

    def read(self, page: PageRead, ready: Mapping[str, PreparedAdvert] = {}) -> None:
        """Fold a page that was read; `ready` holds what has been made ready of it already.

        A list to which an advert's own page has led is none of the run's.
        """
        if page.reading.part != "page" and self.pages.led_from(page.capture.url):
            failed = PageFailed(url=page.capture.url, kind="unreadable", text="it lists other adverts", captured=True)
            self.failed(failed, page.capture.fetched_at)
            return
        self.pages.of_adverts.update(page.reading.pages.values())
        self._count(fold_page(self.db, self.fold, page.capture, page.reading, ready))
        self.problems += len(page.reading.problems)
        for problem in page.reading.problems:
            if problem.loses_adverts:
                self.failures.append("unreadable")
                self.first_failure = self.first_failure or private(f"{problem.kind}: {problem.text}")
        if self.listed is None:
            # The first page's count: adverts that come while the list is read were not in it, and a later page of a feed
            # that breaks down must not shrink what was promised.
            self.listed = page.reading.listed

    def gone_elsewhere(self) -> list[Listing]:
        """The adverts that the run has not met and that the board may list under another reference now."""
        return to_look_for(live_listings(self.db, self.source.id), frozenset(self.fold.seen))

    def _count(self, folded: Folded) -> None:
        self.new += folded.new
        self.changed += folded.changed

    def failed(self, page: PageFailed, at: datetime) -> None:
        """Enter a page that failed at `at`."""
        before = self.pages.led_from(page.url) if page.kind == "unreadable" else None
        if before:
            text = f"{before}, an advert's own page, leads here: {page.text}"
            page = attrs.evolve(page, kind="led_away", text=text)
        if not page.captured:
            self.untold.append(page)
        if page.kind not in _NEVER_TOLERATED and self.pages.is_of_an_advert(page.url):
            self.lost += 1
        else:
            self.failures.append(page.kind)
            if page.kind not in NO_FAILURES:
                self.first_failure = self.first_failure or private(f"{page.text} ({page.url})")
        self.enter(at)
        with writing(self.db):
            add_issue(self.db, self.run_id, None, None, page.kind, f"{page.url}: {page.text}")

    def close(
        self, finished: datetime, *, reached_its_end: bool, stop_reason: str | None, retry_after: datetime | None = None
    ) -> sqlite3.Row:
        """Judge the run, end what has ended, and return its row of the ledger. The source rests until `retry_after`."""
        self.enter(finished)
        self._count(fold_moves(self.db, self.fold))
        found = filled(self.db, self.fold.seen)
        few, lost = self._unmet(found)
        self._tell_lost_pages()
        facts = RunFacts(
            finished=reached_its_end,
            pages=self.fold.pages,
            seen=len(self.fold.seen),
            listed=self.listed,
            problems=self.problems,
            failures=tuple(self.failures),
            lost=self.lost,
            fields_lost=bool(lost),
        )
        judged = verdict(facts)
        result = RunResult(
            verdict=judged,
            too_few=few,
            finished=finished,
            adverts_listed=self.listed,
            bytes=self.bytes,
            errors=len(self.failures) + self.lost,
            pages_lost=self.lost,
            stop_reason=stop_reason,
            retry_after=retry_after,
            **{f"with_{name}": getattr(found, name) for name in SHARES},
        )
        row = close_run(self.db, self.run_id, result)
        if judged == "complete" and row["verdict"] == "partial":
            self.first_failure = doubt_of(self.db, self.run_id)
        return row

    def _tell_lost_pages(self) -> None:
        """Say so where more adverts' own pages were lost than is tolerated."""
        seen = len(self.fold.seen)
        if self.lost > tolerated(seen):
            most = tolerated(seen)
            text = f"{self.lost:,} own pages of {seen:,} adverts gave no advert; up to {most:,} are tolerated"
            self.first_failure = self.first_failure or text
            with writing(self.db):
                add_issue(self.db, self.run_id, None, None, "pages_lost", text)

    def _unmet(self, found: Filled) -> tuple[str | None, list[str]]:
        """What is expected of the source and was not met, as issues; a replay is a piece of a board, and may be small."""
        expected = Expectations.from_json(self.source.expectations)
        few = too_few(expected, found) if found.adverts and REPLAY not in self.run_id else None
        lost = unmet_shares(expected, found)
        for text in (*((few,) if few else ()), *lost):
            self.first_failure = self.first_failure or text
            with writing(self.db):
                add_issue(self.db, self.run_id, None, None, "expectation_unmet", text)
        return few, lost


def source_row(source: Any) -> SourceRow:
    """The row of a source, from its class or its spider, which this room does not know."""
    derived = {
        "id": source.name,
        "cadence_hours": source.cadence.total_seconds() / 3600,
        "expectations": source.expects.to_json(),
    }
    told = {field.name: getattr(source, field.name) for field in attrs.fields(SourceRow) if field.name not in derived}
    return SourceRow(**derived, **told)
