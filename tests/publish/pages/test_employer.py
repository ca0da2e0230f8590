"""The page of an employer."""

from __future__ import annotations

from tests.publish.conftest import Get, text


def test_the_page_of_an_employer(get: Get) -> None:
    said = text(get("/archive/employer/W06000015").text)
    assert "Cardiff Council Council, most adverts in Wales" in said
    assert "Cardiff Council £90,347 £90,347 £90,347 3 (few)" in said
    assert "Council, Wales £90,347 £90,347 £90,347 3 (few)" in said
    assert "Every employer, the whole UK £34,203 £39,190 £90,347 14" in said
    assert "Midday Supervisor 1" in said


def test_the_page_of_an_employer_leads_to_its_adverts(get: Get) -> None:
    assert "/search?employer_id=W06000015&amp;status=open" in get("/archive/employer/W06000015").text
