"""The list of the questions."""

from __future__ import annotations

from jobscraper.publish.questions import questions
from tests.publish.conftest import Get


def test_all_are_listed(get: Get) -> None:
    html = get("/questions").text
    assert all(f'href="/archive/{name}"' in html for name in questions())
