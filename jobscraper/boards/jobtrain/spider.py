"""Jobtrain: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jobscraper.boards.jobtrain.pages import CardsPage, DetailPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class JobtrainBoard(Source):
    """Base of the boards. `tenant` is the first part of the path (`/crossreach`) on the host that many share."""

    tenant: ClassVar[str] = ""
    to_check = (
        "that card fragments come without a browser and without a refusal",
        "that Skip counts in steps of twelve",
        "that a detail page has JSON-LD, and what else it prints",
    )

    @classmethod
    def starts(cls) -> list[str]:
        """The first piece of the list."""
        return [f"https://{cls.allowed_domains[0]}{cls.tenant}/Home/_JobCard?Skip=0"]

    @classmethod
    def url_patterns(cls) -> Iterator[tuple[str, type[Page]]]:
        """The list (also where it stands in a whole page) and the adverts, below the tenant's part of the path."""
        for host in cls.allowed_domains:
            yield f"{host}{cls.tenant}/Home", CardsPage
            yield f"{host}{cls.tenant}/Job/JobDetail", DetailPage
