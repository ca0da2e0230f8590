"""A source: one board or feed that we crawl, as a Scrapy spider that carries nothing from page to page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import FormRequest, Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from jobscraper.capture.http import leads_to
from jobscraper.capture.record import CapturedResponse
from jobscraper.capture.replay import Replay
from jobscraper.crawl.capturing import header_lines
from jobscraper.crawl.failures import in_words
from jobscraper.crawl.known import is_due
from jobscraper.crawl.lists import ListWatch
from jobscraper.crawl.project import load_readers
from jobscraper.crawl.robots import ForbiddenByRobotsError
from jobscraper.crawl.run import OF_ONE_ADVERT, Run, stop
from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import Form, Reading
from jobscraper.quality.expectations import Expectations
from jobscraper.quality.verdict import FailureKind
from jobscraper.read.outcome import PageFailed, PageRead, refused
from jobscraper.read.page import Page
from jobscraper.read.process.client import ReadingProcess, page_reader
from jobscraper.read.process.worker import NoReaderProcessError

LONGEST_ADDRESS = 2_083
"""Characters; Scrapy drops longer ones in silence."""
_SHOWN_OF_ADDRESS = 200


class Source(scrapy.Spider):
    """Base of all sources, and of the platforms between. A class in `spiders/` fills in the attributes; most need nothing else.

    `may_republish`: False where the board's terms are known or reported to forbid that others publish its adverts; they are
    archived, and kept out of what is published.
    `employer`: the body whose own site this is; None for a board of many. `attribution`: how its licence wants it named.
    `confirmed`: somebody with a network has checked what `to_check` says, besides the board's robots.txt, terms and
    pages; `crawl --all` leaves out what nobody has. `cadence`: how often it is meant to be crawled; `revisit_after`: when
    an advert's own page is fetched again although its card has not changed. `expects`: what a run should find at least.
    `lists_everything`: a whole crawl shows every advert that is live, so that one which is missing has ended; False for a
    window such as a box of a few adverts, where absence means nothing. `renames`: an advert is given another reference when
    its title changes, and its old address leads to the new one; so a crawl asks that of adverts which it misses. `readers`: what reads its pages, by the beginning
    of the path, with `?name=value` where the query decides. `most_pages`: of lists and feeds, so that one without end ends.
    """

    title: ClassVar[str]
    publisher: ClassVar[str]
    homepage: ClassVar[str]
    employer: ClassVar[str | None] = None
    licence: ClassVar[str | None] = None
    licence_url: ClassVar[str | None] = None
    attribution: ClassVar[str | None] = None
    may_republish: ClassVar[bool] = True
    confirmed: ClassVar[bool] = False
    to_check: ClassVar[tuple[str, ...]] = ()
    cadence: ClassVar[timedelta] = timedelta(days=1)
    revisit_after: ClassVar[timedelta] = timedelta(days=7)
    expects: ClassVar[Expectations] = Expectations()
    lists_everything: ClassVar[bool] = True
    renames: ClassVar[bool] = False
    readers: ClassVar[Mapping[str, type[Page]]] = {}
    most_pages: ClassVar[int] = 1000
    allowed_domains: list[str]

    run: Run
    _has_looked = False
    lists: ListWatch
    reader: ReadingProcess

    @classmethod
    def starts(cls) -> list[str]:
        """Where a crawl begins; a platform makes the URLs from the keys of its tenants."""
        return list(cls.start_urls)

    @classmethod
    def url_patterns(cls) -> Iterator[tuple[str, type[Page]]]:
        """The URL patterns of the source (host and beginning of the path), with what reads such pages."""
        for host in cls.allowed_domains:
            for path, page in cls.readers.items():
                yield f"{host}{path}", page

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Begin a run: live, or replayed from the files of the setting REPLAY.

        :raises JobscraperError: a live crawl without an address at which the board can reach us.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.lists = ListWatch(cls.most_pages)
        load_readers()
        spider.reader = page_reader()
        crawler.signals.connect(spider.idle, signals.spider_idle)
        now = datetime.now(UTC)
        files = crawler.settings.getlist("REPLAY")
        if files:
            spider.run = Run.replayed(cls.name, Replay(map(Path, files)), now)
        else:
            _require_contact(crawler.settings.get("CONTACT"))
            spider.run = Run.live(cls.name, Path(crawler.settings["CAPTURES"]), now)
        return spider

    async def start(self) -> AsyncIterator[Request | PageFailed]:
        """Ask for the start pages."""
        for url in self.starts():
            yield self._ask(url)

    async def parse(self, response: Response, **_: Any) -> list[PageRead | PageFailed | Request]:
        """Read a response with the page object that handles its URL, and go where it leads."""
        received = CapturedResponse(response.status, header_lines(response.headers), response.body)
        try:
            page = await self.reader.read(response.url, received, response.meta["capture"])
        except NoReaderProcessError as error:
            stop(self.crawler, self.run, str(error))
            return [PageFailed(url=response.url, kind="unreadable", text=str(error), captured=True)]
        if isinstance(page, PageFailed):
            return [page]
        # Asked before the page is folded: afterwards the archive knows the new cards.
        due = self._due(page.reading)
        if _leads_away(response, page.reading):
            return [page]
        doubt = self.lists.doubt(page.reading)
        if doubt:
            kind, text = doubt
            return [page, PageFailed(url=response.url, kind=kind, text=text), *due]
        return [page, *map(self._ask, page.reading.follow), *due]

    def failed(self, failure: Failure) -> Iterator[PageFailed]:
        """Say what became of a request that got no usable answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, HttpError):
            yield refused(request.url, failure.value.response.status)
        else:
            yield PageFailed(url=request.url, kind=_kind(failure.value), text=in_words(failure.value))

    def idle(self) -> None:
        """Once all else is read, ask where adverts went that may have been renamed.

        :raises DontCloseSpider: there are such adverts.
        """
        missing = [] if self._has_looked or self.run.stop_reason else self.run.gone_elsewhere()
        self._has_looked = True
        requests = [request for url in missing if (request := self._look_for(url))]
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _look_for(self, url: str) -> Request | None:
        """Where did an advert go? The head of the answer tells; a replay has asked already, or cannot tell."""
        if self.run.replay is None and not self.renames:
            return None
        with suppress(ValueError):
            request = Request(
                url, method="GET" if self.run.replay else "HEAD", callback=_ignored, errback=_ignored, dont_filter=True
            )
            request.meta.update(dont_redirect=True, handle_httpstatus_all=True, dont_retry=True)
            held = self.run.replay.answer("GET", url, b"") if self.run.replay else None
            return request if self.run.replay is None or (held and leads_to(url, held.response)) else None
        return None

    def _due(self, reading: Reading) -> list[Request | PageFailed]:
        """Asks for the adverts' own pages that are to be fetched now."""
        memory, now = self.run.memory, datetime.now(UTC)
        cards = {raw.source_ref: raw.digest for raw in reading.adverts} if reading.pages else {}
        return [
            self._ask(url, **{OF_ONE_ADVERT: True})
            for ref, url in reading.pages.items()
            if f"{self.name}:{ref}" not in self.run.forgotten
            if memory is None or is_due(memory.page(self.name, ref), cards.get(ref, ""), now, self.revisit_after)
        ]

    def _ask(self, to: str | Form, **meta: bool) -> Request | PageFailed:
        """A request, or why what a page gives as an address is not asked."""
        request: Request
        try:
            if isinstance(to, Form):
                request = FormRequest(
                    to.url, formdata=dict(to.fields), callback=self.parse, errback=self.failed, meta=meta
                )
            else:
                request = Request(to, callback=self.parse, errback=self.failed, meta=meta)
        except ValueError as error:
            return _not_asked(to, str(error), meta)
        length = len(request.url)
        return _not_asked(to, f"{length:,} characters", meta) if length > LONGEST_ADDRESS else request


def _leads_away(response: Response, reading: Reading) -> bool:
    """Whether an advert's own page led to a page of other adverts, which the run comes to by itself, or need not."""
    return bool(response.meta.get(OF_ONE_ADVERT) and response.meta.get("redirect_urls")) and reading.part != "page"


def _ignored(_: Response | Failure) -> None:
    """An answer, or none, of which the redirect is all that counts; it is in its capture."""


def _not_asked(to: str | Form, why: str, meta: Mapping[str, bool]) -> PageFailed:
    url = to.url if isinstance(to, Form) else to
    kind: FailureKind = "gone" if OF_ONE_ADVERT in meta else "not_fetched"
    return PageFailed(url=url[:_SHOWN_OF_ADDRESS], kind=kind, text=f"no address that can be asked ({why})")


def _require_contact(contact: str | None) -> None:
    if not contact:
        raise JobscraperError(
            "a live crawl says who is asking: set contact in jobscraper.toml, or JOBSCRAPER_CONTACT, to an address of yours,"
            " or answer from captures with --replay"
        )


def _kind(error: BaseException | None) -> FailureKind:
    return "forbidden_by_robots" if isinstance(error, ForbiddenByRobotsError) else "not_fetched"
