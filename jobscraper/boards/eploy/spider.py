"""Eploy: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jobscraper.boards.eploy.advert import VacancyPage
from jobscraper.boards.eploy.feed import FeedPage
from jobscraper.boards.eploy.list import ListPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class Eploy(Source):
    """Base of the sources on Eploy: a host is all that tells them apart."""

    to_check: ClassVar[tuple[str, ...]] = (
        "that /feeds/datafeed.ashx?Format=xml is open on this host, and has all vacancies",
        "what the tenant calls the fields of a vacancy's page, and the questions of its own",
        "whether Position in the feed is the department",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {
        "/feeds/datafeed.ashx": FeedPage,
        "/vacancies": ListPage,
        "/vacancies/*/*.html": VacancyPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The XML document."""
        return [f"https://{cls.allowed_domains[0]}/feeds/datafeed.ashx?Format=xml"]
