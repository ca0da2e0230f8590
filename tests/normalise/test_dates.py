"""Dates as boards print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.normalise.dates import read_closing, read_date


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2026-08-01", "2026-08-01"),
        ("01/08/2026", "2026-08-01"),
        ("1/8/2026", "2026-08-01"),
        ("26-08-2026", "2026-08-26"),
        ("31 July, 2025", "2025-07-31"),
        ("Monday 3rd February 2025", "2025-02-03"),
        ("2026-10-07T23:30:00+01:00", "2026-10-07"),
        ("2026-10-07T23:30:00Z", "2026-10-08"),
        ("2026-10-07T12:42:00.123456789", "2026-10-07"),
    ],
)
def test_a_day(printed: str, day: str) -> None:
    found = read_date(printed)
    assert found.value is not None
    assert found.value.isoformat() == day
    assert found.evidence is not None
    assert printed[found.evidence.start : found.evidence.end] == found.evidence.text


@pytest.mark.parametrize(
    ("printed", "instant"),
    [
        ("2026-09-11T12:00:00+01:00", "2026-09-11T11:00:00+00:00"),
        ("2026-09-11T09:00:59+01:00", "2026-09-11T08:00:59+00:00"),
        ("2026-12-11T12:00:00", "2026-12-11T12:00:00+00:00"),
        ("2026-08-11T12:00:00", "2026-08-11T11:00:00+00:00"),
        ("29/01/2017", "2017-01-29T23:59:59+00:00"),
        ("29/06/2017", "2017-06-29T22:59:59+00:00"),
        ("29/01/2017 17:00", "2017-01-29T17:00:00+00:00"),
        ("9am on Monday 20 February 2017", "2017-02-20T09:00:00+00:00"),
        ("Midday on Monday 3rd February 2025", "2025-02-03T12:00:00+00:00"),
        ("3 February 2025 at 11:59pm", "2025-02-03T23:59:00+00:00"),
        ("midnight on 3 February 2025", "2025-02-03T23:59:59+00:00"),
        ("2026-08-11 00:00", "2026-08-10T23:00:00+00:00"),
    ],
)
def test_a_closing_time_is_londons_and_kept_in_utc(printed: str, instant: str) -> None:
    found = read_closing(printed)
    assert found.value is not None
    assert found.value.isoformat() == instant


@pytest.mark.parametrize("printed", ["No expiry date", "soon", "31/06/2026", "2026-13-01", "Monday", "May", "1/2"])
def test_what_is_no_date_is_an_issue_and_never_a_guess(printed: str) -> None:
    found = read_closing(printed)
    assert found.value is None
    assert [issue.kind for issue in found.issues] == ["date_unreadable"]


@pytest.mark.parametrize("printed", [None, ""])
def test_nothing_is_no_issue(printed: str | None) -> None:
    assert read_closing(printed).issues == ()


@given(st.dates(min_value=date(1990, 1, 1)))
def test_a_day_in_either_common_form_reads_back(day: date) -> None:
    assert read_date(day.isoformat()).value == day
    assert read_date(day.strftime("%d/%m/%Y")).value == day


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    read_closing(text)
