"""Where a source goes on from a page that was read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import TextResponse

from jobscraper.capture.record import Capture
from jobscraper.crawl.lists import ListWatch
from jobscraper.crawl.run import Run
from jobscraper.crawl.source import Source
from jobscraper.model.reading import Form, Reading
from jobscraper.read.outcome import PageFailed, PageRead

NOW = datetime(2026, 11, 29, tzinfo=UTC)
CAPTURE = Capture(
    id="1", url="", method="GET", fetched_at=NOW, status=200, digest="", warc_file="", offset=0, length=0
)  # fmt: skip
PAGE = "https://board.example.org/jobs"


class Reads:
    """A reader that knows already what every page gives."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    async def read(self, *_: Any) -> PageRead:
        return PageRead(capture=CAPTURE, reading=self.reading)


def goes_on(reading: Reading) -> list[Any]:
    """What a source does with a page that gives this, the page itself left out."""
    source = Source("board")
    source.run, source.lists, source.reader = Run("board-1", "board", NOW), ListWatch(100), Reads(reading)
    response = TextResponse(PAGE, request=Request(PAGE, meta={"capture": None}))
    first, *others = asyncio.run(source.parse(response))
    assert isinstance(first, PageRead)
    return others


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://[::1", "Invalid IPv6 URL"),
        ("jobs/2", "Missing scheme in request url: jobs/2"),
        (f"{PAGE}/{'x' * 3_000}", "3,031 characters"),
        (Form(f"{PAGE}/{'x' * 3_000}", {"page": "2"}), "3,031 characters"),
    ],
    ids=["no address", "half an address", "too long", "a form's, too long"],
)
def test_what_cannot_be_asked_is_told_and_costs_nothing_else(address: str | Form, why: str) -> None:
    failed, request = goes_on(Reading(part="card", follow=(address, f"{PAGE}?page=2")))
    assert isinstance(failed, PageFailed)
    assert (failed.kind, failed.text) == ("not_fetched", f"no address that can be asked ({why})")
    assert len(failed.url) <= 200
    assert request.url == f"{PAGE}?page=2"


def test_an_adverts_own_page_is_told_apart() -> None:
    (page,) = goes_on(Reading(part="card", pages={"1": f"{PAGE}/1"}))
    assert page.meta == {"of_one_advert": True}
