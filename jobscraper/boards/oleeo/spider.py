"""Oleeo, formerly WCN: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from typing import ClassVar

from jobscraper.boards.oleeo.advert import AdvertPage
from jobscraper.boards.oleeo.feed import FeedPage
from jobscraper.boards.oleeo.list import BoardPage
from jobscraper.crawl.source import Source
from jobscraper.read.page import Page


class Oleeo(Source):
    """Base of the sources on Oleeo.

    `board` is the number of the board of vacancies; `context` the part of the path before `candidate/` that this tenant
    needs to give the page without a script; `has_feed` whether it has an Atom feed.
    """

    board: ClassVar[str]
    context: ClassVar[str] = ""
    has_feed: ClassVar[bool] = False
    to_check: ClassVar[tuple[str, ...]] = (
        "that the tenant still answers: any name below tal.net resolves",
        "the numbers of the board and of the context on its /candidate page",
        "that the board comes without a script, and is not behind a bot check",
        "the labels of its cards and of an advert's own page",
        "whether /feed/structured, which names the organisation, is open",
    )
    readers: ClassVar[dict[str, type[Page]]] = {
        "/*candidate/jobboard/vacancy/*/feed": FeedPage,
        "/*candidate/jobboard/vacancy/": BoardPage,
        "/*candidate/so/": AdvertPage,
        "/*candidate/opp/": AdvertPage,
    }

    @classmethod
    def starts(cls) -> list[str]:
        """The feed where there is one, else the first page of the board."""
        page = "feed" if cls.has_feed else "adv/"
        return [f"https://{cls.allowed_domains[0]}/{cls.context}candidate/jobboard/vacancy/{cls.board}/{page}"]
