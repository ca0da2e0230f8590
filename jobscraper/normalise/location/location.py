"""Where the job is: from the printed location to places with official codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import attrs

from jobscraper.normalise.employer.employer import Employer
from jobscraper.normalise.location.abroad import Abroad, places_abroad
from jobscraper.normalise.location.rank import Meaning, employer_area
from jobscraper.normalise.location.read import Reading, readings
from jobscraper.normalise.result import Evidence, Issue
from jobscraper.normalise.terms.workplace import Workplace, read_workplace
from jobscraper.registers.places import AreaRow, CodePoint, area, is_wide_area
from jobscraper.text.entities import decoded
from jobscraper.text.labels import split_label


@attrs.frozen(kw_only=True)
class Place:
    """One place as far as the text settles it. Codes are ONS (GSS), coordinates WGS84 degrees."""

    text: str
    place_id: str | None = None
    place: str | None = None
    lad_code: str | None = None
    lad_name: str | None = None
    region: str | None = None
    nation: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@attrs.frozen(kw_only=True)
class Location:
    """All the places of a printed location, in printed order; the first one is the advert's place."""

    location_text: str | None = None
    places: tuple[Place, ...] = ()
    workplace: Workplace | None = None
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()


# What a board prints beyond this is no location; the searches below cost more than their length.
_LONGEST = 4000
_PLACE_COLUMNS = ("lad_code", "lad_name", "region", "nation", "postcode", "latitude", "longitude")


def read_location(text: str | None, *, employer: Employer | None = None, places: tuple[str, ...] = ()) -> Location:
    """Return where the job of a printed location is.

    `employer` settles names that several places bear, and a text that names none (`Town Hall`). `places` are further
    strings of a board that lists several; evidence of theirs counts characters in their own string.
    """
    own = employer_area(employer)
    strings = [string for string in dict.fromkeys((text or "", *places)) if string.strip()]
    if not strings:
        return Location(location_text=text)
    found: list[Place] = []
    evidence: dict[str, Evidence] = {}
    issues: list[Issue] = []
    workplace: tuple[Workplace, Evidence] | None = None
    for read in (_read(string, own) for string in strings):
        issues.extend(read.issues)
        workplace = workplace or read.workplace
        for place, proof in read.places:
            if not any(_same(place, other) for other in found):
                evidence |= _keyed(place, proof, len(found))
                found.append(place)
    if workplace:
        evidence["workplace"] = workplace[1]
    return Location(
        location_text=text,
        places=tuple(found),
        workplace=workplace[0] if workplace else None,
        evidence=evidence,
        issues=(*issues, *_left_open(strings, found, workplace is not None)),
    )


def with_workplace(location: Location, printed: str) -> Location:
    """The location with the workplace that a board prints in a field of its own, which is believed over the wording."""
    read = read_workplace(printed)
    if read is None:
        unknown = Issue("workplace_unknown", f"says nothing that is known: {printed}", "workplace")
        return attrs.evolve(location, issues=(*location.issues, unknown))
    workplace, evidence = read
    return attrs.evolve(location, workplace=workplace, evidence={**location.evidence, "workplace": evidence})


def _same(place: Place, other: Place) -> bool:
    """True if one place is told twice: the same settlement or authority without a postcode of its own."""
    if place.postcode or other.postcode:
        return place.postcode == other.postcode
    return (place.place_id, place.lad_code, place.region, place.place) == (
        other.place_id,
        other.lad_code,
        other.region,
        other.place,
    )


def _keyed(place: Place, proof: Evidence, at: int) -> dict[str, Evidence]:
    """Return evidence by column of `advert` for the first place, by `places.<position>` for the others."""
    if at:
        return {f"places.{at}": proof}
    return {column: proof for column in _PLACE_COLUMNS if getattr(place, column) is not None} or {"places.0": proof}


@attrs.frozen
class _Read:
    places: tuple[tuple[Place, Evidence], ...]
    workplace: tuple[Workplace, Evidence] | None
    issues: tuple[Issue, ...]


