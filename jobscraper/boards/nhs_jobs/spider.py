"""NHS Jobs: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.nhs_jobs.advert import AdvertPage
from jobscraper.boards.nhs_jobs.feed import FeedPage
from jobscraper.boards.nhs_jobs.search import SearchPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class NhsJobs(Source):
    """Base of the one source that this is."""

    to_check: ClassVar[tuple[str, ...]] = (
        "what the feed says of internal adverts: they are never to be published",
        "that /robots.txt is still a page of HTML, which forbids nothing",
        "the NHS Business Services Authority's written view on a permanent public archive",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {
        "/api/v1/search_xml": FeedPage,
        "/candidate/search/results": SearchPage,
        "/candidate/jobadvert/": AdvertPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The first page of the feed, with as many adverts as it gives at once."""
        return [f"https://{cls.allowed_domains[0]}/api/v1/search_xml?sort=publicationDateDesc&limit=100&page=1"]
