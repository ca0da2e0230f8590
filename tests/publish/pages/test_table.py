"""The pages of tables."""

from __future__ import annotations

from tests.publish.conftest import Get


def test_the_advert_table_begins_with_what_readers_want(get: Get) -> None:
    html = get("/archive/advert").text
    headings = ["Title", "Employer", "Location", "Pay a year", "Closes", "Status"]
    places = [html.index(f">{heading}<") for heading in headings]
    assert places == sorted(places)
    assert html.index("Engineer&#39;s Mate") < html.index("Senior Planning Officer"), "the newest is not first"
    assert "salary_annual_min" in get("/archive/advert?_all=on").text


def test_the_order_is_said_in_words(get: Get) -> None:
    html = get("/archive/advert").text
    assert "most recently seen first" in html
    assert "sorted by last_seen" not in html
