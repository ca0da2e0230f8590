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

from jobscraper.normalise.location.postcodes import Found, find_outcodes, find_postcodes
from jobscraper.normalise.location.rank import Meaning, areas_meant, choose, meanings
from jobscraper.normalise.location.text import Hit, find_names, is_address
from jobscraper.normalise.location.words import COMMON
from jobscraper.normalise.result import Issue
from jobscraper.registers.places import CodePoint, area, key_of

# Wordings after which a postcode is that of a head office.
_EVERYWHERE = re.compile(
    r"\b(?:various|multiple|national(?:ly)?|nation[\s-]?wide|country[\s-]?wide|trust[\s-]?wide|county[\s-]?wide|region(?:al|[\s-]?wide)|across|anywhere|peripatetic"
    r"|home(?:[\s-]?(?:based|working))?|remote(?:ly)?|uk[\s-]?wide)\b",
    re.IGNORECASE,
)
_NEAR_KM = 20.0
_FAR_KM = 60.0
_HAMLET = 2500
_SIZEABLE = 20_000
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
    issue: Issue | None = None


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
    """Yield the place of a postcode, named by the words before it, and then the places that are listed beside it."""
    named = _named(_counted(hits), own)
    if _is_everywhere(text[: code.start], named):
        yield from _of_office(code, [one for one in named if one.meaning])
    elif code.point is None:
        yield _irish(code, named)
    else:
        yield from _of_point(text, code, code.point, hits, named)


def _is_everywhere(words: str, named: Sequence[_Named]) -> bool:
    """Whether words before a postcode name only countries and the like, and say that the job is in all of them."""
    meant = [one.meaning for one in named if one.meaning]
    if not all(meaning.wide for meaning in meant):
        return False
    return _EVERYWHERE.search(words) is not None or sum(meaning.kind == "nation" for meaning in meant) > 1


def _of_point(
    text: str, code: Found, point: CodePoint, hits: Sequence[Hit], named: Sequence[_Named]
) -> Iterator[Reading]:
    """Yield the place of a postcode that is in the table, and the places beside it that are not the same one."""
    here = _here(hits, point)
    listed = _listed(text[: code.start], hits, named, point)
    far = [one for one in named if one not in listed and one.hit.stand == "alone" and _is_elsewhere(one, point)]
    doubt = None if here or _is_around(named, point) else _contradiction(text, code, far)
    name = here.name if here else None if doubt else _printed(text, named)
    yield Reading(code.start, code.end, "postcode" if code.full else "outcode", name, here, code, issue=doubt)
    for one in (*listed, *(() if doubt else far)):
        if one.meaning and one.meaning != here and not _is_there(one.meaning, point):
            yield Reading(one.hit.start, one.hit.end, "name: listed", one.meaning.name, one.meaning)


def _of_office(code: Found, wide: Sequence[_Named]) -> Iterator[Reading]:
    """Yield the postcode of the employer's office, which places nothing, and the regions or nations that are named."""
    first = wide[0].meaning if wide else None
    yield Reading(
        code.start,
        code.end,
        "postcode of the employer",
        first.name if first else None,
        None,
        code,
        first.region if first else None,
        first.nation if first else None,
    )
    for one in wide[1:]:
        if one.meaning and one.meaning.kind == "nation":
            yield Reading(one.hit.start, one.hit.end, "name: listed", one.meaning.name, one.meaning)


def _irish(code: Found, named: Sequence[_Named]) -> Reading:
    """Return the place of a postcode that no table holds: of the town before it, the last one that is no region."""
    region = "Northern Ireland" if code.irish else None
    towns = [one for one in named if one.meaning and one.meaning.nation == region and not one.meaning.wide]
    one = next((one for one in towns if one.hit.stand == "alone"), towns[-1] if towns else None)
    meaning = one.meaning if one else None
    return Reading(
        code.start, code.end, "postcode area", meaning.name if meaning else None, meaning, code, region, region
    )


# What joins the places of a list: `Stockport and Trafford`, `Basingstoke/ Winchester`.
_JOINED = re.compile(r"\s*(?:,?\s*\b(?:and|or)\b|[&/;])\s*", re.IGNORECASE)
_STROKES = re.compile(r"[/;]")


def _listed(words: str, hits: Sequence[Hit], named: Sequence[_Named], point: CodePoint) -> list[_Named]:
    """Return the names that a text lists before one postcode, each of which is a place of the job; none in an address."""
    listed: list[_Named] = []
    for before, one in pairwise(named):
        if _JOINED.fullmatch(words, before.hit.end, one.hit.start):
            listed.extend(n for n in (*_before_commas(words, named, before), before, one) if n not in listed)
    listed.extend(one for one in _in_parts(words, hits, point) if one not in listed)
    return [
        one for one in listed if one.meaning and not (one.meaning.wide and "," in words[one.hit.start : one.hit.end])
    ]


def _before_commas(words: str, named: Sequence[_Named], last: _Named) -> list[_Named]:
    """Return the names before the last one but one of a list: `Grimsby, Hull, Scunthorpe and Goole`."""
    found: list[_Named] = []
    for before, one in reversed(list(pairwise(named[: named.index(last) + 1]))):
        if words[before.hit.end : one.hit.start].strip() != ",":
            break
        found.insert(0, before)
    return found


