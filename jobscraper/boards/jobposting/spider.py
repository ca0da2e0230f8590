"""Any site whose adverts carry schema.org's JobPosting: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jobscraper.boards.jobposting.advert import PostingPage
from jobscraper.boards.jobposting.site import of_site
from jobscraper.boards.jobposting.sitemap import RobotsPage, SitemapPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class JobPostingSite(Source):
    """Base of the sources that are read so. `advert_path` (with a group `ref`) matches the paths of adverts' pages, and
    `advert_prefix` is how they begin; `sitemaps` are paths, where robots.txt does not name them.
    """

    advert_path: ClassVar[str]
    advert_prefix: ClassVar[str]
    sitemaps: ClassVar[tuple[str, ...]] = ()
    to_check = ("that advert pages carry a JobPosting", "that the sitemap names adverts that are live, and all of them")

    @classmethod
    def starts(cls) -> list[str]:
        """The sitemaps that are given, or robots.txt, which names them."""
        return [f"https://{cls.allowed_domains[0]}{path}" for path in cls.sitemaps or ("/robots.txt",)]

    @classmethod
    def url_patterns(cls) -> Iterator[tuple[str, type[Page]]]:
        """robots.txt and adverts' pages by their paths; whatever else is asked for is a sitemap."""
        for host in cls.allowed_domains:
            yield f"{host}/robots.txt", RobotsPage
            yield f"{host}{cls.advert_prefix}", of_site(PostingPage, cls.advert_path)
            yield host, of_site(SitemapPage, cls.advert_path)
