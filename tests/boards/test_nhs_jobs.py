"""NHS Jobs: what was captured of it, and pages that are not what they should be. Its fields are in the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

HOST = "https://www.jobs.nhs.uk"
FEED = f"{HOST}/api/v1/search_xml?limit=100&page=1"
SEARCH = f"{HOST}/candidate/search/results?page=1"
ADVERT = f"{HOST}/candidate/jobadvert/E9847-26-0265"


def read(body: bytes, url: str) -> Reading:
    return read_response(HttpResponse(url=url, body=body))


@pytest.mark.parametrize(
    ("file", "url", "fields"),
    [
        (
            "search_xml_2024-02_das_apim.xml",
            FEED,
            [
                ("C9309-24-0264", "£37578.60 to £39709.50", "London, NW1 2PG", "2024-03-06"),
                ("M9439-24-0020", "£10295.00", "Peterlee, SR8 2RU", "2024-03-20"),
            ],
        ),
        ("search_xml_2024_no_results.xml", FEED, []),
        (
            "results_cards_2026-08_trimmed.html",
            SEARCH,
            [
                ("E9847-26-0265", "£49,387 to £56,515 a year", "Wakefield WF1 5RH", "1 September 2026"),
                ("C9184-26-1273", "Depends on experience", "London E1 1FR", None),
            ],
        ),
        (
            "detail_2026-08_trimmed.html",
            ADVERT,
            [
                (
                    "E9847-26-0265",
                    "£49,387 to £56,515 a year per annum, pro rata for part time",
                    "Wakefield, WF1 5RH",
                    "01 September 2026",
                )
            ],
        ),
    ],
)
def test_what_was_captured(file: str, url: str, fields: list[tuple[object, ...]], shared: Path) -> None:
    reading = read((shared / "captures" / "nhs_jobs" / file).read_bytes(), url)
    assert [(it.source_ref, it.salary, it.location, it.closes) for it in reading.adverts] == fields
    assert reading.problems == ()


def test_the_overview_whose_paragraph_is_empty_is_read_up_to_the_next_heading(shared: Path) -> None:
    page = (shared / "captures" / "nhs_jobs" / "detail_2026-08_trimmed.html").read_bytes()
    (advert,) = read(page, ADVERT).adverts
    lines = (advert.description or "").split("\n")
    assert lines[0].startswith("Leading the development")
    assert sum("Knowledge of a specialist public health field" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (b"<nhsJobs><vacancy><reference>C9273-26-0229</reference></vacancy></nhsJobs>", FEED),
        (b"<nhsJobs></nhsJobs>", FEED),
        (b"<nhsJobs><vacancyDetails><title>Porter</tit", FEED),
        (b"<html><h1>Service Domain Information</h1></html>", FEED),
        (b"<html><h1>9,307 jobs found</h1><ul class='new'></ul></html>", SEARCH),
        (b"<html><h1 id='heading'>Porter</h1></html>", ADVERT),
        (b"<html><h1>Sign in</h1></html>", ADVERT),
    ],
    ids=["renamed", "no totals", "cut off", "another page", "cards renamed", "a page without details", "a login"],
)
def test_a_wrong_page_is_never_an_empty_board(body: bytes, url: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, url)


@pytest.mark.parametrize("heading", ["<h3 class='nhsuk-heading-s'>{}</h3>", "<h4>{}</h4>", "<dt>{}</dt><!-- -->", ""])
def test_a_detail_is_known_by_its_id_whatever_stands_before_it(heading: str) -> None:
    details = {"date_posted": "11 August 2026", "payscheme-type": "Agenda for change", "payscheme-band": "Band 8a",
               "contract_type": "Bank"}  # fmt: skip
    lines = "".join(f"{heading.format(name)}<p id='{name}'>{value}</p>" for name, value in details.items())
    page = f"<html><h1 id='heading'>Nurse</h1><h2 id='employer_name'>Trust</h2>{lines}</html>"
    (advert,) = read(page.encode(), "https://www.jobs.nhs.uk/candidate/jobadvert/C9273-26-0229").adverts
    assert (advert.posted, advert.grade, advert.contract) == ("11 August 2026", "Band 8a", "Bank")
    assert advert.labels["Pay scheme"] == "Agenda for change"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p id='job_overview'><p>One.</p><ul><li>Two.</li></ul><h3>Next</h3><p>Three.</p>", "One.\nTwo."),
        ("<p id='job_overview'><div>One.</div><div>Two.</div><div><h3>Next</h3></div><p>Three.</p>", "One.\nTwo."),
        ("<p id='job_overview'>One.</p><p id='date_posted'>1 May 2026</p><p>Three.</p>", "One."),
        ("<div id='job_overview'><p>One.</p></div><div><p id='closing_date'>x</p></div>", "One."),
    ],
)
def test_a_section_ends_where_another_begins(markup: str, text: str) -> None:
    page = f"<html><h1 id='heading'>Nurse</h1><h2 id='employer_name'>Trust</h2>{markup}</html>"
    (advert,) = read(page.encode(), "https://www.jobs.nhs.uk/candidate/jobadvert/C9273-26-0229").adverts
    assert advert.description == text
