"""Dates as boards print them."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.normalise.dates import dates
from jobscraper.normalise.dates.dates import read_closing, read_date


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
        ("Closes : Midday on Monday 3rd February 2025", "2025-02-03T12:00:00+00:00"),
        ("Apply before  11:55 pm on Friday 17th January 2025", "2025-01-17T23:55:00+00:00"),
        ("Monday 06 February 2017 at 5.00pm", "2017-02-06T17:00:00+00:00"),
        ("Monday 30 January 2017 (by noon)", "2017-01-30T12:00:00+00:00"),
        ("Friday 26 April 2019, noon", "2019-04-26T11:00:00+00:00"),
        ("by 17.00 on 5 June 2026", "2026-06-05T16:00:00+00:00"),
        ("3 Feb 2025 at 1700 hrs", "2025-02-03T17:00:00+00:00"),
        ("12 noon on 3 Feb 25", "2025-02-03T12:00:00+00:00"),
        ("20/08/2026 00:00", "2026-08-19T23:00:00+00:00"),
        ("05/08/2026 22:59", "2026-08-05T21:59:00+00:00"),
        ("20260903", "2026-09-03T22:59:59+00:00"),
        ("15/10/26", "2026-10-15T22:59:59+00:00"),
        ("26-08-2026", "2026-08-26T22:59:59+00:00"),
        ("The closing date is 01 September 2026", "2026-09-01T22:59:59+00:00"),
        ("01/10/2026 - 15/10/2026", "2026-10-15T22:59:59+00:00"),
        ("dydd Mawrth 3 Mawrth 2026", "2026-03-03T23:59:59+00:00"),
        ("Dyddiad cau: hanner dydd, dydd Gwener 13eg o Dachwedd 2026", "2026-11-13T12:00:00+00:00"),
        ("9fed Ragfyr 2026", "2026-12-09T23:59:59+00:00"),
        # Welsh halves of the day: y bore, y prynhawn, yr hwyr.
        ("Dyddiad cau: 5:00yh, 13 Tachwedd 2026", "2026-11-13T17:00:00+00:00"),
        ("13 Tachwedd 2026, 9yb", "2026-11-13T09:00:00+00:00"),
        ("12.30 y.p. 13 Tachwedd 2026", "2026-11-13T12:30:00+00:00"),
        ("13 Tachwedd 2026 am 5 y prynhawn", "2026-11-13T17:00:00+00:00"),
        ("2026/11/08", "2026-11-08T23:59:59+00:00"),
        ("Closing date:8th November 2026", "2026-11-08T23:59:59+00:00"),
        ("Friday,13 November 2026", "2026-11-13T23:59:59+00:00"),
        # BST and GMT in a sentence are London's time whatever the season; a feed's GMT is Greenwich's.
        ("25 Oct 2017 23:55 BST", "2017-10-25T22:55:00+00:00"),
        ("25 Jul 2017 23:55 GMT", "2017-07-25T22:55:00+00:00"),
        ("Tue, 28 Jul 2026 23:30:00 GMT", "2026-07-28T23:30:00+00:00"),
        ("Tue, 28 Jul 2026 23:30:00 +0100", "2026-07-28T22:30:00+00:00"),
        # The clocks change: the last day of summer time, the day itself, and the hour that comes twice.
        ("24/10/2026", "2026-10-24T22:59:59+00:00"),
        ("25/10/2026", "2026-10-25T23:59:59+00:00"),
        ("25/10/2026 01:30", "2026-10-25T00:30:00+00:00"),
        ("25/10/2026 01:30 GMT", "2026-10-25T01:30:00+00:00"),
        ("28/03/2026", "2026-03-28T23:59:59+00:00"),
        ("29/03/2026", "2026-03-29T22:59:59+00:00"),
    ],
)
def test_a_closing_time_is_londons_and_kept_in_utc(printed: str, instant: str) -> None:
    found = read_closing(printed)
    assert found.value is not None
    assert found.value.isoformat() == instant


@pytest.mark.parametrize(
    "printed",
    [
        *("soon", "0001-01-01T00:00:00", "3 February 2025 25:00", "31/06/2026", "2026-13-01", "Monday", "May", "1/2"),
        *("Closing date: 9th", "closes on Friday", "end of November 2026", "November 2026", "Nov-26", "Dydd Mawrth 3"),
        *("30 Febuary 2026", "match 5 2026", "SCP 5, you may 2 hours", "remember 5 2026", "closes at 12:30 on the 4th"),
    ],
)
def test_what_is_no_date_is_an_issue_and_never_a_guess(printed: str) -> None:
    found = read_closing(printed)
    assert found.value is None
    assert [issue.kind for issue in found.issues] == ["date_unreadable"]


@pytest.mark.parametrize(
    ("seen", "printed", "instant"),
    [
        ("2026-10-02", "12 Oct", "2026-10-12T22:59:59+00:00"),
        ("2026-12-20", "5 Jan", "2027-01-05T23:59:59+00:00"),
        ("2027-01-03", "20 December", "2026-12-20T23:59:59+00:00"),
        ("2028-02-01", "29 Feb 5pm", "2028-02-29T17:00:00+00:00"),
        ("2026-10-02", "1 day left", "2026-10-03T22:59:59+00:00"),
        ("2026-10-02", "Expiring today", "2026-10-02T22:59:59+00:00"),
        ("2026-10-02", "closes in 3 days at noon", "2026-10-05T11:00:00+00:00"),
    ],
)
def test_what_a_board_leaves_out_is_settled_by_when_it_was_seen(seen: str, printed: str, instant: str) -> None:
    observed = datetime.fromisoformat(f"{seen}T09:00:00+00:00")
    found = read_closing(printed, observed=observed)
    assert found.value is not None
    assert found.value.isoformat() == instant
    without = read_closing(printed)
    assert without.value is None
    assert [issue.kind for issue in without.issues] == ["date_unreadable"]


@pytest.mark.parametrize(
    ("printed", "day", "rule"),
    [
        ("3 days ago", "2026-09-29", "date:relative_day"),
        ("Posted 3 Days Ago", "2026-09-29", "date:relative_day"),
        ("yesterday", "2026-10-01", "date:relative_day"),
        ("Added 1 week ago", "2026-09-25", "date:relative_week"),
        ("a month ago", "2026-09-02", "date:relative_month"),
        # Seen at half past midnight, London time.
        ("2 hours ago", "2026-10-01", "date:relative_hour"),
        ("28 Sep", "2026-09-28", "date:in_words"),
        ("12 Oct", "2025-10-12", "date:in_words"),
        ("01/10/2026 - 15/10/2026", "2026-10-01", "date:day_first"),
    ],
)
def test_posted_counts_back(printed: str, day: str, rule: str) -> None:
    found = read_date(printed, observed=datetime(2026, 10, 1, 23, 30, tzinfo=UTC))
    assert found.value is not None
    assert found.evidence is not None
    assert (found.value.isoformat(), found.evidence.rule) == (day, rule)


@pytest.mark.parametrize("printed", ["1 day left", "Posted 30+ Days Ago", "tomorrow"])
def test_a_posting_day_is_never_in_the_future_nor_a_bound(printed: str) -> None:
    found = read_date(printed, observed=datetime(2026, 10, 2, tzinfo=UTC))
    assert found.value is None
    assert found.issues


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ("No expiry date", "date:no_end"),
        ("Apply by No expiry date", "date:no_end"),
        ("Ongoing", "date:no_end"),
        ("9999-12-31", "date:no_end"),
        ("Not Specified", "date:not_given"),
    ],
)
def test_no_date_on_purpose_is_understood_and_no_issue(printed: str, rule: str) -> None:
    found = read_closing(printed)
    assert (found.value, found.issues) == (None, ())
    assert found.evidence is not None
    assert found.evidence.rule == rule


def test_a_weekday_that_is_not_that_days_is_an_issue_and_the_date_is_kept() -> None:
    found = read_closing("Wednesday 13 February 2017")
    assert found.value is not None
    assert found.value.date() == date(2017, 2, 13)
    assert [issue.kind for issue in found.issues] == ["weekday_mismatch"]
    assert "Monday" in found.issues[0].text
    assert read_closing("Monday 13 February 2017").issues == ()


# The printed day, in London time, as seen on 23 October 2026; the own forms know none of these.
OTHER_FORMS = [
    ("Please note that we close on November 8th at midnight.", "2026-11-08T23:59"),
    ("Deadline: Friday, November 20 at 5pm", "2026-11-20T17:00"),
    ("9 a.m. on Nov 8", "2026-11-08T09:00"),
    ("November the 8th", "2026-11-08T23:59"),
    ("8th day of November 2026", "2026-11-08T23:59"),
    ("8 Novemeber 2026, noon", "2026-11-08T12:00"),
    ("the 3rd of Febuary", "2027-02-03T23:59"),
    ("15 th Spetember 2026", "2026-09-15T23:59"),
    ("Apirl 9th 2027", "2027-04-09T23:59"),
    ("10 h November", "2026-11-10T23:59"),
    ("Opens 5 November 2026 and closes on November 20th", "2026-11-20T23:59"),
    ("January 5th", "2027-01-05T23:59"),
]


@pytest.mark.parametrize(("printed", "closes"), OTHER_FORMS)
def test_a_day_in_a_form_that_is_not_ours(printed: str, closes: str) -> None:
    found = read_closing(printed, observed=datetime(2026, 10, 23, 9, tzinfo=UTC))
    assert found.value is not None
    assert found.evidence is not None
    assert f"{found.value.astimezone(dates.LONDON):%Y-%m-%dT%H:%M}" == closes
    assert found.evidence.rule == "date:dateparser"
    assert printed[found.evidence.start : found.evidence.end] == found.evidence.text
    assert found.issues == ()


@pytest.mark.parametrize(
    "clock",
    [
        datetime(2031, 3, 1, 3, tzinfo=ZoneInfo("Pacific/Kiritimati")),
        datetime(1999, 12, 31, 23, tzinfo=ZoneInfo("Pacific/Pago_Pago")),
    ],
)
def test_the_clock_and_the_zone_of_the_machine_are_never_asked(clock: datetime) -> None:
    seen = datetime(2028, 1, 31, 23, 30, tzinfo=UTC)
    printed = [text for text, _ in OTHER_FORMS] + ["February 29th", "12 Oct", "closes tomorrow", "25/10/2026 01:30"]
    here = [read_closing(text, observed=seen) for text in printed]
    with time_machine.travel(clock):
        # Of another field, a day is read anew and not remembered.
        there = [read_closing(text, f"until_{clock:%Y}", observed=seen) for text in printed]
    assert [found.value for found in there] == [found.value for found in here]
    assert [bool(found.issues) for found in there] == [bool(found.issues) for found in here]


def test_the_library_is_imported_only_for_a_form_that_is_not_ours() -> None:
    program = (
        "import sys; from jobscraper.normalise.dates.dates import read_closing\n"
        "read_closing('Closes at noon on 3 May 2026'); read_closing('29/01/2017'); read_closing('soon')\n"
        "assert 'dateparser' not in sys.modules\n"
        "read_closing('May 3rd 2026, noon'); read_closing('May the 3rd 2026'); assert 'dateparser' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("printed", "closes"),
    [
        ("Open from 1 May 2026 and close on 12 May 2026", "2026-05-12T23:59"),
        ("Opens at 10am on 1 May 2026 and closes at 4pm on 12 May 2026", "2026-05-12T16:00"),
        ("The window opens on 1 May 2026, 10:00 and closes on 12 May 2026, 16:00", "2026-05-12T16:00"),
        ("Applications open from 1 May 2026 to 12 May 2026", "2026-05-12T23:59"),
        ("Advertising date: 1 May 2026 Closing date: 12 May 2026", "2026-05-12T23:59"),
        ("Closing date 12 May 2026. Interviews on 20 May 2026 at 9.30am", "2026-05-12T23:59"),
        ("Interviews: 20 May 2026. Closing: noon, 12 May 2026", "2026-05-12T12:00"),
        ("Fixed term until 31 March 2027. Closing date: 12 May 2026", "2026-05-12T23:59"),
        ("Start date: 1 September 2026; apply by 12 May 2026", "2026-05-12T23:59"),
        ("Closing date extended from 5 May 2026 to 12 May 2026", "2026-05-12T23:59"),
        ("Dyddiad cau 12 Mai 2026, cyfweliadau 20 Mai 2026", "2026-05-12T23:59"),
    ],
)
def test_of_several_days_the_words_before_them_tell_the_closing_day(printed: str, closes: str) -> None:
    found = read_closing(printed)
    assert found.value is not None
    assert (f"{found.value.astimezone(dates.LONDON):%Y-%m-%dT%H:%M}", found.issues) == (closes, ())


@pytest.mark.parametrize(
    "printed",
    [
        "Interviews will be held on 20 May 2026",
        "Applications open on 1 May 2026",
        "Start date: 1 September 2026",
        "You will hear from us within 14 days of the closing date",
        "If you have not heard within 4 weeks after it closes",
        "Apply today: we may close early",
    ],
)
def test_a_day_of_something_else_is_not_the_closing_day(printed: str) -> None:
    found = read_closing(printed, observed=datetime(2026, 5, 2, tzinfo=UTC))
    assert (found.value, [issue.kind for issue in found.issues]) == (None, ["date_unreadable"])


def test_a_closing_day_is_not_the_day_of_posting() -> None:
    assert read_date("Posted 1 May 2026, closes 12 May 2026").value == date(2026, 5, 1)
    assert read_date("Closing date: 12 May 2026").value is None


@pytest.mark.parametrize("printed", ["5 January 2026, 12 January 2026", "closes 5 January 2026 or 12 January 2026"])
def test_of_two_days_that_could_both_be_meant_the_first_is_taken_with_a_doubt(printed: str) -> None:
    found = read_closing(printed)
    assert found.value is not None
    assert found.value.date() == date(2026, 1, 5)
    assert [issue.kind for issue in found.issues] == ["date_several"]


@pytest.mark.parametrize("printed", [None, ""])
def test_nothing_is_no_issue(printed: str | None) -> None:
    assert read_closing(printed).issues == ()


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(9998, 12, 31)))
def test_a_day_in_either_common_form_reads_back(day: date) -> None:
    assert read_date(day.isoformat()).value == day
    assert read_date(day.strftime("%d/%m/%Y")).value == day


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1)))
def test_a_day_without_its_year_is_found_again_as_long_as_the_advert_stands(seen: datetime) -> None:
    observed = seen.replace(tzinfo=UTC)
    closes = (observed + timedelta(days=30)).date()
    found = read_closing(f"{closes.day} {closes:%B}", observed=observed)
    assert found.value is not None
    assert found.value.date() == closes


_PIECES = "closes opens interview Novemeber the th 1 2 12 31 45 2026 99 Feb May Mawrth Mon dydd / - . : , st am noon GMT BST Z + ago days left today T 00 24 at".split()


@given(st.text(max_size=60) | st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join))
def test_no_text_raises_and_evidence_is_what_is_printed(text: str) -> None:
    observed = datetime(2026, 10, 2, 9, tzinfo=UTC)
    for found in (read_closing(text, observed=observed), read_date(text, observed=observed)):
        assert found.evidence is None or text[found.evidence.start : found.evidence.end] == found.evidence.text
