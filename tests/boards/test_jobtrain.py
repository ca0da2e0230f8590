"""Jobtrain's list and adverts, where they are not what they should be, and a real card."""

from __future__ import annotations

import pytest
from web_poet import HttpResponse

from jobscraper.boards.jobtrain.spider import JobtrainBoard
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

LIST = "https://apply.jobs.scot.nhs.uk/Home/_JobCard?Skip=0"
ADVERT = "https://apply.jobs.scot.nhs.uk/Job/JobDetail?JobId=1"
COUNT = '<input id="totalCurrentRecords" value="{}"><input id="totalMatchRecords" value="{}">'
CARD = '<div class="card job-card"><a href="/Job/JobDetail?JobId={}">Cook</a><p class="jobdetailsitem"><strong>Location:</strong> Oban</p></div>'


def read(url: str, body: str) -> Reading:
    return read_response(
        HttpResponse(url=url, body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    )


@pytest.mark.parametrize("url", [LIST, ADVERT])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><title>Sign in</title></html>",
        "<html><h1>Something went wrong</h1></html>",
        '<html><body><div id="root"></div></body></html>',
        COUNT.format(12, 30),
    ],
    ids=["nothing", "login", "error", "shell", "a count without cards"],
)
def test_a_wrong_page_is_never_an_empty_board(url: str, body: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, body)


def test_one_broken_card_costs_only_itself() -> None:
    reading = read(LIST, COUNT.format(3, 3) + CARD.format(1) + CARD.format("x") + CARD.format(2))
    assert [advert.source_ref for advert in reading.adverts] == ["1", "2"]
    assert [(problem.kind, problem.loses_adverts) for problem in reading.problems] == [("card_unreadable", True)]


def test_a_card_without_labelled_lines_is_told() -> None:
    reading = read(LIST, CARD.format(1).replace("jobdetailsitem", "item"))
    assert [problem.kind for problem in reading.problems] == ["card_without_details"]


@pytest.mark.parametrize(
    ("query", "here", "total", "following"),
    [
        ("?Skip=0", 12, 30, "?Skip=12"),
        ("?what=cook&Skip=12", 12, 30, "?what=cook&Skip=24"),
        ("", 12, 30, "?Skip=12"),
        ("?Skip=12", 12, 24, None),
        ("?Skip=24", 6, 30, None),
        ("?Skip=²", 12, 30, "?Skip=12"),
    ],
)
def test_the_list_goes_on_while_pieces_are_full(query: str, here: int, total: int, following: str | None) -> None:
    page = "https://apply.jobs.scot.nhs.uk/Home/_JobCard"
    reading = read(page + query, COUNT.format(here, total) + CARD.format(1))
    assert reading.follow == ((page + following,) if following else ())
    assert reading.listed == total


def test_a_tenant_has_its_part_of_the_path() -> None:
    class Tenant(JobtrainBoard):
        name = "a_tenant"
        tenant = "/a-tenant"
        allowed_domains = ["www.jobtrain.co.uk"]  # noqa: RUF012

    assert Tenant.starts() == ["https://www.jobtrain.co.uk/a-tenant/Home/_JobCard?Skip=0"]
    (list_page, _) = (page for _, page in Tenant.url_patterns())
    response = HttpResponse(
        url=Tenant.starts()[0], body=b'<div data-jobId="9"><a href="/a-tenant/Job/JobDetail?JobId=9">Cook</a></div>'
    )
    assert list_page(response=response).believable().pages == {
        "9": "https://www.jobtrain.co.uk/a-tenant/Job/JobDetail?JobId=9"
    }


CONSULTANT = """<input id="totalCurrentRecords" value="12"><input id="totalMatchRecords" value="905">
<div class="card job-card"><a href="/Job/JobDetail?JobId=272123">Adult Consultant</a>
<p class="jobdetailsitem salary"><strong>Salary:</strong> Band 8A (£65,125)</p>
<p class="jobdetailsitem closingdate"><strong>Closing date:</strong> 20/10/2026</p>
<p class="jobdetailsitem department"><strong>Job Family:</strong> Medical and Dental</p>
<p class="jobdetailsitem location"><strong>Location:</strong> Aberdeen</p>
<p class="jobdetailsitem employmenttype"><strong>Employment type:</strong> Permanent</p>
<p class="jobdetailsitem livedate"><strong>Live date:</strong> 06/10/2026</p>
<p class="jobdetailsitem school"><strong>Employer (NHS Board):</strong> NHS Grampian</p></div>"""


def test_a_card_with_every_label_that_is_printed() -> None:
    reading = read(LIST, CONSULTANT)
    (advert,) = reading.adverts
    assert (advert.source_ref, advert.title, advert.employer) == ("272123", "Adult Consultant", "NHS Grampian")
    assert (advert.salary, advert.closes, advert.posted) == ("Band 8A (£65,125)", "20/10/2026", "06/10/2026")
    assert (reading.listed, reading.problems) == (905, ())


@pytest.mark.parametrize(
    ("total", "listed"),
    [
        ('<input type="hidden" id="totalMatchRecords" value="905">', 905),
        ('<span id="totalMatchRecords">905</span>', 905),
        ('<span id="totalMatchRecords"> 1,905 </span>', 1905),
        ('<span id="totalMatchRecords">many</span>', None),
    ],
)
def test_the_total_stands_in_an_input_or_in_text(total: str, listed: int | None) -> None:
    card = '<div class="card job-card"><a href="/Job/JobDetail?JobId=7">Cook</a><p class="jobdetailsitem"><strong>Location:</strong> Ayr</p></div>'
    body = f'{card}{total}<input id="totalCurrentRecords" value="12">'.encode()
    url = "https://apply.jobs.scot.nhs.uk/Home/_JobCard"
    reading = read_response(HttpResponse(url=url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}))
    assert (reading.listed, bool(reading.follow)) == (listed, True)
