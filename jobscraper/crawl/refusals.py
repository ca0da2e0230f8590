"""The downloader middleware that ends a run on the first refusal, before the next request leaves, and lets the source rest.

The spider sees the response too, and tells what became of it; but by then the next request would be on its way.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from jobscraper.crawl.backoff import retry_after
from jobscraper.crawl.daily_budget import next_day
from jobscraper.crawl.run import Run, stop
from jobscraper.read.walls import REFUSALS, is_wall


class RefusalMiddleware:
    """Stops the run where the board puts up a wall or refuses; what a robots.txt answers means something else."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler = crawler
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RefusalMiddleware:
        """Scrapy's constructor. The spider has made the run by now."""
        run: Run = crawler.spider.run  # type: ignore[union-attr]
        return cls(crawler, run)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Pass the response on, unpacked as it is here; after a refusal nothing more is asked."""
        wall = is_wall(response.body)
        if not request.meta.get("is_robots_txt") and (wall or response.status in REFUSALS):
            said = "a page that keeps automated clients out" if wall else f"the board answered {response.status}"
            now = datetime.now(UTC)
            rest = max(next_day(now), retry_after(response.headers, now) or now)
            stop(self.crawler, self.run, f"the board refused: {said} ({request.url})", rest)
            await asyncio.sleep(0)  # The engine closes before it looks for another request.
        return response
