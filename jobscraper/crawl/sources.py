"""The sources: the classes in `spiders/`."""

from __future__ import annotations

from scrapy.spiderloader import SpiderLoader

from jobscraper.crawl.project import project_settings
from jobscraper.crawl.source import Source


def known_sources() -> dict[str, type[Source]]:
    """All sources in `spiders/`, by name."""
    loader = SpiderLoader.from_settings(project_settings())
    spiders = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in spiders.items() if issubclass(spider, Source)}
