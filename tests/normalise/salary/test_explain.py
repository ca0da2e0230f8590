"""The account in words, and the columns for the command line."""

from __future__ import annotations

import json

from jobscraper.normalise.salary import explain, read_salary, salary_columns


def test_an_account_marks_the_characters_that_were_read() -> None:
    account = explain("SCP 7 £13.47 per hour").splitlines()
    assert account[:2] == ["SCP 7 £13.47 per hour", "aaaaa bbbbbb cccccccc"]
    assert "b  salary_min = 13.47: one amount is both ends" in account
    assert "c  salary_period = hour: a word says what it is paid for" in account
    assert "b  salary_annual_min = 25,987.55: full-time year: 37 hours in 52.143 weeks" in account


def test_an_account_names_doubts_and_says_when_nothing_was_read() -> None:
    assert "!  ambiguous_salary: '£30,00' cannot be read as one amount" in explain("£30,00")
    assert "nothing about pay was read" in explain("na")
    assert explain("")


def test_a_long_account_stays_readable() -> None:
    account = explain("£30,000 " + "and many words " * 40)
    assert max(map(len, account.splitlines())) <= 120


def test_columns_are_ready_for_json() -> None:
    columns = salary_columns(read_salary("Grade 3 £13.47 - £14 per hour plus £500 bonus"))
    assert json.loads(json.dumps(columns)) == columns
    assert (columns["salary_min"], columns["salary_max"]) == (13.47, 14)
    assert columns["salary_extras"] == [{"kind": "bonus", "text": "plus £500 bonus", "amount": 500}]
    assert columns["evidence"]["grade_text"] == {"rule": "grade", "text": "Grade 3", "start": 0, "end": 7}
    assert columns["issues"] == []
