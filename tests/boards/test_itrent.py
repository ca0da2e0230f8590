"""iTrent: what was captured of it, the session that leads to it, and pages that are not what they should be."""

from __future__ import annotations

import json

import pytest
from web_poet import HttpResponse

from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

BASE = "https://napier.webitrent.com/napier_webrecruitment/wrd/run/"
SHELL = f"{BASE}ETREC179GF.open?WVID=150547JMmr"
RESULTS = f"{BASE}ETREC106GF.json?WVID=150547JMmr&USESSION=0123456789ABCDEF0123&LANG=USA&RESULTS_PP=200"


def read(body: bytes, url: str) -> Reading:
    return read_response(HttpResponse(url=url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}))


def test_the_shell_leads_to_the_adverts_with_the_session_of_this_visit() -> None:
    page = b'<html><script>a="ETREC106GF.open?USESSION=0123456789ABCDEF0123&WVID=1"</script></html>'
    assert read(page, SHELL).follow == (RESULTS,)


PRE = (
    '<pre class="customHTML"><strong class="customHTML">Edinburgh Napier University</strong> teaches it. '
    '<SPAN class="jobDetsMarker" style="display:none;"></SPAN>(NGP) <strong class="customHTML">Salary:</strong> &#160;&#160; '
    '&#163;46,049 p/a - &#163;58,225 (depending on experience)<br class="customHTML" /> A lecturer marks, too. '
    '<strong class="customHTML">Contract:&#160;&#160; </strong>Permanent, Full Time &#8211; 35 hrs/wk Come as you are. '
    '<strong class="customHTML">Application Closing: </strong>17th September 2026 Thank you.'
)
REPLY = {
    "search": {"total_rec": 6, "wvid": "150547JMmr"},
    "web_view": {"subscribe_url": "ETREC106GF.subscribe?USESSION=0123456789ABCDEF0123&WVID=150547JMmr"},
    "results": [
        {
            "vacancy_id": "012186OkZo",
            "job_title": "Lecturer in Cyber Security and Systems Engineering",
            "job_description": PRE,
        },
        {
            "location_id": "Sighthill",
            "region_id": "Marketing and External Relations",
            "salary": "£31,236 - £37,694 (depending on experience)",
            "app_close_d": "20260903",
            "con_hrs": "35",
            "basis_id": "Full Time",
            "bu_send": "ETREC148GF.open?PROFILE=VACANCY_ID.TVACANCY=818856Oj9c&VACANCY_ID=818856Oj9c&USESSION=0123456789ABCDEF0123",
        },
    ],
}


def test_an_advert_of_text_alone_and_one_of_fields_alone() -> None:
    first, last = read(json.dumps(REPLY).encode(), RESULTS).adverts
    assert (first.source_ref, first.title) == ("012186OkZo", "Lecturer in Cyber Security and Systems Engineering")
    assert first.salary == "£46,049 p/a - £58,225 (depending on experience)"
    assert (first.contract or "").startswith("Permanent, Full Time")
    assert (first.closes or "").startswith("17th September 2026")
    assert (last.source_ref, last.salary) == ("818856Oj9c", "£31,236 - £37,694 (depending on experience)")
    assert (last.location, last.closes, last.hours) == ("Sighthill", "20260903", "35")
    assert {first.employer, last.employer} == {"Edinburgh Napier University"}


def test_nothing_that_is_kept_holds_the_session() -> None:
    adverts = read(json.dumps(REPLY).encode(), RESULTS).adverts
    assert len(adverts) == 2
    assert "USESSION" not in repr(adverts)


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (b"<html><title>Session refused</title></html>", RESULTS),
        (b'{"results": [{"vacancy_id": "1', RESULTS),
        (b'{"vacancies": []}', RESULTS),
        (b'{"results": [], "search": {"total_rec": 3}}', RESULTS),
        (b"<html><title>Sign in</title></html>", SHELL),
    ],
    ids=["HTML", "cut off", "renamed", "nothing although three are said", "no session"],
)
def test_a_wrong_page_is_never_an_empty_board(body: bytes, url: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, url)


def test_a_board_without_adverts_is_empty() -> None:
    assert read(b'{"results": [], "search": {"total_rec": 0}}', RESULTS).listed == 0


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Cook &amp; Cleaner", "Cook & Cleaner"),
        ("Cook &amp;amp; Cleaner", "Cook & Cleaner"),
        ("Cook&#039;s Mate", "Cook's Mate"),
        ("R&D Lead; London", "R&D Lead; London"),
    ],
)
def test_short_texts_that_are_escaped_are_words_again(printed: str, words: str) -> None:
    row = {"vacancy_id": "7", "job_title": printed, "location_id": printed, "salary": f"&pound;9 {printed}"}
    body = json.dumps({"search": {"total_rec": 1}, "results": [row]}).encode()
    (advert,) = read(body, RESULTS).adverts
    assert (advert.title, advert.location, advert.salary) == (words, words, f"£9 {words}")
