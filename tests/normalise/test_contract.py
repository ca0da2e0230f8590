"""Contract, pattern and hours: controlled lists; an unknown word is an issue."""

import pytest

from jobscraper.normalise.contract import read_contract_type, read_hours, read_working_pattern


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Permanent", "permanent"),
        ("TEMPORARY", "fixed_term"),
        ("Fixed-term", "fixed_term"),
        ("Fixed Term Contract", "fixed_term"),
        ("Secondment", "secondment"),
        ("Zero hours", "casual"),
        ("Bank", "bank"),
    ],
)
def test_contract_type(printed: str, value: str) -> None:
    assert read_contract_type(printed).value == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("FULL_TIME", "full_time"),
        ("FULL_TIME, PART_TIME", "full_time, part_time"),
        ("Part-time or Job share", "part_time, job_share"),
        ("Term time only", "term_time"),
        ("Full time, Full Time", "full_time"),
    ],
)
def test_working_pattern(printed: str, value: str) -> None:
    assert read_working_pattern(printed).value == value


def test_an_unknown_word_is_an_issue_and_the_known_ones_are_kept() -> None:
    found = read_working_pattern("Full time, Moonlight")
    assert found.value == "full_time"
    assert [(issue.kind, issue.field) for issue in found.issues] == [("working_pattern_unknown", "working_pattern")]
    assert "Moonlight" in found.issues[0].text


@pytest.mark.parametrize(("printed", "hours"), [("37", 37.0), ("37.5 hours per week", 37.5), ("18.5 hours", 18.5)])
def test_hours(printed: str, hours: float) -> None:
    assert read_hours(printed).value == hours


@pytest.mark.parametrize("printed", ["Between 16 and 37 hours", "Flexible"])
def test_hours_that_are_not_one_number_are_an_issue(printed: str) -> None:
    assert read_hours(printed).value is None
    assert read_hours(printed).issues
