"""robots.txt, obeyed without exception, with its Crawl-delay and Request-rate.

Our own middleware, because Scrapy's (2.14 to 2.19) lets requests that wait for a robots.txt pass it: all of them await
one deferred, and only the first one gets the rules. Here a lock per host makes every request wait for the rules
themselves. Scrapy also reads Crawl-delay and does nothing with it.
"""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict

import attrs
from protego import Protego, RequestRate
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from jobscraper.crawl.failures import in_words
from jobscraper.crawl.guard import ForbiddenAddressError
from jobscraper.crawl.robots_text import UnreadableRobotsError, robots_text
from jobscraper.crawl.scrapy_private import slow_down
from jobscraper.read.walls import is_wall

MOST_BYTES = 1024 * 1024
"""Of a robots.txt (RFC 9309 asks for half of that at least); a longer one is as good as none to be had."""

LONGEST_DELAY = 3600.0
"""Seconds between two requests that a crawl keeps to. A host that asks for more is not asked at all: at that pace a list of a
few pages takes days, and whoever waits for the crawl would wait without a word."""


class ForbiddenByRobotsError(IgnoreRequest):
    """robots.txt forbids this URL, or it means "not now": it could not be had or read, or asks for too much patience."""


@attrs.frozen
class RobotsRules:
    """What one host's robots.txt says. `parsed` is None where everything is allowed, or nothing; `trouble`: why nothing is, as
    the end of a sentence.
    """

    everything_allowed: bool
    parsed: Protego | None = None
    trouble: str | None = None

    def allow(self, url: str, user_agent: str) -> bool:
        """True if `user_agent` may fetch `url`."""
        return bool(self.parsed.can_fetch(url, user_agent)) if self.parsed else self.everything_allowed

    def delay(self, user_agent: str) -> float:
        """Seconds between requests that the host asks for, by Crawl-delay or Request-rate; 0 where it asks for none."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(user_agent)
        return max(float(self.parsed.crawl_delay(user_agent) or 0), _seconds_each(rate) if rate else 0.0)

    def bounded(self, user_agent: str) -> RobotsRules:
        """These rules, or that nothing may be fetched now, where the host asks for a longer delay than is kept."""
        delay = self.delay(user_agent)
        if delay <= LONGEST_DELAY:
            return self
        asked = f"{delay:,.0f} seconds" if delay < _BEYOND_WORDS else "an endless delay"
        return nothing(
            f"asks for {asked} between two requests, more than the {LONGEST_DELAY:,.0f} that a crawl waits,"
            " so this host is not crawled now"
        )


_BEYOND_WORDS = 1e15


def _seconds_each(rate: RequestRate) -> float:
    try:
        return rate.seconds / rate.requests
    except OverflowError:
        return math.inf


EVERYTHING = RobotsRules(True)


_NOT_HAD = "could not be fetched, so this host is not crawled now: {}"


def nothing(trouble: str) -> RobotsRules:
    """Nothing may be fetched; `trouble` goes on after the words `robots.txt of the host`."""
    return RobotsRules(False, trouble=trouble)


def rules_of(status: int, body: bytes) -> RobotsRules:
    """The rules that a response to /robots.txt sets (RFC 9309).

    2xx: what it says; "not now" where that cannot be decoded, or a wall stands in its place. 4xx: there are no rules, except
    429, which like 5xx says "not now": nothing may be fetched.
    """
    if 200 <= status < 300:
        if is_wall(body):
            return nothing(_NOT_HAD.format("a page that keeps automated clients out stands in its place"))
        try:
            return RobotsRules(True, Protego.parse(robots_text(body)))
        except UnreadableRobotsError as error:
            return nothing(f"could not be read, so this host is not crawled now: {error}")
    return (
        EVERYTHING
        if 400 <= status < 500 and status != 429
        else nothing(_NOT_HAD.format(f"it was answered with {status}"))
    )


class RobotsMiddleware:
    """Lets through only what the host's robots.txt allows; switched off in a replay, which asks nobody."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.user_agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, RobotsRules] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Scrapy's constructor.

        :raises NotConfigured: the run is a replay.
        """
        if crawler.settings.getlist("REPLAY"):
            raise NotConfigured("a replay asks nobody")
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's rules and apply them.

        :raises ForbiddenByRobotsError: the request may not be sent.
        :raises ForbiddenAddressError: nor may the one for its robots.txt.
        """
        if request.meta.get("is_robots_txt"):
            return
        parts = urlparse_cached(request)
        async with self._locks[parts.netloc]:
            if parts.netloc not in self._rules:
                self._rules[parts.netloc] = await self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt")
        rules = self._rules[parts.netloc]
        if not rules.allow(request.url, self.user_agent):
            raise ForbiddenByRobotsError(f"robots.txt of {parts.netloc} {rules.trouble or 'forbids it'}")

    async def _fetch(self, url: str) -> RobotsRules:
        meta = {"is_robots_txt": True, "download_maxsize": MOST_BYTES}
        request = Request(url, meta=meta, priority=1000, callback=NO_CALLBACK)
        try:
            assert self.crawler.engine is not None
            response: Response = await self.crawler.engine.download_async(request)
        except ForbiddenAddressError:
            raise
        except Exception as error:  # Whatever went wrong, the rules are not known, and nothing may be fetched.
            return nothing(_NOT_HAD.format(in_words(error)))
        rules = rules_of(response.status, response.body).bounded(self.user_agent)
        self._slow_down(request, rules.delay(self.user_agent))
        return rules

    def _slow_down(self, request: Request, delay: float) -> None:
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        slow_down(downloader, downloader.get_slot_key(request), delay)
