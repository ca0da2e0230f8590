"""A label is read, kept, ignored, or told: never lost."""

from __future__ import annotations

import pytest

from jobscraper.read.labels import Labels

LABELS = Labels.of({"Salary:": "salary", "Our ref": "reference"}, kept=["Car user"], ignored=["Share"])


@pytest.mark.parametrize(
    ("printed", "values", "labels", "problems"),
    [
        (("SALARY", "£26,403"), {"salary": "£26,403"}, {}, 0),
        (("Salery:", "£26,403"), {"salary": "£26,403"}, {}, 0),
        (("Our Ref:", "TP/113"), {"reference": "TP/113"}, {}, 0),
        (("Car user", "Essential"), {}, {"Car user": "Essential"}, 0),
        (("Share", "by post"), {}, {}, 0),
        (("Shoe size:", "44"), {}, {"Shoe size": "44"}, 1),
        (("Shoe size:", " "), {}, {}, 1),
    ],
    ids=["as listed", "misspelt", "of the platform", "kept", "ignored", "unknown", "unknown and empty"],
)
def test_a_label(printed: tuple[str, str], values: dict[str, str], labels: dict[str, str], problems: int) -> None:
    sorted_ = LABELS.sort([printed], "Test board")
    assert (sorted_.values, sorted_.labels, len(sorted_.problems)) == (values, labels, problems)


def test_a_field_that_is_printed_twice_keeps_both() -> None:
    sorted_ = LABELS.sort([("Salary", "£26,403"), ("Pay", "Grade 5")], "Test board")
    assert (sorted_.values, sorted_.labels) == ({"salary": "£26,403"}, {"Pay": "Grade 5"})


def test_an_unknown_label_is_told_once_for_the_board() -> None:
    (problem,) = LABELS.sort([("Shoe size", "44")], "Test board").problems
    assert (problem.kind, problem.text) == ("label_unknown", "Test board: the label 'Shoe size' is not known")
    assert problem.of_the_board
