"""Words that are redacted out of a page: the advert's own, wherever and however they are written, and no others."""

from __future__ import annotations

import pytest

from jobscraper.forget.redact import redacted, shingles

SECRET = "Join our busy highways team in Exeter"


@pytest.mark.parametrize(
    ("page", "clean"),
    [
        ("<p>Join our busy highways team in Exeter.</p>", "<p>xxxx xxx xxxx xxxxxxxx xxxx xx xxxxxx.</p>"),
        ("<p>Join our <b>busy</b> highways&nbsp;team</p>", "<p>xxxx xxx <b>xxxx</b> xxxxxxxx&nbsp;xxxx</p>"),
        (r'{"d": "Join our\nbusy highways\u00a0team"}', r'{"d": "xxxx xxx\nxxxx xxxxxxxx\u00a0xxxx"}'),
        ("JOIN OUR BUSY TEAM", "xxxx xxx xxxx TEAM"),
        ("Our team is busy in Exeter", "Our team is busy xx xxxxxx"),
        ("Nothing of it", "Nothing of it"),
        ("", ""),
    ],
)
def test_the_words_of_a_text(page: str, clean: str) -> None:
    assert redacted(page, shingles(SECRET, 2)) == clean


def test_it_stays_as_it_is_when_done_again() -> None:
    once = redacted(SECRET, shingles(SECRET, 2))
    assert redacted(once, shingles(once, 2)) == once
    assert len(once) == len(SECRET)


@pytest.mark.parametrize(("text", "runs"), [("Clerk", 0), ("Senior Clerk", 1), ("a b c d e f", 2), ("", 0)])
def test_one_word_is_nobodys_own(text: str, runs: int) -> None:
    assert len(shingles(text, 5)) == runs
