"""Labels are matched by what they mean, however they are spelt."""

import pytest

from jobscraper.text.labels import field_of_label, is_bare_label, split_label


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Recuriter", "employer"),
        ("Recruiter", "employer"),
        ("Recruter", "employer"),
        ("RECRUITER", "employer"),
        ("Employer", "employer"),
        ("Emplyer", "employer"),
        ("Salery", "salary"),
        ("Salary", "salary"),
        ("Cyflog", "salary"),
        ("Application Closing:", "closes"),
        ("Closing date and time", "closes"),
        ("Posting Date", "posted"),
        ("Working Hours", "hours"),
        ("Post Number", "reference"),
        ("Vacancy ID", "reference"),
        ("Salary Information", "salary"),
        ("Faculty", "department"),
        ("School / Department", "department"),
        ("Closing date/time", "closes"),
        ("Locatoin", "location"),
        ("Job Location", "location"),
        ("Closing date", "closes"),
    ],
)
def test_labels_with_a_meaning(label: str, field: str) -> None:
    assert field_of_label(label) == field


@pytest.mark.parametrize(
    "label", ["Contact", "Employee", "Vision", "Note", "Bond", "House", "Colour", "", "Rost", "Salad"]
)
def test_words_that_are_no_labels(label: str) -> None:
    assert field_of_label(label) is None


def test_split_label_gives_the_value_and_where_it_begins() -> None:
    line = " Recuriter: City of Doncaster Council "
    labelled = split_label(line)
    assert labelled is not None
    assert (labelled.field, labelled.value) == ("employer", "City of Doncaster Council")
    assert line[labelled.value_start :].strip() == labelled.value


@pytest.mark.parametrize("line", ["Head of Legal", "Note: bring a pen", "10:30", "https://example.org", ": nothing"])
def test_lines_without_a_label(line: str) -> None:
    assert split_label(line) is None


@pytest.mark.parametrize("text", ["Location", "Job Title", "Salary", "Salary:", "What will you be doing?", "About you"])
def test_bare_labels(text: str) -> None:
    assert is_bare_label(text)


@pytest.mark.parametrize("text", ["Northampton", "London (Greater)", "Salary Band 9", "Senior Applications Developer"])
def test_not_bare_labels(text: str) -> None:
    assert not is_bare_label(text)
