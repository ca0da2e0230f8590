"""The places that a printed location names: postcodes first, then names, each told apart by what stands around it.

In: a string and the employer's own area. Out: readings in printed order, and doubts. A postcode ends the words before
it (`Bath, BA2 5EG, Bath, BA2 2AL` are two); a county beside a town is said to tell which town (`Leith, Scotland`); a
postcode after `Home based` or `Various` is the employer's office and places nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians

import attrs

from jobscraper.normalise.location_rank import Meaning, areas_meant, choose, meanings
from jobscraper.normalise.location_text import Hit, find_names, is_address
from jobscraper.normalise.location_words import COMMON
from jobscraper.normalise.postcodes import Found, find_outcodes, find_postcodes
from jobscraper.normalise.result import Issue
from jobscraper.registers.places import CodePoint

# Wordings after which a postcode is that of a head office.
_EVERYWHERE = re.compile(
    r"\b(?:various|multiple|national(?:ly|wide)?|trust[\s-]?wide|county[\s-]?wide|region(?:al|[\s-]?wide)|across|anywhere|peripatetic"
    r"|home(?:[\s-]?(?:based|working))?|remote(?:ly)?|uk[\s-]?wide)\b",
    re.IGNORECASE,
)
_NEAR_KM = 20.0
_FAR_KM = 60.0
_HAMLET = 2500
_CITY = 50_000
_ADDRESS_KM = 25.0


@attrs.frozen
class Reading:
    """One place: what it means (None if nothing settles it), its postcode, and which characters say so."""

    start: int
    end: int
    rule: str
    name: str | None = None
    meaning: Meaning | None = None
    code: Found | None = None
    region: str | None = None
    nation: str | None = None


@attrs.frozen
class _Named:
    hit: Hit
    meaning: Meaning | None


def _km(meaning: Meaning, point: CodePoint) -> float:
    if meaning.latitude is None or meaning.longitude is None or point.latitude is None or point.longitude is None:
        return 0.0
    return (
        hypot(meaning.latitude - point.latitude, (meaning.longitude - point.longitude) * cos(radians(point.latitude)))
        * 111.2
    )


def _counted(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that count: those that stand alone; if no town does, also those at an end, or else in a venue."""
    alone = [hit for hit in hits if hit.stand == "alone" or (hit.stand == "lead" and _is_city(hit))]
    if any(not meaning.wide for hit in alone for meaning in meanings(hit.key)):
        return alone
    for stand in ("last", "venue"):
        if more := [hit for hit in hits if hit.stand == stand]:
            return sorted([*alone, *more], key=lambda hit: hit.start)
    return alone


def _is_city(hit: Hit) -> bool:
    return any(meaning.wide or meaning.population >= _CITY for meaning in meanings(hit.key))


def _context(hits: Sequence[Hit], but: Hit) -> list[Meaning]:
    return [meaning for hit in hits if hit.key != but.key for meaning in areas_meant(hit.key)]


def _named(hits: Sequence[Hit], own: Meaning | None) -> list[_Named]:
    """Return what each hit means; a county or a town beside a name that has several meanings tells which."""
    named = []
    for hit in hits:
        found = meanings(hit.key)
        named.append(_Named(hit, found[0] if len(found) == 1 else choose(found, _context(hits, hit), own)))
    return named


def _is_context(one: _Named, others: Sequence[_Named]) -> bool:
    """True for an area that only says where another named place lies."""
    meaning = one.meaning
    if meaning is None:
        return False
    for other in others:
        narrower = other.meaning
        if narrower is None or other.hit.key == one.hit.key or narrower.place_id == meaning.place_id:
            continue
        if any(m.wide and m.holds(narrower) and not narrower.holds(m) for m in areas_meant(one.hit.key)):
            return True
        if meaning.kind in {"lad", "former_lad"} and narrower.kind == "place" and narrower.lad_code == meaning.lad_code:
            return True
    return False


def _without_context(text: str, named: Sequence[_Named]) -> list[_Named]:
    """Return the names that are places: not the counties beside them, nor the post town at the end of an address."""
    rest = [one for one in named if not _is_context(one, named) and not (one.meaning and one.meaning.kind == "uk")]
    if len(rest) < 2 or not _has_address(text, named):
        return rest
    kept = rest[:1]
    for before, one in pairwise(rest):
        comma = not text[before.hit.end : one.hit.start].strip(" ,.:\u00a0")
        if not (comma and _close(one.meaning, kept[-1].meaning)):
            kept.append(one)
    return kept


def _has_address(text: str, named: Sequence[_Named]) -> bool:
    if any(one.meaning and one.meaning.kind == "site" for one in named):
        return True
    left, done = [], 0
    for one in named:
        left.append(text[done : one.hit.start])
        done = one.hit.end
    return any(map(is_address, (*left, text[done:])))


def _close(one: Meaning | None, other: Meaning | None) -> bool:
    if one is None or other is None or one.wide or other.wide:
        return False
    point = CodePoint("", other.lad_code, None, None, other.latitude, other.longitude)
    return one.latitude is not None and other.latitude is not None and _km(one, point) <= _ADDRESS_KM


