"""Tribepad: all that was captured of it, and pages that are not what they should be. Its fields are in the fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from web_poet import HttpResponse

from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

FEED = "https://recruitment.orbispartnership.co.uk/members/modules/jobV2/feed.xml"
LIST = "https://vacancies.bpp.com/jobs/search/-1/2"
BUILT = "https://recruitment.orbispartnership.co.uk/v2/job/search?page=1"


def read(body: bytes, url: str) -> Reading:
    return read_response(HttpResponse(url=url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}))


def job(**tags: str) -> bytes:
    """A job of the feed, alone: the feed of one job has no list around it."""
    printed = {"job_id": "134", "job_title": "New Worker", "salary_currency": "1", **tags}
    return f"<job>{''.join(f'<{tag}>{text}</{tag}>' for tag, text in printed.items())}</job>".encode()


def pay(frequency: int, low: str, high: str, shown: str) -> dict[str, str]:
    """Pay as the feed prints it: as numbers, as texts of the numbers, and as it is shown."""
    return {"salary_frequency": str(frequency), "salary_from": low, "salary_to": high, "salary_from_text": low,
            "salary_to_text": high, "salaryDisplay": shown}  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "fields"),
    [
        ({"salaryText": "£34 to £35", "location_city": "Lewes", "location_postcode": "BN7 1UE"}, {"salary": "£34 to £35", "location": "Lewes, BN7 1UE"}),
        ({"region": "East Sussex County Council", "business_unit": "&#13;\nESCC: Orbis (BSD)"}, {"employer": "East Sussex County Council", "department": "ESCC: Orbis (BSD)"}),
        ({"custom_13": "<id>1083</id><answer>16</answer>", "shift_hours": "37"}, {"working_pattern": "Full Time", "hours": "37"}),
        ({"job_title": "New Worker (Example Organisation)", "region": "East Sussex County Council", "business_unit": "&#13;\nPartnership"}, {"employer": "Example Organisation"}),
        ({"location_city": "Countywide", "expiry_date": "2019-05-12", "files": "<file><id>628</id><filename>Staff benefits.pdf</filename></file>"}, {"location": "Countywide", "closes": "2019-05-12"}),
        ({"salaryText": "£28802 - £31112", "location_city": "Lewes"}, {"salary": "£28802 - £31112", "location": "Lewes"}),
        (pay(1, "bad", "7503", "£7,503.60 per annum"), {"salary": "£7,503.60 per annum"}),
        (pay(1, "7503", "bad", "£7,503.60 per annum"), {"salary": "£7,503.60 per annum"}),
        (pay(2, "9.68", "11.2", "£9.68 - £11.20"), {"salary": "£9.68 - £11.20"}),
        (pay(1, "0", "0", ""), {"salary": None, "salary_structured": None}),
    ],
    ids=["pay and place", "council and department", "pattern and hours", "a partner of the council", "files", "one place", "no lower bound", "no upper bound", "by the hour", "a volunteer"],
)  # fmt: skip
def test_a_job_of_the_feed(tags: dict[str, str], fields: dict[str, Any]) -> None:
    (advert,) = read(job(**tags), FEED).adverts
    assert advert.source_ref == "134"
    assert {name: getattr(advert, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("answer", "grade"),
    [("24", "Single Status"), (" 35 ", "NJC APT&C Staff"), ("48", "Unqualified Teacher Scale"), ("49", None), ("", None),
     ("9" * 5000, None), ("²", None)],
)  # fmt: skip
def test_the_pay_grade_is_the_choice_of_its_number(answer: str, grade: str | None) -> None:
    job = f"<job><job_id>7</job_id><job_title>Cook</job_title><custom_15><answer>{answer}</answer></custom_15></job>"
    (advert,) = read(f"<jobs>{job}</jobs>".encode(), FEED).adverts
    assert advert.grade == grade


def test_everything_that_was_captured_is_read_and_names_nobody(shared: Path) -> None:
    for path in (shared / "captures" / "tribepad").glob("*.xml"):
        reading = read(path.read_bytes(), FEED)
        assert not any(problem.loses_adverts or problem.kind == "label_unknown" for problem in reading.problems)
        assert not any("name" in label or "@" in value for it in reading.adverts for label, value in it.labels.items())


CLASSIC = """<h2 class="search-results-title">Jobs</h2><ul class="jobs"><li><a href="{host}/jobs/job/Tax-Tutor/739" class="in-app">
<h3><span class="job-list-logo"><img src="x.jpg" alt=""/></span><span class="job-list-title">Tax Tutor</span></h3>
<p itemprop='jobLocation'><i class='far fa-map-marker-alt'></i><span itemprop='address'>London, United Kingdom</span></p>
<p><i class='far fa-wallet'></i> £55k + paid overtime in London, £44k in all other centres</p>
<p itemprop='employmentType'><i class='far fa-clock'></i> Permanent</p>
<p><i class='far fa-calendar'></i> Apply by No expiry date</p></a></li>
<li><a href="{host}/jobs/job/Freelance-Law-Tutor/695" class="in-app">
<h3><span class="job-list-title">Freelance Law Tutor</span></h3>
<p><i class='far fa-wallet'></i> Competitive</p><p itemprop='employmentType'><i class='far fa-clock'></i> Freelancer</p></a></li></ul>"""


def test_a_classic_list_with_and_without_an_end() -> None:
    reading = read(CLASSIC.format(host="https://vacancies.bpp.com").encode(), LIST)
    assert [(it.source_ref, it.title, it.closes) for it in reading.adverts] == [
        ("739", "Tax Tutor", "No expiry date"),
        ("695", "Freelance Law Tutor", None),
    ]
    assert {it.employer for it in reading.adverts} == {"BPP University"}


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (b"<html><title>Sign in</title></html>", FEED),
        (b"<jobs><vacancy><job_id>1</job_id></vacancy></jobs>", FEED),
        (b"<jobs><job><job_id>1</job_id><job_ti", FEED),
        (b"<html><title>Sign in</title></html>", LIST),
        (b"<html><ul class='vacancies'><li>Cook</li></ul></html>", LIST),
        (b"<html><div class='results-item'>Cook</div></html>", BUILT),
    ],
    ids=["a login", "jobs renamed", "cut off", "a login for the list", "the list renamed", "cards renamed"],
)
def test_a_wrong_page_is_never_an_empty_board(body: bytes, url: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, url)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("<p><i class='fa fa-map-marker'></i><span itemprop='address'>Ely, United Kingdom</span></p>", "location", "Ely, United Kingdom"),
        ("<p itemprop='jobLocation'><span itemprop='address'>Ely</span></p>", "location", "Ely"),
        ("<p><i class='far fa-location-dot'></i><span itemprop='address'>Ely</span></p>", "location", "Ely"),
        ("<p itemprop='employmentType'><i class='far fa-hourglass'></i>Fixed Term</p>", "contract", "Fixed Term"),
        ("<p><i class='fa fa-wallet'></i> &pound;24,000</p>", "salary", "£24,000"),
        ("<p><i class='fa fa-calendar-alt'></i> Apply by 31 August, 2026</p>", "closes", "31 August, 2026"),
    ],
)  # fmt: skip
def test_a_value_of_the_classic_list_is_known_by_its_microdata_or_its_icon(line: str, field: str, value: str) -> None:
    body = f"<ul class='jobs'><li><a itemprop='url' href='/jobs/job/Cook/7'><h3>Cook</h3>{line}</a></li></ul>"
    reading = read(body.encode(), LIST)
    assert getattr(reading.adverts[0], field) == value
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("<p>Closing date: 04/06/26</p>", "closes", "04/06/26"),
        ("<p><strong>Closing</strong> 04/06/26</p>", "closes", "04/06/26"),
        ("<dl><dt>Closing date</dt><dd>04/06/26</dd></dl>", "closes", "04/06/26"),
        ("<dl><dt>Salary:</dt><dd>£24,000</dd><dt>Location:</dt><dd>Ely</dd></dl>", "salary", "£24,000"),
        ("<dl><dt>Location</dt><dd>Ely</dd></dl>", "location", "Ely"),
        ("<p>Salary:</p><p>Location: Ely</p>", "salary", None),
    ],
)
def test_a_value_of_the_site_builder_may_stand_behind_its_label_or_below(lines: str, field: str, value: str) -> None:
    link = '<a href="/members/modules/job/detail.php?record=554">Cook</a>'
    body = f'<div class="sitebuilder-job-results-item">{link}{lines}</div>'
    reading = read(body.encode(), BUILT)
    assert getattr(reading.adverts[0], field) == value
    assert reading.problems == ()
