"""The home page."""

from __future__ import annotations

from tests.publish.conftest import Get, text


def test_home_says_what_is_in_here(get: Get) -> None:
    words = text(get("/").text)
    assert "Open adverts 13 All adverts 20 Employers 4 Sources 2" in words
    assert "Teaching Vacancies 7 open" in words
    assert "As of the last crawl, 22 November 2026 ." in words
    assert "LocalGov 6 open partial" in words
    assert "£39,190 to £41,797 closes 20 Dec 2026" in words
