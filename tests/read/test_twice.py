"""Two cards under one reference: one advert that a board shows twice, or two that it gives the same number."""

from __future__ import annotations

import pytest

from jobscraper.model.reading import RawAdvert
from jobscraper.read.entry import by_reference


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (("Lecturer in Law", "Lecturer in Law"), []),
        (("Lecturer in Law", "LECTURER IN LAW"), []),
        (("Lecturer in Law", None), []),
        (("Lecturer in Law", "Porter"), ["DTX001: 'Porter' is left out beside 'Lecturer in Law'"]),
    ],
    ids=["shown twice", "shown in capitals", "a link without a title", "another advert"],
)
def test_two_cards_with_one_reference(titles: tuple[str | None, ...], told: list[str]) -> None:
    adverts, problems = by_reference(RawAdvert(source_ref="DTX001", title=title) for title in titles)
    assert [raw.title for raw in adverts.values()] == ["Lecturer in Law"]
    assert [(problem.kind, problem.text) for problem in problems] == [("same_reference_twice", text) for text in told]
