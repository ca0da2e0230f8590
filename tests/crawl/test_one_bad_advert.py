"""One bad advert costs one advert, and one bad link itself: the page's others are folded, and the run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.crawl.board import Answer, entry, feed, serving

Crawl = Callable[..., dict[str, Any]]
Ask = Callable[[str], list[tuple[Any, ...]]]


def pay(**amounts: object) -> dict[str, object]:
    return {"currency": "GBP", "value": {"unitText": "YEAR", **amounts}}


MARKED = {"huge": "9" * 5000, "power": "1e999", "half": '"Teacher \\ud800 \\u0000 of Art"'}
"""Values that `json.dumps` does not write; they are put into the feed as text."""

BAD: dict[str, dict[str, Any]] = {
    "posted-after-all-days": {"datePosted": "9999-12-31T23:59:59-23:59"},
    "posted-before-all-days": {"datePosted": "0001-01-01T00:00:00+23:59"},
    "closes-in-year-0": {"validThrough": "0000-00-00"},
    "closes-before-all-days": {"validThrough": "0001-01-01T00:00:00+01:00"},
    "closes-never": {"validThrough": "9999-12-31T23:59:59-01:00"},
    "pay-without-end": {"baseSalary": pay(minValue=float("inf"), maxValue=float("nan"))},
    "pay-beyond-a-float": {"baseSalary": pay(value="£" + "9" * 3000 + " - £1e999")},
    "pay-beyond-64-bits": {"baseSalary": pay(minValue=10**30)},
    "pay-of-power": {"baseSalary": pay(minValue="<power>")},
    "title-of-digits": {"title": "<huge>"},
    "title-of-half-a-letter": {"title": "<half>"},
    "title-of-a-megabyte": {"title": "Teacher " * 130_000},
    "title-of-another-shape": {"title": {"a": [1]}},
    "place-of-half-a-letter": {"jobLocation": {"address": "\udc80\udfff"}},
    "place-off-the-globe": {"jobLocation": {"geo": {"latitude": 1e300, "longitude": -999}, "address": "Leeds"}},
    "employer-of-another-shape": {"hiringOrganization": [[["x"]]]},
    "employer-number-beyond-64-bits": {"hiringOrganization": {"name": "A school", "identifier": 10**40}},
}
URLS = {
    "an address that is none": "http://[::bad/jobs/bad-link",
    "a port that is none": "http://127.0.0.1:99999999/jobs/bad-port",
    "an e-mail address": "http://127.0.0.1/jobs/jo.bloggs@example.org",
    "a reference of a megabyte": "http://127.0.0.1/jobs/" + "a" * 1_000_000,
}


def feed_with(*entries: dict[str, Any]) -> Answer:
    answer = feed(entries)
    body = answer.body.decode()
    for name, value in MARKED.items():
        body = body.replace(f'"<{name}>"', value)
    return Answer(body.encode(), headers=answer.headers)


def test_each_bad_advert_costs_itself(crawl: Crawl, archive: Ask) -> None:
    bad = [entry(slug, **fields) for slug, fields in BAD.items()]
    linked = [entry(f"linked-{number}", url=url) for number, url in enumerate(URLS.values())]
    with serving({"/feed?page=1": feed_with(entry("first"), *bad, *linked, entry("last"))}) as board:
        outcome = crawl(board.url)
    kept = {ref for (ref,) in archive("SELECT source_ref FROM advert")}
    assert {"first", "last", *BAD} <= kept, "what is wrong with one field costs that field"
    assert max(map(len, kept)) < 100
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("complete", 2 + len(BAD) + len(URLS)), outcome["trouble"]
    told = archive("SELECT text FROM issue WHERE kind = 'advert_set_aside'")
    assert [text.partition(": set aside: ")[2] for (text,) in told] == [
        "UnusableAdvertError: its reference has 4,000 characters or more"
    ]


@pytest.mark.parametrize(
    ("slug", "field"),
    [
        ("posted-after-all-days", "posted_on"),
        ("closes-in-year-0", "closes_at"),
        ("pay-without-end", "salary_min"),
        ("pay-beyond-a-float", "salary_min"),
        ("pay-beyond-64-bits", "salary_min"),
        ("pay-of-power", "salary_min"),
    ],
)
def test_a_field_that_is_set_aside_is_an_issue(slug: str, field: str, crawl: Crawl, archive: Ask) -> None:
    with serving({"/feed?page=1": feed_with(entry(slug, **BAD[slug]))}) as board:
        crawl(board.url)
    assert archive(f"SELECT {field} FROM advert") == [(None,)]
    assert field in {told for (told,) in archive("SELECT field FROM issue WHERE advert_id IS NOT NULL")}


@pytest.mark.parametrize(
    "following",
    [
        "http://[::bad/",
        "http://127.0.0.1:99999999/feed",
        "/feed?\ud800",
        "http://a b/\u0000",
        "//[",
        "http://" + "a" * 9000,
    ],
)
def test_a_bad_link_to_the_next_page_costs_what_lies_behind_it(following: str, crawl: Crawl, archive: Ask) -> None:
    page = feed([entry("a"), entry("b")], following=following, count=2)
    with serving({"/feed?page=1": page}) as board:
        outcome = crawl(board.url)
    assert archive("SELECT count(*) FROM advert") == [(2,)]
    assert outcome["verdict"] == "partial"
    assert outcome["trouble"]


def test_a_card_with_a_bad_link_to_its_own_page_is_kept(crawl: Crawl, archive: Ask) -> None:
    cards = [{"ref": ref, "title": f"Clerk {ref}"} for ref in ("1", "/[::bad", "x" * 3000, "3")]
    pages = {f"/job/{ref}": Answer(json.dumps({"source_ref": ref, "title": "Clerk"}).encode()) for ref in "13"}
    with serving({"/list": Answer(json.dumps(cards).encode()), **pages}) as board:
        outcome = crawl(board.url, start="/list")
    assert outcome["adverts_seen"] == 4
    assert {"1", "3"} <= {ref for (ref,) in archive("SELECT source_ref FROM advert")}
