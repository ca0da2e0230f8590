"""Civil Service Jobs: addresses of sessions, pages that are not what they should be, and real responses."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.civil_service_jobs.addresses import asked, number_in, page_in
from jobscraper.crawl.sources import known_sources
from jobscraper.model.reading import Form, Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response
from jobscraper.read.saved import read_saved

BOARD = "https://www.civilservicejobs.service.gov.uk/csr"
LIST, INDEX, ADVERT = f"{BOARD}/esearch.cgi?SID=cmVxc2lnPTE=", f"{BOARD}/index.cgi", f"{BOARD}/jobs.cgi?jcode=1990101"
FIXTURES = Path(__file__).parent.parent / "fixtures/civil_service_jobs"


def sid(query: str) -> str:
    return base64.b64encode(query.encode()).decode()


def read(url: str, body: str) -> Reading:
    return read_response(
        HttpResponse(url=url, body=body.encode("cp1252"), headers={"Content-Type": "text/html; charset=ISO-8859-1"})
    )


def fixture(case: str) -> str:
    return (FIXTURES / case / "response.html").read_text("cp1252")


@pytest.mark.parametrize(
    ("address", "number"),
    [
        (f"{INDEX}?SID={sid('a=1&joblist_view_vac=1862685&owner=5070000')}", "1862685"),
        (f"{INDEX}?SID={sid('joblist_view_vac=1862685&a=12').rstrip('=')}", "1862685"),
        (f"{INDEX}?SID={sid('joblist_view_vac=1862685&a=1').replace('=', '%3D')}", "1862685"),
        (f"/csr/index.cgi?\n SID={sid('joblist_view_vac=1862685')}", "1862685"),
        ("/csr/jobs.cgi?jcode=1862348", "1862348"),
        ("/csr/jobs.cgi?jcode=1862348x", ""),
        ("/csr/jobs.cgi?jcode=١٢٣", ""),
        (f"{INDEX}?SID=BQoDAAAACAoHNTA3MDAwMA", ""),
        (f"{INDEX}?SID=%%%", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_the_number_of_an_advert_is_in_its_address(address: str, number: str) -> None:
    assert number_in(address) == number


def test_a_session_says_which_page_it_asks_for() -> None:
    assert page_in(f"{INDEX}?SID={sid('page=12&sort=closing')}") == 12
    assert page_in(f"{INDEX}?SID={sid('page=next')}") is None
    assert asked("/csr/jobs.cgi?jcode=5&SID=!") == {"jcode": "5", "SID": "!"}


@pytest.mark.parametrize("url", [LIST, INDEX, f"{INDEX}?SID={sid('page=2')}", ADVERT])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "<html><head><title>Sign in</title></head><body><form action='/csr/index.cgi'></form></body></html>",
        "<html><head><title>Quick Check Needed</title></head><body><altcha-widget></altcha-widget></body></html>",
        "<html><body><h1>Sorry, something went wrong</h1></body></html>",
        "<html><body><h1>There are no jobs here</h1></body></html>",
        "<html><body><main id='main-content'></main></body></html>",
        "<html><body><h1>2,371 Search results</h1></body></html>",
        "<html><body><h1>2,371 Search results</h1><ul title='Job list'></ul></body></html>",
    ],
    ids=["nothing", "JSON", "login", "wall", "error", "no form", "shell", "a count alone", "a list without cards"],
)
def test_a_wrong_page_is_never_an_empty_board(url: str, body: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, body)


@pytest.mark.parametrize(
    ("url", "case", "old", "new"),
    [
        (LIST, "a_page_of_results", "search-results-job-box-department", "department"),
        (LIST, "a_page_of_results", "search-results-job-box-closingdate", "closing"),
        (LIST, "the_search_form", "what", "what"),
        (f"{INDEX}?SID={sid('pageaction=searchcontext&page=2')}", "the_search_form", "what", "what"),
        (ADVERT, "an_advert_of_many_values", "<h1>", "<h5>"),
        (ADVERT, "an_advert_of_many_values", "vac_display_field", "field"),
        (ADVERT.replace("101", "102"), "an_advert_of_many_values", "h1", "h1"),
        (f"{BOARD}/jobs.cgi", "an_advert_of_many_values", "1990101", "none"),
        (ADVERT, "a_page_of_results", "h1", "h1"),
        (LIST, "an_advert", "h1", "h1"),
    ],
)
def test_other_markup_or_another_page_is_not_believed(url: str, case: str, old: str, new: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, fixture(case).replace(old, new))


def test_the_page_tells_its_number_where_the_address_does_not() -> None:
    for body in (fixture("an_advert"), fixture("an_advert").replace("dimension2", "dimension9")):
        (advert,) = read(f"{INDEX}?SID={sid('pageclass=Jobs')}", body).adverts
        assert (advert.source_ref, advert.url) == ("1990102", f"{BOARD}/jobs.cgi?jcode=1990102")


@pytest.mark.parametrize("case", ["an_advert", "an_advert_of_many_values"])
def test_nobody_who_may_be_asked_is_in_the_text(case: str) -> None:
    (advert,) = read((FIXTURES / case / "url.txt").read_text().strip(), fixture(case)).adverts
    assert "answer within two days" in (advert.description or "")
    assert not any(word in str(advert) for word in ("example.org)", "vacancies@", "7946", "vacancy holder", "SID="))


def test_only_the_fields_of_the_search_form_are_sent() -> None:
    nested = "<form id='results_sort_form'><input type='hidden' name='SID' value='other'><input name='sort'></form>"
    body = fixture("the_search_form").replace("<!-- end search form -->", nested)
    (form,) = read(INDEX, body).follow
    assert isinstance(form, Form)
    assert form.url.startswith(f"{BOARD}/esearch.cgi?SID=")
    assert "sort" not in form.fields
    assert form.fields["SID"] != "other"
    assert {"what", "reqsig", "csource", "whatoption"} < set(form.fields)


@pytest.mark.parametrize("address", ["http://[broken", "https://elsewhere.example/x", "javascript:void(0)"])
def test_a_broken_link_to_a_page_is_not_followed(address: str) -> None:
    menu = f"<div class='search-results-paging-menu'><ul><li><strong>1</strong></li><li><a href='{address}'>2</a></li></ul></div>"
    body = fixture("the_last_page").replace("</main>", menu + "</main>")
    assert read(LIST, body).follow == ()


REAL = [
    ("job_detail_page.html", f"{BOARD}/jobs.cgi?jcode=1862348"),
    ("job_detail_page.html", f"{INDEX}?SID={sid('pageclass=Jobs&joblist_view_vac=1862348&reqsig=1')}"),
    ("job_detail_page.html", INDEX),
]


@pytest.mark.parametrize(("file", "url"), REAL)
def test_a_real_advert(file: str, url: str, shared: Path) -> None:
    reading = read_saved(known_sources()["civil_service_jobs"], shared / "captures/civil_service_jobs" / file, url)
    (advert,) = reading.adverts
    assert (advert.source_ref, advert.title, advert.employer) == (
        "1862348",
        "Head of Policy Research",
        "House of Lords",
    )
    assert (advert.salary, advert.grade, advert.location) == ("£53,730", "Other, HL8", "Westminster")
    assert (advert.closes, advert.reference) == ("10:00 pm on Sunday 2nd July 2023", "296730")
    assert (advert.contract, advert.working_pattern, advert.category) == ("Fixed Term", "Full-time", "Policy")
    assert (advert.apply_url or "").startswith("https://housesofparliament.tal.net/")
    assert "You’ll be accountable for –" in (advert.description or "")
    assert "Contact point" not in (advert.description or "")
    assert reading.problems == ()


@pytest.mark.parametrize("url", [LIST, f"{INDEX}?SID={sid('page=1&pageaction=searchcontext')}"])
def test_a_real_page_of_results(url: str, shared: Path) -> None:
    file = shared / "captures/civil_service_jobs/result_page1.html"
    reading = read_saved(known_sources()["civil_service_jobs"], file, url)
    assert (len(reading.adverts), reading.listed, reading.problems) == (25, 2371, ())
    assert [page_in(to) for to in reading.follow if isinstance(to, str)] == [2]
    assert reading.pages["1862685"] == f"{BOARD}/jobs.cgi?jcode=1862685"
    assert all(ad.employer and ad.location and ad.salary and ad.closes and ad.reference for ad in reading.adverts)
    assert {ad.title for ad in reading.adverts} >= {"Lawyer – Inquiries and Investigations Team", "Crypto Custodian"}


def test_a_card_of_2025_without_its_list() -> None:
    address = f"{INDEX}?SID={sid('pageclass=Jobs&joblist_view_vac=1934831&pageaction=viewvacbyjoblist')}"
    lines = {
        "department": "Government Commercial Function",
        "location": "King Charles Street, London",
        "salary": "Salary : £80,000 to £97,760",
        "closingdate": "Closes : 11:55 pm on Wednesday 22nd January 2025",
        "refcode": "Reference : 384891",
    }
    box = "".join(f'<div class="search-results-job-box-{name}">{text}</div>' for name, text in lines.items())
    title = f'<h3 class="search-results-job-box-title"><a href="{address}" title="Head "> Head </a></h3>'
    (advert,) = read(INDEX, f'<li class="search-results-job-box" title="Head "><div>{title}</div>{box}</li>').adverts
    assert (advert.source_ref, advert.salary, advert.reference) == ("1934831", "£80,000 to £97,760", "384891")
    assert advert.closes == "11:55 pm on Wednesday 22nd January 2025"


@pytest.mark.parametrize("between", ["<br>", "</br>", "</div><div class='vac_display_field_value'>"])
def test_values_below_each_other_are_several_and_lines_of_pay_are_not(between: str) -> None:
    def side(label: str, *values: str) -> str:
        return f"<div class='vac_display_field'><h3>{label}</h3><div class='vac_display_field_value'>{between.join(values)}</div></div>"

    fields = side("Contract type", "Fixed term", "Loan") + side("Type of role", "Digital", "Policy")
    pay = "<div class='vac_display_field'><h3>Salary</h3><div class='vac_display_field_value'>£9 - £10<br>pro rata</div></div>"
    page = f"<html><h1>Clerk</h1><div class='vac_display_panel_side'>{fields}{pay}</div><div class='vac_display_panel_main'></div></html>"
    url = "https://www.civilservicejobs.service.gov.uk/csr/jobs.cgi?jcode=7"
    response = HttpResponse(url=url, body=page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    (advert,) = read_response(response).adverts
    assert (advert.contract, advert.category, advert.salary) == (
        "Fixed term, Loan",
        "Digital, Policy",
        "£9 - £10 pro rata",
    )
