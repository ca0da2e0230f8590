"""TalentLink: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from typing import ClassVar

from jobscraper.boards.talentlink.advert import AdvertPage
from jobscraper.boards.talentlink.entry import ADVERT, LIST, PATH, SEARCH, Tenant
from jobscraper.boards.talentlink.list import ListPage, SearchPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class TalentLink(Source):
    """Base of the sources on TalentLink. `key` is the tenant's `ID`, `mask` the name of its site."""

    key: ClassVar[str]
    mask: ClassVar[str]
    to_check: ClassVar[tuple[str, ...]] = (
        "that the tenant still has its board here: many have moved since 2019",
        "the headings of its list, and that a page of 100 is given",
        "the labels of an advert's own page, and which of them its body repeats",
        "that robots.txt of the shared host leaves /syndicated/lay/ open",
    )
    readers: ClassVar[dict[str, type[Page]]] = {
        f"{PATH}?component={LIST}": ListPage,
        f"{PATH}?component={ADVERT}": AdvertPage,
        f"{PATH}?component={SEARCH}": SearchPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The first page of all results."""
        return [f"https://{cls.allowed_domains[0]}{Tenant(cls.key, cls.mask).list_path()}"]
