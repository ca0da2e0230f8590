"""Names of the gazetteer in a printed location, with how they stand in it.

In: a string. Out: hits, longest name first at each word, in printed order. How a hit stands matters: in `Churchill
Court, Manchester` the word Churchill is part of a venue, Manchester stands alone; in prose a name counts after `in`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

import attrs

from jobscraper.normalise.location.words import AFTER, BEFORE, COMMON, SHORTENED, STREETS, VENUES
from jobscraper.registers.places import areas_named, is_name, longest_name
from jobscraper.text.fold import fold_name

Stand = Literal["alone", "lead", "last", "venue", "within"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Between two words: nothing that parts them, a comma or bracket, which a name may span (`London (Greater)`), or a wall.
_SOFT = re.compile(r"[\s\u00a0'’‘-]*")
_WALL = re.compile(r"[;/|\n•·<>]|\.\s|\.$|\s[-–—:]\s|[–—]")

# A string in small letters of more words than this is a sentence.
_SHORT = 4


def is_address(part: str) -> bool:
    """True for a part of a text that is a street, a building or a number: `12 Annand House`, `Rokeby Street`."""
    return any(
        word[0].isdigit() or (word[0].isupper() and word.lower() in STREETS | VENUES) for word in _WORD.findall(part)
    )


class Token(NamedTuple):
    """A word of the text; `gap` tells what stands before it: 0 nothing, 1 a comma or bracket, 2 a wall."""

    word: str
    start: int
    end: int
    gap: int


@attrs.frozen
class Hit:
    """A name of the gazetteer at `text[start:end]`. `lead` is a name that begins one part of several: a list of offices."""

    key: str
    start: int
    end: int
    stand: Stand


def _gap(before: str, between: str) -> int:
    if between == " " or (between.strip() == "." and before in SHORTENED):
        return 0
    if _SOFT.fullmatch(between) and " - " not in between:
        return 0
    return 2 if _WALL.search(between) else 1


def _word(raw: str) -> str:
    if raw == "&":
        return "and"
    word = fold_name(raw) if not raw.isascii() or "'" in raw else raw.lower()
    return "st" if word == "saint" else word


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    last = 0
    for match in _WORD.finditer(text):
        raw, start = match[0], match.start()
        word = _word(raw)
        gap = _gap(tokens[-1].word, text[last:start]) if tokens else 2
        if cuts := _cuts(raw, word):
            for left, right in pairwise(cuts):
                tokens.append(Token(_word(raw[left:right]), start + left, start + right, 2 if left else gap))
        else:
            tokens.append(Token(word, start, start + len(raw), gap))
        last = match.end()
    return tokens


def _cuts(raw: str, word: str) -> list[int]:
    """Return where a word is two that lost their space (`WharfNewcastle`), its own ends included, or nothing."""
    if raw[1:].islower() or raw.isupper() or longest_name(word):
        return []
    cuts = [cut.start() for cut in _GLUED.finditer(raw)]
    return [0, *cuts, len(raw)] if any(longest_name(_word(raw[cut:])) for cut in cuts) else []


def _longest(tokens: list[Token], at: int) -> tuple[str, int]:
    """Return the longest name that begins with token `at`, and of how many tokens it is; 0 where there is none."""
    key = tokens[at].word
    longest = longest_name(key)
    name, words = (key, 1) if longest and is_name(key) else ("", 0)
    for n in range(1, min(longest, len(tokens) - at)):
        token = tokens[at + n]
        if token.gap == 2:
            break
        key = f"{key} {token.word}"
        if is_name(key):
            name, words = key, n + 1
    return name, words


def _stand(tokens: list[Token], at: int, n: int) -> Stand:
    first = at - 1 if at and tokens[at - 1].word == "the" and tokens[at].gap == 0 else at
    before, after = tokens[first - 1] if first else None, tokens[at + n] if at + n < len(tokens) else None
    opens = before is None or tokens[first].gap > 0 or before.word in BEFORE
    closes = after is None or after.gap > 0 or after.word in AFTER or _begins_county(tokens, at + n)
    if opens and closes:
        return "alone"
    if closes:
        return "last"
    return "venue" if opens and after is not None and after.word in VENUES else "within"


def _is_namesake(text: str, tokens: list[Token], at: int) -> bool:
    """True after a `New` that is a part of the name: `New Plymouth` is another place, and abroad as a rule."""
    return at > 0 and tokens[at].gap == 0 and text[tokens[at - 1].start : tokens[at].start].strip() == "New"


def _begins_county(tokens: list[Token], at: int) -> bool:
    """True for a county that follows a town with nothing between: `Camberley Surrey`, `Kilkeel Co Down`."""
    key, n = _longest(tokens, at)
    rest = tokens[at + n].gap > 0 if at + n < len(tokens) else True
    return n > 0 and rest and any(row.kind in {"county", "former_county"} for row in areas_named(key))


def find_names(text: str) -> list[Hit]:
    """Return the gazetteer's names in a text. A name begins with a capital, unless a short text has none at all.

    >>> [(hit.key, hit.stand) for hit in find_names("Churchill Court, Manchester")]
    [('churchill', 'venue'), ('manchester', 'alone')]
    """
    tokens = _tokens(text)
    any_case = len(tokens) <= _SHORT and text.islower()
    hits: list[Hit] = []
    leading: set[int] = set()
    at = 0
    while at < len(tokens):
        key, n = _longest(tokens, at) if any_case or not text[tokens[at].start].islower() else ("", 0)
        if n:
            stand: Stand = "within" if _is_namesake(text, tokens, at) else _stand(tokens, at, n)
            if stand == "alone" or key not in COMMON:
                if tokens[at].gap == 2 and not (at + n < len(tokens) and tokens[at + n].word in STREETS):
                    leading.add(len(hits))
                hits.append(Hit(key, tokens[at].start, _closing(text, tokens[at].start, tokens[at + n - 1].end), stand))
        at += n or 1
    if len(leading) > 1:
        return [
            attrs.evolve(hit, stand="lead") if i in leading and hit.stand != "alone" else hit
            for i, hit in enumerate(hits)
        ]
    return hits


def _closing(text: str, start: int, end: int) -> int:
    """Take in the bracket that a name ends with: `London (Greater)`."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] else end
