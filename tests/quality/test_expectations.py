"""What a run should give at least, and what is said where it does not."""

from __future__ import annotations

import pytest

from jobscraper.quality.expectations import Expectations, Filled, too_few, unmet_shares

BOARD = Expectations(adverts=200, salary=0.8, closes=0.9)
HEALTHY = {"adverts": 250, "title": 250, "salary": 240, "employer": 250, "location": 250, "closes": 249}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({}, []),
        ({"salary": 200}, []),
        ({"salary": 199}, ["199 of 250 adverts have a salary; at least 80% should"]),
        ({"adverts": 20, "title": 19, "salary": 20, "closes": 20}, []),
        (
            {"adverts": 20, "title": 18, "salary": 20, "closes": 20},
            ["18 of 20 adverts have a title; at least 99% should"],
        ),
        ({"title": 0}, ["0 of 250 adverts have a title; at least 99% should"]),
        ({"employer": 0}, []),
        ({"adverts": 9, "title": 0, "salary": 0, "closes": 0}, []),
    ],
    ids=[
        "healthy",
        "just enough",
        "one too few",
        "one bad advert of twenty",
        "two of twenty",
        "a class was renamed",
        "nothing is expected of it",
        "a handful",
    ],
)
def test_the_share_that_prints_a_field(found: dict[str, int], told: list[str]) -> None:
    assert unmet_shares(BOARD, Filled(**{**HEALTHY, **found})) == told


@pytest.mark.parametrize(("adverts", "told"), [(200, None), (199, "found 199 adverts; the source has at least 200")])
def test_the_least_adverts(adverts: int, told: str | None) -> None:
    assert too_few(BOARD, Filled(adverts=adverts)) == told


def test_what_is_stored_with_the_source_is_what_its_class_says() -> None:
    assert Expectations.from_json(BOARD.to_json()) == BOARD


def test_a_source_of_an_older_archive_expects_what_every_source_does() -> None:
    assert Expectations.from_json("{}") == Expectations()
