"""Tribepad: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.tribepad.feed import FeedPage
from jobscraper.boards.tribepad.list import ClassicListPage, SitebuilderListPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class Tribepad(Source):
    """Base of the sources on Tribepad. `feed_path` is the private address of a customer's XML; without it the list is read."""

    feed_path: ClassVar[str | None] = None
    to_check: ClassVar[tuple[str, ...]] = (
        "which of the two themes the list has, and that /jobs/search pages as /jobs/search/-1/N",
        "the customer's leave to use its XML document, and its address",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {
        "/members/modules/jobV2/": FeedPage,
        "/jobs/search": ClassicListPage,
        "/v2/job/search": SitebuilderListPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The document where its address is known, else the list."""
        return [f"https://{cls.allowed_domains[0]}{cls.feed_path or '/jobs/search'}"]
