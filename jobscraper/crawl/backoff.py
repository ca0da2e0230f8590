"""Backing off: the longer a host fails, the longer the pause; after too many failures the source is left alone for the day."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from jobscraper.crawl.daily_budget import next_day
from jobscraper.crawl.run import Run, stop

MOST_PATIENCE = timedelta(minutes=2)
"""A run waits no longer than this; a board that asks for more is asked by a later run."""
_MOST_ASKED_FOR = timedelta(days=30)


def pause(failures: int, first: float) -> float:
    """Seconds to wait after so many failures in a row: the first pause, doubled each time, up to the most patience."""
    return min(first * 2.0 ** min(failures - 1, 20), MOST_PATIENCE.total_seconds())


def retry_after(headers: Mapping[bytes, bytes], now: datetime) -> datetime | None:
    """When a board asks to be asked again (`Retry-After`, RFC 9110: seconds or a date); None where it does not say.

    At most in thirty days: a slip of the pen must not end a source for ever.
    """
    told = headers.get(b"Retry-After")
    text = told.decode("latin-1").strip() if told else ""
    if text.isascii() and text.isdecimal():
        then = now + min(timedelta(seconds=int(text[:9])), _MOST_ASKED_FOR)
    else:
        try:
            then = parsedate_to_datetime(text)
        except ValueError:
            return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(then, now + _MOST_ASKED_FOR) if then > now else None


class BackoffMiddleware:
    """Scrapy's repetitions, each after a pause; and the circuit breaker, when a host fails again and again.

    A failure is an answer that says so (5xx, 408) or none at all; any other answer ends the row.
    """

    def __init__(self, crawler: Crawler, run: Run, repetitions: RetryMiddleware) -> None:
        self.crawler = crawler
        self.run = run
        self.repetitions = repetitions
        self.first_pause = crawler.settings.getfloat("BACKOFF_SECONDS")
        self.most_failures = crawler.settings.getint("FAILURES_IN_A_ROW")
        self._failures: Counter[str] = Counter()  # In a row, by host.
        self._given_up: Counter[str] = Counter()  # Requests in a row that failed for good.

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        """Scrapy's constructor. The spider has made the run by now."""
        run: Run = crawler.spider.run  # type: ignore[union-attr]
        return cls(crawler, run, RetryMiddleware.from_crawler(crawler))

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Pass an answer on, or the request that asks once more."""
        if response.status not in self.repetitions.retry_http_codes or self.run.replay:
            self._failures.pop(_host(request), None)
            self._given_up.pop(_host(request), None)
            return response
        now = datetime.now(UTC)
        then = retry_after(response.headers, now)
        if then and then - now > MOST_PATIENCE:
            stop(
                self.crawler, self.run, f"{_host(request)} asks to be left alone until {then:%Y-%m-%d %H:%M} UTC", then
            )
            return response
        again = self.repetitions.process_response(request, response)
        await self._wait(request, (then - now).total_seconds() if then else 0, given_up=again is response)
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Response | Request | None:
        """The request that asks once more, where no answer came."""
        if not isinstance(exception, self.repetitions.exceptions_to_retry) or self.run.replay:
            return None
        again = self.repetitions.process_exception(request, exception)
        await self._wait(request, 0, given_up=again is None)
        return again

    async def _wait(self, request: Request, asked_for: float, *, given_up: bool) -> None:
        host = _host(request)
        self._failures[host] += 1
        self._given_up[host] += given_up
        if self._given_up[host] >= self.most_failures:
            text = f"{host} failed {self._given_up[host]} times in a row; it is left alone for the day"
            stop(self.crawler, self.run, text, next_day(datetime.now(UTC)))
        else:
            await asyncio.sleep(max(asked_for, pause(self._failures[host], self.first_pause)))


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
