"""Pay that a feed gives as an object, alone and beside the printed text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.normalise.salary import read_salary


@pytest.mark.parametrize(
    ("structured", "low", "high", "period", "annual"),
    [
        ({"value": {"minValue": 23000, "maxValue": 25000, "unitText": "YEAR"}}, 23000, 25000, "year", 25000),
        ({"minValue": "23000", "maxValue": 0, "unitText": "YEAR"}, 23000, None, "year", None),
        ({"value": {"value": 13.47, "unitText": "HOUR"}}, 13.47, 13.47, "hour", 25987.55),
        ({"value": "30000"}, 30000, 30000, "year", 30000),
        ({"value": "£30,000 per annum pro rata"}, 30000, 30000, "year", 30000),
        ({"baseSalary": {"value": {"value": "£12.60 an hour"}}}, 12.6, 12.6, "hour", 24309.07),
        ({"value": 250}, 250, 250, None, None),
        ({"minValue": 0, "maxValue": 0}, None, None, None, None),
        ({"value": "bad"}, None, None, None, None),
        ({"minValue": 30000, "maxValue": 20000}, None, None, None, None),
        ({"minValue": 50879, "maxValue": 85262, "unitText": "WEEK"}, 50879, 85262, None, None),
        ({"minValue": 5043, "maxValue": 5043, "unitText": "YEAR"}, None, None, None, None),
        ({"minValue": 6724, "maxValue": 8405, "unitText": "YEAR"}, None, None, None, None),
    ],
)
def test_feed_objects(
    structured: dict[str, Any], low: float | None, high: float | None, period: str | None, annual: float | None
) -> None:
    salary = read_salary(None, structured=structured)
    ends = [None if v is None else float(v) for v in (salary.salary_min, salary.salary_max, salary.salary_annual_max)]
    assert ends == [low, high, annual]
    assert salary.salary_period == period
    assert salary.salary_source == (None if low is None else "structured")


def test_evidence_of_a_feed_is_in_the_value_it_gave() -> None:
    salary = read_salary(None, structured={"minValue": 23000, "unitText": "YEAR", "currency": "GBP"})
    assert salary.evidence["salary_min"].text == "23000"
    assert salary.evidence["salary_min"].rule == "structured:minValue"
    assert salary.evidence["salary_period"].text == "YEAR"


def test_printed_pay_wins() -> None:
    salary = read_salary("£25,000 FTE (£20,000 actual)", structured={"minValue": 20000, "maxValue": 20000})
    assert (salary.salary_min, salary.salary_source) == (25000, "text")


def test_a_feed_may_tell_the_period_of_a_printed_amount() -> None:
    structured = {"minValue": 250, "maxValue": 250, "unitText": "DAY"}
    salary = read_salary("£250.00", structured=structured)
    assert (salary.salary_period, salary.salary_annual_min, salary.issues) == ("day", 65000, ())


def test_words_without_an_amount_keep_their_qualifier_beside_a_feeds_numbers() -> None:
    salary = read_salary("Depending on experience", structured={"minValue": 23000, "unitText": "YEAR"})
    assert (salary.salary_min, salary.salary_qualifier) == (23000, "depends_on_experience")


@pytest.mark.parametrize(
    ("text", "low", "high", "basis"),
    [
        ('{"currency":"GBP","value":{"minValue":60000,"maxValue":70000,"unitText":"YEAR"}}', 60000, 70000, "fte"),
        ('{"value": {"minValue": "38694", "value": "\\u00a338,694 per annum pro rata"}}', 38694, 38694, "pro_rata"),
    ],
)
def test_an_object_printed_as_text(text: str, low: int, high: int, basis: str) -> None:
    salary = read_salary(text)
    assert (salary.salary_min, salary.salary_max, salary.salary_basis) == (low, high, basis)
    assert salary.salary_source == "structured"
    assert salary.evidence["salary_min"].text == text


def test_bands_of_a_form_are_no_pay_in_a_feed_either() -> None:
    salary = read_salary(None, structured={"minValue": 10001, "maxValue": 20000, "unitText": "YEAR"})
    assert (salary.salary_min, salary.salary_max) == (None, None)
    assert [issue.kind for issue in salary.issues] == ["salary_band"]


def test_a_range_of_a_feed_too_wide_for_one_post_is_a_doubt() -> None:
    salary = read_salary(None, structured={"minValue": 15000, "maxValue": 70000, "unitText": "YEAR"})
    assert [issue.kind for issue in salary.issues] == ["wide_range"]


@pytest.mark.parametrize("words", ["£25,000 - £33,00 a year", "£49,0736", "£41,000 - £38,000", "£10,001 - £20,000"])
def test_the_numbers_beside_doubtful_words_are_a_guess_at_them(words: str) -> None:
    value = {"value": words, "minValue": "3300", "maxValue": "25000", "unitText": "YEAR"}
    for salary in (read_salary(words, structured=value), read_salary(None, structured=value)):
        assert (salary.salary_min, salary.salary_max) == (None, None)
        assert {issue.field for issue in salary.issues} == {"salary_min"}


def test_a_period_from_the_feed_brings_its_doubt_along() -> None:
    salary = read_salary("£5,521", structured={"value": "£5,521 a year", "unitText": "YEAR"})
    assert (salary.salary_min, salary.salary_period) == (5521, "year")
    assert [issue.kind for issue in salary.issues] == ["small_year"]


@pytest.mark.parametrize(
    ("text", "structured", "rule", "of"),
    [
        (None, {"minValue": 23000, "maxValue": 25000, "unitText": "YEAR"}, "structured:annual:as printed", "23000"),
        (None, {"minValue": "12.85", "unitText": "HOUR"}, "structured:annual:37 hours in 52.143 weeks", "12.85"),
        (None, {"value": "£2,100 a month"}, "structured:annual:12 months", "£2,100"),
        ("£250.00", {"minValue": 250, "maxValue": 250, "unitText": "DAY"}, "annual:260 days", "£250.00"),
    ],
)
def test_a_year_that_comes_from_a_feed_tells_its_field_and_its_factor(
    text: str | None, structured: dict[str, Any], rule: str, of: str
) -> None:
    found = read_salary(text, structured=structured).evidence["salary_annual_min"]
    assert (found.rule, found.text) == (rule, of)


_AMOUNTS = st.none() | st.integers(0, 10**6) | st.sampled_from(["12.85", "£30,000 per annum", "bad", "£450 a week"])


@given(
    st.sampled_from([None, "£250.00", "£12.85 an hour", "£30,000 pro rata", "Competitive", "£20,000 actual"]),
    st.fixed_dictionaries({}, optional={"minValue": _AMOUNTS, "maxValue": _AMOUNTS, "value": _AMOUNTS}),
    st.sampled_from([None, "YEAR", "MONTH", "WEEK", "DAY", "HOUR"]),
)
def test_every_amount_has_evidence(text: str | None, amounts: dict[str, Any], unit: str | None) -> None:
    salary = read_salary(text, structured={**amounts, "unitText": unit})
    kinds = ("", "annual_", "actual_")
    columns = {f"salary_{kind}{end}" for kind in kinds for end in ("min", "max")}
    assert {column for column in columns if getattr(salary, column) is not None} == columns & set(salary.evidence)
