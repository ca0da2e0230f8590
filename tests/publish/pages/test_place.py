"""The page of a place."""

from __future__ import annotations

from tests.publish.conftest import Get


def test_a_place_without_adverts_is_not_found(get: Get) -> None:
    answer = get("/place/E09999999")
    assert answer.status_code == 404
    assert "The archive has no adverts in a district with the code E09999999" in answer.text
