"""Eploy's feed and pages, where they are not what they should be, and a real list. Their fields are in the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.eploy.addresses import vacancy_address
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

FEED = "https://jobs.islington.gov.uk/feeds/datafeed.ashx?Format=xml"
LIST = "https://cardiffuniweb.eploy.net/vacancies/vacancy-search-results.aspx"
VACANCY = "https://cardiffuniweb.eploy.net/vacancies/741/lecturer--physics.html"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "eploy"

LOGIN = b"<!doctype html><html><body><h1>Log in</h1><form id='aspnetForm'><input name='user'></form></body></html>"
SHELL = (
    b"<!doctype html><html><body><h1>Vacancies</h1><div class='vacancy-list' data-eploy-widget='x'></div></body></html>"
)
RSS = b"<?xml version='1.0'?><rss><channel><item><title>Cook</title></item></channel></rss>"


def read(url: str, body: bytes) -> Reading:
    return read_response(HttpResponse(url=url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}))


def fixture(case: str) -> bytes:
    (found,) = (FIXTURES / case).glob("response.*")
    return found.read_bytes()


@pytest.mark.parametrize("url", [FEED, LIST, VACANCY], ids=["feed", "list", "vacancy"])
@pytest.mark.parametrize(
    "body",
    [b"", LOGIN, SHELL, RSS, b"[]", b"<Vacancies></Vacancies>", b"<Vacancies Count='1'><Job/></Vacancies>"],
    ids=["nothing", "login", "empty shell", "RSS", "JSON", "no count and no item", "other elements"],
)
def test_a_wrong_page_is_never_an_empty_board(url: str, body: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, body)


def test_a_feed_that_is_cut_off_is_unreadable() -> None:
    body = fixture("the_feed")
    with pytest.raises(UnreadablePageError, match="cut off"):
        read(FEED, body[: len(body) // 2])


@pytest.mark.parametrize(
    ("case", "url", "old", "new", "kind"),
    [
        ("the_feed", FEED, b"DisplaySalary", b"Pay4You", "label_unknown"),
        ("the_feed", FEED, b"VacancyID>", b"Number>", "label_unknown"),
        ("a_list", LIST, b"data-id", b"data-new-id", "card_without_details"),
        ("a_vacancy", VACANCY, b"data-id", b"data-new-id", "page_without_fields"),
    ],
)
def test_a_renamed_name_is_told(case: str, url: str, old: bytes, new: bytes, kind: str) -> None:
    assert kind in {problem.kind for problem in read(url, fixture(case).replace(old, new)).problems}


def test_a_list_without_its_cards_is_unreadable() -> None:
    with pytest.raises(UnreadablePageError):
        read(LIST, fixture("a_list").replace(b"vsr-job", b"card").replace(b"VacancyListView", b"List"))


def test_a_broken_item_costs_only_itself() -> None:
    reading = read(FEED, fixture("a_feed_with_broken_items"))
    assert [advert.source_ref for advert in reading.adverts] == ["2920", "2931", "2933"]
    assert sum(problem.loses_adverts for problem in reading.problems) == 1


@pytest.mark.parametrize("printed", ["not specified", "Please Select", "N/A"])
def test_a_date_that_is_not_specified_is_no_date(printed: str) -> None:
    body = fixture("a_vacancy").replace(b"30 Nov 2026", printed.encode())
    assert read(VACANCY, body).adverts[0].closes is None


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("741/lecturer.html", True),
        ("/vacancies/741/lecturer.html?x=1", True),
        ("https://cardiff.eploy.net/vacancies/\n741/lecturer.html", True),
        ("javascript:void(0)", False),
        ("vacancy-apply.aspx?VacancyID=741", False),
        (None, False),
    ],
)
def test_a_vacancy_has_one_address(address: str | None, is_one: bool) -> None:
    wanted = "https://cardiffuniweb.eploy.net/vacancies/741/lecturer.html" if is_one else None
    assert vacancy_address(LIST, address) == wanted


def card(number: int, title: str, posted: str, **facts: str) -> str:
    """One of a list, in the boxes of the board's grid; a label is printed with a colon, and again to be read aloud."""
    lines = "".join(
        f"""<li class="item vsr-job__list-item is-read-only" id="li_VacV_{name}_{number}"><div><div class="label"><span><i
class="icon" data-tooltip="{label}"><span class="its-u-visually-hidden">{label}</span></i></span><span>{label}:</span></div>
<div class="content" data-id="div_content_VacV_{name}"><span>{facts[name]}</span></div></div></li>"""
        for name, label in CARD_LABELS.items()
        if name in facts
    )
    return f"""<div class="vsr-job-big" id="ctl00_VacancyListView_ctl00_pnlList"><div class="push--bottom">
<div class="vsr-job__items"><h2 class="vsr-job__title"><a href="{number}/lecturer.html">{title}</a></h2>{posted}</div></div>
<div class="grid clearfix"><div class="grid__row"><div class="grid__item"><span class="red" style="display:none;"></span>
<ul class="vac-field-layout">{lines}</ul></div></div></div></div>"""


CARD_LABELS = {
    "AdvertisingEndDate": "Advertising End Date",
    "VacancyID": "Vacancy ID",
    "DisplaySalary": "Salary Details",
    "Question_9_311": "Contract Status",
    "Question_9_306": "Contract Type",
}


def test_the_cards_of_a_grid_are_read() -> None:
    pay = "£41,064 - £46,049 per annum (Grade 6) or £51,753 - £56,535 per annum (Grade 7)"
    facts = {"AdvertisingEndDate": "14 Sep 2026", "VacancyID": "581", "DisplaySalary": pay}
    terms = {"Question_9_311": "Full Time", "Question_9_306": "Open-Ended"}
    posted = '<div class="vsr-job__date-posted">Posted on 24 Aug 2026</div>'
    cards = card(581, "Lecturer", posted, **facts, **terms) + card(
        639, "Associate", "", DisplaySalary=pay.split(" or ")[0]
    )
    reading = read(LIST, f'<h1>Vacancy Search Results</h1><div class="vsr-job-list">{cards}</div>'.encode())
    first, second = reading.adverts
    assert (first.source_ref, first.contract, first.working_pattern) == ("581", "Open-Ended", "Full Time")
    assert (first.posted, first.closes, first.salary) == ("24 Aug 2026", "14 Sep 2026", pay)
    assert (second.source_ref, second.posted, second.closes) == ("639", None, None)
    assert second.salary == "£41,064 - £46,049 per annum (Grade 6)"
    assert not reading.problems
    assert not first.labels
