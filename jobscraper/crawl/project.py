"""The Scrapy project: its settings, and the readers that its boards and its sources bring, loaded once, on purpose."""

from __future__ import annotations

from functools import cache
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.misc import walk_modules_iter

from jobscraper.config.read import config
from jobscraper.config.registers import registers_folder
from jobscraper.crawl.settings import of_operator
from jobscraper.read.registry import Reader, use
from jobscraper.registers import user_tables


def project_settings() -> Settings:
    """Our Scrapy settings, whatever folder or project the command is called from."""
    settings = Settings()
    settings.setmodule("jobscraper.crawl.settings", priority="project")
    settings.setdict(of_operator(config()), priority="project")
    return settings


@cache
def load_readers() -> None:
    """Have every page object of the boards at hand, the URLs of every source, and the registers that the user has fetched.

    The boards are named in the settings, as the sources are.
    """
    user_tables.use(registers_folder())
    settings = project_settings()
    for package in settings.getlist("READER_MODULES"):
        list(walk_modules_iter(package))
    loader = SpiderLoader.from_settings(settings)
    # Classes of ours, but Scrapy's loader cannot know that, and what is ours cannot be asked from here: it loads readers.
    sources: list[Any] = [loader.load(name) for name in loader.list()]
    use(
        (pattern, Reader(page, source.employer, source.name))
        for source in sources
        for pattern, page in source.url_patterns()
    )
