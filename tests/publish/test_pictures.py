"""The pictures: right numbers in words that a page can show, whatever is or is not in the archive."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.dev.boundaries import ATTRIBUTION, small_boundaries
from jobscraper.publish.build.pictures.adverts_by_week import adverts_by_week
from jobscraper.publish.build.pictures.axes import labels_apart, nice_axis, steps
from jobscraper.publish.build.pictures.pay_by_kind import pay_by_kind
from jobscraper.publish.build.pictures.pay_map import Classes, boundaries, pay_map
from jobscraper.publish.build.pictures.rows import Paid, PaidInQuarter, Week
from jobscraper.publish.build.pictures.svg import BAR, BAR_PART, LINES, NONE, PAY, pounds
from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.site.application import datasette_for
from jobscraper.registers.places import places

from .conftest import Get

MONDAY = date(2024, 1, 1)
NAMES = ("pay_map", "pay_by_kind", "adverts_by_week")
REGIONS = (
    "Scotland",
    "Northern Ireland",
    "Wales",
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)
KINDS = ("council", "nhs_trust", "school", "university", "department", "agency", "police", "unresolved")

ALL_REGIONS = [Paid(name, 40, 22_000, 25_003 + 977 * number, 60_000) for number, name in enumerate(REGIONS)]
QUARTERS = [
    PaidInQuarter(kind, 90 - place, 20_000, 24_001 + 1_100 * place + 150 * number, 50_000, quarter=quarter)
    for number, quarter in enumerate(("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"))
    for place, kind in enumerate(KINDS)
]


def weeks(*listed: int) -> list[Week]:
    return [Week(MONDAY + timedelta(days=7 * number), count) for number, count in enumerate(listed)]


LATER = MONDAY + timedelta(days=3650)
# Each is drawn once, for all that is asked of it.
PICTURES = {
    "map": cache(lambda: pay_map(ALL_REGIONS)),
    "map of two": cache(lambda: pay_map([Paid("Wales", 10, 1, 2, 3), Paid("London", 10, 1, 3, 4)])),
    "map of the same everywhere": cache(lambda: pay_map([Paid(name, 40, 9, 30_000, 40_000) for name in REGIONS])),
    "lines": cache(lambda: pay_by_kind(QUARTERS, LATER)),
    "dots": cache(lambda: pay_by_kind([row for row in QUARTERS if row.quarter == "2026-Q1"], LATER)),
    "two years of weeks": cache(lambda: adverts_by_week(weeks(*range(900, 1100)), LATER)),
    "two weeks": cache(lambda: adverts_by_week(weeks(7, 0, 1), LATER)),
}
NOTHING_TO_SHOW = {
    "map of nothing": lambda: pay_map([]),
    "map of one": lambda: pay_map([Paid("Wales", 10, 1, 2, 3), Paid("London", 9, 1, 3, 4)]),
    "kinds without pay": lambda: pay_by_kind([PaidInQuarter("council", 0, quarter="2026-Q1")], LATER),
    "one kind in one quarter": lambda: pay_by_kind(QUARTERS[:1], LATER),
    "no kinds": lambda: pay_by_kind([], LATER),
    "one week": lambda: adverts_by_week(weeks(7), LATER),
    "one week with a listing": lambda: adverts_by_week(weeks(0, 7, 0), LATER),
    "no week": lambda: adverts_by_week([], LATER),
}


def parsed(svg: str | None) -> ElementTree.Element:
    assert svg is not None, "it has something to show"
    return ElementTree.fromstring(svg)


def texts(svg: str | None) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter() if element.tag.endswith("}text")]


def fills(svg: str | None) -> list[str]:
    """The colours of what is filled and is no letter, in the order in which it is drawn."""
    return [it.get("fill", "") for it in parsed(svg).iter() if not it.tag.endswith("}text") and it.get("fill")]


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_a_page_may_hold_it(draw: Any) -> None:
    svg = draw()
    root = parsed(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label", "").endswith(".")
    assert re.fullmatch(r"0 0 400 \d+", root.get("viewBox", ""))
    assert "width" not in root.attrib, "it takes the room that there is"
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "line", "text", "tspan"}
        assert not element.attrib.keys() & {"style", "id", "clip-path", "href", "onload"}
        assert not [value for value in element.attrib.values() if "url(" in value or "NaN" in value]
        assert all("var(--picture-" in element.get(one, "var(--picture-") for one in ("fill", "stroke") if element is not root)  # fmt: skip
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_the_same_rows_make_the_same_bytes(draw: Any) -> None:
    assert draw() == draw.__wrapped__()


@pytest.mark.parametrize("draw", NOTHING_TO_SHOW.values(), ids=NOTHING_TO_SHOW)
def test_a_picture_that_has_nothing_to_compare_is_not_there(draw: Any) -> None:
    assert draw() is None


@pytest.mark.parametrize("row", ALL_REGIONS, ids=REGIONS)
def test_the_map_prints_each_amount(row: Paid) -> None:
    assert pounds(row.median or 0) in texts(PICTURES["map"]())


@pytest.mark.parametrize(
    ("rows", "grey", "words"),
    [
        (ALL_REGIONS, 0, 0),
        ([*ALL_REGIONS[1:], Paid("Scotland", 9, 1, 2, 3)], 1, 1),
        (ALL_REGIONS[:10], 2, 2),
    ],
)
def test_too_few_adverts_are_grey_and_said(rows: Sequence[Paid], grey: int, words: int) -> None:
    svg = pay_map(rows)
    in_legend = 1 if grey else 0
    assert fills(svg).count(NONE) == grey + in_legend
    assert texts(svg).count("too few") == words
    assert texts(svg).count("fewer than 10 adverts") == in_legend


def test_the_map_says_what_it_shows() -> None:
    label = parsed(pay_map(ALL_REGIONS[:-1])).get("aria-label", "")
    assert "Highest in South East, £34,773; lowest in Scotland, £25,003." in label
    assert "Too few adverts with pay: South West." in label


def test_a_region_is_known_however_its_name_is_written() -> None:
    rows = [Paid("Yorkshire and the Humber", 10, 1, 30_000, 2), Paid("Wales", 10, 1, 20_000, 2)]
    assert "£30,000" in texts(pay_map(rows))


@pytest.mark.parametrize(
    ("amounts", "names"),
    [
        ([30_000], ["£30,000 to £30,499"]),
        ([24_999, 25_000], ["£24,500 to £24,999", "£25,000 to £25,499"]),
        ([24_000, 33_999], [f"£{low},000 to £{low + 1},999" for low in (24, 26, 28, 30, 32)]),
        ([0, 999_999], [f"£{low:,} to £{low + 199_999:,}" for low in range(0, 1_000_000, 200_000)]),
    ],
)
def test_classes_of_pay_begin_at_round_sums(amounts: list[int], names: list[str]) -> None:
    classes = Classes.of(amounts)
    assert [*classes.names()] == names
    assert classes.colour(min(amounts)) == classes.colours()[0]
    assert classes.colour(max(amounts)) == classes.colours()[-1]
    assert len(set(classes.colours())) == len(names)


def test_every_region_of_the_registers_is_on_the_map() -> None:
    drawn = {it["properties"]["name"] for it in boundaries()["objects"]["regions"]["geometries"]}
    assert drawn == set(REGIONS) == {place.region for place in places() if place.region}
    assert boundaries()["attribution"] == ATTRIBUTION


def test_the_six_kinds_that_advertise_most_have_a_line() -> None:
    svg = pay_by_kind(QUARTERS, LATER)
    shown = texts(svg)
    assert {"Councils", "NHS trusts", "Schools", "Universities", "Departments", "Agencies"} <= set(shown)
    assert "Police" not in shown
    assert "£24,451" in shown, "the last amount of councils"
    assert [line for line in LINES if line in (svg or "")] == list(LINES)


def test_a_quarter_of_too_few_adverts_breaks_the_line() -> None:
    few = [PaidInQuarter("council", 9 if quarter == "2025-Q4" else 50, 1, 30_000, 2, quarter=quarter)
           for quarter in ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")]  # fmt: skip
    drawn = [it.get("d", "") for it in parsed(pay_by_kind(few, LATER)).iter() if it.get("stroke") == LINES[0]]
    assert [piece.count(",") for piece in drawn] == [2, 2], "two pieces of two quarters each"


@pytest.mark.parametrize(
    ("seen", "dashed", "said"),
    [
        (date(2026, 6, 30), [2], True),  # Nothing of its last day is known when it has begun.
        (date(2026, 7, 1), [], False),
    ],
)
def test_the_way_to_a_quarter_that_is_not_over_is_dashed(seen: date, dashed: list[int], said: bool) -> None:
    svg = pay_by_kind([row for row in QUARTERS if row.of == "council"], seen)
    lines = [it for it in parsed(svg).iter() if it.get("stroke") == LINES[0]]
    assert sum(it.get("d", "").count(",") for it in lines) == 4 + bool(dashed), "it begins where the other ends"
    assert [it.get("d", "").count(",") for it in lines if it.get("stroke-dasharray")] == dashed
    assert parsed(svg).get("aria-label", "").endswith("The last quarter is not over.") is said


def test_one_quarter_is_shown_as_dots() -> None:
    rows = [
        PaidInQuarter("council", 30, 24_000, 28_001, 33_000, quarter="2026-Q4"),
        PaidInQuarter("police", 12, 25_000, 29_002, 34_000, quarter="2026-Q4"),
        PaidInQuarter("school", 9, 1, 2, 3, quarter="2026-Q4"),
    ]
    shown = texts(pay_by_kind(rows, LATER))
    assert [it for it in shown if it in {"Police", "Councils", "Schools"}] == ["Police", "Councils", "Schools"]
    assert {"£28,001", "£29,002", "too few"} <= set(shown)
    assert "£2" not in shown
    assert "Oct to Dec 2026: the line spans the middle half of the adverts" in shown


@pytest.mark.parametrize("quarters", [1, 2])
def test_an_employer_that_no_register_knows_is_of_no_kind(quarters: int) -> None:
    rows = [row for row in QUARTERS if row.of in {"unresolved", "council", "police"}][: 3 * quarters]
    assert [it for it in texts(pay_by_kind(rows, LATER)) if "nresolved" in it] == []


@pytest.mark.parametrize(
    ("listed", "seen", "dark", "pale", "numbers"),
    [
        ((9_000, 300, 400), LATER, 2, 1, {"9,000", "300", "400"}),
        ((9_000, 300, 400), MONDAY + timedelta(days=16), 1, 2, {"9,000", "300", "400"}),
        ((9_000, *range(1_000, 1_020)), LATER, 20, 1, {"9,000", "1,019"}),
        (tuple(range(1, 201)), LATER, 104, 0, {"200"}),
        ((5, 0, 5), LATER, 1, 1, {"5", "0"}),
    ],
)
def test_weeks_are_bars(listed: tuple[int, ...], seen: date, dark: int, pale: int, numbers: set[str]) -> None:
    svg = adverts_by_week(weeks(*listed), seen)
    assert fills(svg).count(BAR) == dark
    assert fills(svg).count(BAR_PART) == pale
    bold = {it.text for it in parsed(svg).iter() if it.get("font-weight") == "bold"}
    assert bold == numbers


def test_a_week_that_is_missing_has_no_adverts() -> None:
    whole = adverts_by_week(weeks(4, 0, 8), LATER)
    assert adverts_by_week([it for it in weeks(4, 0, 8) if it.listed], LATER) == whole


@pytest.mark.parametrize(
    ("values", "from_zero", "ends"),
    [([31_000, 38_500], False, (30_000, 40_000)), ([30_000, 30_000], False, (30_000, 30_001)), ([7], True, (0, 8))],
)
def test_axes_end_at_round_numbers(values: list[int], from_zero: bool, ends: tuple[int, int]) -> None:
    axis = nice_axis(values, 300, 0, from_zero=from_zero)
    assert (axis.low, axis.high) == ends
    assert [*steps(axis)][-1] == axis.high
    assert axis.at(axis.low) == 300
    assert axis.at(axis.high) == 0


@pytest.mark.parametrize(
    ("ideal", "places"),
    [
        ([], []),
        ([50], [50]),
        ([10, 90], [10, 90]),
        ([50, 50], [40, 60]),
        ([60, 50], [65, 45]),
        ([0, 0, 0], [0, 20, 40]),
        ([100, 100, 50], [80, 100, 50]),
        ([100, 100, 70], [80, 100, 60]),
        ([-50, 200], [0, 100]),
    ],
)
def test_labels_do_not_touch(ideal: list[float], places: list[float]) -> None:
    assert labels_apart(ideal, 20, 0, 100) == places


def test_neighbours_still_share_their_border() -> None:
    """Two squares of 200 steps side by side, with a border that bends too little to be seen, and an islet."""
    source = {
        "transform": {"scale": [0.01, 0.01], "translate": [-2, 54]},
        "arcs": [
            [[200, 0], [1, 100], [-1, 100]],
            [[200, 200], [-200, 0], [0, -200], [200, 0]],
            [[200, 200], [200, 0], [0, -200], [-200, 0]],
            [[600, 600], [1, 0], [0, 1], [-1, -1]],
        ],
        "objects": {
            "rgn": {
                "geometries": [
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[0, 1]], [[3]]],
                        "properties": {"areacd": "W", "areanm": "West"},
                    },
                    {"type": "Polygon", "arcs": [[-1, -3]], "properties": {"areacd": "E", "areanm": "East"}},
                ]
            }
        },
    }
    small = small_boundaries(source)
    east, west = small["objects"]["regions"]["geometries"]
    assert [it["properties"]["name"] for it in (east, west)] == ["East", "West"]
    assert len(west["arcs"]) == 1, "the islet is still there"
    (ring_of_east,), (ring_of_west,) = east["arcs"][0], west["arcs"][0]
    shared = {arc if arc >= 0 else ~arc for arc in ring_of_east} & {arc if arc >= 0 else ~arc for arc in ring_of_west}
    assert len(shared) == 1


def pictures_of(site: Path) -> dict[str, str]:
    with closing(sqlite3.connect(site / "archive.db")) as connection:
        return dict(connection.execute("SELECT name, svg FROM picture"))


def test_a_snapshot_holds_the_pictures_and_the_home_page_shows_them(old_site: Path, get_old: Get) -> None:
    found = pictures_of(old_site)
    assert tuple(found) == NAMES
    html = get_old("/").text
    assert [svg for svg in found.values() if svg not in html] == []
    assert "Contains ONS and OS data © Crown copyright" in html
    assert html.count("<figcaption>") == len(NAMES)


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/archive/pay_summary.json?period=last+12+months&kind=all&_shape=array", 3),
        ("/archive/pay_summary.json?region=all&period__contains=-Q&_shape=array", 1),
        ("/archive/week.json?_shape=array", 11),
    ],
)
def test_the_numbers_beneath_are_a_link_away(get_old: Get, path: str, least: int) -> None:
    assert path.replace(".json", "").replace("&_shape=array", "").replace("?_shape=array", "") in get_old(
        "/"
    ).text.replace("&amp;", "&")
    assert len(get_old(path).json()) >= least


def test_an_archive_without_adverts_has_no_pictures(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db").close()
    publish(tmp_path / "archive.db", tmp_path / "site")
    assert pictures_of(tmp_path / "site") == {}
    assert "<figure" not in asyncio.run(datasette_for(tmp_path / "site").client.get("/")).text


def test_the_page_knows_every_colour_and_has_it_twice() -> None:
    """For light and for dark; the colour that a picture falls back on is the light one."""
    css = (Path(__file__).parents[2] / "jobscraper/publish/site/static/site.css").read_text(encoding="utf-8")
    for colour in (*PAY, *LINES, NONE, BAR, BAR_PART):
        name, light = re.fullmatch(r"var\((--picture-[a-z0-9-]+), (#[0-9a-f]{6})\)", colour).groups()  # type: ignore[union-attr]
        of_page = re.findall(rf"{name}: (#[0-9a-f]{{6}});", css)
        assert of_page[0] == light
        assert len(of_page) == 2
