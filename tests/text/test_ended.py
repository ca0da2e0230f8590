"""How a page says that its advert is over."""

from __future__ import annotations

import pytest

from jobscraper.text.ended import ended_words

LONG = "Duties of the post. " * 100


@pytest.mark.parametrize(
    "heading",
    [
        "Sorry, this job has expired",
        "The vacancy you are looking for is no longer available",
        "This post is no longer open to applicants",
        "This job is not open for applications",
        "This vacancy is not currently available",
        "We are no longer accepting applications",
        "The closing date for this role has now passed",
        "Mae'r swydd hon wedi cau",
        "Nid yw'r swydd hon ar gael",
    ],
)
def test_a_heading_that_says_that_the_advert_is_over(heading: str) -> None:
    assert ended_words(f"<html><body><h2>{heading}</h2><p>{LONG}</p></body></html>")


@pytest.mark.parametrize(
    "heading",
    [
        "Your session has expired",
        "Page not found",
        "This post is not open to job share",
        "This role is not available for sponsorship",
        "This job is not available on a part-time basis",
        "This position is open until filled",
    ],
)
def test_a_heading_that_speaks_of_something_else(heading: str) -> None:
    assert ended_words(f"<html><body><h2>{heading}</h2><p>{LONG}</p></body></html>") is None


def test_the_text_of_a_long_page_is_not_looked_at() -> None:
    assert ended_words(f"<html><body><p>{LONG} The last post has been filled.</p></body></html>") is None
