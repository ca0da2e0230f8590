"""Corrections: they override the rules, and none outlives its need."""

from __future__ import annotations

from collections.abc import Iterable

from jobscraper.normalise.salary.corrections import AMOUNTS, WORDS, Correction, corrected, corrections, parse
from jobscraper.normalise.salary.read import read_text

_HEADER = (
    "text,salary_min,salary_max,salary_currency,salary_period,salary_basis,salary_annual_min,salary_annual_max,"
    "salary_actual_min,salary_actual_max,salary_qualifier,reason,corrected_on"
)
_TABLE = f'{_HEADER}\n"£30,00 per annum",30000,30000,GBP,year,fte,30000,30000,,,,a nought was lost,2026-01-31\n'


def test_a_correction_overrides_the_rules() -> None:
    text = " £30,00  per annum"
    salary = corrected(text, read_text(text), parse(_TABLE))
    assert (salary.salary_min, salary.salary_annual_max, salary.salary_source) == (30000, 30000, "text")
    assert salary.evidence["salary_min"].rule == "correction"
    assert salary.evidence["salary_min"].text == text
    assert salary.issues == ()


def test_other_texts_stay_as_they_are() -> None:
    salary = read_text("£30,000")
    assert corrected("£30,000", salary, parse(_TABLE)) is salary


def test_the_table_of_the_project_can_be_read() -> None:
    assert all(correction.reason for correction in corrections().values())


def superfluous(corrections: Iterable[Correction]) -> list[str]:
    """The texts of corrections that the rules read as approved by themselves: they are to be taken out."""
    return [
        correction.text
        for correction in corrections
        if {column: getattr(read_text(correction.text), column) for column in (*AMOUNTS, *WORDS)}
        == {**correction.amounts, **correction.words}
    ]


def test_every_correction_is_still_needed() -> None:
    assert superfluous(corrections().values()) == []


def test_a_correction_that_the_rules_read_by_themselves_is_found() -> None:
    table = f'{_HEADER}\n"£30,000 per annum",30000,30000,GBP,year,fte,30000,30000,,,,no reason,2026-01-31\n'
    assert superfluous(parse(table).values()) == ["£30,000 per annum"]
