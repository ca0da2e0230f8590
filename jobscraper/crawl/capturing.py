"""The downloader middleware that keeps every response before anything is read from it, or answers out of a WARC.

It stands next to the downloader, so that it sees bodies as received: still compressed, before redirects and retries.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from jobscraper.capture import record
from jobscraper.capture.read import Exchange
from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse
from jobscraper.crawl.run import Run, stop

captured = object()
"""Scrapy signal: a response is in a WARC file. Sent with `capture: Capture`."""


class NotCapturedError(IgnoreRequest):
    """The WARC files that are being replayed hold no answer to this request."""


class CaptureMiddleware:
    """Writes each response to the run's WARC; in a replay, gives the responses that the WARC holds."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler = crawler
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        """Scrapy's constructor. The spider has made the run by now."""
        run: Run = crawler.spider.run  # type: ignore[union-attr]
        return cls(crawler, run)

    def process_request(self, request: Request) -> Response | None:
        """Answer from the replay where there is one.

        :raises NotCapturedError: the replay does not hold this request.
        """
        if self.run.replay is None:
            return None
        found = self.run.replay.answer(request.method, request.url, request.body)
        if found is None:
            files = ", ".join(path.name for path in self.run.replay.paths)
            raise NotCapturedError(f"not in {files}: {request.method} {request.url}")
        self._tell(request, found.capture)
        return _replayed(request, found)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write the response before anybody sees it, off the reactor thread.

        A capture that cannot be written ends the run: what is not kept must not be read.
        """
        if self.run.capture_file is None:
            return response
        asked = CapturedRequest(request.method, request.url, _lines(request.headers), request.body)
        answered = CapturedResponse(response.status, _lines(response.headers), response.body)
        address = str(response.ip_address) if response.ip_address else None
        try:
            capture = await asyncio.to_thread(self.run.capture_file.add, asked, answered, datetime.now(UTC), address)
        except OSError as error:
            text = f"{self.run.capture_file.path}: the capture cannot be written ({error.strerror}); free some space"
            stop(self.crawler, self.run, text)
            raise IgnoreRequest(text) from error
        self._tell(request, capture)
        return response

    def _tell(self, request: Request, capture: Capture) -> None:
        request.meta["capture"] = capture
        self.crawler.signals.send_catch_log(captured, capture=capture)


def _replayed(request: Request, found: Exchange) -> Response:
    headers = Headers()
    for name, value in found.response.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=found.response.body)
    return kind(
        url=request.url, status=found.response.status, headers=headers, body=found.response.body, request=request
    )


def _lines(headers: Headers) -> record.Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
