"""The gazetteer: settlements, areas and postcodes of the United Kingdom, and their look-up by name or code.

In: a phrase or a postcode. Out: rows of places.csv, areas.csv, outcodes.csv and sectors.csv. Which of several rows a
text means is the normaliser's business; here a name is only known or not.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import attrs

from jobscraper.registers import user_tables
from jobscraper.text.fold import fold_name


@attrs.frozen(kw_only=True)
class PlaceRow:
    """A settlement or a part of one. `county` is the ceremonial one, blank in Scotland and Northern Ireland.

    `aliases` are its names in Welsh, of places in Wales.
    """

    place_id: str
    name: str
    lad_code: str
    lad_name: str
    county: str | None
    region: str
    nation: str
    latitude: float
    longitude: float
    population: int
    aliases: tuple[str, ...]
    source: str


@attrs.frozen(kw_only=True)
class AreaRow:
    """An area that is more than a settlement. `lad_codes` are the local authorities that it covers, of today.

    kind: `lad`, `former_lad`, `county` (ceremonial or preserved), `former_county`, `region`, `nation`, `uk`, `informal`
    (`Thames Valley`), `abroad`, or what the gazetteer lacks: `town` (`Ellesmere Port`) and `site` (`RAF Wyton`).
    """

    area_id: str
    name: str
    kind: str
    lad_codes: tuple[str, ...]
    county: str | None
    region: str | None
    nation: str | None
    aliases: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    source: str


@attrs.frozen
class CodePoint:
    """What an outcode, a sector or a full postcode tells: its authority (None where it has several) and its middle."""

    code: str
    lad_code: str | None
    region: str | None
    nation: str | None
    latitude: float | None
    longitude: float | None


_SAINT = re.compile(r"\bsaint\b")
# Wordings for "more than one place of the employer's area", which name no place.
NON_PLACES = frozenset(
    {
        "various",
        "various locations",
        "various sites",
        "various uk",
        "multiple",
        "multiple locations",
        "multiple sites",
        "countywide",
        "county wide",
        "boroughwide",
        "borough wide",
        "districtwide",
        "district wide",
        "citywide",
        "city wide",
        "trustwide",
        "trust wide",
        "cross site",
        "regionwide",
        "region wide",
        "regional",
        "nationwide",
        "countrywide",
        "country wide",
        "national",
        "uk wide",
        "ukwide",
        "across the uk",
        "anywhere",
        "anywhere in the uk",
        "flexible",
        "flexible location",
        "peripatetic",
        "mobile",
        "other",
        "not specified",
        "not stated",
        "to be confirmed",
        "tbc",
        "n a",
        "see advert",
        "see job advert",
    }
)


def key_of(name: str) -> str:
    """Return the key of a place's name: folded, with `saint` as `st`, so that `St. Helens` and `Saint Helens` meet."""
    return _SAINT.sub("st", fold_name(name))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(f"data/{name}").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _degrees(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1)
def places() -> tuple[PlaceRow, ...]:
    """Return all settlements, sorted by name."""
    return tuple(
        PlaceRow(
            place_id=row["place_id"],
            name=row["name"],
            lad_code=row["lad_code"],
            lad_name=row["lad_name"],
            county=row["county"] or None,
            region=row["region"],
            nation=row["nation"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]),
            aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
            source=row["source"],
        )
        for row in _rows("places.csv")
    )


@lru_cache(maxsize=1)
def areas() -> tuple[AreaRow, ...]:
    """Return all areas, the widest first; authorities that only the user's table knows come last."""
    bundled = tuple(
        AreaRow(
            area_id=row["area_id"],
            name=row["name"],
            kind=row["kind"],
            lad_codes=tuple(row["lad_codes"].split("|")) if row["lad_codes"] else (),
            county=row["county"] or None,
            region=row["region"] or None,
            nation=row["nation"] or None,
            aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
            latitude=_degrees(row["latitude"]),
            longitude=_degrees(row["longitude"]),
            source=row["source"],
        )
        for row in _rows("areas.csv")
    )
    return (*bundled, *_new_authorities({row.area_id for row in bundled}))


def _new_authorities(known: set[str]) -> Iterator[AreaRow]:
    """Yield the authorities of a reorganisation that came after the bundled table."""
    for row in user_tables.rows(("authorities",)):
        if row["lad_code"] not in known:
            yield AreaRow(
                area_id=row["lad_code"],
                name=row["name"].removesuffix(" Council"),
                kind="lad",
                lad_codes=(row["lad_code"],),
                county=None,
                region=row["region"] or None,
                nation=row["nation"] or None,
                aliases=(),
                latitude=None,
                longitude=None,
                source=row["source"],
            )


@lru_cache(maxsize=1)
def _places_by_key() -> dict[str, tuple[PlaceRow, ...]]:
    index: dict[str, tuple[PlaceRow, ...]] = {}
    for row in places():
        for key in {key_of(name) for name in (row.name, *row.aliases)}:
            index[key] = (*index.get(key, ()), row)
    return index


