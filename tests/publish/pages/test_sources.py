"""The page of the sources."""

from __future__ import annotations

from tests.publish.conftest import Get, text


def test_sources_say_their_licence(get: Get) -> None:
    said = text(get("/sources").text)
    assert "Teaching Vacancies complete Somebody" in said
    assert "Licence: OGL-3.0" in said
    assert "No licence is stated" in said
