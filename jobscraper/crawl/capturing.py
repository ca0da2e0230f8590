"""The downloader middleware that keeps every response before anything is read from it, or answers out of a WARC.

It stands next to the downloader, so that it sees bodies as received: still compressed, before redirects and retries.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from jobscraper.capture import record
from jobscraper.capture.http import leads_to
from jobscraper.capture.read import Exchange, exchange_at
from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse
from jobscraper.capture.warc import UNREADABLE
from jobscraper.crawl.known import Earlier
from jobscraper.crawl.run import Run, stop
from jobscraper.quality.clock import AGREEING, Stamp, disagreement, in_words, told_by

captured = object()
"""Scrapy signal: a response is in a WARC file. Sent with `capture: Capture`, and `leads_to: str | None` of a redirect."""


_VALIDATORS = ("If-None-Match", "If-Modified-Since")


class NotCapturedError(IgnoreRequest):
    """The WARC files that are being replayed hold no answer to this request."""


class AnsweredAtWrongTimeError(IgnoreRequest):
    """The answer was had at another time than the board's; it is not kept."""


class CaptureMiddleware:
    """Writes each response to the run's WARC; in a replay, gives the responses that the WARC holds."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler = crawler
        self.run = run
        self.writer = ThreadPoolExecutor(1)  # More would take the reactor's core from it.

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        """Scrapy's constructor. The spider has made the run by now."""
        run: Run = crawler.spider.run  # type: ignore[union-attr]
        return cls(crawler, run)

    def process_request(self, request: Request) -> Response | None:
        """Answer from the replay where there is one; else ask a board only for what has changed since.

        :raises NotCapturedError: the replay does not hold this request.
        """
        if self.run.replay is None:
            self._remember(request)
            return None
        found = self.run.replay.answer(request.method, request.url, request.body)
        if found is None:
            files = ", ".join(path.name for path in self.run.replay.paths)
            raise NotCapturedError(f"not in {files}: {request.method} {request.url}")
        self._tell(request, found.capture, found.response)
        return _replayed(request, found)

    def _remember(self, request: Request) -> None:
        """Send the validators of the newest answer, and keep at hand what it was."""
        # A request that a redirect made has the headers and the memory of the first one.
        if self.run.memory is None or request.method != "GET" or request.meta.get("remembered") == request.url:
            return
        for name in _VALIDATORS:
            request.headers.pop(name, None)
        earlier = self.run.memory.earlier(request.url)
        request.meta.update(remembered=request.url, earlier=earlier)
        for name, value in earlier.validators.items() if earlier else ():
            request.headers[name] = value

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Write the response before anybody sees it, off the reactor thread; a 304 comes with the body that it confirms.

        A capture that cannot be written ends the run: what is not kept must not be read. So does an answer that shows the
        clock of this machine to be wrong, before it is kept under a wrong time.
        """
        if self.run.capture_file is None:
            return response
        now = datetime.now(UTC)
        self._check_clock(request, response, now)
        earlier: Earlier | None = request.meta.get("earlier")
        asked = CapturedRequest(request.method, request.url, header_lines(request.headers), request.body)
        answered = CapturedResponse(response.status, header_lines(response.headers), response.body)
        address = str(response.ip_address) if response.ip_address else None
        body = earlier.body if earlier else None
        try:
            capture = await asyncio.get_running_loop().run_in_executor(
                self.writer, self.run.capture_file.add, asked, answered, now, address, body
            )
        except OSError as error:
            text = f"{self.run.capture_file.path}: the capture cannot be written ({error.strerror}); free some space"
            stop(self.crawler, self.run, text)
            raise IgnoreRequest(text) from error
        self._tell(request, capture, answered)
        return self._confirmed(request, earlier) if response.status == 304 and earlier else response

    def _check_clock(self, request: Request, response: Response, now: datetime) -> None:
        """End the run where the answers of the board show that a clock is wrong.

        :raises AnsweredAtWrongTimeError: they do.
        """
        host = urlsplit(request.url).hostname
        if host in self.crawler.settings.getlist("WRONG_CLOCKS"):
            return
        lines = header_lines(response.headers)
        told = told_by(record.header(lines, "date"), record.header(lines, "age"))
        if told is None:
            return  # Nor may it push out an answer that agreed.
        self.run.stamps = [*self.run.stamps[-AGREEING:], Stamp(now, told)]
        apart = disagreement(self.run.stamps)
        if apart is None:
            return
        if self.run.clock_apart is None:
            self.run.clock_apart = apart
        text = (
            f"clock: this machine's is {in_words(apart)} {'behind' if apart > timedelta() else 'ahead of'} that of"
            f" {host}: nothing of that was kept; set the clock and crawl again, or set wrong_clock for a host whose own is wrong"
        )
        stop(self.crawler, self.run, text)
        raise AnsweredAtWrongTimeError(text)

    def _confirmed(self, request: Request, earlier: Earlier) -> Response | Request:
        """The page that a 304 confirms; where its file has been damaged, the page is asked for anew."""
        held = earlier.body
        try:
            found = exchange_at(
                self.run.folder / held.warc_file, held.offset, held.id, CapturedRequest("GET", request.url)
            )
        except (LookupError, OSError, *UNREADABLE):
            anew = request.replace(dont_filter=True)
            anew.meta["earlier"] = None
            for name in _VALIDATORS:
                anew.headers.pop(name, None)
            return anew
        return _replayed(request, found)

    def _tell(self, request: Request, capture: Capture, answered: CapturedResponse) -> None:
        request.meta["capture"] = capture
        to = leads_to(request.url, answered)
        self.crawler.signals.send_catch_log(captured, capture=capture, leads_to=to)


def _replayed(request: Request, found: Exchange) -> Response:
    headers = Headers()
    for name, value in found.response.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=found.response.body)
    return kind(
        url=request.url, status=found.response.status, headers=headers, body=found.response.body, request=request
    )


def header_lines(headers: Headers) -> record.Headers:
    """Scrapy's headers as lines."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
