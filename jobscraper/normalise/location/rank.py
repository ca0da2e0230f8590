"""Which of several places of one name is meant.

In: a name, what stands around it (counties, regions, a postcode's authority) and the employer's own area. Out: the one
place, or None. In this order: postcode, employer's area, a county or region word in the text, then population, which
settles a name when the largest is ten times the next. Nothing else settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import attrs

from jobscraper.normalise.employer.employer import Employer
from jobscraper.registers.employers import by_number
from jobscraper.registers.places import AreaRow, PlaceRow, area, areas_named, places_named

_TIMES = 10
# GeoNames has no population for many boroughs; a settlement that gave its authority its name is no hamlet.
_TOWN = 100_000
_ONE = frozenset({"lad", "former_lad", "site", "town"})
_WIDE = frozenset({"region", "nation", "uk", "county", "former_county", "informal", "abroad"})


@attrs.frozen
class Meaning:
    """What a name can mean: a settlement, an authority, or something wider (`lad_code` None)."""

    kind: str
    name: str
    place_id: str | None
    lad_code: str | None
    lad_name: str | None
    region: str | None
    nation: str | None
    latitude: float | None
    longitude: float | None
    population: int
    covers: frozenset[str]

    @property
    def wide(self) -> bool:
        """True for what is more than one authority: a county, a region, a country."""
        return self.kind in _WIDE

    def holds(self, other: Meaning) -> bool:
        """True if `other` lies in this area, so that this name is said to tell which `other` is meant."""
        if self.kind in {"place", "town", "site"}:
            return False
        if self.kind == "uk":
            return other.nation is not None
        if self.kind == "nation":
            return other.nation == self.name
        if self.covers:
            return (
                other.lad_code in self.covers if other.lad_code else bool(other.covers) and other.covers <= self.covers
            )
        return self.region is not None and self.region == other.region


def _of_place(row: PlaceRow) -> Meaning:
    titular = any(a.kind == "lad" and row.lad_code in a.lad_codes for a in areas_named(row.name))
    population = max(row.population, _TOWN) if titular else row.population
    return Meaning(
        "place",
        row.name,
        row.place_id,
        row.lad_code,
        row.lad_name,
        row.region,
        row.nation,
        row.latitude,
        row.longitude,
        population,
        frozenset(),
    )


def _of_area(row: AreaRow) -> Meaning:
    lad = area(row.lad_codes[0]) if row.kind in _ONE else None
    population = _TOWN if row.kind == "lad" else 0
    region = row.name if row.kind == "region" else row.region
    where = lad if lad is not None else row
    return Meaning(
        row.kind,
        row.name,
        row.area_id,
        lad.area_id if lad else None,
        lad.name if lad else None,
        region,
        row.nation,
        where.latitude,
        where.longitude,
        population,
        frozenset(row.lad_codes),
    )


@lru_cache(maxsize=4096)
def meanings(key: str) -> tuple[Meaning, ...]:
    """Return all that a name can mean, a settlement instead of the authority that is named after it."""
    found = [_of_place(row) for row in places_named(key)]
    settled = {meaning.lad_code for meaning in found}
    for row in areas_named(key):
        meaning = _of_area(row)
        if meaning.kind not in {"lad", "former_lad", "town"} or meaning.lad_code not in settled:
            found.append(meaning)
    return tuple(found)


@lru_cache(maxsize=4096)
def areas_meant(key: str) -> tuple[Meaning, ...]:
    """Return the areas that a name can mean, authorities and counties among them, to be context for another name."""
    return tuple(_of_area(row) for row in areas_named(key))


def employer_area(employer: Employer | None) -> Meaning | None:
    """Return the area of a body of the register: its authority, or the authorities of its county, else its region."""
    row = by_number(employer.employer_id) if employer and employer.employer_id else None
    if row is None:
        return None
    if row.lad_code and (lad := area(row.lad_code)):
        return _of_area(lad)
    county = next((a for a in areas_named(row.name.removesuffix(" County Council")) if a.kind == "county"), None)
    if row.kind == "council" and county:
        return _of_area(county)
    regions = [a for a in areas_named(row.region or "") if a.kind in {"region", "nation"}]
    return _of_area(regions[0]) if regions else None


def _largest(found: Sequence[Meaning]) -> Meaning | None:
    if any(m.kind == "town" for m in found):
        return None  # Nobody counted it: it may be the larger one.
    first, *rest = sorted(found, key=lambda m: -m.population)
    return first if not rest or first.population >= _TIMES * max(rest[0].population, 1) else None


def choose(found: Sequence[Meaning], context: Iterable[Meaning], own: Meaning | None) -> Meaning | None:
    """Return the one meaning of a name, or None where nothing settles it.

    An area word wins over a hamlet of that name (`Wales`, `Kent`): that is how people write. Context narrows, one area
    after the other, as long as something is left; the employer's own area comes before it.
    """
    left = _narrowed(found, context, own)
    if len(left) <= 1:
        return left[0] if left else None
    areas = [m for m in left if m.wide or m.kind == "lad"]
    if any(m.wide for m in areas) and max(m.population for m in left) < _TOWN:
        return _narrowest(areas)
    if len(areas) == len(left) and _narrowest(areas).kind == "lad":
        return _narrowest(areas)
    return _largest([m for m in left if not m.wide])


def _narrowed(found: Sequence[Meaning], context: Iterable[Meaning], own: Meaning | None) -> list[Meaning]:
    """The meanings that lie in all of the areas around the name, but for areas that hold none."""
    left = list(found)
    nation = any(m.kind == "nation" for m in left)
    for around in (own, *context):
        if nation and around is not None and around.kind in {"nation", "uk"}:
            continue  # `England and Wales`: the hamlet of that name lies in England, and is not meant.
        if len(left) > 1 and around is not None:
            left = [m for m in left if around.holds(m)] or left
    return left


def _narrowest(found: Sequence[Meaning]) -> Meaning:
    return next((m for m in found if m.kind == "lad"), found[0])
