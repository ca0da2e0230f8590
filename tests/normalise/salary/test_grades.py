"""Grades, points, and what the register of pay scales fills in or doubts."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from jobscraper.normalise.salary import read_salary
from jobscraper.registers.pay_scales import pay_point, pay_points

_AUTUMN_2025 = datetime.date(2025, 10, 1)


@pytest.mark.parametrize(
    ("text", "grade", "scale", "low", "high"),
    [
        ("NJC Grade 5 SCP 13 - 15 (Outer London)", "NJC Grade 5 SCP 13 - 15", "NJC", "13", "15"),
        ("SCP3-4 £13,265 - £13,454", "SCP3-4", "NJC", "3", "4"),
        ("Grade 6, spinal point 18-22", "Grade 6, spinal point 18-22", None, "18", "22"),
        ("Grade 8 - £32,000", "Grade 8", None, None, None),
        ("NHS Band 5", "NHS Band 5", "AfC", "5", "5"),
        ("Band 8a", "Band 8a", "AfC", "8a", "8a"),
        ("Band 5 £22,850", "Band 5", None, None, None),
        ("M6 - U1 (Depending on experience)", "M6 - U1", "teachers_ew", "M6", "U1"),
        ("MPS/UPS", "MPS/UPS", "teachers_ew", "M1", "U3"),
        ("M3 to UPS3 £35,674 to £51,048", "M3 to UPS3", "teachers_ew", "M3", "U3"),
        ("L10 - L14 (£60,000 - £66,000)", "L10 - L14", "teachers_ew", "L10", "L14"),
        ("Unqualified teacher £22,601", "Unqualified teacher", "teachers_ew", "UNQ1", "UNQ6"),
        ("HEO £35,000", "HEO", "civil_service", "HEO", "HEO"),
        ("Police Constable £31,163 - £50,257", "Police Constable", "police", "constable", "constable"),
        ("Salary: PO1 £37,035 - £39,513", "PO1", None, None, None),
        ("KR5 (£24,404)", "KR5", None, None, None),
        ("KR 5 £24,404", "KR 5", None, None, None),
        ("Leeds LS1 £30,000", None, None, None, None),
        ("Firefighter £28,265", "Firefighter", "fire", None, None),
    ],
)
def test_grades_and_points(text: str, grade: str | None, scale: str | None, low: str | None, high: str | None) -> None:
    salary = read_salary(text)
    assert (salary.grade_text, salary.pay_scale) == (grade, scale)
    assert (salary.pay_point_min, salary.pay_point_max) == (low, high)


@pytest.mark.parametrize(
    ("text", "area", "low", "high"),
    [
        ("Grade 6, SCP 18-22", None, 31537, 33699),
        ("MPS/UPS", "North West", 32916, 51048),
        ("Inner London MPS 6", None, 52300, 52300),
        ("Agenda for Change Band 6", "South West", 38682, 46580),
        ("Police Constable", "Wales", 31163, 50257),
    ],
)
def test_a_grade_alone_is_filled_from_the_register(text: str, area: str | None, low: int, high: int) -> None:
    salary = read_salary(text, posted_on=_AUTUMN_2025, area=area)
    assert (salary.salary_annual_min, salary.salary_annual_max) == (low, high)
    assert (salary.salary_min, salary.salary_max, salary.salary_source) == (None, None, "pay_scale")
    assert (salary.salary_currency, salary.salary_basis) == ("GBP", "fte")


@pytest.mark.parametrize(
    ("text", "day", "area"),
    [
        ("Grade 6, SCP 18-22", None, None),
        ("Grade 6, SCP 18-22", datetime.date(2018, 1, 1), None),
        ("Grade 6, SCP 18-22", _AUTUMN_2025, "Scotland"),
        ("MPS/UPS", _AUTUMN_2025, "London"),
        ("MPS/UPS", _AUTUMN_2025, None),
        ("NHS Band 5", _AUTUMN_2025, None),
        ("Grade 6", _AUTUMN_2025, None),
        ("HEO", _AUTUMN_2025, None),
    ],
)
def test_no_figure_without_a_day_an_area_or_a_row(text: str, day: datetime.date | None, area: str | None) -> None:
    salary = read_salary(text, posted_on=day, area=area)
    assert (salary.salary_annual_min, salary.salary_annual_max, salary.salary_source) == (None, None, None)


def test_printed_pay_wins_and_a_large_difference_is_an_issue() -> None:
    near = read_salary("SCP 18-22 £31,000 - £33,000", posted_on=_AUTUMN_2025)
    far = read_salary("SCP 18-22 £21,000 - £23,000", posted_on=_AUTUMN_2025)
    assert (near.salary_annual_min, near.salary_source, near.issues) == (31000, "text", ())
    assert far.salary_annual_min == 21000
    assert [issue.kind for issue in far.issues] == ["pay_scale_disagrees"]


def test_the_grade_field_says_what_the_text_does_not() -> None:
    salary = read_salary("Depends on experience", grade="NHS Band 6", posted_on=_AUTUMN_2025, area="North East")
    assert (salary.salary_annual_min, salary.salary_qualifier) == (38682, "depends_on_experience")
    assert (salary.grade_text, salary.evidence["grade_text"].rule) == ("NHS Band 6", "grade_field:grade")
    assert read_salary("£25,000", grade="Senior Officer").grade_text == "Senior Officer"
    assert read_salary("Grade 5 £25,000", grade="Grade 7").grade_text == "Grade 5"


def test_every_row_of_the_register_has_a_source_and_a_span_of_days() -> None:
    rows = [row for rows in pay_points().values() for row in rows]
    assert len(rows) > 500
    for row in rows:
        assert row.source
        assert row.valid_from < row.valid_to
        assert 0 < row.annual_min <= row.annual_max


def test_no_two_rows_of_the_register_hold_on_one_day() -> None:
    for rows in pay_points().values():
        ordered = sorted(rows, key=lambda row: row.valid_from)
        assert all(a.valid_to < b.valid_from for a, b in pairwise(ordered))


def test_the_register_is_asked_by_day() -> None:
    area = "England, Wales and Northern Ireland"
    in_2024 = pay_point("NJC", area, "6", datetime.date(2025, 3, 31))
    in_2025 = pay_point("NJC", area, "6", datetime.date(2025, 4, 1))
    assert in_2024 is not None
    assert in_2025 is not None
    assert (in_2024.annual_min, in_2025.annual_min) == (Decimal(25183), Decimal(25989))
