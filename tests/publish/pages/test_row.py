"""The page of a row of any table."""

from __future__ import annotations

from tests.publish.conftest import Get, text


def test_a_row_says_what_its_columns_hold(get: Get) -> None:
    said = text(get("/archive/source/localgov").text)
    assert "LocalGov" in said
    assert "Somebody" in said
