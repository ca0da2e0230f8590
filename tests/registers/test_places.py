"""The gazetteer: every row has a source, codes hang together, and postcodes tell their authority."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from jobscraper.dev.places import Postcode, outcode_rows, sector_rows
from jobscraper.registers import places as gazetteer
from jobscraper.registers.grid import from_grid, to_grid
from jobscraper.registers.places import area, areas, areas_named, is_place, is_wide_area, outcode, places, postcode
from tests.registers.official import codes

FOLDER = Path(gazetteer.__file__).parent


@pytest.mark.parametrize("name", ["areas.csv", "places.csv", "sectors.csv", "outcodes.csv"])
def test_every_row_has_a_source_that_the_licences_explain(name: str) -> None:
    explained = set(re.findall(r"^\| `([\w.-]+)`", (FOLDER / "LICENCES.md").read_text(encoding="utf-8"), re.MULTILINE))
    with (FOLDER / "data" / name).open(encoding="utf-8", newline="") as file:
        sources = {row["source"] for row in csv.DictReader(file)}
    assert "" not in sources
    assert {key for source in sources for key in source.split()} <= explained
    assert (FOLDER / "data" / name).stat().st_size < 2_000_000


def test_codes_of_areas_are_in_the_official_lists() -> None:
    official = codes("gss")
    coded = [row.area_id for row in areas() if ":" not in row.area_id]
    assert [code for code in coded if code not in official] == []


def test_every_authority_named_is_one() -> None:
    authorities = {row.area_id for row in areas() if row.kind == "lad"}
    assert len(authorities) == 361
    assert {code for row in areas() for code in row.lad_codes} <= authorities
    assert {row.lad_code for row in places()} <= authorities


def test_no_postcode_of_northern_ireland_is_carried() -> None:
    for name in ("sectors.csv", "outcodes.csv"):
        assert not re.search(r"^BT\d", (FOLDER / "data" / name).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Northampton", True),
        ("Poulton-Le-Fylde", True),
        ("London (Greater)", True),
        ("City of London", True),
        ("England", True),
        ("Tyne and Wear", True),
        ("St. Helens", True),
        ("Leamington Spa", True),
        ("Various", False),
        ("Countywide", False),
        ("reading", False),
        ("County Hall", False),
        ("Northampton, England", False),
        ("", False),
    ],
)
def test_is_place(text: str, yes: bool) -> None:
    assert is_place(text) is yes


def test_is_wide_area() -> None:
    assert is_wide_area("County-wide")
    assert not is_wide_area("Kent")


@pytest.mark.parametrize(
    ("code", "lad"),
    [
        ("RG30 2AA", "E06000038"),
        ("DN9 1BY", "E06000013"),
        ("NG5 8GX", "E07000173"),
        ("S1 2FJ", "E08000039"),
        ("TN25 4AZ", "E07000105"),
        ("ZZ1 1AA", None),
    ],
)
def test_a_postcode_tells_its_authority(code: str, lad: str | None) -> None:
    point = postcode(code)
    assert (point.lad_code if point else None) == lad


def test_an_outcode_of_several_authorities_tells_none() -> None:
    shared_out, own = outcode("DH3"), outcode("HD1")
    assert shared_out is not None
    assert own is not None
    assert (shared_out.lad_code, shared_out.region) == (None, "North East")
    assert own.lad_code == "E08000034"


def test_codes_of_2025() -> None:
    sheffield, barnsley = area("E08000039"), area("E08000038")
    assert sheffield is not None
    assert barnsley is not None
    assert area("E08000019") is None
    assert [row.kind for row in areas_named("West Midlands")] == ["region", "county"]


def test_the_grid_agrees_with_the_published_example() -> None:
    """Ordnance Survey's own example; the Helmert shift is good to five metres."""
    assert to_grid(52.658007833, 1.716073973) == pytest.approx((651409.903, 313177.270), abs=5)
    assert from_grid(651409.903, 313177.270) == pytest.approx((52.658007833, 1.716073973), abs=0.0001)


def test_a_sector_lists_its_postcodes_that_lie_elsewhere() -> None:
    codes = [Postcode("LS11AA", "E1", 430000.0, 433000.0), Postcode("LS11AB", "E1", 430000.0, 433000.0)]
    codes.append(Postcode("LS11ZZ", "E2", 430000.0, 433000.0))
    (row,) = sector_rows(codes)
    assert (row["sector"], row["lad_code"], row["elsewhere"]) == ("LS1 1", "E1", "E2:ZZ")
    regions = {"E1": {"region": "R", "nation": "England"}, "E2": {"region": "R", "nation": "England"}}
    (out,) = outcode_rows(codes, regions)
    assert (out["outcode"], out["lad_code"], out["region"]) == ("LS1", "", "R")
