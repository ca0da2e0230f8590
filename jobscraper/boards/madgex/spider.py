"""Madgex: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.madgex.advert import AdvertPage
from jobscraper.boards.madgex.api import ApiPage
from jobscraper.boards.madgex.feed import FeedPage
from jobscraper.boards.madgex.list import ListPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class Madgex(Source):
    """Base of the sources on Madgex: a host is all that tells them apart.

    `list_at`: where its list begins, `/jobs/?page=1` or the older `/searchjobs/?Page=1`; None where only the feed is served.
    """

    list_at: ClassVar[str | None] = "/jobs/?page=1"
    to_check: ClassVar[tuple[str, ...]] = (
        "whether the list pages are walled off from this network, and the feed is not",
        "whether the list is at /jobs/ or at /searchjobs/",
        "which of the two generations of markup the adverts' pages have",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {
        "/jobsrss": FeedPage,
        "/jobs/": ListPage,
        "/searchjobs": ListPage,
        "/job/": AdvertPage,
        "/api/": ApiPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The feed first: it is served also where the list is walled off."""
        paths = ("/jobsrss/?sort=Date", *([cls.list_at] if cls.list_at else []))
        return [f"https://{cls.allowed_domains[0]}{path}" for path in paths]
