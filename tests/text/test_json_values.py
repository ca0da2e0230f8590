"""JSON of boards: what is wrong with one value is that value's."""

from __future__ import annotations

import pytest

from jobscraper.text.json_values import parsed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"pay": 30000, "share": 0.5}', {"pay": 30000, "share": 0.5}),
        (b'{"pay": ' + b"9" * 5000 + b"}", {"pay": "9" * 5000}),
        (b'{"pay": 9223372036854775808}', {"pay": "9223372036854775808"}),
        (b'{"pay": 1e999, "least": NaN, "most": -Infinity}', {"pay": "1e999", "least": "NaN", "most": "-Infinity"}),
        (b'{"title": "Clerk\x00\n of Works"}', {"title": "Clerk\x00\n of Works"}),
        ('{"title": "Pr\u00e9cis £"}'.encode() + b" ", {"title": "Précis £"}),
        (b'{"title": "Pr\xe9cis", "pay": "\xc2\xa330,000"}', {"title": "Précis", "pay": "£30,000"}),
        ('{"title": "Précis"}'.encode("utf-16"), {"title": "Précis"}),
        ("\ufeff[1]".encode(), [1]),
    ],
    ids="plain|thousands of digits|65 bits|no numbers|control characters|UTF-8|one old byte|UTF-16|a mark".split("|"),
)
def test_what_is_wrong_with_one_value_is_that_values(text: bytes, value: object) -> None:
    assert parsed(text) == value


@pytest.mark.parametrize("text", [b"", b"<html>", b'{"a": ', b"\xff\xfe\x00", b"\xe9\xe9\xe9 {}"])
def test_what_is_no_json_is_none(text: bytes) -> None:
    with pytest.raises(ValueError):
        parsed(text)
