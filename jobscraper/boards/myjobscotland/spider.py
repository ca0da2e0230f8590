"""myjobscotland: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.myjobscotland.search import SearchPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class MyJobScotland(Source):
    """Base of the source: the search without words lists every job."""

    readers: ClassVar[Mapping[str, type[Page]]] = {"/search-jobs": SearchPage}
    to_check = (
        "whether page=0 is the first page and 25 cards stand on each",
        "what an empty search says, and whether each page prints how many jobs there are",
        "whether cards still link to the bare host",
        "which badges and tags besides the known ones are printed",
        "whether an advert's own page has JSON-LD (it would give the unit of pay)",
    )

    @classmethod
    def starts(cls) -> list[str]:
        """The first page, which is number 0."""
        return [f"https://{cls.allowed_domains[0]}/search-jobs?page=0"]
