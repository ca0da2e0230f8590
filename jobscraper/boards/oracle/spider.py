"""Oracle Recruiting: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.oracle.addresses import ADVERT, LIST, list_address
from jobscraper.boards.oracle.advert import AdvertPage
from jobscraper.boards.oracle.list import ListPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class Oracle(Source):
    """Base of the sources on Oracle: `allowed_domains` has the host of the pod, `site_number` stands in its pages' URLs."""

    site_number: ClassVar[str]
    to_check: ClassVar[tuple[str, ...]] = (
        "the host of the pod: data-apibaseurl on the careers page names it",
        "the number of the site, which stands in /sites/<number>/",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {LIST: ListPage, ADVERT: AdvertPage}

    @classmethod
    def starts(cls) -> list[str]:
        """The first page of the list."""
        return [list_address(f"https://{cls.allowed_domains[0]}", cls.site_number, 0)]
