"""Loads what a crawl loads, but for the reactor, which cannot be shared: for processes that fork for each crawl."""

import sys
from importlib import import_module

from scrapy.utils.misc import load_object

from jobscraper.crawl.preload import preload
from jobscraper.crawl.project import project_settings
from jobscraper.crawl.sources import known_sources

settings = project_settings()
known_sources()
for kind in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES", "DOWNLOAD_HANDLERS"):
    parts = settings.getwithbase(kind)
    for part in (*parts, *parts.values()):
        if isinstance(part, str) and "." in part:
            load_object(part)
for module in (
    "jobscraper.cli.main",
    "jobscraper.crawl.runner",
    "jobscraper.crawl.tls",
    "jobscraper.cli.show",
):
    import_module(module)
preload()
assert "twisted.internet.reactor" not in sys.modules
