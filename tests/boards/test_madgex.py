"""Madgex: what was captured of its interface, and pages that are not what they should be. Its fields are in the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.madgex.advert import number_of
from jobscraper.boards.madgex.spider import Madgex
from jobscraper.crawl.sources import known_sources
from jobscraper.model.reading import Reading
from jobscraper.read.page import CUT_OFF, UnreadablePageError
from jobscraper.read.registry import read_response

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
        ("/login/?return=/job/410020/", ""),
        ("http://[::1", ""),
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


CARD = """<li class="lister__item" id="item-{0}"><h3 class="lister__header"><a href="/job/{0}/">Planner {0}</a></h3>
<p class="lister__meta-item--recruiter">Kent County Council</p></li>"""
CARDS = "".join(map(CARD.format, (1, 2, 3)))
OLD = '<h1>Cook</h1><div class="job-detail-description__recruiter"><dd>Walsall Council</dd></div>'

WRONG = {
    "a login": ("<html><title>Sign in</title></html>", "/jobs/?page=1"),
    "a challenge": ("<html><title>Just a moment...</title><h1>Checking your browser</h1></html>", "/jobs/?page=1"),
    "an empty shell": ("<!doctype html><html><body><div id='app'></div></body></html>", "/searchjobs/?Page=1"),
    "cards renamed": ("<html><ul><li class='card'>Planner</li></ul></html>", "/jobs/?page=1"),
    "cards renamed under a count": (
        "<html><h1>120 jobs</h1><ul><li class='card'>Planner</li></ul></html>",
        "/jobs/?page=1",
    ),
    "a side box of no jobs": ("<html><h1>9 Legal jobs</h1><p>No jobs on your shortlist</p></html>", "/jobs/?page=1"),
    "links to adverts and no card": ("<html><p>no jobs saved</p><a href='/job/1/a/'>A</a></html>", "/jobs/?page=1"),
    "titles renamed": (CARDS.replace("lister__header", "x"), "/jobs/?page=1"),
    "recruiters renamed": (CARDS.replace("--recruiter", "--who"), "/jobs/?page=1"),
    "an advert without fields": ("<html><h1>Planner</h1></html>", "/job/410020/planner/"),
    "an error page for an advert": ("<html><h1>Something went wrong</h1></html>", "/job/410020/planner/"),
    "no number in the address": (f"<html>{OLD}</html>", "/job/planner/"),
    "items renamed": ("<rss><channel><title>Jobs</title><entry/></channel></rss>", "/jobsrss/?sort=Date"),
    "no feed": ("<html><title>Jobs</title></html>", "/jobsrss/?sort=Date"),
    "a feed cut off": ("<rss><channel><title>Jobs</title><item><title>Kent", "/jobsrss/?sort=Date"),
    "an error": ('{"status": "error"}', "/api/search"),
    "an error with jobs": ('{"status": "error", "result": {"jobs": []}}', "/api/search"),
    "a list": ("[]", "/api/search"),
    "jobs renamed": ('{"status": "ok", "result": {"vacancies": [{"id": 1}]}}', "/api/search"),
    "JSON cut off": ('{"status": "ok", "result": {"jobs": [{"id": 1', "/api/search"),
    "JSON without end": ("[" * 100_000, "/api/search"),
    "no JSON": ("<html></html>", "/api/search"),
}


@pytest.mark.parametrize(("body", "path"), WRONG.values(), ids=WRONG)
def test_a_wrong_page_is_never_an_empty_board(body: str, path: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, path)


@pytest.mark.parametrize("words", ["0 jobs", "Sorry, no jobs matched your search", "We found 0 jobs"])
def test_a_list_that_says_so_is_empty(words: str) -> None:
    assert read(f"<html><h1>{words}</h1></html>", "/jobs/?Keywords=zzz").adverts == ()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (
            f"<ul>{CARDS}<li class='lister__item'><a href='http://[::1'>Torn</a></li>{CARD.format(2)}</ul>",
            "/jobs/?page=1",
        ),
        (
            '{"result": {"jobs": [{"id": 1}, {"id": true}, null, {"id": "2", "title": ["A", {}], "categories": 3}, {"id": 3}]}}',
            "/api/search",
        ),
        (
            "<rss><channel><title>J</title><item><title>No link</title></item>"
            + "".join(f"<item><title>A: B</title><link>/job/{n}/</link></item>" for n in (1, 2, 3, 3))
            + "</channel></rss>",
            "/jobsrss/?sort=Date",
        ),
    ],
    ids=["cards", "jobs", "items"],
)
def test_a_broken_entry_costs_only_itself_and_a_second_print_nothing(body: str, path: str) -> None:
    reading = read(body, path)
    assert [advert.source_ref for advert in reading.adverts] == ["1", "2", "3"]
    assert [(it.kind, it.loses_adverts) for it in reading.problems] == [("entry_unreadable", True)]


def test_an_advert_cut_off_is_told() -> None:
    reading = read(f"<!doctype html><html><body>{OLD}", "/job/287312/")
    assert CUT_OFF in [problem.kind for problem in reading.problems]


def test_a_board_begins_with_its_feed() -> None:
    starts = {name: source.starts() for name, source in known_sources().items() if issubclass(source, Madgex)}
    assert all("/jobsrss/" in urls[0] for urls in starts.values())
    assert len(starts["wmjobs"]) == 1
    assert starts["localgov_jobs"][1].endswith("/searchjobs/?Page=1")
