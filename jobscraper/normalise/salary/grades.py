"""Grades and points: the words as printed, the national scale they belong to, and the points on it."""

from __future__ import annotations

import re

import attrs

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.tokens import Token

GRADING = frozenset({tags.GRADE, tags.SCALE, tags.CODE})
_GLUE = frozenset({tags.DASH, tags.COMMA, tags.OPEN, tags.CLOSE, tags.TO, tags.SLASH, tags.AND, tags.COLON, tags.PLACE})
_POINT = re.compile(r"([a-z]*)\s?(\d+[a-d]?)\b")
# Codes that name a point of a national scale by themselves: `M6`, `UPS3`, `L10`, `SCP7`.
_TEACHER_CODES = {
    "m": "M",
    "mps": "M",
    "mpr": "M",
    "ms": "M",
    "u": "U",
    "ups": "U",
    "upr": "U",
    "us": "U",
    "l": "L",
    "lps": "L",
    "ld": "L",
    "unq": "UNQ",
    "uqt": "UNQ",
    "uq": "UNQ",
}
_TEACHER_WORDS = {
    "main": "M",
    "mps": "M",
    "mpr": "M",
    "upper": "U",
    "ups": "U",
    "upr": "U",
    "unqualified": "UNQ",
    "uqt": "UNQ",
    "leadership": "L",
}
_WHOLE_RANGES = {"M": ("M1", "M6"), "U": ("U1", "U3"), "UNQ": ("UNQ1", "UNQ6")}
_TEACHER_ORDER = {"UNQ": 0, "M": 1, "U": 2, "L": 3}
_SPINE_WORDS = ("scp", "spin", "point", "pt", "scale point")
_CIVIL_SERVICE = {
    "administrative assistant": "AA",
    "administrative officer": "AO",
    "executive officer": "EO",
    "higher executive officer": "HEO",
    "senior executive officer": "SEO",
    "grade 7": "G7",
    "grade 6": "G6",
    "senior civil service": "SCS",
}


@attrs.frozen
class Grade:
    """`spans` are the printed places of the grade words; the points are on `scale`, or on the employer's own if that is
    None.
    """

    spans: tuple[tuple[int, int], ...]
    scale: str | None
    point_min: str | None
    point_max: str | None


def find_grade(text: str, tokens: list[Token]) -> Grade | None:
    """Return the grade that `tokens` of `text` print, or None."""
    marked = [at for at, token in enumerate(tokens) if token.tag in GRADING and _counts(tokens, at)]
    if not marked:
        return None
    words = [(tokens[at], text[tokens[at].start : tokens[at].end].lower()) for at in marked]
    scale = _scale(words)
    points = _points(scale, words)
    return Grade(_spans(tokens, marked), scale, points[0] if points else None, points[-1] if points else None)


def _counts(tokens: list[Token], at: int) -> bool:
    """A code counts if it names a national point or stands beside a grade word; a grade word if a point or a scale is
    with it.
    """
    token = tokens[at]
    if token.tag == tags.SCALE:
        return True
    beside = {t.tag for t in tokens[max(at - 2, 0) : at + 3]} - {token.tag}
    if token.tag == tags.CODE:
        prefix = token.value.rstrip("0123456789.abcd") or token.value[:1]
        national = prefix in _TEACHER_CODES or prefix in {"scp", "njc"}
        return national or bool(beside & {tags.GRADE, tags.SCALE}) or _heads_pay(tokens, at)
    return token.end - token.start > len(token.value) or bool(beside & {tags.SCALE, tags.CODE})


def _heads_pay(tokens: list[Token], at: int) -> bool:
    """`PO1 £37,035`, `Salary: N7 - £36,363`: a code before an amount, and after no word, is the employer's grade."""
    if at and tokens[at - 1].tag not in {tags.COLON, tags.PAY, tags.STOP, tags.OPEN}:
        return False
    following = tokens[at + 1 : at + 3]
    while following and following[0].tag in {tags.DASH, tags.OPEN, tags.COLON, tags.COMMA}:
        following = following[1:]
    return bool(following) and following[0].tag == tags.MONEY


def _spans(tokens: list[Token], marked: list[int]) -> tuple[tuple[int, int], ...]:
    """Return the printed runs of grade words; what only glues them together is within a run."""
    runs: list[tuple[int, int]] = []
    for at in marked:
        if runs and all(t.tag in _GLUE for t in tokens[runs[-1][1] + 1 : at]):
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return tuple((tokens[first].start, tokens[_closed(tokens, first, last)].end) for first, last in runs)


def _closed(tokens: list[Token], first: int, last: int) -> int:
    """Return the last token of a run, with the bracket that closes it."""
    kinds = [t.tag for t in tokens[first : last + 1]]
    is_open = kinds.count(tags.OPEN) > kinds.count(tags.CLOSE)
    return last + 1 if is_open and last + 1 < len(tokens) and tokens[last + 1].tag == tags.CLOSE else last


def _scale(words: list[tuple[Token, str]]) -> str | None:
    for token, _ in words:
        if token.tag == tags.SCALE:
            return token.value
    for token, printed in words:
        prefix = printed.rstrip("0123456789.-– ")
        if token.tag == tags.CODE and printed.startswith(("scp", "njc")):
            return "NJC"
        if token.tag == tags.CODE and (_POINT.match(printed) or [""])[0] and _prefix(printed) in _TEACHER_CODES:
            return "teachers_ew"
        # Bands 8a to 8d are the health service's; other bands may be anybody's.
        if token.value.startswith("band") and re.search(r"\b8[a-d]\b", printed) and prefix:
            return "AfC"
    return None


def _prefix(printed: str) -> str:
    found = _POINT.match(printed)
    return found[1] if found else ""


def _points(scale: str | None, words: list[tuple[Token, str]]) -> list[str]:
    """Return the points of the scale in rising order."""
    if scale == "teachers_ew":
        return _teacher_points(words)
    if scale == "civil_service":
        return [_CIVIL_SERVICE.get(printed, printed.upper()) for token, printed in words if token.tag == tags.SCALE]
    if scale == "police":
        return [printed.removeprefix("police ") for token, printed in words if token.tag == tags.SCALE]
    if scale == "AfC":
        bands = [found[2] for token, printed in words if "band" in printed for found in _POINT.finditer(printed)]
        return sorted(bands)
    spine = [printed for _, printed in words if printed.startswith(_SPINE_WORDS) or printed.startswith("njc point")]
    numbers = [found[2] for printed in spine for found in _POINT.finditer(printed)]
    return sorted(numbers, key=lambda number: (int(number.rstrip("abcd")), number))


def _teacher_points(words: list[tuple[Token, str]]) -> list[str]:
    found: list[tuple[int, int, str]] = []
    for token, printed in words:
        ranges = {name for word, name in _TEACHER_WORDS.items() if word in printed}
        name = _TEACHER_CODES.get(_prefix(printed)) or (ranges.pop() if len(ranges) == 1 else None)
        numbered = False
        for prefix, number in _POINT.findall(printed):
            name = _TEACHER_CODES.get(prefix, name)
            if name:
                found.append((_TEACHER_ORDER[name], int(number.rstrip("abcd")), name))
                numbered = True
        if not numbered and token.tag == tags.SCALE:
            names = ranges | ({name} if name else set())
            for whole in (point for each in names for point in _WHOLE_RANGES.get(each, ())):
                kind = whole.rstrip("0123456789")
                found.append((_TEACHER_ORDER[kind], int(whole[len(kind) :]), kind))
    return [f"{name}{number}" for _, number, name in sorted(found)]
