"""Scrapy's settings, and ours, in one place: those that are the same for everybody, and those that follow from what an operator set."""

from typing import Any

from jobscraper import __version__
from jobscraper.config.values import Config
from jobscraper.read.outcome import RETRIED

BOT_NAME = "jobscraper"
SPIDER_MODULES = ["spiders"]
READER_MODULES = ["jobscraper.boards"]  # Ours: where page objects are.

FRESH = False  # Ask for everything anew, also for pages that are not due.
REPLAY: list[str] = []  # WARC files to answer from; empty: ask the boards.

ROBOTSTXT_USER_AGENT = "jobscraper"

# Politeness: one request at a time and a second apart per host; robots.txt by our own middleware. One at a time of the
# whole crawl of a source, too: a request that waits in the downloader would be sent even after the run was stopped.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0
ROBOTSTXT_OBEY = False
DOWNLOADER_MIDDLEWARES = {
    "jobscraper.crawl.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "jobscraper.crawl.backoff.BackoffMiddleware": 550,
    "jobscraper.crawl.refusals.RefusalMiddleware": 585,  # Where bodies are unpacked.
    "jobscraper.crawl.budget_middleware.BudgetMiddleware": 890,
    "jobscraper.crawl.capturing.CaptureMiddleware": 895,
    "jobscraper.crawl.guard.GuardMiddleware": 950,  # Next to the network; what is replayed does not get so far.
}
# Nobody asks for these counts.
DOWNLOADER_STATS = False
SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.depth.DepthMiddleware": None}
# A page is one item. By default Scrapy starts a hundred tasks for the items of every page.
CONCURRENT_ITEMS = 1
# For this warning Scrapy reads and parses the source of `parse` again for every page: a fifth of the time of a crawl.
WARN_ON_GENERATOR_RETURN_VALUE = False
RECOVERY = "jobscraper.rebuild.recover.recover"  # Ours: what folds the captures of a crawl that was killed.
ITEM_PIPELINES = {"jobscraper.crawl.pipelines.FoldPipeline": 300}

# A refusal (429) is not asked again; a board's own trouble is, twice, each time after a longer pause.
RETRY_HTTP_CODES = list(RETRIED)
RETRY_TIMES = 2
# Before anything else is asked: whether a host is down is seen after one page, not after all.
RETRY_PRIORITY_ADJUST = 1
BACKOFF_SECONDS = 2.0

# Only the public web is asked, and directly: through a proxy nobody could see which address is connected to.
DNS_RESOLVER = "jobscraper.crawl.guard.PublicResolver"
PRIVATE_ADDRESSES_ALLOWED = False  # For tests and benchmarks, whose boards are on 127.0.0.1.
HTTPPROXY_ENABLED = False
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "jobscraper.crawl.bounded.BoundedHandler"),
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}

# Hostile input: bounded sizes, times and redirects.
DOWNLOAD_TIMEOUT = 60  # Of all of an answer, from connecting to its last byte.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # A rebuild would read the page that a crawl had only passed through.
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOADER_CLIENTCONTEXTFACTORY = "jobscraper.crawl.tls.CompletedChains"
COOKIES_ENABLED = False

# WARC readers know gzip and deflate, not br or zstd.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.9,cy;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}

# Doors that Scrapy opens by default.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False


def of_operator(config: Config) -> dict[str, Any]:
    """The settings that follow from what an operator set: where things lie, who is asking, and how politely."""
    politeness = config.politeness
    return {
        "ARCHIVE": str(config.archive),
        "CAPTURES": str(config.captures),
        "CONTACT": config.contact,
        # One honest name, with an address.
        "USER_AGENT": f"jobscraper/{__version__} ({config.contact})" if config.contact else f"jobscraper/{__version__}",
        "DOWNLOAD_DELAY": politeness.delay_seconds,
        "DOWNLOAD_SLOTS": {
            host: {"delay": politeness.delay_of(host), "concurrency": 1, "randomize_delay": False}
            for host in politeness.hosts
        },
        "FAILURES_IN_A_ROW": politeness.failures_in_a_row,
        "REQUESTS_PER_DAY": politeness.requests_per_day,
        "REQUESTS_PER_DAY_OF": {host: politeness.budget_of(host) for host in politeness.hosts},
        "WRONG_CLOCKS": sorted(politeness.wrong_clocks),
        "CERTIFICATES": str(config.certificates or ""),  # A folder of PEM files that complete chains of boards.
        "LOG_LEVEL": config.log_level or "WARNING",
    }