def _of_names(text: str, hits: Sequence[Hit], own: Meaning | None) -> Iterator[Reading]:
    for one in _without_context(text, _named(_counted(hits), own)):
        printed = text[one.hit.start : one.hit.end]
        if one.meaning is not None:
            if one.hit.stand != "venue" or one.meaning.population >= _HAMLET or one.meaning.wide:
                yield Reading(one.hit.start, one.hit.end, f"name: {one.hit.stand}", one.meaning.name, one.meaning)
            continue
        found = meanings(one.hit.key)
        yield Reading(
            one.hit.start,
            one.hit.end,
            "name: ambiguous",
            printed,
            region=_same(m.region for m in found),
            nation=_same(m.nation for m in found),
        )


def _same(values: Iterator[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _of_code(text: str, code: Found, hits: Sequence[Hit], own: Meaning | None) -> Iterator[Reading]:
    """Yield the place of a postcode, named by the words before it, after the places that cannot be there."""
    words = text[: code.start]
    named = _named(_counted(hits), own)
    if _EVERYWHERE.search(words) and all(one.meaning is None or one.meaning.wide for one in named):
        wide = next((one.meaning for one in named if one.meaning), None)
        yield Reading(
            code.start,
            code.end,
            "postcode of the employer",
            wide.name if wide else None,
            None,
            code,
            wide.region if wide else None,
            wide.nation if wide else None,
        )
        return
    point = code.point
    if point is None:
        yield _crown_or_irish(code, named)
        return
    here, elsewhere = _here(hits, named, point)
    for one in elsewhere:
        yield Reading(
            one.hit.start, one.hit.end, f"name: {one.hit.stand}", one.meaning.name if one.meaning else None, one.meaning
        )
    name = here.name if here else _printed(text, named)
    yield Reading(code.start, code.end, "postcode" if code.full else "outcode", name, here, code)


def _crown_or_irish(code: Found, named: Sequence[_Named]) -> Reading:
    region = "Northern Ireland" if code.irish else None
    meaning = next(
        (one.meaning for one in named if one.meaning and one.meaning.nation == region and not one.meaning.wide), None
    )
    return Reading(
        code.start, code.end, "postcode area", meaning.name if meaning else None, meaning, code, region, region
    )


def _here(hits: Sequence[Hit], named: Sequence[_Named], point: CodePoint) -> tuple[Meaning | None, list[_Named]]:
    """Return the settlement that a postcode lies in or by, and the names too far away to be part of its address."""
    settled = [
        [m for m in meanings(hit.key) if not m.wide and _km(m, point) <= _NEAR_KM]
        for hit in hits
        if hit.stand != "within"
    ]
    near = [min(found, key=lambda m: (m.lad_code != point.lad_code, _km(m, point))) for found in settled if found]
    inside = [m for m in near if point.lad_code in (None, m.lad_code)]
    here = next(iter(inside or near), None)
    elsewhere = [one for one in named if one.hit.stand == "alone" and _is_elsewhere(one, point)]
    return here, elsewhere


def _is_elsewhere(one: _Named, point: CodePoint) -> bool:
    if one.meaning is None or one.meaning.wide or one.meaning.population <= _HAMLET:
        return False
    return all(m.wide or _km(m, point) > _FAR_KM for m in meanings(one.hit.key))


def _printed(text: str, named: Sequence[_Named]) -> str | None:
    one = next((one for one in named if one.meaning is None or not one.meaning.wide), next(iter(named), None))
    return text[one.hit.start : one.hit.end] if one else None


def _codes(text: str) -> list[Found]:
    full = list(find_postcodes(text))
    parts = [p for p in find_outcodes(text) if all(p.end <= f.start or p.start >= f.end for f in full)]
    return sorted([*full, *parts], key=lambda found: found.start)


def readings(text: str, own: Meaning | None = None) -> tuple[list[Reading], list[Issue]]:
    """Return the places that a text names, in printed order, and what it leaves open."""
    hits = find_names(text)
    if len(hits) > 1 or " " in text.strip():
        hits = [hit for hit in hits if hit.key not in COMMON or len(hits) == 1 or _context(hits, hit)]
    found: list[Reading] = []
    done = 0
    codes = _codes(text)
    for code in codes:
        before = [hit for hit in hits if done <= hit.start < code.start]
        if code is codes[-1] and not before:
            before = [hit for hit in hits if hit.start >= done]
            done = len(text)
        found.extend(_of_code(text, code, before, own))
        done = max(done, code.end)
    after = _of_names(text, [hit for hit in hits if hit.start >= done], own)
    found.extend(reading for reading in after if not codes or not _told(reading, found))
    return found, [_ambiguous(reading) for reading in found if reading.rule == "name: ambiguous"]


def _told(reading: Reading, found: Sequence[Reading]) -> bool:
    """True for words after a postcode that say again where it is: `M12 4JE, Manchester, North West`."""
    meaning = reading.meaning
    if meaning is None:
        return True
    points = [r.code.point for r in found if r.code and r.code.point]
    return any(
        meaning.region == p.region or meaning.lad_code == p.lad_code if meaning.wide else _km(meaning, p) < _NEAR_KM
        for p in points
    )


def _ambiguous(reading: Reading) -> Issue:
    name = reading.name or ""
    where = sorted({m.lad_name or m.name for m in meanings(name.lower())})
    return Issue("place_ambiguous", f"{name}: {', '.join(where[:6])}" if where else name, "lad_code")
