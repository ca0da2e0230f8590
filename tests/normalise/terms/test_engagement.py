"""As what an advert engages somebody: an example for every way of saying it, and what only looks like one."""

from __future__ import annotations

import pytest

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import Advert, normalise


def _read(**fields: str | None) -> Advert:
    return normalise(RawAdvert(source_ref="1", **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "engagement"),
    [
        ("On-Call Firefighter - Settle", "retained"),
        ("Firefighter (On Call)", "retained"),
        ("Retained Duty System Firefighter", "retained"),
        ("On-call Crew Manager", "retained"),
        ("Diffoddwr Tân Ar-Alwad", "retained"),
        ("Wholetime Firefighter", None),
        ("Wholetime and On-Call Firefighters", None),
        ("On-Call Firefighter Recruitment Officer", None),
        ("On-call Electrician", None),
        ("Apprentice Administrator", "apprentice"),
        ("Business Administration Apprentice (Level 3)", "apprentice"),
        ("Service Desk Analyst Apprenticeship", "apprentice"),
        ("Administration Assistant - Apprenticeship Opportunity", "apprentice"),
        ("Prentis Gweinyddol", "apprentice"),
        ("Apprentice Tutor", None),
        ("Apprenticeship Programme Facilitator", None),
        ("Apprenticeships Manager", None),
        ("Support Worker including Apprenticeships", None),
        ("Volunteer Driver", "volunteer"),
        ("Chaplaincy Volunteer", "volunteer"),
        ("Voluntary Car Driver", "volunteer"),
        ("Special Constable", "volunteer"),
        ("Gwirfoddolwr", "volunteer"),
        ("Volunteer Coordinator", None),
        ("Peer Mentor and Volunteer Team Leader", None),
        ("Head of Volunteering", None),
        ("Voluntary Services Administrator", None),
        ("Voluntary Sector Liaison Officer", None),
        ("Manager of Volunteers", None),
        ("Head of Apprenticeships", None),
        ("Lecturer in Apprenticeships", None),
        ("Planning Officer", None),
    ],
)
def test_titles(title: str, engagement: str | None) -> None:
    assert _read(title=title).engagement.value == engagement


@pytest.mark.parametrize(
    ("salary", "engagement"),
    [
        ("£45 per hour umbrella", "agency"),
        ("£18.50 PAYE / £23.40 Umbrella", "agency"),
        ("£450 per day inside IR35", "agency"),
        ("£500 - £600 per day (Outside IR35)", "contractor"),
        ("Apprentice rate £7.55 per hour", "apprentice"),
        ("National Apprenticeship Wage", "apprentice"),
        ("Unpaid", "volunteer"),
        ("Voluntary", "volunteer"),
        ("£13.05 per hour", None),
        ("Competitive, voluntary sector rates", None),
        ("Voluntary Living Wage, £12.60 per hour", None),
    ],
)
def test_pay(salary: str, engagement: str | None) -> None:
    assert _read(title="Officer", salary=salary).engagement.value == engagement


@pytest.mark.parametrize(
    ("contract", "engagement"),
    [
        ("Permanent", "employee"),
        ("Fixed term - 12 months", "employee"),
        ("Secondment", "employee"),
        ("Agency", "agency"),
        ("CONTRACTOR", "contractor"),
        ("Apprenticeship", "apprentice"),
        ("VOLUNTEER", "volunteer"),
        ("Gwirfoddol", "volunteer"),
        ("Permanent - Voluntary Aided School", "employee"),
        ("Multi-agency working, permanent", "employee"),
        ("Bank", None),
        ("Casual", None),
        ("Temporary", None),
    ],
)
def test_contracts(contract: str, engagement: str | None) -> None:
    assert _read(title="Officer", contract=contract).engagement.value == engagement


