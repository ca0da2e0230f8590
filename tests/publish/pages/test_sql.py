"""The page of a query."""

from __future__ import annotations

from tests.publish.conftest import Get, text


def test_a_query_is_shown_with_its_answer(get: Get) -> None:
    page = get("/archive?sql=select+40+%2B+2+as+answer").text
    assert "select 40 + 2 as answer" in page
    assert "42" in text(page)