@lru_cache(maxsize=1)
def _areas_by_key() -> dict[str, tuple[AreaRow, ...]]:
    index: dict[str, tuple[AreaRow, ...]] = {}
    for row in areas():
        for key in {key_of(name) for name in (row.name, *row.aliases)}:
            index[key] = (*index.get(key, ()), row)
    return index


@lru_cache(maxsize=1)
def _places_by_id() -> dict[str, PlaceRow]:
    return {row.place_id: row for row in places()}


def place_with_id(place_id: str) -> PlaceRow | None:
    """Return the settlement with an id, or None."""
    return _places_by_id().get(place_id)


@lru_cache(maxsize=1)
def _areas_by_id() -> dict[str, AreaRow]:
    return {row.area_id: row for row in areas()}


@lru_cache(maxsize=1)
def _outcodes() -> dict[str, dict[str, str]]:
    return {row["outcode"]: row for row in _rows("outcodes.csv")}


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    with files(__package__).joinpath("data/sectors.csv").open(encoding="utf-8") as file:
        next(file)
        return dict(line.split(",", 1) for line in file)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset((*_places_by_key(), *_areas_by_key()))


@lru_cache(maxsize=1)
def _first_words() -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in _names():
        words = key.split()
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


def longest_name(first_word: str) -> int:
    """Return how many words the longest name has that begins with this folded word; 0 where none does."""
    return _first_words().get(first_word, 0)


def is_name(key: str) -> bool:
    """True if `key` (folded) is the name of a settlement or an area."""
    return key in _names()


def places_named(text: str) -> tuple[PlaceRow, ...]:
    """Return the settlements of that name."""
    return _places_by_key().get(key_of(text), ())


def areas_named(text: str) -> tuple[AreaRow, ...]:
    """Return the areas of that name or alias, the widest first."""
    return _areas_by_key().get(key_of(text), ())


def area(area_id: str) -> AreaRow | None:
    """Return the area with that id: a GSS code, or one of ours for areas that have none (`county:kent`)."""
    return _areas_by_id().get(area_id)


def is_wide_area(text: str) -> bool:
    """True for wordings such as `Countywide` and `Various`: a location, but no place."""
    return fold_name(text) in NON_PLACES


def is_place(text: str) -> bool:
    """True if `text` is exactly one phrase of the gazetteer, capitalised as a name is.

    A reader splits a blurb from the place at its end with this; `reading`, `ash` and `street` are words first.

    >>> is_place("Poulton-Le-Fylde"), is_place("London (Greater)"), is_place("reading"), is_place("Various")
    (True, True, False, False)
    """
    stripped = text.strip(" .,;")
    if not stripped[:1].isupper():
        return False
    return is_name(key_of(stripped))


def outcode(code: str) -> CodePoint | None:
    """Return what the first half of a postcode tells, or None if there is no such outcode in Great Britain."""
    row = _outcodes().get(code.upper())
    if row is None:
        return None
    lat, lon = float(row["latitude"]), float(row["longitude"])
    return CodePoint(row["outcode"], row["lad_code"] or None, row["region"] or None, row["nation"] or None, lat, lon)


@lru_cache(maxsize=1024)
def postcode_area_at(latitude: float, longitude: float) -> str:
    """Return the letters with which the postcodes at a point of Great Britain begin (`CA` at Carlisle)."""

    def squared(row: dict[str, str]) -> float:
        return (float(row["latitude"]) - latitude) ** 2 + (0.6 * (float(row["longitude"]) - longitude)) ** 2

    return _letters(min(_outcodes().values(), key=squared)["outcode"])


@lru_cache(maxsize=1024)
def postcode_areas_in(lad_codes: frozenset[str]) -> frozenset[str]:
    """Return the letters with which the postcodes in authorities of Great Britain begin (`ME`, `TN`, `CT`… in Kent)."""
    return frozenset(_letters(row["outcode"]) for row in _outcodes().values() if row["lad_code"] in lad_codes)


def _letters(code: str) -> str:
    return re.split(r"\d", code)[0]


def postcode(code: str) -> CodePoint | None:
    """Return what a full postcode of Great Britain (`RG30 2AA`) tells, or None if its sector is not known.

    The authority is that of the postcode itself; the coordinates are the middle of its sector.
    """
    sector, unit = code[:-2], code[-2:]
    line = _sectors().get(sector)
    if line is None:
        return None
    lad, lat, lon, elsewhere, _ = line.split(",")
    for other in elsewhere.split("|") if elsewhere else ():
        other_lad, units = other.split(":")
        if unit in {units[i : i + 2] for i in range(0, len(units), 2)}:
            lad = other_lad
            break
    row = _areas_by_id()[lad]
    return CodePoint(code, lad, row.region, row.nation, float(lat), float(lon))
