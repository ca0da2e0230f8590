"""Madgex: what was captured of its interface, and pages that are not what they should be. Its fields are in the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.items import Reading
from jobscraper.platforms.madgex_advert import number_of
from jobscraper.platforms.page import UnreadablePageError
from jobscraper.platforms.readers import read_response

HOST = "https://jobs.localgov.co.uk"


def read(body: str, path: str) -> Reading:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    return read_response(HttpResponse(url=HOST + path, body=body.encode(), headers=headers))


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("/job/410020/planner/?LinkSource=PremiumListing", "410020"),
        ("\n\t\t/job/410020/\n\tplanner/\n", "410020"),
        ("https://www.wmjobs.co.uk/job/410020", "410020"),
        ("/jobs/410020/", ""),
        (None, ""),
    ],
)
def test_the_number_of_an_advert(url: str | None, number: str) -> None:
    assert number_of(url) == number


def test_a_captured_reply_of_the_interface(shared: Path) -> None:
    (file,) = (shared / "captures" / "madgex").glob("*.json")
    reading = read(file.read_text("utf-8"), "/api/search")
    assert len(reading.adverts) == 30
    assert all(advert.title and advert.employer and advert.location for advert in reading.adverts)
    found = {advert.source_ref: advert for advert in reading.adverts}
    assert (found["1122"].salary, found["1122"].location) == ("£80,000 - £80,001", "London (Central), London (Greater)")
    assert found["1261"].salary is None
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<html><title>Sign in</title></html>", "/jobs/?page=1"),
        ("<html><ul><li class='card'>Planner</li></ul></html>", "/jobs/?page=1"),
        ("<html><h1>Planner</h1></html>", "/job/410020/planner/"),
        ("<rss><channel><title>Jobs</title><entry/></channel></rss>", "/jobsrss/?sort=Date"),
        ("<html><title>Jobs</title></html>", "/jobsrss/?sort=Date"),
        ('{"status": "error"}', "/api/search"),
        ("<html></html>", "/api/search"),
    ],
    ids=["a login", "cards renamed", "an advert without fields", "items renamed", "no feed", "an error", "no JSON"],
)
def test_a_wrong_page_is_never_an_empty_board(body: str, path: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, path)
