"""The region of an employer's seat, for adverts that print no place."""

from __future__ import annotations

import pytest

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import Advert, normalise


def advert(employer: str, location: str | None, workplace: str | None = None) -> Advert:
    raw = RawAdvert(
        source_ref="1", url="https://x.example/1", employer=employer, location=location, workplace=workplace
    )
    return normalise(raw)


@pytest.mark.parametrize(
    ("employer", "location", "regions"),
    [
        ("Cardiff University", None, ["Wales"]),
        ("Cardiff University", "The Annexe", ["Wales"]),
        ("Cardiff University", "Bristol", ["South West"]),
        ("Cardiff University", "Lisbon, Portugal", [None]),
        ("East Sussex County Council", "Countywide", []),
        ("Edinburgh Napier University", "Craiglockhart", ["Scotland"]),
        ("East Sussex County Council", None, ["South East"]),
        ("Heriot-Watt University", None, []),
        ("Leeds Teaching Hospitals NHS Trust", None, []),
        ("Home Office", None, []),
        ("Someone Unheard Of Ltd", None, []),
    ],
)
def test_the_seat_stands_in_where_no_place_is_printed(
    employer: str, location: str | None, regions: list[str | None]
) -> None:
    assert [place.region for place in advert(employer, location).location.places] == regions


def test_the_seat_tells_a_region_and_nothing_finer_and_says_so() -> None:
    location = advert("Cardiff University", None).location
    assert (location.places[0].lad_code, location.places[0].nation) == (None, "Wales")
    assert {location.evidence[column].rule for column in ("region", "nation")} == {"employer_seat"}
    assert location.evidence["region"].text == "Cardiff University"


@pytest.mark.parametrize(("workplace", "regions"), [("Home working", []), ("Hybrid", ["Wales"])])
def test_work_from_home_is_at_no_seat(workplace: str, regions: list[str]) -> None:
    assert [place.region for place in advert("Cardiff University", None, workplace).location.places] == regions
