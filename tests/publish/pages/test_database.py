"""The page of all tables."""

from __future__ import annotations

from tests.publish.conftest import Get, text


def test_every_table_is_listed_with_its_title(get: Get) -> None:
    page = get("/archive").text
    assert "Archive of adverts" in text(page)
    for table in ("advert", "employer", "source", "event"):
        assert f'href="/archive/{table}"' in page
