"""jobs.ac.uk: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from jobscraper.boards.jobs_ac_uk.pages import PAGE_SIZE, JobPage, ListPage
from jobscraper.crawl.source import Source


class JobsAcUkBoard(Source):
    """Base of the source: the whole list, newest first."""

    to_check = (
        "that search pages may be asked for one after the other",
        "what a page past the end of the list shows",
        "that a detail page has JSON-LD",
    )
    readers = {"/search": ListPage, "/job/": JobPage}  # noqa: RUF012

    @classmethod
    def starts(cls) -> list[str]:
        """The first page of the list."""
        query = f"keywords=&location=&sortOrder=1&pageSize={PAGE_SIZE}&startIndex=1"
        return [f"https://{cls.allowed_domains[0]}/search/?{query}"]
