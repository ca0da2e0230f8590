"""Splitting a place off the end of a blurb, for boards that print `<blurb> <place>` on one line with nothing between.

LocalGov.co.uk does (`… helping to fund essent Northampton`), and so do the RSS feeds of the Madgex boards behind it. The
blurb is often cut off in the middle of a word, so there is no full stop to go by: the names of places decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jobscraper.text.fold import fold_name
from jobscraper.text.labels import is_bare_label

IsPlace = Callable[[str], bool]

LONGEST_PLACE = 100
CUT_PLACE = 50  # LocalGov cuts a place at exactly 50 characters …
CUT_BLURB = range(248, 257)  # … where it cuts the blurb before it at about 250.

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_ENDS = (".", "!", "?", "…", ":", ";")
_SENTENCE_END = re.compile(r"[.!?…][\"'’”)]*\s+")
_GAP = re.compile(r"(?<=\S)\s{2,}(?=\S)")
_BETWEEN_PLACES = re.compile(r"\s*[,/;|]\s*|\s[-–—]\s")
_BETWEEN_TWO = re.compile(r"\s+(?:and|&)\s+")
_FULL_STOP = re.compile(r"(?<!\bSt)\.\s+")
_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)")
_LAST_WORDS = re.compile(r"[A-Z][a-z]+$"), re.compile(r"[A-Z][a-z]+ [A-Z]?[a-z]+$")
_CAPITALS = re.compile(r"(?:[A-Z0-9][\w'’.-]*|of|the|and|upon|on|le|in|under|by|next|super|cum|with|-)(?:,?\s+|$)")
_WIDE = frozenset(
    {"various", "various locations", "countywide", "county wide", "boroughwide", "borough wide", "national"}
)
_WIDE |= {"homeworking", "home working", "home based", "hybrid", "remote", "flexible"}
_FIRST_WORD = re.compile(r"[\w'’-]+")
_SAINT = frozenset({"St", "St.", "Saint"})
_ADDRESS_WORDS = frozenset("street road hill green park bridge church lane house hall court ford cross".split())
_PREPOSITIONS = frozenset(
    {"in", "at", "of", "across", "for", "to", "the", "near", "around", "from", "within", "serving"}
)
_NOT_IN_PLACES = frozenset(
    """permanent contract temporary full part time hours start immediate apply closing date salary grade per week fixed
    term join benefits job role title team service council we our you your""".split()
)


def split_trailing_place(text: str, is_place: IsPlace) -> tuple[str, str | None]:
    """Return (blurb, place as printed); the place is None where the text ends in none, or in a bare label.

    `is_place` tells whether a phrase is the name of a place. White space in `text` must be as printed: a double space
    is a seam.

    >>> split_trailing_place("helping to fund essent Northampton", {"Northampton"}.__contains__)
    ('helping to fund essent', 'Northampton')
    """
    text = text.strip()
    if text.endswith(_ENDS):
        return text, None
    for find_start in (_known_place, _after_gap, _after_sentence, _cut_place):
        start = find_start(text, is_place)
        if start is not None:
            return text[:start].rstrip(), text[start:]
    return text, None


def _known_place(text: str, is_place: IsPlace) -> int | None:
    """The longest tail that consists of known places: `Poulton-Le-Fylde, Lancashire`, `Cumbria / Various`."""
    for start in _word_starts(text):
        if _all_places(text[start:], is_place) and not _is_rest_of_address(text, start):
            return _start_of_capitals(text, start) if text[:start].rstrip().endswith(",") else start
        if _is_place_and_area(text, start, is_place):
            return start
    return None


def _is_rest_of_address(text: str, start: int) -> bool:
    """`23 Hart Street, Ulverston` does not begin at Street, which is a town too; nor `St Albans` at Albans."""
    before = text[:start].split()
    first = _FIRST_WORD.match(text, start)
    if not before or not first:
        return False
    return before[-1] in _SAINT or (first[0].lower() in _ADDRESS_WORDS and not before[-1].islower())


def _is_place_and_area(text: str, start: int, is_place: IsPlace) -> bool:
    """`… who are we looking fo Twickenham. Greater London`: one place with a full stop in it.

    Of `… our team in Leeds. West Yorkshire` and `… at 23 Hart Street. Ulverston` only what follows the full stop is the
    place: a preposition, or the rest of an address, stands before.
    """
    parts = _FULL_STOP.split(text[start:])
    before = text[:start].split()
    if len(parts) != 2 or not all(is_place(part) for part in parts) or not before:
        return False
    return before[-1].islower() and before[-1] not in _PREPOSITIONS


def _after_gap(text: str, _is_place: IsPlace) -> int | None:
    """The tail after the last double space: the blurb ended in a space of its own."""
    gaps = list(_GAP.finditer(text))
    return gaps[-1].end() if gaps and _looks_like_place(text[gaps[-1].end() :]) else None


def _after_sentence(text: str, _is_place: IsPlace) -> int | None:
    """A short tail in capitals after the end of a sentence: a village that no gazetteer knows, or an address."""
    for end in reversed(list(_SENTENCE_END.finditer(text))):
        if _looks_like_place(text[end.end() :]):
            return end.end()
    return None


def _cut_place(text: str, _is_place: IsPlace) -> int | None:
    """A tail of exactly the length at which LocalGov cuts a place, after a blurb of the length at which it cuts those."""
    start = len(text) - CUT_PLACE
    return start if start - 1 in CUT_BLURB and text[start - 1] == " " and text[start].isupper() else None


def _word_starts(text: str) -> list[int]:
    nearest = max(0, len(text) - LONGEST_PLACE)
    starts = [match.end() for match in re.finditer(r"(?:^|\s)(?=[A-Z0-9(])", text)]
    return [start for start in starts if start >= nearest]


def _all_places(tail: str, is_place: IsPlace) -> bool:
    parts = _BETWEEN_PLACES.split(tail)
    return any(not _is_wide(part) for part in parts) and all(_is_one_place(part, is_place) for part in parts)


def _is_one_place(part: str, is_place: IsPlace) -> bool:
    """`Leeds`, `Leeds and Bradford`, `Manchester M2 5DB`, `Somerset (County Wide)`, `LS1 1AA`, `Various`."""
    bracketed = _IN_BRACKETS.fullmatch(part)
    if is_place(part) or _is_wide(part) or _POSTCODE.fullmatch(part):
        return True
    if bracketed:
        return all(is_place(name) or _is_wide(name) for name in bracketed.groups() if name)
    without_postcode = _POSTCODE.sub("", part).strip()
    return all(is_place(name) for name in _BETWEEN_TWO.split(without_postcode))


def _is_wide(part: str) -> bool:
    return fold_name(part) in _WIDE


def _start_of_capitals(text: str, known: int) -> int:
    """Reach back over capitalised words to the start of an address: `County Hall, Matlock, Derbyshire`."""
    sentence = max((end.end() for end in _SENTENCE_END.finditer(text, 0, known)), default=0)
    for start in _word_starts(text):
        words = text[start:known]
        if start >= sentence and "".join(_CAPITALS.findall(words)) == words:
            return start
    return known


def _looks_like_place(tail: str) -> bool:
    if not tail or len(tail) > LONGEST_PLACE or _ends_in_label(tail):
        return False
    if _POSTCODE.search(tail):
        return True
    in_capitals = "".join(_CAPITALS.findall(tail)) == tail and tail[0].isupper()
    return in_capitals and len(tail.split()) <= 6 and not _NOT_IN_PLACES & set(fold_name(tail).split())


def _ends_in_label(tail: str) -> bool:
    last_words = [match[0] for pattern in _LAST_WORDS if (match := pattern.search(tail))]
    return any(is_bare_label(words) for words in (*last_words, tail))
