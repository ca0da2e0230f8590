"""The labelled strings: no more of them are read wrongly than today (`tests/gold/README.md` says how they were labelled)."""

from __future__ import annotations

from functools import cache

import pytest

from bench.gold import FOLDER, Marked, marked, misses, tally

# How many rows may be wrong: lower a number when a rule is mended.
WRONG = {
    "salaries": {
        "exact": 1,
        "amounts": 1,
        "currency": 1,
        "period": 1,
        "basis": 2,
        "annual, to the pound": 2,
        "actual, to the pound": 0,
        "qualifier": 4,
    },
    "employers": {"name": 5, "kind": 4},
    "locations": {"region and lad_code": 1, "region": 1, "lad_code": 1, "postcode": 0, "workplace": 0},
}

read = cache(marked)


@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind, parts in WRONG.items() for part in parts])
def test_no_more_strings_are_read_wrongly_than_before(kind: str, part: str) -> None:
    wrong = misses(read(kind), part)
    assert len(wrong) <= WRONG[kind][part], "\n".join([f"{len(wrong)} of {kind} have another {part}:", *wrong])


@pytest.mark.parametrize("kind", WRONG)
def test_every_part_that_is_scored_is_held(kind: str) -> None:
    assert set(tally(read(kind))) == set(WRONG[kind])


def test_nothing_is_read_where_no_pay_is_printed() -> None:
    """An amount that nobody printed is worse than one that was missed."""
    lines = (FOLDER / "salaries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    without = {text for text, _, low, high, *_ in (line.split("\t") for line in lines) if not low and not high}
    found: list[Marked] = [row for row in read("salaries") if row.text in without]
    assert len(found) > 30
    assert misses(found, "amounts") == []
