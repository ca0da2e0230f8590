"""Every platform survives what boards send instead of a page; the pages are those of the bundled sample.

A wrong page is never an empty board: it is unreadable, or what it lost is told.
"""

from __future__ import annotations

import contextlib
import csv
import random
import re
from pathlib import Path

import attrs
import pytest
from web_poet import HttpResponse

from jobscraper.dev.sample import PAGES
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response, reader_of

LOGIN = """<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1>
<form action="/login" method="post"><label>User name <input name="user"></label><button>Sign in</button></form>
</body></html>"""
ERROR = """<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Something went wrong</h1>
<p>The service is unavailable. Try again later.</p></body></html>"""
SHELL = '<!DOCTYPE html><html><head><title>Jobs</title></head><body><div id="root"></div></body></html>'
GARBAGE = random.Random(6).randbytes(1_000_000)


@attrs.frozen
class Sent:
    """A page of the sample: one for each page object and source."""

    source: str
    page: str
    url: str
    content_type: str
    body: bytes

    def __str__(self) -> str:
        return f"{self.source}::{self.page}"

    def instead(self, body: bytes, content_type: str | None = None) -> Reading:
        """What is read when the board sends something else from the same URL."""
        headers = {"Content-Type": content_type or self.content_type}
        return read_response(HttpResponse(url=self.url, body=body, headers=headers))


def sent_pages() -> list[Sent]:
    found: dict[tuple[str, str], Sent] = {}
    for table in sorted(PAGES.glob("*/pages.tsv")):
        for row in csv.DictReader(table.open(encoding="utf-8", newline=""), delimiter="\t"):
            if row["status"] != "200" or row["url"].endswith("/robots.txt"):
                continue
            kind = reader_of(row["url"]).page.__name__
            body = Path(table.parent / row["file"]).read_bytes()
            sent = Sent(table.parent.name, kind, row["url"], f"{row['content_type']}; charset={row['charset']}", body)
            found.setdefault((sent.source, kind), sent)
    return list(found.values())


SENT = sent_pages()
EVERY = pytest.mark.parametrize("sent", SENT, ids=str)


@EVERY
@pytest.mark.parametrize(
    "html", [LOGIN, ERROR, SHELL, ""], ids=["login", "error with status 200", "empty shell", "nothing"]
)
def test_another_page_is_never_an_empty_board(sent: Sent, html: str) -> None:
    if sent.source == "localgov" and _tells(sent, html.encode(), "text/html"):
        return  # Any page may be an article without a box; that it has none is told.
    with pytest.raises(UnreadablePageError):
        sent.instead(html.encode(), "text/html; charset=utf-8")


@EVERY
def test_a_page_cut_half_way_is_told(sent: Sent) -> None:
    assert _tells(sent, sent.body[: len(sent.body) // 2])


@EVERY
def test_a_megabyte_of_garbage_is_told(sent: Sent) -> None:
    assert _tells(sent, GARBAGE)


def renamed(body: bytes) -> bytes:
    """The page after its board has renamed all classes, ids, keys and elements."""
    body = re.sub(rb'\b(class|id|itemprop|data-test|data-[a-z-]*id)=(["\']?)(\w)', rb"\1=\2x-new-\3", body)
    body = re.sub(rb'"(\w+)":', rb'"new_\1":', body)
    return re.sub(rb"<(/?)(item|entry|Item|vacancyDetails|job|url|urlset)\b", rb"<\1new-\2", body)


WITH_NAMES = [sent for sent in SENT if renamed(sent.body) != sent.body]


@pytest.mark.parametrize("sent", WITH_NAMES, ids=str)
def test_renamed_classes_and_keys_are_told_if_they_cost_anything(sent: Sent) -> None:
    other = renamed(sent.body)
    assert _tells(sent, other) or sent.instead(other).adverts == sent.instead(sent.body).adverts


TORN = {
    "control characters in names": lambda body: re.sub(rb"<(div|li|tr|td|th|input|p|a) ", b"<\\1 \x01=x :=y ", body),
    "links that are none": lambda body: re.sub(rb'href="[^"]*"', b'href="http://["', body),
    "counts without end": lambda body: re.sub(rb"\b\d{1,5}\b", b"9" * 4400, body),
    "figures that are no numbers": lambda body: re.sub(rb"\b\d{1,5}\b", "²³".encode(), body),
    "values of another shape": lambda body: re.sub(rb'": ?(?:"[^"]*"|\d+)', b'": [{"a": 1}]', body),
    "elements without text": lambda body: re.sub(rb">[^<>]+<", b"><", body),
}


@pytest.mark.parametrize("torn", TORN)
@EVERY
def test_torn_markup_trips_no_reader(sent: Sent, torn: str) -> None:
    """It may cost the page, but by a word about what is wrong with it."""
    with contextlib.suppress(UnreadablePageError):
        sent.instead(TORN[torn](sent.body))


def _tells(sent: Sent, body: bytes, content_type: str | None = None) -> bool:
    """Whether the reader says that something is wrong: an advert fewer is not passed over in silence."""
    try:
        reading = sent.instead(body, content_type)
    except UnreadablePageError:
        return True
    return bool(reading.problems) or len(reading.adverts) < (reading.listed or 0)
