"""NHS Jobs: what was captured of it, and pages that are not what they should be. Its fields are in the fixtures."""

from __future__ import annotations

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


def vacancy(reference: str, salary: str, place: str, closes: str) -> str:
    """One of the feed; its reference is the last of the address, too."""
    return (
        f"<vacancyDetails><id>1</id><reference>{reference}</reference><title>Porter</title><employer>Barts Health NHS Trust"
        f"</employer><type>Permanent</type><salary>{salary}</salary><closeDate>{closes}</closeDate>"
        f"<url>https://beta.jobs.nhs.uk/candidate/jobadvert/{reference}</url>"
        f"<locations><location>{place}</location></locations></vacancyDetails>"
    )


def card(reference: str, place: str, *lines: str) -> str:
    """One of a search. The heading of the place is never closed, as on the board."""
    facts = "".join(
        f"<li data-test='search-result-{line.split(': ')[0]}'>{line.split(': ', 1)[1]}</li>" for line in lines
    )
    return f"""<li class="nhsuk-list-panel search-result" data-test="search-result"><h2><a
href="/candidate/jobadvert/{reference}?keyword=&amp;language=en" data-test="search-result-job-title"> Nurse </a></h2>
<div data-test="search-result-location"><h3 class="nhsuk-u-font-weight-bold"> Barts Health NHS Trust
<div class="location-font-size"> {place} </div></div><ul class="ad-job-info nhsuk-list">{facts}</ul></li>"""


OWN_PAGE = """<span id="employer_name">Spectrum Community Health CIC</span>
<h1 class="nhsuk-heading-xl" id="heading">Public Health Practitioner</h1>
<p id="closing_date"><strong>The closing date is 01 September 2026</strong></p>
<h3 class="nhsuk-heading-xs">Job summary</h3>
<p id="job_overview"><p>Health in prisons is our work,
and yours.</p><p>You would plan it.</p>
<h3 class="nhsuk-heading-xs">Main duties of the job</h3><p id="job_description">Every day
<p> Plans, and their review.</p>
<div class="show-mobile"><h2 class="nhsuk-u-visually-hidden">Details</h2>
<h3 class="nhsuk-heading-s">Band</h3><p id="payscheme-band">Band 7</p>
<h3 class="nhsuk-heading-s">Salary</h3><p id="range_salary">&pound;49,387 to &pound;56,515 a year
    per annum, pro rata for part time</p>
<h3 class="nhsuk-heading-s">Reference number</h3><p id="trac-job-reference">847-RM-26-V945</p>
<p id="employer_town">Wakefield</p><p id="employer_county"></p><p id="employer_postcode">WF1 5RH</p></div>
<div class="hide-mobile"><h4>Essential</h4><ul class="nhsuk-list"><li id="essential_skill_1_criteria_1">Plans for many</li></ul></div>
<ul class="nhsuk-list"><li id="essential_skill_1_criteria_1">Plans for many</li></ul>"""


@pytest.mark.parametrize(
    ("body", "url", "fields"),
    [
        (
            f"""<nhsJobs>{vacancy("C9309-24-0264", "£37578.60 to £39709.50", "London, NW1 2PG", "2024-03-06")}
            {vacancy("M9439-24-0020", "£10295.00", "Peterlee, SR8 2RU", "2024-03-20")}
            <totalPages>1</totalPages><totalResults>2</totalResults></nhsJobs>""",
            FEED,
            [
                ("C9309-24-0264", "£37578.60 to £39709.50", "London, NW1 2PG", "2024-03-06"),
                ("M9439-24-0020", "£10295.00", "Peterlee, SR8 2RU", "2024-03-20"),
            ],
        ),
        ("<nhsJobs><totalPages>0</totalPages><totalResults>0</totalResults></nhsJobs>", FEED, []),
        (
            "<h1 class='nhsuk-heading-l'>9,307 jobs found</h1><ul class='nhsuk-list search-results'>"
            + card(
                "E9847-26-0265",
                "Wakefield WF1 5RH",
                "salary: Salary: <strong>&pound;49,387 to &pound;56,515 a year</strong>",
                "closingDate: Closing date: <strong>1 September 2026</strong>",
            )
            + card("C9184-26-1273", "London E1 1FR", "salary: Salary: <strong>Depends on experience</strong>")
            + "</ul>",
            SEARCH,
            [
                ("E9847-26-0265", "£49,387 to £56,515 a year", "Wakefield WF1 5RH", "1 September 2026"),
                ("C9184-26-1273", "Depends on experience", "London E1 1FR", None),
            ],
        ),
        (
            OWN_PAGE,
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
    ids=["the feed", "an empty feed", "cards", "an advert's own page"],
)
def test_the_facts_of_each_kind_of_page(body: str, url: str, fields: list[tuple[object, ...]]) -> None:
    reading = read(body.encode(), url)
    assert [(it.source_ref, it.salary, it.location, it.closes) for it in reading.adverts] == fields
    assert reading.problems == ()


def test_the_overview_whose_paragraph_is_empty_is_read_up_to_the_next_heading() -> None:
    (advert,) = read(OWN_PAGE.encode(), ADVERT).adverts
    lines = (advert.description or "").split("\n")
    assert lines[0].startswith("Health in prisons")
    assert sum("Plans for many" in line for line in lines) == 1


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