def _in_parts(words: str, hits: Sequence[Hit], point: CodePoint) -> list[_Named]:
    """Return the town of each part between strokes, if two parts at least have one: `… Hospital, Redditch / Kidderminster …`.

    A name that begins a longer one (`Stoke Mandeville / …`) is told by being far from the postcode.
    """
    cuts = [0, *(match.start() for match in _STROKES.finditer(words)), len(words)]
    found: list[_Named] = []
    for start, end in pairwise(cuts):
        inside = [hit for hit in hits if start <= hit.start < end and hit.stand != "within"]
        towns = [one for one in _named(inside, None) if one.meaning and _is_town(one.meaning)]
        found.extend(one for one in towns[:1] if one.meaning and _km(one.meaning, point) < _FAR_KM)
    return found if len(found) > 1 else []


def _is_town(meaning: Meaning) -> bool:
    return not meaning.wide and meaning.population > _HAMLET


def _is_there(meaning: Meaning, point: CodePoint) -> bool:
    """True if a listed name says no more than the postcode: the same authority, or an area around it."""
    if meaning.wide:
        return point.lad_code in meaning.covers if meaning.covers else meaning.region in (None, point.region)
    return meaning.lad_code == point.lad_code


def _is_around(named: Sequence[_Named], point: CodePoint) -> bool:
    """True if an area beside a postcode holds it: `Birmingham, Leeds, London, E14 4PU` is a list, no contradiction."""
    return any(one.meaning and one.meaning.wide and _is_there(one.meaning, point) for one in named)


def _contradiction(text: str, code: Found, far: Sequence[_Named]) -> Issue | None:
    """Return a doubt about a postcode that cannot be that of the town beside it, or that nobody has.

    A neighbouring district is normal (`Blackburn, BB1 4ED`), and the postcode is right there. One more than 60 km away
    is a head office or a slip: it still tells the place, and the doubt is said.
    """
    if far:
        town = text[far[0].hit.start : far[0].hit.end]
        return Issue("postcode_contradicts", f"{code.code} is not near {town}", "postcode")
    point = code.point
    if point and code.full and point.code != code.code and point.lad_code is None:
        return Issue("postcode_unknown", f"no such postcode, and no authority without it: {code.code}", "postcode")
    return None


def _here(hits: Sequence[Hit], point: CodePoint) -> Meaning | None:
    """Return the settlement that a postcode lies in or by."""
    settled = [
        [m for m in meanings(hit.key) if not m.wide and _km(m, point) <= _NEAR_KM]
        for hit in hits
        if hit.stand != "within"
    ]
    near = [min(found, key=lambda m: (m.lad_code != point.lad_code, _km(m, point))) for found in settled if found]
    inside = [m for m in near if point.lad_code in (None, m.lad_code)]
    return next(iter(inside or near), None)


def _is_elsewhere(one: _Named, point: CodePoint) -> bool:
    """True for a town that is too far to be part of the address; one whose name no small place bears, too."""
    if one.meaning is None or one.meaning.wide or one.meaning.population < _SIZEABLE:
        return False
    lad = area(point.lad_code) if point.lad_code else None
    if lad and one.hit.key in key_of(lad.name):
        return False  # `Newcastle, ST5 7NJ` is the one under Lyme.
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
    codes = _codes(text)
    shares, rest = _shared_out(_hits(text, codes), codes)
    found = [reading for code, hits in shares for reading in _of_code(text, code, hits, own)]
    after = _of_names(text, rest, own)
    found.extend([reading for reading in after if not codes or not _told(reading, found)])
    doubts = [_ambiguous(reading) for reading in found if reading.rule == "name: ambiguous"]
    return found, [*doubts, *(reading.issue for reading in found if reading.issue)]


def _hits(text: str, codes: Sequence[Found]) -> list[Hit]:
    """The names that a text prints; common words that are names, too, only alone or with an area beside them."""
    hits = find_names(_parted(text, codes))
    if len(hits) == 1 and " " not in text.strip():
        return hits
    return [hit for hit in hits if hit.key not in COMMON or len(hits) == 1 or _context(hits, hit)]


def _shared_out(hits: Sequence[Hit], codes: Sequence[Found]) -> tuple[list[tuple[Found, Sequence[Hit]]], Sequence[Hit]]:
    """Each postcode with the names before it, and the names after the last one, which are its own if it has no others."""
    shares: list[tuple[Found, Sequence[Hit]]] = []
    for code in codes:
        shares.append((code, [hit for hit in hits if hit.start < code.start]))
        hits = [hit for hit in hits if hit.start >= code.end]
    if shares and not shares[-1][1]:
        return [*shares[:-1], (shares[-1][0], hits)], []
    return shares, hits


def _parted(text: str, codes: Sequence[Found]) -> str:
    """Return the text with a comma for each postcode, of the same length: it ends a name as a comma does (`BELFAST BT11 8EG`)."""
    for code in codes:
        text = f"{text[: code.start]},{' ' * (code.end - code.start - 1)}{text[code.end :]}"
    return text


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
