"""Jobiqo: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.jobiqo.advert import AdvertPage
from jobscraper.boards.jobiqo.list import ListPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class Jobiqo(Source):
    """Base of the sources on Jobiqo."""

    readers: ClassVar[Mapping[str, type[Page]]] = {"/jobs": ListPage, "/job/": AdvertPage}
    to_check = (
        "whether plain requests get the board or its bot challenge, and whether that tells itself by its title",
        "whether page=0 or page=1 is the first page, and whether a page behind the last is empty",
        "whether result_count is that of the search without words, and whether it counts each advert once",
        "which keys besides the known ones rows and adverts have",
        "whether an ended advert's page is a 404",
    )

    @classmethod
    def starts(cls) -> list[str]:
        """The first page, without a number: see `ListPage`."""
        return [f"https://{cls.allowed_domains[0]}/jobs"]
