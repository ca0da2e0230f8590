"""What is told to anybody holds no credentials of web addresses."""

from __future__ import annotations

import pytest

from jobscraper.text.credentials import without_credentials


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://me:secret@board.example/jobs", "https://board.example/jobs"),
        ("https://me@board.example/jobs", "https://board.example/jobs"),
        ("https://me:se@cret@board.example", "https://board.example"),
        ("from <http://a:b@c.example/> to <http://d:e@f.example/>", "from <http://c.example/> to <http://f.example/>"),
        ('["https://me:secret@board.example/a", "me@b.example"]', '["https://board.example/a", "me@b.example"]'),
        ("https://board.example/?mail=me@board.example", "https://board.example/?mail=me@board.example"),
        ("https://board.example/@jobs", "https://board.example/@jobs"),
        ("write to me@board.example", "write to me@board.example"),
        ("", ""),
    ],
)
def test_credentials_are_left_out(text: str, clean: str) -> None:
    assert without_credentials(text) == clean
