"""Loads what a crawl loads, but for the reactor, which cannot be shared: for processes that fork for each crawl."""

import sys
from importlib import import_module

from scrapy.utils.misc import load_object

from jobscraper.platforms import source

settings = source.project_settings()
source.known_sources()
for kind in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES", "DOWNLOAD_HANDLERS"):
    parts = settings.getwithbase(kind)
    for part in (*parts, *parts.values()):
        if isinstance(part, str) and "." in part:
            load_object(part)
for module in (
    "jobscraper.cli",
    "jobscraper.loaded",
    "jobscraper.crawl.runner",
    "jobscraper.crawl.tls",
    "jobscraper.show",
):
    import_module(module)
assert "twisted.internet.reactor" not in sys.modules
