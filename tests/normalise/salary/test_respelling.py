"""The same pay spelled in another way reads the same: every way of spelling, on every kind of string."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from jobscraper.normalise.salary import read_salary
from jobscraper.normalise.salary.result import Salary

_STRINGS = [
    "£27,274 - £28,153 per annum",
    "£25,988 per annum pro rata",
    "Grade 4 (SCP 7-11) £26,403 - £28,142 pro rata",
    "£24,796 - £25,185 per annum FTE (actual salary £20,971 - £21,300)",
    "£18,327.00 per annum (Actual) Grade 3, 30 hours per week, £26,427 FTE",
    "£13.05 - £13.47 per hour",
    "£13.47 per hour (£25,988 per annum)",
    "£39,152 - £42,839 (London), £35,412 - £38,220 (National)",
    "Up to £45,000 per annum",
    "£41,000 - £45,000 plus a car allowance of £1,239",
    "MPS/UPS £32,916 - £51,048 + TLR 2b (£5,959)",
    "Salary from £28,598 per annum depending on experience",
    "Band 6, 37.5 hours per week",
]
_WAYS: dict[str, Callable[[str], str]] = {
    "a long dash": lambda text: text.replace(" - ", " – "),
    "a dash without spaces": lambda text: text.replace(" - ", "-"),
    "a dash with one space": lambda text: text.replace(" - £", "- £"),
    "`to` for a dash": lambda text: text.replace(" - £", " to £"),
    "capitals": str.upper,
    "small letters": str.lower,
    "two spaces": lambda text: text.replace(" ", "  "),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "a space behind the sign": lambda text: text.replace("£", "£ "),
    "no commas": lambda text: re.sub(r"(?<=\d),(?=\d{3})", "", text),
    "pence": lambda text: re.sub(r"(£\d\d,\d{3})(?!\.)", r"\1.00", text),
    "entities": lambda text: text.replace("£", "&pound;"),
    "mojibake": lambda text: text.replace("£", "Â£"),
    "a code for the sign": lambda text: text.replace("£", "GBP "),
    "square brackets": lambda text: text.replace("(", "[").replace(")", "]"),
    "a label": lambda text: f"Salary: {text}",
    "a sentence": lambda text: f"{text}.",
    "hours behind": lambda text: f"{text}, 37 hours per week",
    "a closing date behind": lambda text: f"{text} Closing date: 12/05/2026",
    "leave behind": lambda text: f"{text} + 25 days annual leave",
    "an award behind": lambda text: f"{text} (pay award pending 2025/26)",
    "a short year": lambda text: text.replace("per annum", "p.a."),
    "a year of English": lambda text: text.replace("per annum", "a year"),
    "a short hour": lambda text: text.replace(" per hour", "ph"),
    "full time in words": lambda text: text.replace("FTE", "full-time equivalent"),
    "pro rata with a hyphen": lambda text: text.replace("pro rata", "pro-rata"),
}


def _pay(salary: Salary) -> tuple[object, ...]:
    return (
        salary.salary_min,
        salary.salary_max,
        salary.salary_currency,
        salary.salary_period,
        salary.salary_basis,
        salary.salary_actual_min,
        salary.salary_actual_max,
        salary.salary_qualifier,
        tuple((extra.kind, extra.amount) for extra in salary.salary_extras),
    )


@pytest.mark.parametrize("way", _WAYS)
def test_another_spelling_reads_the_same(way: str) -> None:
    respelled = {text: _WAYS[way](text) for text in _STRINGS}
    assert any(text != other for text, other in respelled.items())
    for text, other in respelled.items():
        assert _pay(read_salary(other)) == _pay(read_salary(text)), other