@lru_cache(maxsize=8192)
def _read(text: str, own: Meaning | None) -> _Read:
    text = text[:_LONGEST]
    start = _after_label(text)
    plain = decoded(text[start:]).replace("\u200b", " ")
    abroad = places_abroad(plain)
    at_home = _without(plain, abroad)
    found, issues = readings(at_home, own) if at_home.strip(" ,;/|") else ([], [])
    workplace = read_workplace(text)
    places = tuple(_place(text, start, reading) for reading in found) + tuple(_abroad(text, start, a) for a in abroad)
    if not places and own is not None and own.kind == "lad" and not workplace:
        places = ((_own_place(text, own), Evidence("employer's own area", text, 0, len(text))),)
    return _Read(places, workplace, tuple(issues))


def _without(text: str, abroad: list[Abroad]) -> str:
    """Return the text with blanks for what is abroad, of the same length."""
    for one in abroad:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _abroad(text: str, offset: int, one: Abroad) -> tuple[Place, Evidence]:
    start, end = one.start + offset, one.end + offset
    place = Place(text=text[start:end], place_id=one.area.area_id, place=one.area.name, postcode=one.code)
    return place, Evidence(f"abroad: {one.area.kind}", place.text, start, end)


def _after_label(text: str) -> int:
    labelled = split_label(text) if ":" in text else None
    return labelled.value_start if labelled and labelled.field == "location" else 0


def _own_place(text: str, own: Meaning) -> Place:
    return Place(text=text, lad_code=own.lad_code, lad_name=own.lad_name, region=own.region, nation=own.nation)


def _place(text: str, offset: int, reading: Reading) -> tuple[Place, Evidence]:
    start, end = reading.start + offset, reading.end + offset
    meaning, code = reading.meaning, reading.code
    point = code.point if code and reading.rule in {"postcode", "outcode"} else None
    finest = point or meaning
    lad_code = next((it.lad_code for it in (point, meaning) if it and it.lad_code), None)
    lad = area(lad_code) if lad_code else None
    told_by: list[AreaRow | CodePoint | Meaning | Reading] = [it for it in (lad, finest, reading) if it]
    place = Place(
        text=text[start:end],
        place_id=meaning.place_id if meaning else None,
        place=reading.name,
        lad_code=lad_code,
        lad_name=lad.name if lad else None,
        region=next((it.region for it in told_by if it.region), None),
        nation=next((it.nation for it in told_by if it.nation), None),
        postcode=code.code if code and code.full else None,
        latitude=finest.latitude if finest else None,
        longitude=finest.longitude if finest else None,
    )
    return place, Evidence(_rule(reading, point is not None), place.text, start, end)


def _rule(reading: Reading, has_point: bool) -> str:
    precision = "postcode" if has_point else _precision(reading.meaning)
    return f"{reading.rule}; precision {precision}" if precision else reading.rule


def _precision(meaning: Meaning | None) -> str | None:
    """Return how fine the coordinates of a name are."""
    if meaning is None or meaning.latitude is None:
        return None
    return "place" if meaning.kind == "place" else "lad"


def _left_open(strings: list[str], found: list[Place], works: bool) -> Iterator[Issue]:
    abroad = [place.text for place in found if place.place_id and place.place_id.startswith("abroad:")]
    if abroad and all(place.nation is None for place in found):
        yield Issue("outside_uk", f"outside the United Kingdom: {strings[0].strip()[:80]}", "nation")
    elif abroad:
        yield Issue("partly_outside_uk", f"also outside the United Kingdom: {'; '.join(abroad)[:80]}", "nation")
    if not found:
        wide = works or any(is_wide_area(string) for string in strings)
        kind = "location_wide" if wide else "location_unresolved"
        yield Issue(kind, f"names no place: {strings[0].strip()[:80]}", "lad_code")


_OF_FIRST_PLACE = ("lad_code", "lad_name", "region", "nation", "postcode", "latitude", "longitude")


def location_columns(location: Location) -> dict[str, Any]:
    """Return a location's columns ready for JSON, with evidence and issues as plain objects."""
    first = attrs.asdict(location.places[0]) if location.places else {}
    return {
        "location_text": location.location_text,
        **{column: first.get(column) for column in _OF_FIRST_PLACE},
        "places": [attrs.asdict(place) for place in location.places],
        "workplace": location.workplace,
        "evidence": {column: attrs.asdict(evidence) for column, evidence in location.evidence.items()},
        "issues": [attrs.asdict(issue) for issue in location.issues],
    }
