"""What holds for every string: nothing raised, nothing invented, nothing slow, and every accepted style reads back."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from jobscraper.normalise.salary import explain, read_salary, salary_columns
from jobscraper.normalise.salary.result import Salary
from jobscraper.read.time_limit import within
from tests.steps import lines_run

_AMOUNTS = ("salary_min", "salary_max", "salary_actual_min", "salary_actual_max")
_PIECES = st.sampled_from(
    [
        *(
            "£",
            "$",
            "€",
            "k",
            "25",
            "26,403",
            "£28,598",
            "£13.47",
            "28.598",
            "31,5",
            "£30,00",
            "0",
            "£0",
            "-",
            "–",
            "to",
        ),
        *(
            "and",
            "or",
            "/",
            "+",
            "(",
            ")",
            ",",
            ".",
            "…",
            "?",
            ";",
            ":",
            "per annum",
            "hour",
            "week",
            "pa",
            "p.a.",
            "FTE",
        ),
        *("actual", "pro-rata", "pro rata", "term time", "up to", "from", "starting", "circa", "c", "£5k", "37 hours"),
        *("Grade", "SCP", "7-11", "M1", "UPS3", "L10", "band", "8a", "NJC", "plus", "allowance of", "OTE", "bonus"),
        *("rising", "London", "National", "&pound;", "\\u00a3", "â€“", "{", "}", '"', "weekend", "nights", "DOE"),
        *(
            "competitive",
            "negotiable",
            "0.6",
            "52 weeks",
            "2024/25",
            "8.30am",
            "Â£",
            "not",
            "\n",
            "<br>",
            "increases to",
        ),
    ]
)
_WORDS = st.lists(_PIECES, max_size=30).map(" ".join) | st.lists(_PIECES, max_size=30).map("".join)
_TEXTS = st.text(max_size=300) | _WORDS


def _styles(amount: int) -> list[str]:
    grouped = f"{amount:,}"
    styles = [f"£{amount}", f"£{grouped}", f"£{grouped}.00", f"£ {grouped}", f"£{amount}.0000", f"GBP {grouped}"]
    styles += [f"&pound;{grouped}", f"£{grouped.replace(',', '.')}", f"£{grouped.replace(',', ', ')}"]
    if amount % 1000 == 0:
        styles += [f"£{amount // 1000}k", f"£{amount // 1000} K"]
    return styles


@given(
    st.integers(10, 99), st.integers(0, 900), st.integers(1, 40), st.booleans(), st.data(),
    st.sampled_from([" - ", "-", " – ", "—", " to ", " rising to ", "- ", " per annum - "]),
    st.sampled_from(["", " per annum", " p.a.", " pa pro rata", "/year", " a year (Grade 7)", " FTE, 37 hours"]),
    st.sampled_from(["", "Salary: ", "Grade 7 SCP 19-22 ", "Band 5 - ", "Actual salary "]),
)  # fmt: skip
def test_any_range_in_any_style_reads_back(
    thousands: int, rest: int, more: int, whole: bool, data: st.DataObject, dash: str, tail: str, head: str
) -> None:
    low = thousands * 1000 + (0 if whole else rest)
    high = low + more * 1000
    text = head + data.draw(st.sampled_from(_styles(low))) + dash + data.draw(st.sampled_from(_styles(high))) + tail
    salary = read_salary(text)
    assert (salary.salary_min, salary.salary_max, salary.salary_period) == (low, high, "year"), text


@given(st.decimals(8, 55, places=2), st.sampled_from([" per hour", "ph", "/hr", " an hour", " p/h", " yr awr", ""]))
def test_any_hourly_rate_reads_back(rate: Decimal, tail: str) -> None:
    salary = read_salary(f"£{rate}{tail}")
    assert (salary.salary_min, salary.salary_max, salary.salary_period) == (rate, rate, "hour")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _holds(text: str, salary: Salary) -> None:
    for end in ("salary", "salary_annual", "salary_actual"):
        low, high = getattr(salary, f"{end}_min"), getattr(salary, f"{end}_max")
        assert low is None or high is None or low <= high
    for column, evidence in salary.evidence.items():
        assert text[evidence.start : evidence.end] == evidence.text
        value = getattr(salary, column)
        if column in _AMOUNTS and value is not None:
            # A shared `k` or thousand is not printed as noughts.
            assert _digits(f"{value.normalize():f}").rstrip("0") in _digits(evidence.text)
    for column in _AMOUNTS:
        assert getattr(salary, column) is None or column in salary.evidence


@settings(max_examples=600)
@given(_TEXTS)
def test_nothing_is_raised_and_nothing_invented(text: str) -> None:
    salary = read_salary(text)
    _holds(text, salary)
    salary_columns(salary)
    explain(text)


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["value", "minValue", "maxValue", "unitText", "currency", "baseSalary"]),
        st.none() | st.integers() | st.floats() | st.booleans() | _WORDS | st.dictionaries(
            st.sampled_from(["value", "minValue", "maxValue", "unitText"]), st.integers() | _WORDS | st.none()),
    ),
    _WORDS,
)  # fmt: skip
def test_no_feed_can_raise(structured: dict[str, object], grade: str) -> None:
    salary = read_salary(None, structured=structured, grade=grade)
    assert salary.salary_min is None or salary.salary_max is None or salary.salary_min <= salary.salary_max
    salary_columns(salary)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=12) | st.lists(_PIECES, min_size=1, max_size=4).map(" ".join))
def test_work_grows_with_length_and_no_faster(unit: str) -> None:
    """Eight times the text takes sixteen times the lines at most: a quadratic rule would take sixty-four times."""
    short, long = (unit * 600)[:500], (unit * 2400)[:4000]
    with within(60):  # Of expressions no steps can be counted; the limit ends one that runs wild.
        assert lines_run(lambda: read_salary(long)) < 16 * max(lines_run(lambda: read_salary(short)), 500), unit
