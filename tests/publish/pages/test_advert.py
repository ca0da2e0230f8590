"""The page of an advert: how its pay was understood, and how to cite it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jobscraper.publish.site.pages.advert.explain import citation, pay_explained
from tests.publish.conftest import Get, text


def advert(**values: Any) -> dict[str, Any]:
    """An advert as the page has it, with the values given and no others."""
    names = (
        "salary_text salary_min salary_max salary_currency salary_period salary_basis salary_annual_min salary_annual_max"
        " salary_actual_min salary_actual_max salary_qualifier salary_source pay_scale evidence title employer_text"
        " source_title first_seen last_seen engagement working_pattern hours_per_week"
    )
    return {name: values.get(name) for name in names.split()}


def rule(name: str) -> str:
    return json.dumps({"salary_annual_min": {"rule": name, "text": "x", "start": 0, "end": 1}})


FEED = json.dumps({
    "salary_min": {"rule": "structured:minValue", "text": "12.85", "start": 0, "end": 5},
    "salary_max": {"rule": "structured:maxValue", "text": "13.26", "start": 0, "end": 5},
    "salary_annual_min": {"rule": "structured:annual:37 hours in 52.143 weeks", "text": "12.85", "start": 0, "end": 5},
})  # fmt: skip
YEARLY = {"salary_text": "£39,190 - £41,797", "salary_min": 39190, "salary_max": 41797, "salary_currency": "GBP",
          "salary_period": "year", "salary_basis": "fte", "salary_annual_min": 39190, "salary_annual_max": 41797}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({**YEARLY, "evidence": rule("annual:as printed")}, ["£39,190 to £41,797 a year, full time."]),
        (
            {**YEARLY, "salary_min": 12.5, "salary_max": 12.5, "salary_period": "hour", "salary_annual_min": 24116.14,
             "salary_annual_max": 24116.14, "evidence": rule("annual:37 hours in 52.143 weeks")},
            ["£24,116.14 a year, full time, worked out from £12.50 an hour at 37 hours in 52.143 weeks."],
        ),
        (
            {"salary_min": 12.85, "salary_max": 13.26, "salary_currency": "GBP", "salary_period": "hour",
             "salary_annual_min": 24791.39, "salary_annual_max": 25582.4, "salary_source": "structured", "evidence": FEED},
            ["£24,791.39 to £25,582.40 a year, full time, worked out from £12.85 to £13.26 an hour at 37 hours in 52.143 weeks.",
             "The board gives this pay as data (“12.85” and “13.26”), not in the words of the advert."],
        ),
        (
            {**YEARLY, "salary_text": "{'value': 12.85} to 13.26", "salary_source": "structured", "evidence": FEED},
            ["£39,190 to £41,797 a year, full time, worked out from £39,190 to £41,797 a year at 37 hours in 52.143 weeks."],
        ),
        (
            {**YEARLY, "salary_basis": "pro_rata", "salary_actual_min": 20000, "salary_actual_max": 21000},
            ["£39,190 to £41,797 a year, full time.", "The postholder is paid £20,000 to £21,000 a year for the hours of this post."],
        ),
        (
            {**YEARLY, "salary_source": "pay_scale", "pay_scale": "AfC"},
            ["£39,190 to £41,797 a year, full time: only a grade is printed, and this is what it pays on the scale Agenda for Change."],
        ),
        (
            {"salary_text": "£17,412 (Actual salary)", "salary_min": 17412, "salary_max": 17412, "salary_currency": "GBP",
             "salary_period": "year", "salary_basis": "actual"},
            ["£17,412 a year, for the hours of this post; full-time pay a year cannot be worked out from that."],
        ),
        ({"salary_text": "Competitive", "salary_qualifier": "competitive"},
         ["No amount is printed.", "It says only “competitive”."]),
        ({"salary_text": "£30,001 - £40,000"}, ["No pay can be read from what is printed."]),
        ({"salary_text": "MPS/UPS plus TLR 2b £5,214"}, ["No pay can be read from what is printed."]),
        (
            {**YEARLY, "engagement": "agency"},
            ["£39,190 to £41,797 a year, full time.",
             "This is an agency worker’s rate, and is not compared with the pay of employees."],
        ),
        ({**YEARLY, "engagement": "employee"}, ["£39,190 to £41,797 a year, full time."]),
        ({}, []),
        ({**YEARLY, "evidence": "{broken"}, ["£39,190 to £41,797 a year, full time."]),
    ],
)  # fmt: skip
def test_pay_is_explained(values: dict[str, Any], sentences: list[str]) -> None:
    assert pay_explained(advert(**values)) == sentences


@pytest.mark.parametrize(
    ("pattern", "hours", "said"),
    [
        ("full_time", None, "The advert says “pro rata”: fewer hours than full time are paid a share of that."),
        ("full_time, part_time", None, "The advert says “pro rata”: fewer hours than full time are paid a share of that."),
        (None, 35.0, "The advert says “pro rata”: fewer hours than full time are paid a share of that."),
        ("part_time", None, "The post is part time, and pays the corresponding share of that."),
        ("part_time, term_time", None, "The post is part time and term time, and pays the corresponding share of that."),
        ("part_time", 22.2, "The post is for 22.2 hours a week, and pays the corresponding share of that."),
        ("flexible", None, "The advert says “pro rata”, but not for how many hours: fewer hours than full time are paid a share of that."),
    ],
)  # fmt: skip
def test_pro_rata_is_said_of_a_post_as_far_as_its_hours_are_known(
    pattern: str | None, hours: float | None, said: str
) -> None:
    values = {**YEARLY, "salary_basis": "pro_rata", "working_pattern": pattern, "hours_per_week": hours}
    assert pay_explained(advert(**values))[1:] == [said]


def test_how_to_cite() -> None:
    cited = advert(title="Planner", employer_text="Leeds City Council", source_title="WMJobs",
                   first_seen="2026-08-12T06:00:00Z", last_seen="2026-08-27T06:00:00Z")  # fmt: skip
    assert citation(cited, "https://jobs.example/archive/advert/x") == (
        "Leeds City Council: “Planner”. WMJobs, first seen 12 Aug 2026, last seen 27 Aug 2026. "
        "Archived at https://jobs.example/archive/advert/x"
    )


def test_an_advert_shows_what_its_pay_was_read_from(get: Get) -> None:
    html = get("/archive/advert/localgov~3A0002").text
    assert "<bdi><mark>£34,203</mark> - £37,067</bdi>" in html
    assert "£34,203 to £37,067 a year, full time." in html


def test_what_nothing_fills_yet_is_on_no_page_of_an_advert(get: Get) -> None:
    assert "vacancy_id" not in get("/archive/advert/localgov~3A0000").text


def test_a_change_is_told_in_uk_time(get: Get) -> None:
    assert "1 Dec 2026, 17:00" in text(get("/archive/advert/teaching_vacancies~3A0015").text)
    assert "2026-12-01T17:00:00Z" not in text(get("/archive/advert/teaching_vacancies~3A0015").text)
