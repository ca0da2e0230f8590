"""The page of a question, and its answer as data."""

from __future__ import annotations

import pytest

from tests.publish.conftest import Get


def test_the_page_has_its_parameters_in_words_and_their_defaults(get: Get) -> None:
    html = get("/archive/pay_most").text
    assert '<label for="words">Words in the title</label>' in html
    assert 'value="lecturer"' in html
    assert '<option value="" selected>The whole UK</option>' in html
    assert "Employers with a single advert are left out." in html
    assert "The SQL of this question" in html


def test_the_page_leads_to_adverts(get: Get) -> None:
    assert (
        'href="/archive/advert/localgov~3A0010"><bdi>Highways Inspector</bdi></a>'
        in get("/archive/closing_soon?words=highways&days=400").text
    )


def test_what_is_left_empty_is_no_default(get: Get) -> None:
    assert "Nothing was found" in get("/archive/pay_most?words=&region=").text


NOT_KNOWN = {
    "pay_most?word=nurse": "there is no parameter “word” here; this question takes words, region",
    "pay_most?region=Mars": "Region: “Mars” is not known here",
    "pay_most?words=nurse&words=vet": "words is given more than once, with “vet” as well",
    "contracts?kind=councl": "Kind of employer: “councl” is not known here",
    "points_of_a_scale?scale=XYZ": "Pay scale: “XYZ” is not known here",
    "days_open?period=yesterday": "First seen: “yesterday” is not known here",
    "closing_soon?days=soon": "Within … days: “soon” is not a whole number",
    "same_post?prices=3%25": "Inflation, per cent a year: “3%” is not a number",
    "live_on?day=2026-02-30": "such as 2026-08-20: “2026-02-30” is not a date",
    "flexible?kind=council": "there is no parameter “kind” here; this question takes nothing",
}


@pytest.mark.parametrize("asked", NOT_KNOWN)
def test_what_a_question_does_not_know_is_said_and_data_are_refused(asked: str, get: Get) -> None:
    page = get(f"/archive/{asked}")
    assert page.status_code == 200
    assert NOT_KNOWN[asked] in page.text
    name, _, query = asked.partition("?")
    for form in ("json", "csv"):
        answer = get(f"/archive/{name}.{form}?{query}")
        assert answer.status_code == 400
        assert NOT_KNOWN[asked] in (answer.json()["error"] if form == "json" else answer.text)


def test_in_place_of_what_is_wrong_stands_the_usual_value(get: Get) -> None:
    html = get("/archive/closing_soon?words=highways&days=soon").text
    assert 'name="days" type="text" value="7"' in html
    assert 'name="words" type="text" value="highways"' in html


@pytest.mark.parametrize("query", ["", "?kind=fire", "?kind=", "?_shape=array"])
def test_what_a_question_knows_is_answered_in_every_form(query: str, get: Get) -> None:
    answers = [get(f"/archive/contracts{form}{query}") for form in ("", ".json", ".csv")]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert "not known here" not in answers[0].text


def test_data_have_the_defaults_of_the_page(get: Get) -> None:
    (row,) = get("/archive/pay_printed.json?_shape=array").json()[:1]
    assert row == get("/archive/pay_printed.json?period=last+12+months&_shape=array").json()[0]
    assert "Transport Planner" in get("/archive/closing_soon.csv?words=planner&days=400").text


def test_datasette_gives_the_answer_as_data(get: Get) -> None:
    (row,) = get("/archive/contracts.json?kind=&_shape=array").json()
    assert row["contract"] == "permanent"