@pytest.mark.parametrize(
    ("description", "engagement"),
    [
        ("The assignment is inside IR35.", "agency"),
        ("Pay is £31 umbrella, and you will need a van.", "agency"),
        ("This assignment falls outside of IR35.", "contractor"),
        ("This is a Level 3 apprenticeship post.", "apprentice"),
        ("This is a voluntary role.", "volunteer"),
        ("You will say whether contractors are inside IR35 or outside IR35.", None),
        ("You run the payroll, with PAYE and pensions.", None),
        ("Two hospitals under the umbrella of one trust.", None),
        ("You can be salaried or self-employed.", None),
    ],
)
def test_texts(description: str, engagement: str | None) -> None:
    assert _read(title="Officer", description=description).engagement.value == engagement


def test_a_text_says_nothing_against_the_contract() -> None:
    advert = _read(title="Tax Officer", contract="Permanent", description="Whether contractors are inside IR35.")
    assert advert.engagement.value == "employee"


@pytest.mark.parametrize(
    ("fields", "engagement"),
    [
        ({"title": "Interim Head of Finance", "salary": "£550 per day"}, "contractor"),
        ({"title": "Interim Head of Finance", "salary": "£75,000 per annum"}, None),
        ({"title": "Locum Registrar", "salary": "£44.83 p/h to £53.79 p/h"}, "contractor"),
        ({"title": "Locum Consultant", "salary": "£82,096 - £110,683"}, None),
        ({"title": "Bank Locum Doctor", "salary": "£44.83 per hour"}, None),
        ({"title": "Firefighter", "salary": "Retaining fee of £3,200 per annum"}, "retained"),
        ({"title": "Firefighter", "working_pattern": "On-call"}, "retained"),
        ({"title": "Social Worker", "employer": "Pertemps", "salary": "£35 per hour"}, "agency"),
        ({"title": "Social Worker", "employer": "Pertemps", "salary": "£35,000"}, None),
        ({"title": "Social Worker", "employer": "Pertemps", "salary": "£35 per hour", "contract": "Permanent"}, "employee"),
    ],
)  # fmt: skip
def test_rates_by_time(fields: dict[str, str], engagement: str | None) -> None:
    assert _read(**fields).engagement.value == engagement


@pytest.mark.parametrize(
    ("labels", "engagement"),
    [({"IR35 status": "Inside"}, "agency"), ({"IR35": "Outside"}, "contractor"), ({"Contract type": "Agency"}, "agency")],
)  # fmt: skip
def test_labels(labels: dict[str, str], engagement: str) -> None:
    advert = normalise(RawAdvert(source_ref="1", title="Analyst", labels=labels))
    assert advert.engagement.value == engagement


def test_evidence_points_at_the_words() -> None:
    title = "Kitchen Apprentice"
    evidence = _read(title=title).evidence["engagement"]
    assert (evidence.rule, title[evidence.start : evidence.end]) == ("engagement:title", "Apprentice")


@pytest.mark.parametrize("title", ["İstanbul on-call firefighter", "İ İ LOCUM"])
def test_letters_that_grow_when_they_are_small_move_no_evidence(title: str) -> None:
    advert = _read(title=title, salary="£40 per hour")
    evidence = advert.evidence["engagement"]
    assert title[evidence.start : evidence.end] == evidence.text


def test_signs_that_differ_are_an_issue() -> None:
    advert = _read(title="Apprentice Gardener", contract="Voluntary")
    assert [issue.kind for issue in advert.issues if issue.field == "engagement"] == ["engagement_several"]


@pytest.mark.parametrize(
    ("title", "annual"), [("On-Call Firefighter", None), ("Apprentice Gardener", 9000), ("Firefighter", 9000)]
)
def test_a_retainer_is_no_full_time_year(title: str, annual: int | None) -> None:
    advert = _read(title=title, salary="£9,000 - £12,000 per annum")
    assert (advert.salary.salary_min, advert.salary.salary_annual_min) == (9000, annual)
    assert ("salary_annual_min" in advert.evidence) == (annual is not None)


def test_a_retainer_is_not_called_too_small_for_a_year() -> None:
    advert = _read(title="On-Call Firefighter", salary="£3,200 per annum")
    assert (advert.salary.salary_min, advert.salary.salary_annual_min) == (3200, None)
    assert "small_year" not in [issue.kind for issue in advert.issues]
