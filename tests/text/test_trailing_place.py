"""A place is split off the end of a blurb that runs into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.text.trailing_place import split_trailing_place

PLACES = frozenset(
    {
        "Northampton",
        "London (Greater)",
        "Greater London",
        "Powys",
        "England",
        "London",
        "Lancashire",
        "Leeds",
        "Norfolk",
    }
    | {"Poulton-Le-Fylde", "Cumbria", "Twickenham", "West Yorkshire", "Barnsley", "South Yorkshire", "Derbyshire"}
    | {"Matlock", "Camden Town", "Street", "Ulverston", "Hounslow", "Bradford", "Manchester", "Somerset"}
    | {"St. Albans", "Albans", "Hertfordshire", "Tyne and Wear"}
)


@pytest.mark.parametrize(
    ("blurb", "place"),
    [
        ("keeping the roads of our count", "Northampton"),
        ("from home or from a hybrid of the two", "London (Greater)"),
        ("to lead our team at Powys County Council", "Powys"),
        ("a reliable Class 2 Driver", "Poulton-Le-Fylde, Lancashire"),
        ("as the manager for Kensington and Chelsea", "England, London"),
        ("We are a small team.", "Cumbria / Various"),
        ("who are we looking fo", "Twickenham. Greater London"),
        ("you will join our team in Leeds.", "West Yorkshire"),
        ("you will join our team in Barnsley.", "Barnsley, South Yorkshire"),
        ("come and work with us", "County Hall, Matlock, Derbyshire"),
        ("a village of its own.", "Little Snoring, Norfolk"),
        ("a village that no gazetteer knows.", "Nether Poppleton"),
        ("Apply today.", "The Civic Centre, 2 Westmoreland Road, BR1 1AS"),
        ("an old station", "Camden Town"),
        ("our dedicated team at 23 Hart Street.", "Ulverston, Cumbria"),
        ("come and see us.", "Civic Centre, High Street, Hounslow, TW3 4DN"),
        ("you will drive between", "Leeds and Bradford"),
        ("you will drive between", "Leeds & Bradford"),
        ("you will drive between", "Leeds | Bradford"),
        ("you will write at home", "Homeworking / Leeds"),
        ("you will write at home", "Manchester M2 5DB"),
        ("you will walk", "Somerset (County Wide)"),
        ("you will walk", "(Leeds)"),
        ("you will walk to the abbey", "St. Albans, Hertfordshire"),
        ("you will walk to the abbey", "Tyne and Wear"),
    ],
)
def test_blurb_and_place_come_apart(blurb: str, place: str) -> None:
    assert split_trailing_place(f"{blurb} {place}", PLACES.__contains__) == (blurb, place)


def test_a_double_space_is_a_seam() -> None:
    text = "We look forward to your letter.  The Old Exchange"
    assert split_trailing_place(text, PLACES.__contains__) == ("We look forward to your letter.", "The Old Exchange")


def test_a_place_cut_at_fifty_characters_follows_a_blurb_cut_at_two_hundred_and_fifty() -> None:
    blurb = ("word " * 60)[:252]
    place = "Depot Road as the base of the team, with hybrid wo"
    assert split_trailing_place(f"{blurb} {place}", PLACES.__contains__) == (blurb, place)


@pytest.mark.parametrize(
    "text",
    [
        "Location",
        "Job Title",
        "Salary",
        "What will you be doing?",
        "Urban Design ConsultantPermanent, Full Time£26,927 to £31,678 per annumLocation",
        "Senior Applications Developer Contract",
        "Come and see. Permanent, Full Time",
        "A post for somebody who likes roads.",
        "Come and see. Salary",
        "",
    ],
)
def test_no_place_is_invented(text: str) -> None:
    assert split_trailing_place(text, PLACES.__contains__) == (text, None)


@given(st.text(max_size=300))
def test_nothing_is_lost(text: str) -> None:
    blurb, place = split_trailing_place(text, PLACES.__contains__)
    assert "".join((blurb + (place or "")).split()) == "".join(text.split())
