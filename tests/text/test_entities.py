"""Entities become their characters without moving what stands after them."""

from __future__ import annotations

import pytest

from jobscraper.text.entities import decoded
from jobscraper.text.fold import fold_space


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Brown &amp; Co", "Brown & Co"),
        ("St George&#39;s", "St George's"),
        ("Caf&eacute; & Bar; closed", "Café & Bar; closed"),
        ("R&D; services", "R&D; services"),
    ],
)
def test_decoded(text: str, plain: str) -> None:
    assert fold_space(decoded(text)) == plain
    assert len(decoded(text)) == len(text)
