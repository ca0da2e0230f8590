"""Postcodes in text, and strings of their shape that are none."""

from __future__ import annotations

import pytest

from jobscraper.normalise.location.postcodes import find_outcodes, find_postcodes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Romsey, SO51 8EN, Romsey, SO517QN", ["SO51 8EN", "SO51 7QN"]),
        ("Birmingham (B5 4UA) or London (e14 4hd)", ["B5 4UA", "E14 4HD"]),
        ("Hailsham Ave, Newcastle upon Tyne NE12 8ER", ["NE12 8ER"]),
        ("Belfast BT1 5GS", ["BT1 5GS"]),
        ("Douglas IM1 3PX", ["IM1 3PX"]),
        ("MS4 8GB", []),
        ("WMF2479e", []),
        ("Grade E5 2nd floor", []),
        ("SW1A 2HBX", []),
    ],
)
def test_full_postcodes(text: str, codes: list[str]) -> None:
    assert [found.code for found in find_postcodes(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Birtley, DH3", ["DH3"]), ("HD1", ["HD1"]), ("off the M4 near Reading", []), ("Grade E5 post", []), ("ZZ9", [])],
)
def test_outward_halves(text: str, codes: list[str]) -> None:
    assert [found.code for found in find_outcodes(text)] == codes
