"""Civil Service Jobs: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from typing import ClassVar

from jobscraper.boards.civil_service_jobs.advert import AdvertPage
from jobscraper.boards.civil_service_jobs.list import IndexPage, ListPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class CivilServiceJobsPortal(Source):
    """Base of the source on Civil Service Jobs."""

    to_check: ClassVar[tuple[str, ...]] = (
        "whether the service lets archives in: it asks automated clients for a proof of work, which is not given",
        "whether its own jobs API, or an address for archives, can be had for the asking",
        "whether /sitemap.xml and /csr/jobs.cgi?jcode=… stand outside the wall",
        "the fields of the search form on the first page",
        "the labels of cards and adverts, which are known as of January 2025",
    )
    readers: ClassVar[dict[str, type[Page]]] = {
        "/csr/index.cgi": IndexPage,
        "/csr/esearch.cgi": ListPage,
        "/csr/jobs.cgi": AdvertPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The page with the search form."""
        return [f"https://{cls.allowed_domains[0]}/csr/index.cgi"]
