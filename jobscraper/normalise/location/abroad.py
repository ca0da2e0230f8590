"""Locations that end in a country or in a state of another one: nothing in them is a place of the United Kingdom.

In: a printed location. Out: which of its parts are abroad. `Boston, MA`, `Perth, Australia` and `Newcastle, NSW, AU` are
towns that the gazetteer has under the same name. Codes of states are areas of British postcodes too: `Carlisle, CA` and
`Warrington, WA` are said by people who mean the postcode, so a code counts for a state only where the town has another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import cos, hypot, radians

import attrs

from jobscraper.normalise.location.postcodes import Found, find_postcodes
from jobscraper.normalise.location.rank import Meaning, meanings
from jobscraper.registers.abroad import ForeignArea, foreign_area_named, foreign_areas_coded
from jobscraper.registers.places import areas_named, is_name, key_of, postcode_area_at, postcode_areas_in
from jobscraper.text.fold import fold_name


@attrs.frozen
class Abroad:
    """`text[start:end]` is one place abroad, because of `area`; `code` is its postcode, where it is a Crown dependency's."""

    start: int
    end: int
    area: ForeignArea
    code: str | None = None


@attrs.frozen
class _Part:
    text: str
    start: int
    end: int


_SEGMENTS = re.compile(r"[;/|\n•]|<br ?/?>|\s+or\s+", re.IGNORECASE)
_PARTS = re.compile(r"[^,()]+")
_BETWEEN = " \t\u00a0.-–"
# Postcodes of others: 02118, 2300, K1A 0B1, D02 X285.
_ZIP = re.compile(r"\s*\b(?:\d{4,5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z\d]{4})$")
_BRITISH_CODES = frozenset({"GB", "GBR", "UK", "NI", "ENG", "SCT", "WLS", "NIR"})
_CROWN = {"IM": "isle of man", "JE": "jersey", "GY": "guernsey"}
# Counties of the Republic of Ireland; `Louth` alone is a town in Lincolnshire.
_IRISH_COUNTY = re.compile(
    r"(?:Co\.?|County) (?:Carlow|Cavan|Clare|Cork|Donegal|Dublin|Galway|Kerry|Kildare|Kilkenny|Laois|Leitrim|Limerick|Longford|Louth"
    r"|Mayo|Meath|Monaghan|Offaly|Roscommon|Sligo|Tipperary|Waterford|Westmeath|Wexford|Wicklow)",
    re.IGNORECASE,
)
_NEAR_KM = 30.0


def places_abroad(text: str) -> list[Abroad]:
    """Return the parts of a text that lie abroad, in printed order; parts are what semicolons, strokes and `or` separate.

    >>> [one.area.name for one in places_abroad("Boston, MA; London, UK")]
    ['Massachusetts']
    """
    if not text[:1].strip() and not text.strip():
        return []
    found = []
    start = 0
    for match in (*_SEGMENTS.finditer(text), None):
        end = match.start() if match else len(text)
        if one := _abroad(text, start, end):
            found.append(one)
        start = match.end() if match else end
    return found


def _abroad(text: str, start: int, end: int) -> Abroad | None:
    parts = list(_parts(text, start, end))
    if not parts:
        return None
    codes = list(find_postcodes(text[start:end]))
    if codes:
        return _crown(parts, codes)
    if any(_is_british(part.text) for part in parts):
        return None
    area = _at_the_end(parts) or _at_the_start(parts)
    return Abroad(parts[0].start, parts[-1].end, area) if area else None


def _parts(text: str, start: int, end: int) -> Iterator[_Part]:
    for match in _PARTS.finditer(text, start, end):
        trimmed = match[0].strip(_BETWEEN)
        if trimmed and not _ZIP.fullmatch(trimmed):
            at = match.start() + match[0].index(trimmed)
            yield _Part(trimmed, at, at + len(trimmed))


def _crown(parts: list[_Part], codes: list[Found]) -> Abroad | None:
    """Return the Crown dependency of a postcode; any other postcode is British, whatever is named beside it."""
    code = codes[0]
    area = foreign_area_named(_CROWN.get(code.code[:2], "")) if code.crown else None
    return Abroad(parts[0].start, parts[-1].end, area, code.code) if area else None


def _is_british(part: str) -> bool:
    return part in _BRITISH_CODES or any(row.kind in {"uk", "nation"} for row in areas_named(part))


def _at_the_end(parts: list[_Part]) -> ForeignArea | None:
    last, before = _ZIP.sub("", parts[-1].text), [part.text for part in parts[:-1]]
    if _IRISH_COUNTY.fullmatch(last):
        return foreign_area_named("ireland")
    if named := foreign_area_named(fold_name(last)):
        return named if _is_abroad_by_name(named, last, before) else None
    if not before or not last.isupper() or len(last) > 3 or any(last in postcode_areas_of(name) for name in before):
        return None
    return _coded(last, before[-1])


def _coded(code: str, before: str) -> ForeignArea | None:
    """Return the country of a code if its state stands before it, else the state, else the country: `London, Ontario, CA`."""
    found = foreign_areas_coded(code)
    state = foreign_area_named(fold_name(before))
    of = {area.country for area in (state, *foreign_areas_coded(before)) if area and area.kind == "state"}
    countries = [area for area in found if area.kind == "country"]
    if told := [area for area in countries if area.country in of]:
        return told[0]
    states = [area for area in found if area.kind == "state"]
    if len(states) > 1:
        return ForeignArea(code, "state", "")  # `WA` is in America and in Australia.
    return next(iter((*states, *countries)), None)


def _is_abroad_by_name(area: ForeignArea, name: str, before: list[str]) -> bool:
    """False where a state has the name of a British place that can be meant, and for a town of Northern Ireland."""
    if area.country == "IE":
        return not any(m.nation == "Northern Ireland" for part in before for m in meanings(key_of(part)))
    if area.kind == "country" or not is_name(key_of(name)):
        return True
    here = meanings(key_of(name))
    towns = meanings(key_of(before[-1])) if before else ()
    return bool(towns) and not any(town.holds(m) or _km(town, m) < _NEAR_KM for town in towns for m in here)


def _at_the_start(parts: list[_Part]) -> ForeignArea | None:
    """Return the country of `United States, Massachusetts, Boston`, but not of a village that is named before its county."""
    area = foreign_area_named(fold_name(parts[0].text)) if len(parts) > 1 else None
    if area is None or area.kind == "state":
        return None
    others = [m for part in parts[1:] for m in meanings(key_of(part.text))]
    return None if any(m.wide and m.kind != "abroad" for m in others) else area


def postcode_areas_of(name: str) -> frozenset[str]:
    """Return the letters with which postcodes of what is called so begin: of a county all, of towns the largest one's."""
    found = meanings(key_of(name))
    wide: frozenset[str] = frozenset().union(*(m.covers for m in found if m.wide))
    towns = [m for m in found if not m.wide]
    return postcode_areas_in(wide).union(_area_of_town(max(towns, key=lambda m: m.population)) if towns else ())


def _area_of_town(town: Meaning) -> frozenset[str]:
    if town.nation == "Northern Ireland":
        return frozenset({"BT"})  # No table here has its postcodes.
    if town.latitude is None or town.longitude is None:
        return frozenset()
    return frozenset({postcode_area_at(town.latitude, town.longitude)})


def _km(one: Meaning, other: Meaning) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return _NEAR_KM
    return 111.2 * hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * cos(radians(one.latitude)))
