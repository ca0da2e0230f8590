"""Jobiqo pages, where they are not what they should be. Their fields are in the fixtures."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from web_poet import HttpResponse

from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.model.reading import Reading
from jobscraper.read.outcome import PageFailed, read_page
from jobscraper.read.page import ChallengePageError, UnreadablePageError
from jobscraper.read.registry import read_response

LIST, ADVERT = "https://www.jobsgopublic.com/jobs", "https://www.jobsgopublic.com/job/cook-7"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "jobiqo"
USUAL = (FIXTURES / "a_list_by_its_path" / "response.html").read_text("utf-8")
CAPTURE = Capture(
    id="c",
    url=LIST,
    method="GET",
    fetched_at=datetime(2026, 10, 1, tzinfo=UTC),
    status=200,
    digest="sha1:X",
    warc_file="x.warc.gz",
    offset=0,
    length=1,
)


def read(html: str, url: str = LIST) -> Reading:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    return read_response(HttpResponse(url=url, body=html.encode(), headers=headers))


def page(props: Any) -> str:
    data = json.dumps({"props": {"pageProps": props}})
    return f'<html><head><title></title></head><body><script id="__NEXT_DATA__">{data}</script></body></html>'


def job(number: Any, **more: Any) -> dict[str, Any]:
    return {"__typename": "Job", "id": number, "title": "Cook", "organization": "Leeds City Council", **more}


def listing(count: Any, rows: Any) -> str:
    return page({"data": {"jobs": {"result_count": count, "pages": rows}}})


def advert(content: Any) -> str:
    return page({"data": {"jobByPath": {"content": content}}})


@pytest.mark.parametrize("url", [LIST, ADVERT], ids=["list", "advert"])
@pytest.mark.parametrize(
    "html",
    [
        "",
        '<html><head><title>Log in</title></head><body><form action="/login"></form></body></html>',
        "<html><head><title></title></head><body><script>location = '/botchallenge?token=0'</script></body></html>",
        '<html><head><title></title></head><body><div id="__next"></div></body></html>',
        page({"statusCode": 500}),
        page({}),
        page(None),
        page({"data": {"jobs": None, "jobByPath": {"content": None}}}),
        USUAL[: len(USUAL) // 2],
        USUAL.replace("__typename", "kind"),
        USUAL.replace("__NEXT_DATA__", "__DATA__"),
        "{" * 100_000,
        '{"a":' * 100_000,
        "[1, 2",
        "[]",
    ],
    ids="nothing login challenge shell error no-data null null-data cut-off renamed no-script braces deep torn list".split(),
)
def test_a_wrong_page_is_never_an_empty_board(html: str, url: str) -> None:
    with pytest.raises(UnreadablePageError, match="jobsgopublic"):
        read(html, url)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><script src='/botchallenge.js'></script></body></html>",
        "<html><body><!-- jobiqo botchallenge stub --></body></html>",
        "<html><body><form><input name='bot_check'></form></body></html>",
    ],
    ids=["its script", "its name", "its form"],
)
@pytest.mark.parametrize("url", [LIST, ADVERT], ids=["list", "advert"])
def test_a_challenge_ends_the_run_as_blocked(html: str, url: str) -> None:
    with pytest.raises(ChallengePageError, match="challenge to bots"):
        read(html, url)
    failed = read_page(url, CapturedResponse(200, (("Content-Type", "text/html"),), html.encode()), CAPTURE)
    assert isinstance(failed, PageFailed)
    assert failed.kind == "blocked"


@pytest.mark.parametrize(
    ("url", "count", "ok"),
    [
        (LIST, 0, True),
        (LIST, 3, False),
        (f"{LIST}?page=3", 76, False),
        (f"{LIST}?page=3", 75, True),
        (LIST, None, False),
        (LIST, "many", False),
    ],
)
def test_an_empty_page_is_believed_where_the_count_says_so(url: str, count: Any, ok: bool) -> None:
    if ok:
        assert read(listing(count, []), url).adverts == ()
    else:
        with pytest.raises(UnreadablePageError, match="no row"):
            read(listing(count, []), url)


@pytest.mark.parametrize(
    ("url", "count", "last"), [(LIST, 25, 0), (LIST, 26, 2), (LIST, 50, 2), (LIST, 51, 3), (f"{LIST}?page=1", 51, 0)]
)
def test_the_first_page_names_the_others_by_either_way_of_counting(url: str, count: int, last: int) -> None:
    follow = read(listing(count, [job(number) for number in range(25)]), url).follow
    assert follow == tuple(f"{LIST}?page={number}" for number in range(1, last + 1))


def test_a_list_without_end_is_told() -> None:
    reading = read(listing(99_999_999, [job(number) for number in range(25)]))
    assert len(reading.follow) == 1000
    assert [problem.kind for problem in reading.problems] == ["list_too_long"]


@pytest.mark.parametrize("row", [job(None), job({}), job(True), job("")])
def test_a_row_without_an_id_costs_only_itself(row: dict[str, Any]) -> None:
    reading = read(listing(2, [row, job(2)]))
    assert [advert.source_ref for advert in reading.adverts] == ["2"]
    assert [(problem.kind, problem.loses_adverts) for problem in reading.problems] == [("entry_unreadable", True)]


def test_an_advert_twice_on_a_page_is_read_once() -> None:
    reading = read(listing(2, [job(2), job("2", published="2026-11-01"), {"__typename": "Job", "id": 9}]))
    assert [(advert.source_ref, advert.posted) for advert in reading.adverts] == [("2", "2026-11-01")]


def test_a_renamed_key_is_told() -> None:
    with pytest.raises(UnreadablePageError, match="title"):
        read(USUAL.replace('"title"', '"headline"'))
    assert "label_unknown" in [problem.kind for problem in read(USUAL.replace('"expiration"', '"endsOn"')).problems]


@pytest.mark.parametrize("value", [None, 5, 1.5, True, "x", [], [None], {}, {"a": {"b": []}}, [[{"label": 3}]]])
@pytest.mark.parametrize(
    "key", ["title", "address", "region", "salaryRangeFree", "url", "urlNoPrefix", "body", "applicationLink"]
)
def test_a_value_of_any_shape_is_survived(key: str, value: Any) -> None:
    reading = read(listing(2, [job(1, **{key: value}), job(2)]))
    assert [advert.source_ref for advert in reading.adverts] == ["1", "2"]


def test_references_in_a_circle_are_survived() -> None:
    one = job("1", organizationProfile={"__ref": "Profile:1"})
    state = {"Job:1": one, "Profile:1": {"name": "Leeds City Council", "jobs": [{"__ref": "Job:1"}]}}
    query = {'jobs({"page":1})': {"result_count": 1, "pages": [{"__ref": "Job:1"}]}}
    assert len(read(page({"__APOLLO_STATE__": {**state, "ROOT_QUERY": query}})).adverts) == 1


@pytest.mark.parametrize("content", [job(8), job(None, title=None), {"title": "Cook", "id": 8}])
def test_another_advert_than_the_address_says_is_not_believed(content: Any) -> None:
    with pytest.raises(UnreadablePageError, match="no advert with this address"):
        read(advert(content), ADVERT)


def test_a_response_that_is_nothing_but_the_tree_is_read() -> None:
    tree = json.dumps({"pageProps": {"jobs": {"result_count": 1, "pages": [job(1)]}}})
    assert [found.source_ref for found in read(tree).adverts] == ["1"]


def test_no_address_leaves_the_host_or_writes_to_a_person() -> None:
    row = job(7, urlNoPrefix="https://elsewhere.example.org/x", body="", applicationLink="mailto:jobs@example.org")
    (found,) = read(advert(row), ADVERT).adverts
    assert (found.url, found.apply_url) == ("https://www.jobsgopublic.com/job/7", None)


def test_names_that_are_escaped_are_words_again() -> None:
    row = job(7) | {"title": "Planner &amp; Clerk", "organization": "Brighton &amp;amp; Hove Council"}
    (found,) = read(listing(1, [row])).adverts
    assert (found.title, found.employer) == ("Planner & Clerk", "Brighton & Hove Council")
