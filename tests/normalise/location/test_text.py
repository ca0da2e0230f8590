"""How a name stands in a printed location."""

from __future__ import annotations

import pytest

from jobscraper.normalise.location.text import find_names, is_address


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Churchill Court, Manchester", [("churchill", "venue"), ("manchester", "alone")]),
        ("12 Bath Road", [("bath", "within")]),
        ("Bishop Auckland College", [("bishop auckland", "venue")]),
        ("our hubs are in York, Reading and Bristol", [("york", "alone"), ("reading", "alone"), ("bristol", "alone")]),
        ("West Midlands (England)", [("west midlands england", "alone")]),
        ("3 Glass WharfNewcastle Upon Tyne", [("newcastle upon tyne", "alone")]),
        ("Leeds Waterside Court - Cardiff General Buildings", [("leeds", "lead"), ("cardiff", "lead")]),
        ("a good reading of the street", []),
        ("leeds", [("leeds", "alone")]),
    ],
)
def test_names(text: str, hits: list[tuple[str, str]]) -> None:
    assert [(hit.key, hit.stand) for hit in find_names(text)] == hits


def test_a_hit_covers_what_is_printed() -> None:
    text = "Wembley, London (Greater)"
    assert [text[hit.start : hit.end] for hit in find_names(text)] == ["Wembley", "London (Greater)"]


def test_is_address() -> None:
    assert is_address("Rokeby Street")
    assert not is_address(" , and ")
