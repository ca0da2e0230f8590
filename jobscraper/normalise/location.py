"""Where the job is: from the printed location to places with official codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from jobscraper.normalise.employer import Employer
from jobscraper.normalise.location_rank import Meaning, employer_area
from jobscraper.normalise.location_read import Reading, readings
from jobscraper.normalise.result import Evidence, Issue
from jobscraper.normalise.workplace import Workplace, read_workplace
from jobscraper.registers.places import NON_PLACES, area
from jobscraper.text.fold import fold_name
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


_PLACE_COLUMNS = ("lad_code", "lad_name", "region", "nation", "postcode", "latitude", "longitude")


def read_location(text: str | None, *, employer: Employer | None = None, places: tuple[str, ...] = ()) -> Location:
    """Return where the job of a printed location is.

    `employer` settles names that several places bear, and a text that names none (`Town Hall`, `Countywide`). `places` are
    further strings of a board that lists several; evidence of theirs counts characters in their own string.
    """
    own = employer_area(employer)
    read = [_read(string, own) for string in dict.fromkeys((text or "", *places)) if string.strip()]
    if not read:
        return Location(location_text=text)
    found: list[Place] = []
    evidence: dict[str, Evidence] = {}
    for location in read:
        for place, proof in location:
            if not any(_same(place, other) for other in found):
                evidence |= _keyed(place, proof, len(found))
                found.append(place)
    strings = (text or "", *places)
    workplace = next((said for said in map(read_workplace, strings) if said), None)
    if workplace:
        evidence["workplace"] = workplace[1]
    return Location(
        location_text=text,
        places=tuple(found),
        workplace=workplace[0] if workplace else None,
        evidence=evidence,
        issues=_issues(strings, own, found, workplace is not None),
    )


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


@lru_cache(maxsize=8192)
def _read(text: str, own: Meaning | None) -> tuple[tuple[Place, Evidence], ...]:
    start = _after_label(text)
    found, _ = readings(text[start:], own)
    read = tuple(_place(text, start, reading) for reading in found)
    if not read and own is not None and own.kind == "lad" and not read_workplace(text):
        return ((_own_place(text, own), Evidence("employer's own area", text, 0, len(text))),)
    return read


def _after_label(text: str) -> int:
    labelled = split_label(text)
    return labelled.value_start if labelled and labelled.field == "location" else 0


def _own_place(text: str, own: Meaning) -> Place:
    return Place(text=text, lad_code=own.lad_code, lad_name=own.lad_name, region=own.region, nation=own.nation)


def _place(text: str, offset: int, reading: Reading) -> tuple[Place, Evidence]:
    meaning, code = reading.meaning, reading.code
    start, end = reading.start + offset, reading.end + offset
    place = Place(text=text[start:end], place=reading.name, region=reading.region, nation=reading.nation)
    precision = None
    if meaning is not None:
        precision = "region" if meaning.wide else "lad" if meaning.kind != "place" else "place"
        place = attrs.evolve(
            place,
            place_id=meaning.place_id,
            lad_code=meaning.lad_code,
            lad_name=meaning.lad_name,
            region=meaning.region or reading.region,
            nation=meaning.nation or reading.nation,
            latitude=meaning.latitude,
            longitude=meaning.longitude,
        )
    if code is not None:
        place = attrs.evolve(place, postcode=code.code if code.full else None)
        if reading.rule in {"postcode", "outcode"} and code.point is not None:
            point = code.point
            lad = area(point.lad_code or place.lad_code or "")
            precision = "postcode" if code.full else precision or "postcode"
            place = attrs.evolve(
                place,
                lad_code=lad.area_id if lad else None,
                lad_name=lad.name if lad else None,
                region=lad.region if lad else point.region or place.region,
                nation=lad.nation if lad else point.nation or place.nation,
                latitude=point.latitude,
                longitude=point.longitude,
            )
    rule = f"{reading.rule}; precision {precision}" if precision else reading.rule
    return place, Evidence(rule, text[start:end], start, end)


def _issues(strings: tuple[str, ...], own: Meaning | None, found: list[Place], works: bool) -> tuple[Issue, ...]:
    issues = [issue for string in strings for issue in readings(string[_after_label(string) :], own)[1]]
    if any(place.place_id and place.place_id.startswith("abroad:") for place in found):
        issues.append(Issue("outside_uk", f"outside the United Kingdom: {strings[0].strip()}", "nation"))
    if not found:
        wide = works or any(fold_name(string) in NON_PLACES for string in strings)
        kind = "location_wide" if wide else "location_unresolved"
        issues.append(Issue(kind, f"names no place: {strings[0].strip()}", "lad_code"))
    return tuple(issues)


def location_columns(location: Location) -> dict[str, Any]:
    """Return a location's columns ready for JSON, with evidence and issues as plain objects."""
    return {
        "location_text": location.location_text,
        "places": [attrs.asdict(place) for place in location.places],
        "workplace": location.workplace,
        "evidence": {column: attrs.asdict(evidence) for column, evidence in location.evidence.items()},
        "issues": [attrs.asdict(issue) for issue in location.issues],
    }
