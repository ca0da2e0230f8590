"""The five boards as sources: what reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from web_poet import handle_urls

from jobscraper.crawl.source import Source
from jobscraper.model.reading import RawAdvert, Reading
from jobscraper.quality.expectations import Expectations
from jobscraper.read.page import Page, UnreadablePageError
from tests.operate.year.world import BOARDS, Board


class JsonList(Page):
    """A list of whole adverts, or of cards that lead to pages of their own."""

    def read(self) -> Reading:
        try:
            cards = json.loads(self.response.body)
        except ValueError:
            raise UnreadablePageError(f"{self.url}: not JSON") from None
        adverts = tuple(_raw(card) for card in cards)
        pages = (
            {}
            if cards and "salary" in cards[0]
            else {ad.source_ref: str(self.urljoin(f"/job/{ad.source_ref}")) for ad in adverts}
        )
        return Reading(part="card", adverts=adverts, pages=pages, listed=len(cards))

    def says_nothing_is_listed(self) -> bool:
        return json.loads(self.response.body) == []


class JobPage(Page):
    """An advert's own page."""

    def read(self) -> Reading:
        return Reading(part="page", adverts=(_raw(json.loads(self.response.body)),))


class HtmlList(Page):
    """A list of whole adverts in HTML."""

    landmarks = ("//ul[@id='jobs']",)
    always_printed = ("title", "salary")

    def read(self) -> Reading:
        cards = [
            {span.attrib["class"]: span.css("::text").get() for span in card.css("span")} for card in self.css("li.job")
        ]
        return Reading(part="card", adverts=tuple(map(_raw, cards)), listed=len(cards))


def _raw(card: Mapping[str, str | None]) -> RawAdvert:
    known = {name: card.get(name) for name in ("title", "salary", "closes", "employer", "location")}
    return RawAdvert(source_ref=str(card["ref"]), **known)


def sources(hosts: Mapping[str, str]) -> dict[str, type[Source]]:
    """A source for each board; `hosts` are their addresses with ports, by name."""
    return {board.name: _source(board, hosts[board.name]) for board in BOARDS.values()}


def _source(board: Board, host: str) -> type[Source]:
    handle_urls(f"{host}/list")(HtmlList if board.kind == "html" else JsonList)
    handle_urls(f"{host}/job")(JobPage)
    attributes = {
        "name": board.name,
        "title": f"The {board.name} board",
        "publisher": "A test",
        "homepage": f"http://{host}/",
        "allowed_domains": [host.partition(":")[0]],
        "start_urls": [f"http://{host}/list"],
        "confirmed": True,
        "cadence": timedelta(days=board.every),
        "expects": Expectations(salary=0.6),
        "__doc__": "A board of a year that was made up.",
        "__module__": __name__,
    }
    return type(board.name.capitalize(), (Source,), attributes)
