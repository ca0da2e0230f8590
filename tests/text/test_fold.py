"""Folding makes the same what does not tell two strings apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.text.fold import clean, fold_name, fold_space, fold_space_keep_lines


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("  Head of\n\tLegal ", "Head of Legal"),
        ("Head\u00a0of Legal", "Head of Legal"),
        ("Teaching \u202eAssistant", "Teaching Assistant"),
        ("broken \ud83d emoji", "broken emoji"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
    ],
)
def test_fold_space(printed: str, folded: str) -> None:
    assert fold_space(printed) == folded


def test_fold_space_keep_lines_keeps_paragraphs_and_no_more() -> None:
    assert fold_space_keep_lines(" One \r\n\r\n\r\n\r\n two  words\n") == "One\n\ntwo words"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Royal Borough of Windsor & Maidenhead", "Royal Borough of Windsor and Maidenhead"),
        ("King’s College London", "Kings College London"),
        ("CYNGOR GWYNEDD", "Cyngor Gwynedd"),
        ("Ynys Môn", "Ynys Mon"),
        ("St. Helens", "St Helens"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_names_that_are_two() -> None:
    assert fold_name("Leeds City Council") != fold_name("Leicester City Council")


@given(st.text())
def test_clean_text_can_always_be_stored(text: str) -> None:
    clean(text).encode("utf-8")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_space(fold_space(text)) == fold_space(text)
    assert fold_space_keep_lines(fold_space_keep_lines(text)) == fold_space_keep_lines(text)
