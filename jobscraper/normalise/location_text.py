"""Names of the gazetteer in a printed location, with how they stand in it.

In: a string. Out: hits, longest name first at each word, in printed order. How a hit stands matters: in `Piccadilly Gate,
Manchester` the word Piccadilly is part of a venue, Manchester stands alone; in prose a name counts after `in` or `at`.
"""

from __future__ import annotations

import re
from typing import Literal

import attrs

from jobscraper.registers.places import is_name, longest_name
from jobscraper.text.fold import fold_name

Stand = Literal["alone", "last", "venue", "within"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Between two words: nothing that parts them; a comma or bracket, which a name may span (`West Midlands (England)`); a wall.
_SOFT = re.compile(r"[\s\u00a0'’‘-]*")
_WALL = re.compile(r"[;/:|\n•·<>]|\.\s|\.$|\s[-–—]\s|[–—]")
_SHORTENED = frozenset({"st", "gt", "co", "nr", "n", "s", "e", "w"})
_BEFORE = frozenset(
    [
        "in",
        "at",
        "near",
        "around",
        "across",
        "from",
        "between",
        "based",
        "locations",
        "location",
        "following",
        "either",
        "or",
        "and",
        "including",
        "includes",
        "covering",
        "serving",
        "for",
        "to",
        "of",
        "hubs",
        "sites",
        "offices",
        "bases",
        "covers",
        "are",
        "is",
        "close",
        "central",
        "nr",
    ]
)
_AFTER = frozenset(
    [
        "and",
        "or",
        "area",
        "areas",
        "region",
        "office",
        "offices",
        "hub",
        "hubs",
        "based",
        "but",
        "with",
        "however",
        "plus",
        "only",
        "city",
        "town",
        "borough",
        "district",
        "sites",
        "county",
        "uk",
        "england",
        "scotland",
        "wales",
        "home",
        "hybrid",
        "remote",
        "see",
        "where",
        "working",
        "surrounding",
    ]
)
# Settlements whose names are words of addresses and adverts: they count only where they stand alone.
# A name before one of these is that of a body or building of the town, which tells the town.
_VENUES = frozenset(
    "college school academy council hall depot hospital station court courts university airport library museum prison centre"
    " infirmary civic town general magistrates crown business campus job jobcentre office offices hub fire police ambulance"
    " county high primary regional community leisure health building buildings house".split()
)
# A name before one of these is that of a street. `Leeds Waterside Court - Cardiff General Buildings` lists towns first.
_STREETS = frozenset("road street lane avenue way drive close crescent terrace place square house gate row grove view".split())
COMMON_WORDS = frozenset(
    [
        "street",
        "park",
        "hall",
        "church",
        "hill",
        "bank",
        "green",
        "cross",
        "grove",
        "ford",
        "sale",
        "over",
        "hook",
        "battle",
        "march",
        "central",
        "eastern",
        "international",
        "overseas",
        "other",
        "wing",
        "moor",
        "mill",
        "bridge",
        "cliff",
        "lane",
        "end",
        "ware",
        "hope",
        "eye",
        "ash",
        "wool",
        "deal",
        "beer",
        "flint",
        "hale",
        "mall",
        "port",
        "ham",
        "chapel",
        "broadway",
        "stone",
        "settle",
        "lea",
        "seal",
        "well",
        "rose",
        "kings",
        "norton",
        "europe",
        "upper",
        "lower",
        "work",
        "north",
        "south",
    ]
)


def is_address(part: str) -> bool:
    """True for a part of a text that is a street, a building or a number: `12 Annand House`, `Rokeby Street`."""
    return any(word[0].isdigit() or (word[0].isupper() and word.lower() in _STREETS | _VENUES) for word in _WORD.findall(part))


@attrs.frozen
class Token:
    """A word of the text; `gap` tells what stands before it: 0 nothing, 1 a comma or bracket, 2 a wall."""

    word: str
    start: int
    end: int
    gap: int


@attrs.frozen
class Hit:
    """A name of the gazetteer at `text[start:end]`."""

    key: str
    start: int
    end: int
    stand: Stand


def _gap(before: str, between: str) -> int:
    if between.strip() == "." and before in _SHORTENED:
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
        gap = _gap(tokens[-1].word, text[last : match.start()]) if tokens else 2
        cuts = [0, *(cut.start() for cut in _GLUED.finditer(match[0])), len(match[0])]
        if (
            len(cuts) > 2
            and not longest_name(_word(match[0]))
            and any(longest_name(_word(match[0][c:])) for c in cuts[1:-1])
        ):
            for start, end in zip(cuts, cuts[1:], strict=False):
                tokens.append(
                    Token(_word(match[0][start:end]), match.start() + start, match.start() + end, 2 if start else gap)
                )
        else:
            tokens.append(Token(_word(match[0]), match.start(), match.end(), gap))
        last = match.end()
    return tokens


def _longest(tokens: list[Token], at: int) -> int:
    """Return how many tokens from `at` make the longest name, or 0."""
    longest = min(longest_name(tokens[at].word), len(tokens) - at)
    for n in range(longest, 0, -1):
        if all(token.gap < 2 for token in tokens[at + 1 : at + n]) and is_name(
            " ".join(token.word for token in tokens[at : at + n])
        ):
            return n
    return 0


def _stand(tokens: list[Token], at: int, n: int) -> Stand:
    first = at - 1 if at and tokens[at - 1].word == "the" and tokens[at].gap == 0 else at
    before, after = tokens[first - 1] if first else None, tokens[at + n] if at + n < len(tokens) else None
    opens = before is None or tokens[first].gap > 0 or before.word in _BEFORE
    closes = after is None or after.gap > 0 or after.word in _AFTER
    if opens and closes:
        return "alone"
    if closes:
        return "last"
    return "venue" if opens and after is not None and after.word in _VENUES else "within"


def find_names(text: str) -> list[Hit]:
    """Return the gazetteer's names in a text. A name begins with a capital, unless the text has none at all.

    >>> [(hit.key, hit.stand) for hit in find_names("Piccadilly Gate, Manchester")]
    [('piccadilly', 'within'), ('manchester', 'alone')]
    """
    tokens = _tokens(text)
    any_case = text.islower()
    hits: list[Hit] = []
    leading: set[int] = set()
    at = 0
    while at < len(tokens):
        n = _longest(tokens, at) if any_case or not text[tokens[at].start].islower() else 0
        if n:
            key = " ".join(token.word for token in tokens[at : at + n])
            stand = _stand(tokens, at, n)
            if stand == "alone" or key not in COMMON_WORDS:
                if tokens[at].gap == 2 and not (at + n < len(tokens) and tokens[at + n].word in _STREETS):
                    leading.add(len(hits))
                hits.append(Hit(key, tokens[at].start, _closing(text, tokens[at].start, tokens[at + n - 1].end), stand))
        at += n or 1
    if len(leading) > 1:
        return [attrs.evolve(hit, stand="alone") if i in leading else hit for i, hit in enumerate(hits)]
    return hits


def _closing(text: str, start: int, end: int) -> int:
    """Take in the bracket that a name ends with: `London (Greater)`."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] else end
