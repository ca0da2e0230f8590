"""What the site says when something goes wrong."""

from __future__ import annotations

import pytest

from tests.publish.conftest import Get


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "There is no page at this address."),
        ("/archive/nothing", 404, "There is no table with this name."),
        (
            "/archive/advert/nothing",
            404,
            "There is no advert here with this ID. If there ever was one, it has been removed",
        ),
        ("/archive/employer/nothing", 404, "There is no row with this ID."),
        ("/archive?sql=delete+from+advert", 400, "Statement must be a SELECT"),
        ("/archive/advert?_sort=nothing", 400, "Cannot sort table by nothing"),
        ("/archive/advert.json?_sort=nothing", 400, "Cannot sort table by nothing"),
        ("/archive/advert?_sort=title&_sort_desc=id", 400, "at the same time"),
        ("/archive/advert?_where=length(zeroblob(9000000))", 400, "too big"),
    ],
)
def test_errors_are_told_in_words(
    get: Get, capfd: pytest.CaptureFixture[str], path: str, status: int, words: str
) -> None:
    answer = get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert "Traceback" not in "".join(capfd.readouterr()), "a reader's mistake is no failure of the server"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", ""),
        ("/place/E06999999", ""),
        ("/archive/advert/nothing", ""),
        ("/archive/advert?_search=care+home&_sort=nothing", "care home"),
        ("/search.csv?q=care+home&_=1", None),  # A file's refusal is text.
    ],
)
def test_an_error_page_offers_a_search_with_the_words_that_were_there(get: Get, path: str, words: str | None) -> None:
    answer = get(path)
    assert answer.status_code in (400, 404)
    assert ('action="/search" method="get" role="search"' in answer.text) is (words is not None)
    assert words is None or f'name="q" value="{words}"' in answer.text


def test_errors_of_data_are_data(get: Get) -> None:
    answer = get("/archive/nothing.json")
    assert answer.status_code == 404
    assert answer.json()["ok"] is False
