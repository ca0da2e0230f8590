"""North East Jobs: titles with dashes, both forms of address, and pages that are not what they should be."""

from __future__ import annotations

import pytest
from web_poet import HttpResponse

from jobscraper.boards.north_east_jobs.addresses import number_of
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

FEED = "https://www.northeastjobs.org.uk/RSSJobs.aspx?orgid=62"
ADVERT = "https://www.northeastjobs.org.uk/job/Team_Leader/300058"


def read(body: str, url: str) -> Reading:
    return read_response(
        HttpResponse(url=url, body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    )


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("http://www.northeastjobs.org.uk/Default.aspx?page=jobdetail&jid=300058", "300058"),
        ("https://www.northeastjobs.org.uk/default.aspx?page=jobdetail&JID=300058", "300058"),
        (ADVERT, "300058"),
        ("https://www.northeastjobs.org.uk/job/Level_2_Teaching_Assistant/300061/", "300061"),
        ("https://www.northeastjobs.org.uk/", ""),
        (None, ""),
    ],
)
def test_the_number_of_an_advert(url: str | None, number: str) -> None:
    assert number_of(url) == number


@pytest.mark.parametrize(
    ("title", "heading", "read_as"),
    [
        ("Verger - Durham County Council", "", ("Verger", "Durham County Council")),
        ("Team Leader - Parks - Gateshead Council", "", ("Team Leader - Parks", "Gateshead Council")),
        ("Cook - St. John's - Darlington", "Cook", ("Cook", "St. John's - Darlington")),
        ("Verger", "", ("Verger", None)),
    ],
    ids=["plain", "a dash in the title", "the heading tells", "no employer"],
)
def test_title_and_employer(title: str, heading: str, read_as: tuple[str, str | None]) -> None:
    page = f"<html><title>{title}</title><h1>{heading}</h1><p>Contract Type: Permanent</p><p>Vacancy ID: 7</p></html>"
    (advert,) = read(page, ADVERT).adverts
    assert (advert.title, advert.employer) == read_as


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("<html><title>Sign in - North East Jobs</title></html>", ADVERT),
        ("<html><title>Error</title><p>Salary: none</p></html>", ADVERT),
        ("<rss><channel><title>Jobs</title><entry/></channel></rss>", FEED),
        ("<rss></rss>", FEED),
        ("<html><title>Sorry</title></html>", FEED),
    ],
    ids=["a login", "an error page", "items renamed", "no channel", "no feed"],
)
def test_a_wrong_page_is_never_an_empty_board(body: str, url: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, url)


def test_the_lines_of_an_advert_are_kept_apart_by_breaks_that_are_closed() -> None:
    page = (
        "<html><title>Verger - Durham County Council</title><h1>Verger</h1><p>Salary: £13.26</br>"
        "Working Pattern: Part time</br>Vacancy ID: 7</p></html>"
    )
    (advert,) = read(page, ADVERT).adverts
    assert (advert.salary, advert.working_pattern) == ("£13.26", "Part time")


@pytest.mark.parametrize(
    ("printed", "salary", "location", "closes"),
    [
        ("Salary: £1|Employment Location: Ely, Cambs|Advert End Date: 17/08/2026 12:00|", "£1", "Ely, Cambs", "17/08/2026 12:00"),
        ("Salary: SCP 2 | £24,413|Advert End Date: 17/08/2026|", "SCP 2 | £24,413", None, "17/08/2026"),
        ("Salary: £1 Working Pattern: Part time Advert End Date: 17/08/2026", "£1", None, "17/08/2026"),
        ("Salary: |Working Pattern: |Advert End Date: 17/08/2026 00:00|", None, None, "17/08/2026 00:00"),
    ],
    ids=["a further label", "a bar in the pay", "no bars", "empty"],
)  # fmt: skip
def test_the_labels_of_a_feed(printed: str, salary: str | None, location: str | None, closes: str) -> None:
    item = (
        "<item><title>Cook &amp;amp; Cleaner</title><link>/Default.aspx?page=jobdetail&amp;jid=7</link>"
        f"<description>We need one. Contract Type: Permanent|{printed}</description></item>"
    )
    (advert,) = read(f"<rss><channel><title>Jobs</title>{item}</channel></rss>", FEED).adverts
    assert (advert.title, advert.description, advert.contract) == ("Cook & Cleaner", "We need one.", "Permanent")
    assert (advert.salary, advert.closes) == (salary, closes)
    assert advert.location == location


def test_the_text_of_an_advert_keeps_its_lines() -> None:
    page = (
        "<html><title>Verger - Durham County Council</title><p>Vacancy ID: 7</p>"
        "<div id='jobDescription'><p>Lock up.</p><p>Ring bells.</p></div></html>"
    )
    assert read(page, ADVERT).adverts[0].description == "Lock up.\nRing bells."
