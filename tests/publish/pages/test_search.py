"""Searching: the address is the search, and what it says is found, on the page, as CSV, as JSON and as a feed."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from datasette.database import QueryInterrupted

from jobscraper.publish.site.pages.search import handler as results
from jobscraper.publish.site.pages.search.handler import in_words
from jobscraper.publish.site.shared import find, lookup
from jobscraper.publish.site.shared.criteria import SORTS, Criteria, asked
from jobscraper.publish.site.shared.find import Search
from tests.publish.conftest import FORMULA, TITLES

Get = Callable[[str], Any]
ATOM = "{http://www.w3.org/2005/Atom}"
CODES = {
    "region": {"Wales": 1},
    "kind": {"council": 1},
    "lad": {},
    "contract": {"permanent": 1},
    "engagement": {"agency": 1},
    "pattern": {"part_time": 1},
    "grade": {"NJC 18": 1},
}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"title": " planning  officer", "grade": "NJC 18"}, Criteria(title="planning officer", grade="NJC 18")),
        ({}, Criteria()),
        ({"q": "  planning   officer "}, Criteria(q="planning officer")),
        ({"pay_from": "£40,000", "pay_to": "50k"}, Criteria(pay_from=40000, pay_to=50000)),
        ({"pay_from": "40000.00"}, Criteria(pay_from=40000)),
        ({"region": "Wales", "status": "open", "sort": "closing"}, Criteria(region="Wales", status="open", sort="closing")),
        ({"status": "live"}, Criteria(status="open")),  # A bookmark of old.
        ({"since": "2026-01-31"}, Criteria(since=date(2026, 1, 31))),
        ({"engagement": "agency"}, Criteria(engagement="agency")),
        ({"page": "3"}, Criteria(page=3)),
        ({"page": "500"}, Criteria(page=500)),
        ({"page": ""}, Criteria()),
        ({"pay_starts": "40k", "older_than": "wmjobs:1"}, Criteria(pay_starts=40000, older_than="wmjobs:1")),
        ({"sort": "relevance"}, Criteria()),
        ({"sort": "newest", "q": "nurse"}, Criteria(q="nurse", sort="newest")),
    ],
)  # fmt: skip
def test_arguments_are_read(arguments: dict[str, str], expected: Criteria) -> None:
    assert asked(arguments, CODES).criteria == expected
    assert asked(arguments, CODES).doubts == ()


@pytest.mark.parametrize(
    ("name", "value", "doubt"),
    [
        ("pay_from", "lots", "Pay that reaches “lots” is not an amount in pounds a year"),
        ("pay_to", "99999999999", "Pay that starts at or below “99999999999” is not an amount"),
        ("pay_to", "9" * 5000, "is not an amount"),
        ("since", "2026-02-30", "First seen from “2026-02-30” is not a date"),
        ("region", "Mars", "there is no region “Mars”"),
        ("q", "*", "the * of “*” needs"),
        ("page", "0", "there is no page “0”: pages are numbered from 1 to 500"),
        ("page", "501", "there is no page “501”"),
        ("page", "9" * 5000, "there is no page"),
        ("page", "²", "there is no page “²”"),
        ("sort", "up", "sort “up” is not one of relevance, newest, closing, highest, lowest"),
    ],
)
def test_what_is_not_understood_is_told_and_left_out(name: str, value: str, doubt: str, get: Get) -> None:
    found = asked({name: value}, CODES)
    assert found.criteria == Criteria()
    assert doubt in found.doubts[0]
    assert doubt in get(f"/search?{name}={value}").text


NOT_KNOWN = {
    "region=Wals": "there is no region “Wals”",
    "kind=councl": "there is no kind of employer “councl”",
    "pay_from=lots": "Pay that reaches “lots” is not an amount",
    "until=tomorrow": "First seen to “tomorrow” is not a date",
    "status=shut": "status “shut” is not one of all, open, ended",
    "employer_id=E99": "no employer with the id “E99”",
    "limit=5": "no filter “limit”",
    "region=Wales&region=London": "region is given more than once, with “London” as well",
}


@pytest.mark.parametrize("form", [".csv", ".json", ".atom"])
@pytest.mark.parametrize("query", NOT_KNOWN)
def test_a_file_is_refused_for_what_is_not_known(query: str, form: str, get: Get) -> None:
    answer = get(f"/search{form}?q=planning&{query}")
    assert answer.status_code == 400
    assert NOT_KNOWN[query] in (answer.json()["error"] if form == ".json" else answer.text)


@pytest.mark.parametrize("query", NOT_KNOWN)
def test_a_page_tells_what_is_not_known(query: str, get: Get) -> None:
    answer = get(f"/search?q=planning&{query}")
    assert answer.status_code == 200
    assert f"{NOT_KNOWN[query]}" in answer.text


@pytest.mark.parametrize("form", [".csv", ".json"])
def test_a_file_has_no_pages(form: str, get: Get) -> None:
    answer = get(f"/search{form}?q=planning&page=2")
    assert answer.status_code == 400
    assert "no page “2”" in (answer.json()["error"] if form == ".json" else answer.text)
    for first in ("&page=1", "&page="):
        assert get(f"/search{form}?q=planning{first}").status_code == 200


def test_an_address_says_what_is_not_as_usual() -> None:
    criteria = Criteria(q="C# & more", region="Wales", pay_from=40000, page=3)
    assert criteria.address() == "q=C%23+%26+more&region=Wales&pay_from=40000"
    assert criteria.address(page=4) == "q=C%23+%26+more&region=Wales&pay_from=40000&page=4"
    assert Criteria().address() == ""


def titles(get: Get, query: str) -> list[str]:
    return [advert["title"] for advert in get(f"/search.json?{query}").json()["adverts"]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("q=highways&sort=newest", [10, 0]),
        ("q=highways+-principal", [10]),
        ("q=%22planning+officer%22&sort=newest", [6, 1]),
        ("q=-teacher&employer=leeds&status=ended", [12, 0]),
        ("region=Wales&status=open", [17, 13, 5, 1]),
        ("kind=council&region=Wales&since=2026-11-10", [17, 13, 9]),
        ("until=2026-11-02", [1, 0]),
        ("employer_id=W06000015&status=ended", [9]),
        ("pay_from=90000", [17, 16, 9, 8, 1, 0]),
        ("pay_from=35000&pay_to=38000", [18, 10, 2]),
        ("pay_starts=35000&pay_to=40000", [19, 11, 3]),
        ("region=Wales&pay_from=98000&pay_starts=90000", [17, 9, 1]),
        ("region=Wales&pay_from=95000&pay_starts=95000", []),
        ("region=Wales&older_than=teaching_vacancies:0009", [5, 1]),
        ("q=planning&older_than=localgov:0006", [1]),
        ("contract=permanent&until=2026-11-02", [1, 0]),
        ("status=ended&sort=closing", [0, 3, 6, 9, 12, 15, 18]),
        ("pay_from=90000&sort=highest", [16, 8, 0, 17, 9, 1]),
        ("pay_from=90000&sort=lowest", [17, 9, 1, 16, 8, 0]),
        ("q=planning+officer&status=open", [1]),
        ("q=duties+drainage", [7]),
        ("q=nothingofthekind", []),
        ("q=%26", []),
    ],
)
def test_what_is_found_in_which_order(query: str, numbers: list[int], get: Get) -> None:
    assert titles(get, query) == [TITLES[number] for number in numbers]


FILTERS = (
    "region=Wales", "kind=council", "employer_id=W06000015", "contract=permanent", "pay_from=20000",
    "pay_to=90000", "since=2026-11-01", "until=2026-11-30",
    "status=open", "status=ended", *(f"sort={sort}" for sort in SORTS),
)  # fmt: skip


@pytest.mark.parametrize("form", ["", ".csv", ".json", ".atom"])
@pytest.mark.parametrize("words", ["q=planning", "employer=council", "q=planning&employer=council", "q=-planning"])
def test_words_go_with_every_filter_in_every_format(words: str, form: str, get: Get) -> None:
    answers = {told: get(f"/search{form}?{words}&{told}").status_code for told in FILTERS}
    assert {told: status for told, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("field", ["lad", "pattern", "engagement"])
def test_words_go_with_a_filter_of_which_this_archive_has_no_value(field: str, site: Path) -> None:
    criteria = Criteria(q="planning", employer="council", **{field: "any"})  # type: ignore[arg-type]
    search = Search(criteria, {**CODES, field: {"any": 1}}, date(2026, 11, 25))
    with closing(sqlite3.connect(site / "archive.db")) as db:
        for query in (search.first(20), search.rest(20, 0), search.count(20)):
            used = {name: value for name, value in query.parameters.items() if f":{name}" in query.sql}
            db.execute(query.sql, used).fetchall()


def test_words_within_an_employer_are_of_that_employer(get: Get) -> None:
    assert titles(get, "q=planning&employer_id=W06000015") == [TITLES[1]]
    assert titles(get, "q=planning&employer_id=E08000035") == []


@pytest.mark.parametrize(
    "query",
    ["engagement=volunteer", "kind=fire", "region=South+West", "contract=bank", "pattern=night", "lad=E07000012"],
)
@pytest.mark.parametrize("words", ["", "q=planning&"])
def test_what_no_advert_has_finds_none_and_is_no_mistake(words: str, query: str, get: Get) -> None:
    answer = get(f"/search.json?{words}{query}")
    assert (answer.status_code, answer.json()["adverts"], answer.json()["total"]) == (200, [], 0)
    html = get(f"/search?{words}{query}").text
    assert "0 adverts" in html
    assert "this was ignored" not in html


def test_a_form_keeps_what_no_advert_has(get: Get) -> None:
    assert '<option value="nhs_trust" selected>NHS trust</option>' in get("/search?kind=nhs_trust").text


MANY = (
    "q=duties",
    "q=look+roads",
    "employer=council",
    "q=duties&region=Wales",
    "q=duties&status=open",
    "q=-teacher&employer=leeds",
    "",
)


def told_by(get: Get, query: str) -> str:
    """How many adverts a page says there are."""
    found = re.search(r'role="status"><strong>(.*?)</strong>', get(f"/search?{query}").text)
    assert found
    return found[1]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", MANY)
def test_files_and_pages_hold_what_is_counted(query: str, sort: str, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    for most in ("MOST_RANKED", "MOST_PRICED"):
        monkeypatch.setattr(find, most, 3)
    monkeypatch.setattr(lookup, "PAGE_SIZE", 4)
    asked_for = f"{query}&sort={sort}".strip("&")
    found = get(f"/search.json?{asked_for}").json()
    ids = [advert["id"] for advert in found["adverts"]]
    assert found["total"] == len(set(ids)) == len(ids) > 0
    assert told_by(get, asked_for) == lookup.counted(len(ids))
    rows = csv.DictReader(io.StringIO(get(f"/search.csv?{asked_for}").text))
    assert [row["id"] for row in rows] == ids
    pages = (get(f"/search?{asked_for}&page={number}").text for number in range(1, 2 + len(ids) // 4))
    linked = [it for html in pages for it in re.findall(r'advert-title" href="/archive/advert/([^"]+)"', html)]
    assert [it.replace("~3A", ":") for it in linked] == ids


def test_the_best_of_the_newest_come_first(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    query, (by_match, newest, partly) = "q=engineer", ([7, 0, 19], [19, 7, 0], [7, 19, 0])
    assert titles(get, query) == [TITLES[number] for number in by_match]
    assert titles(get, f"{query}&sort=newest") == [TITLES[number] for number in newest]
    monkeypatch.setattr(find, "MOST_RANKED", 2)
    assert titles(get, query) == [TITLES[number] for number in partly]
    note = "The best matches of the newest 2,000 come first, then the others, the newest first."
    assert note in get(f"/search?{query}").text
    assert get(f"/search.json?{query}").json()["notes"] == [note]


@pytest.mark.parametrize("query", ["q=duties", "q=duties&sort=newest", "status=open", "employer=council&status=ended"])
def test_a_file_that_is_cut_says_so_and_where_it_goes_on(query: str, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {advert["id"] for advert in get(f"/search.json?{query}").json()["adverts"]}
    monkeypatch.setattr(find, "MOST_RANKED", 2)
    monkeypatch.setattr(lookup, "MOST_TAKEN", 3)
    found, ids = get(f"/search.json?{query}").json(), []
    assert (found["total"], found["truncated"]) == (len(whole), True)
    table = get(f"/search.csv?{query}").headers
    assert (table["x-total"], table["x-truncated"]) == (str(len(whole)), "true")
    assert table["link"] == f'<{found["next"].replace(".json", ".csv")}>; rel="next"'
    while found["next"]:
        ids += [advert["id"] for advert in found["adverts"]]
        found = get(found["next"]).json()
    ids += [advert["id"] for advert in found["adverts"]]
    assert (set(ids), len(ids)) == (whole, len(whole))
    assert found["truncated"] is False


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("sort=highest", "as they have no full-time pay a year: 6 adverts."),
        ("sort=lowest&region=Wales", "as they have no starting full-time pay a year: 2 adverts."),
    ],
)
@pytest.mark.parametrize("common", [50_000, 0])
def test_an_order_says_what_it_leaves_out(
    query: str, note: str, common: int, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "COMMON", common)
    assert f"Left out of this order, {note}" in get(f"/search?{query}").text
    assert get(f"/search.json?{query}").json()["notes"] == [f"Left out of this order, {note}"]


@pytest.mark.parametrize(("query", "left_out"), [("", 33), ("&q=planner&region=London", 13), ("&status=open", 16)])
@pytest.mark.parametrize("common", [50_000, 0])
def test_what_closed_before_the_last_crawl_is_left_out_of_what_closes_next(
    query: str, left_out: int, common: int, get_old: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "COMMON", common)
    (note,) = get_old(f"/search.json?sort=closing{query}").json()["notes"]
    assert note == f"Left out of this order, as they have no future closing date: {left_out} adverts."


def test_the_usual_order_leaves_out_nothing(get: Get) -> None:
    assert get("/search.json?q=duties").json()["notes"] == []
    assert "Left out" not in get("/search?status=open").text


def test_a_search_that_takes_too_long_keeps_its_form(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stopped(*_: Any) -> None:
        raise QueryInterrupted(Exception(), "", {})

    monkeypatch.setattr(results, "find", stopped)
    answer = get("/search?q=%22care+home%22&region=Wales")
    assert answer.status_code == 400
    assert "This took too long" in answer.text
    assert 'name="q" value="&#34;care home&#34;"' in answer.text
    assert '<option value="Wales" selected>' in answer.text


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "query", ["q=officer&region=Wales", "q=duties&kind=council&status=ended", "q=look+-teacher&pay_from=35000", "employer=leeds&until=2026-11-09"]
)  # fmt: skip
def test_common_words_are_looked_for_among_what_the_filters_leave(
    query: str, sort: str, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = titles(get, f"{query}&sort={sort}")
    assert usual
    monkeypatch.setattr("jobscraper.publish.site.shared.find.COMMON", 0)
    found = titles(get, f"{query}&sort={sort}")
    # What matches best is judged otherwise there: words in the title, then the newest.
    assert (sorted(found) == sorted(usual)) if sort == "relevance" else (found == usual)
    assert f"{len(usual)} advert" in get(f"/search?{query}&sort={sort}").text


def test_pages_hold_twenty(get: Get) -> None:
    assert "20 adverts" in get("/search").text
    assert "There are no adverts on this page" in get("/search?page=2").text


def test_what_the_form_sends_empty_is_taken_out_of_the_address(get: Get) -> None:
    answer = get("/search?q=nurse&region=&kind=+&sort=")
    assert (answer.status_code, answer.headers["location"]) == (302, "/search?q=nurse")


def test_the_form_shows_what_was_asked(get: Get) -> None:
    html = get("/search?q=%22a+b%22&region=Wales&pay_from=40000&status=open").text
    assert 'value="&#34;a b&#34;"' in html
    assert '<option value="Wales" selected>' in html
    assert 'name="pay_from" type="text" value="40000"' in html
    assert 'href="/search.atom?q=%22a+b%22&amp;region=Wales&amp;pay_from=40000&amp;status=open"' in html


def test_csv_is_for_spreadsheets_and_runs_nothing(get: Get) -> None:
    answer = get("/search.csv?sort=newest")
    heads, *rows = csv.reader(io.StringIO(answer.text))
    assert len(rows) == 20
    assert {len(row) for row in rows} == {len(heads)}
    assert f"'{FORMULA}" in [row[heads.index("title")] for row in rows]
    assert answer.headers["content-disposition"] == 'attachment; filename="adverts.csv"'


@pytest.mark.parametrize(
    "path",
    ["/archive/advert.csv?_size=max", "/archive/advert.csv?_stream=1", "/archive.csv?sql=select+title+from+advert"],
)
def test_csv_of_any_table_or_query_runs_nothing(path: str, get: Get) -> None:
    rows = list(csv.DictReader(io.StringIO(get(path).text)))
    assert {row["title"] for row in rows} >= {f"'{FORMULA}", TITLES[2]}
    assert len(rows) == 20


def test_a_search_can_be_followed_as_a_feed(get: Get) -> None:
    answer = get("/search.atom?q=highways&page=7")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.text)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [TITLES[10], TITLES[0]]
    assert feed.findtext(f"{ATOM}title") == "Adverts: highways"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-11T06:00:00Z"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": "/search.atom?q=highways", "alternate": "/search?q=highways"
    }  # fmt: skip


def test_a_feed_holds_what_somebody_wrote_as_text(get: Get) -> None:
    feed = ET.fromstring(get("/search.atom").text)
    assert "<script>alert('title')</script>" in [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_a_search_in_words() -> None:
    criteria = Criteria(q="planner", region="Wales", kind="nhs_trust", pay_from=40000, status="open")
    assert in_words(criteria) == "planner, Wales, nhs trust, pay reaches £40,000, open"
    assert in_words(Criteria()) == "all"


@pytest.mark.parametrize(
    ("query", "found"), [("q=duties", True), ("title=duties", False), ("title=engineer", True), ("grade=NJC+1", False)]
)
def test_words_of_a_title_are_sought_in_titles(query: str, found: bool, get: Get) -> None:
    answer = get(f"/search.json?{query}")
    assert bool(answer.json().get("adverts")) is found
