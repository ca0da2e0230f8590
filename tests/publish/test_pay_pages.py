"""The pages about pay, employers and places: their numbers, what they are beside, and how pay was understood."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from jobscraper.publish.site.pages.advert.explain import citation, pay_explained
from jobscraper.publish.site.shared.spread import Scale, Spread, scale_of, spread_of
from tests.publish.conftest import text

Get = Callable[[str], Any]


def spread(lower: int | None, median: int | None, upper: int | None) -> Spread:
    return Spread(label="", adverts=0, n=0, lower=lower, median=median, upper=upper)


def test_a_spread_counts_adverts_without_pay_and_ranks_the_others() -> None:
    found = spread_of("x", 4, [30000, 10000, 20000])
    assert (found.adverts, found.n, found.lower, found.median, found.upper) == (4, 3, 15000, 20000, 25000)


@pytest.mark.parametrize(("n", "few"), [(0, True), (9, True), (10, False)])
def test_few_adverts_say_little(n: int, few: bool) -> None:
    assert spread_of("x", n, [1] * n).is_few is few


def test_a_scale_holds_all_quartiles_between_round_amounts() -> None:
    scale = scale_of([spread(21000, 25000, 30000), spread(None, None, None), spread(28000, 33000, 41000)])
    assert scale == Scale(20000, 42000)
    assert scale.ticks == [20000, 25000, 30000, 35000, 40000]
    assert (scale.at(20000), scale.at(31000), scale.at(42000)) == (0.0, 50.0, 100.0)


def test_without_amounts_there_is_no_scale() -> None:
    assert scale_of([spread(None, None, None)]) is None


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Of 20 adverts, 14 print a starting pay. Half of those start at £39,190 or less"),
        ("?by=region&kind=council", "Wales £90,347 £90,347 £90,347 3 (few)"),
        ("?by=time", "2026-Q4 £34,203 £39,190 £90,347 14"),
        ("?q=engineer", "Of 3 adverts with engineer in the title, 2 print a starting pay"),
        ("?q=%22planning+officer%22&by=kind", "Council £90,347 £90,347 £90,347 1 (few)"),
        ("?q=engineer&by=time", "2026-Q4 £61,916 £84,643 £107,369 2 (few)"),
        ("?q=nothingofthekind", "No adverts with these words in the title print a starting pay here"),
        ("?period=2024", "Of 20 adverts, 14 print"),
        ("?by=quarter", "by “quarter” is not known here; this was ignored"),
        ("?region=Mars", "region “Mars” is not known here; this was ignored"),
        ("?period=2019", "period “2019” is not known here; this was ignored"),
        ("?by=region&by=time", "by is given more than once, with “time” as well; this was ignored"),
        ("?kind=fire", "No adverts print a starting pay here"),
        ("", "No amount is printed 4"),
        ("", "Another currency 2"),
    ],
)
def test_what_the_page_about_pay_says(query: str, says: str, get: Get) -> None:
    assert says in text(get(f"/pay{query}").text)


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("?by=region&kind=council&period=all", "/search?region=Wales&amp;kind=council"),
        ("?by=region&period=2026", "/search?region=Wales&amp;since=2026-01-01&amp;until=2026-12-31"),
        ("?by=time&region=Wales", "/search?region=Wales&amp;since=2026-10-01&amp;until=2026-12-31"),
    ],
)
def test_a_part_leads_to_its_adverts_and_no_others(query: str, link: str, get: Get) -> None:
    assert f'href="{link}"' in get(f"/pay{query}").text


@pytest.mark.parametrize("words", ["", "engineer", "planning -drainage"])
@pytest.mark.parametrize("by", ["region", "kind", "time", "grade"])
def test_rows_and_what_is_left_out_are_all_adverts(by: str, words: str, get: Get) -> None:
    page = get(f"/pay?by={by}&q={words}&period=all").text
    (adverts,) = re.findall(r"Of (\d+) adverts", page)
    rows = re.findall(r'data-label="n">(\d+)', page)
    left_out = re.findall(r"<dd>(\d+)</dd>", page)
    assert sum(map(int, [*rows, *left_out])) == int(adverts)


@pytest.mark.parametrize(
    "query", ["by=region", "by=kind&period=all", "by=time", "by=region&q=engineer", "by=kind&q=engineer"]
)
def test_a_row_leads_to_its_adverts_and_no_others(query: str, get: Get) -> None:
    rows = re.findall(
        r'<a href="(/search\?[^"]+)" rel="nofollow">.*?data-label="n">(\d+)', get(f"/pay?{query}").text, re.DOTALL
    )
    assert rows
    for link, count in rows:
        adverts = get(html.unescape(link).replace("/search", "/search.json")).json()["adverts"]
        paid = [it for it in adverts if it["salary_currency"] == "GBP" and it["salary_annual_min"] is not None]
        assert len(paid) == int(count)


@pytest.mark.parametrize(
    ("query", "offered", "left_out"),
    [
        (
            "by=region&region=Wales",
            ["by", "kind", "period"],
            "pay by region cannot be asked for a region, here “Wales”",
        ),
        ("by=kind&kind=council", ["by", "region", "period"], "cannot be asked for a kind of employer, here “council”"),
        ("by=time&period=2026", ["by", "region", "kind"], "pay by time cannot be asked for a time of being first seen"),
        ("by=grade&region=Wales", ["by", "period"], "pay by grade cannot be asked for a region"),
        ("by=grade&region=Wales&q=engineer", ["by", "region", "kind", "period"], ""),
        ("by=time&period=last+12+months", ["by", "region", "kind"], ""),
    ],
)
def test_the_form_offers_what_the_page_applies(query: str, offered: list[str], left_out: str, get: Get) -> None:
    page = get(f"/pay?{query}").text
    assert re.findall(r'<select id="(\w+)"', page) == offered
    assert (left_out in text(page)) if left_out else ("this was ignored" not in page)


def test_the_page_of_an_employer(get: Get) -> None:
    said = text(get("/archive/employer/W06000015").text)
    assert "Cardiff Council Council, most adverts in Wales" in said
    assert "Cardiff Council £90,347 £90,347 £90,347 3 (few)" in said
    assert "Council, Wales £90,347 £90,347 £90,347 3 (few)" in said
    assert "Every employer, the whole UK £34,203 £39,190 £90,347 14" in said
    assert "Midday Supervisor 1" in said


def test_the_page_of_an_employer_leads_to_its_adverts(get: Get) -> None:
    assert "/search?employer_id=W06000015&amp;status=open" in get("/archive/employer/W06000015").text


def test_a_place_without_adverts_is_not_found(get: Get) -> None:
    answer = get("/place/E09999999")
    assert answer.status_code == 404
    assert "The archive has no adverts in a district with the code E09999999" in answer.text


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
             "The board gives “12.85” and “13.26” as data, not in the words of the advert."],
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


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("by=quarter", "by “quarter” is not known here"),
        ("region=Wals", "region “Wals”"),
        ("sort=up", "no filter “sort”"),
    ],
)
def test_the_page_of_pay_tells_what_is_not_known(query: str, told: str, get: Get) -> None:
    assert told in get(f"/pay?{query}").text
    assert "it was left out" not in get("/pay?q=&by=time&region=all&kind=all&period=all").text
