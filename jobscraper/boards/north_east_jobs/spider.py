"""North East Jobs: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.north_east_jobs.advert import AdvertPage
from jobscraper.boards.north_east_jobs.feed import FeedPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class NorthEastJobs(Source):
    """Base of the one source that this is."""

    to_check: ClassVar[tuple[str, ...]] = (
        "that the feed has all adverts (the others' counts say so), and that orgid=62 is still the whole board",
        "the markup of an advert's page, which nobody here has seen",
        "which certificate is missing in the host's chain; put it, in PEM form, into the folder JOBSCRAPER_CERTIFICATES",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {
        "/RSSJobs.aspx": FeedPage,
        "/job/": AdvertPage,
        "/Default.aspx?page=jobdetail": AdvertPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The feed."""
        return [f"https://{cls.allowed_domains[0]}/RSSJobs.aspx?orgid=62"]
