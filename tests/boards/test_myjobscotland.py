"""myjobscotland, where a page is not what it should be; its tags; and the real cards. Its fields are in the fixtures."""

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.myjobscotland.tags import Tags, sort_tags
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response
from jobscraper.read.saved import read_saved
from spiders.myjobscotland import MyJobScotland

SEARCH = "https://www.myjobscotland.gov.uk/search-jobs?page=3"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "myjobscotland"
USUAL = (FIXTURES / "a_usual_page" / "response.html").read_text("utf-8")


def read(html: str, url: str = SEARCH) -> Reading:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    return read_response(HttpResponse(url=url, body=html.encode(), headers=headers))


def document(main: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Search jobs</title></head><body><main>{main}</main></body></html>"


def search(count: str, cards: str = "") -> str:
    return document(f'<p>{count}</p><div class="mjs-search-results">{cards}</div>')


def cards(number: int) -> str:
    return "".join(
        f'<div class="mjs-card"><h3 class="mjs-card__title"><a href="/councils/fife-council/jobs/cook-{n}">Cook</a></h3>'
        '<span class="label">Published by Fife Council</span><div class="mjs-card__description"><p>Cupar</p></div>'
        '<div class="mjs-card__tags"><span class="mjs-tag__secondary">Closing on 01/12/2026</span></div></div>'
        for n in range(1000, 1000 + number)
    )


@pytest.mark.parametrize(
    "html",
    [
        "",
        document('<form action="/user/login"><input name="name"></form>'),
        "<html><head><title>Just a moment...</title></head><body></body></html>",
        document("<h1>The website encountered an unexpected error</h1>"),
        document('<article class="mjs-container py--0"><h1><span>Jobs</span></h1><div></div></article>'),
        search(""),
        search("Showing 76 - 100 of 2173 available jobs"),
        USUAL.replace("mjs-card", "job-card").replace("mjs-search", "job-search"),
        USUAL.replace("mjs-card__title", "card-title"),
        USUAL.replace('class="label"', 'class="tag"'),
        USUAL.replace("mjs-card__description", "card-text"),
        USUAL.replace("mjs-tag__secondary", "tag"),
    ],
    ids="nothing login challenge error shell shell-of-the-search count-without-cards renamed title employer location tags".split(),
)
def test_a_wrong_page_is_never_an_empty_board(html: str) -> None:
    with pytest.raises(UnreadablePageError, match="search-jobs"):
        read(html)


def test_a_page_cut_off_is_told() -> None:
    assert [problem.kind for problem in read(USUAL[:-200]).problems] == ["page_cut_off"]


def test_a_card_without_a_number_costs_only_itself() -> None:
    reading = read(search("", cards(2).replace("cook-1000", "")))
    assert [advert.source_ref for advert in reading.adverts] == ["1001"]
    assert [(problem.kind, problem.loses_adverts) for problem in reading.problems] == [("card_unreadable", True)]


def test_an_advert_twice_on_a_page_is_read_once() -> None:
    assert [advert.source_ref for advert in read(search("", cards(2) + cards(2))).adverts] == ["1000", "1001"]


@pytest.mark.parametrize(
    ("count", "number", "follows"),
    [
        ("Showing 76 - 100 of 2,173 available jobs", 25, True),
        ("Showing 76 - 100 of 101 available jobs", 25, True),
        ("Showing 76 - 100 of 100 available jobs", 25, False),
        ("", 25, True),
        ("", 24, False),
    ],
)
def test_the_next_page_follows_from_the_count_or_from_a_full_page(count: str, number: int, follows: bool) -> None:
    following = ("https://www.myjobscotland.gov.uk/search-jobs?page=4",) if follows else ()
    assert read(search(count, cards(number))).follow == following


@pytest.mark.parametrize("words", ["No results found", "There are no jobs that match", "Showing 0 of 0 available jobs"])
def test_an_empty_search_says_so(words: str) -> None:
    assert read(search(words)).adverts == ()


@pytest.mark.parametrize(
    ("tags", "sorted_"),
    [
        (
            ["Full Time", "Permanent", "£1 - £2", "Closing on\n\t15/10/2026"],
            ("15/10/2026", "£1 - £2", "Full Time", "Permanent"),
        ),
        (
            ["Supply/Casual/Relief", "Supply/Casual/Relief"],
            (None, None, "Supply/Casual/Relief", "Supply/Casual/Relief"),
        ),
        (["Permanent", "Part Time"], (None, None, "Part Time", "Permanent")),
        (["Part Time", "Closing on 01/02/2027"], ("01/02/2027", None, "Part Time", None)),
        (["Fixed Term"], (None, None, None, "Fixed Term")),
        (["Temporary"], (None, None, None, "Temporary")),
        (["Job Share", "Seasonal", "Competitive"], (None, "Competitive", "Job Share", "Seasonal")),
        (["Any", "Locum"], (None, None, "Any", "Locum")),
        ([], (None, None, None, None)),
    ],
)
def test_tags_are_told_by_what_they_say(tags: list[str], sorted_: tuple[str | None, ...]) -> None:
    assert sort_tags(tags) == Tags(*sorted_)


@pytest.mark.parametrize(
    ("tags", "unknown"),
    [
        (["Permanent", "Immediate start"], ("Immediate start",)),
        (["Full Time", "Permanent", "Car user", "£1"], ("Car user",)),
        (["Full Time", "£1", "£2"], ("£2",)),
        (["Closing soon"], ("Closing soon",)),
    ],
)
def test_a_tag_that_nobody_knows_is_kept(tags: list[str], unknown: tuple[str, ...]) -> None:
    assert sort_tags(tags).unknown == unknown


def test_real_cards(shared: Path) -> None:
    url = "https://www.myjobscotland.gov.uk/search-jobs?location=ZE1+0NA&distance=100"
    reading = read_saved(MyJobScotland, shared / "captures" / "myjobscotland" / "search-first-5-cards.html", url)
    assert [(advert.source_ref, advert.salary, advert.closes, advert.reference) for advert in reading.adverts] == [
        ("404248", "£31,466.00 - £50,528.00", "25/06/2030", "404248"),
        ("490172", "£20.90 - £21.68", "15/10/2026", "SIC09025"),
        ("467630", "£15.94 - £15.94", "31/03/2027", "ORK10200"),
        ("490985", "£39,156.00 - £57,450.00", "14/10/2026", "SIC09044"),
        ("490781", "£15.21 - £18.92", "27/10/2026", "SIC09040"),
    ]
    assert [len(advert.places) for advert in reading.adverts] == [0, 0, 14, 0, 0]
    assert [problem.kind for problem in reading.problems] == ["page_cut_off"]
