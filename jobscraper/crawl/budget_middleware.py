"""The downloader middleware that keeps to the budgets: when one is spent, the run ends, and that of the next day goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

from jobscraper.crawl.daily_budget import next_day
from jobscraper.crawl.run import Run, stop


class BudgetSpentError(IgnoreRequest):
    """The host has had all its requests of the day."""


class BudgetMiddleware:
    """Ends the run at the request that would be one too many. It stands where only requests come by that will be sent."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler = crawler
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BudgetMiddleware:
        """Scrapy's constructor.

        :raises NotConfigured: the run is a replay, which asks nobody.
        """
        run: Run = crawler.spider.run  # type: ignore[union-attr]
        if run.replay:
            raise NotConfigured("a replay asks nobody")
        return cls(crawler, run)

    def process_request(self, request: Request) -> None:
        """Let a request through that its host's budget has room for.

        :raises BudgetSpentError: it has none.
        """
        now = datetime.now(UTC)
        host = urlsplit(request.url).hostname or ""
        budget = self.run.budget
        if budget is None or budget.spend(host, now.date()):
            return
        text = f"the budget of {host}, {budget.limit_of(host):,} requests a day, is spent"
        stop(self.crawler, self.run, text, retry_after=next_day(now))
        raise BudgetSpentError(text)
