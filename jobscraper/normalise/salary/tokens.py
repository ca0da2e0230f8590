"""From printed text to tokens: one regular expression finds the pieces, the vocabulary says what the words mean.

Every pattern is made of character classes that do not overlap, so the time grows with the length of the text and no
faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from itertools import islice
from typing import NamedTuple

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.numerals import (
    BY_COMMA,
    BY_COMMA_OR_SPACE,
    BY_DOT,
    BY_SPACE,
    BY_SPACE_WITH_NOUGHTS,
    CODES,
    CURRENCIES,
    SUFFIX,
    Number,
    read_money,
    read_number,
)
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.vocabulary import MEANINGS, Meaning
from jobscraper.text.fold import lower_in_place

_PIECES = re.compile(
    rf"""[^\S\n]{{0,4}}+(?:
      (?P<plain>(?!(?:{CODES})\s?[£€$\d])[^\W\d_]{{2,}}+(?![\w.$£€/'’]))
    | (?P<money>(?:(?<![a-z])(?:{CODES})\s?[£€$]?
        |(?:(?<![a-z])(?:us|au?|nz|ca?|hk|s)\s?\$|[£€$¥₹\ufffd])[£\s]{{0,3}})\s?
        (?:{BY_COMMA_OR_SPACE}|{BY_DOT}|{BY_SPACE}|\d+(?:[.,]\d+)*){SUFFIX})
    | (?P<cut>…|\.\.\.+)
    | (?P<lead>\.(?=[£€$]))
    | (?P<mark>[-–—=]+>|[-–—‐‑‒−~]+|[()\[\]{{}},:;.|!?+/\n•\ufffd])
    | (?P<date>\d\d?[/.]\d\d?[/.]\d\d(?:\d\d)?(?!\d)
        |20\d\d\s?[/–-]\s?(?:20)?\d\d(?![\d,])|\d\d?(?:[.:]\d\d)?\s?[ap]\.?m\b|\d\d?:\d\d)
    | (?P<code>\d\d?[a-e](?![a-z0-9])|[a-z]{{1,5}}\d{{1,3}}(?:\.\d)?[a-d]?(?![a-z0-9]|,\d|\.\d))
    | (?P<number>(?:{BY_COMMA}|{BY_DOT}|{BY_SPACE_WITH_NOUGHTS}|\d+(?:\.\d+)?)(?:\s?k(?![a-z\d]))?)
    | (?P<word>[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))+\.?|[^\W\d_]/[^\W\d_](?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)?|[&%<>‹≤≥])
    )""",
    re.VERBOSE,
)
_MARKS = {
    "(": tags.OPEN,
    "[": tags.OPEN,
    "{": tags.OPEN,
    ")": tags.CLOSE,
    "]": tags.CLOSE,
    "}": tags.CLOSE,
    ",": tags.COMMA,
    ":": tags.COLON,
    ";": tags.STOP,
    ".": tags.STOP,
    "|": tags.STOP,
    "!": tags.STOP,
    "\n": tags.STOP,
    "•": tags.STOP,
    "?": tags.LOST,
    "\ufffd": tags.LOST,
    "+": tags.PLUS,
    "/": tags.SLASH,
}
# A full stop right before an amount leads to it: `SEN allowance.£1,538`.
_OTHERS = {"cut": tags.CUT, "date": tags.DATE, "lead": tags.COLON}
_ALLOWANCE_CODE = re.compile(r"(?<=tlr|sen)[\d.a-d]+")
_UNWRITTEN = str.maketrans("", "", ".'’")
# A full stop after one of these ends an abbreviation (`approx.`, `pts.`), not a sentence.
_ABBREVIATED = frozenset({tags.CIRCA, tags.GRADE, tags.SCALE, tags.BOUND, tags.INCLUSIVE})


# A printed salary has fewer than a hundred pieces. A longer text is a page, and is read in part.
MOST_PIECES = 200
TOO_LONG = "too_long"
_SURELY_WHOLE = Decimal(10_000)


class Token(NamedTuple):
    """One piece of the text. A named tuple, because thousands of them are made for every string that a frozen class
    would slow.

    `value` is what the vocabulary adds to `tag`; for a word without meaning, and for a code, it is the word itself.
    """

    tag: Tag
    start: int
    end: int
    value: str = ""
    number: Number | None = None


# The constructor of a named tuple takes twice as long as that of a tuple.
_token: Callable[[tuple[Tag, int, int, str, Number | None]], Token] = partial(tuple.__new__, Token)


class _Node:
    """One word of a phrase: what it means if the phrase ends here, and how it may go on."""

    __slots__ = ("meaning", "next")

    def __init__(self) -> None:
        self.meaning: Meaning | None = None
        self.next: dict[str, _Node] = {}


def _tree() -> dict[str, _Node]:
    root = _Node()
    for phrase, meaning in MEANINGS.items():
        node = root
        for word in phrase.split():
            node = node.next.setdefault(word, _Node())
        node.meaning = meaning
    return root.next


_TREE = _tree()


def _with_currency(token: Token, end: int, word: str) -> Token:
    assert token.number is not None
    return Token(tags.MONEY, token.start, end, "", token.number._replace(currency=CURRENCIES[word]))


def _unread(printed: str) -> Tag:
    # Millions (`a £20m budget`) are plainly not pay; any other number that cannot be read is a doubt about the pay.
    return tags.WORD if printed[-1].isalpha() else tags.MALFORMED


def _cut_off(found: list[Token], start: int) -> None:
    """Take back a number that runs into the mark of a cut text: `£27…` is not 27 pounds. Whole thousands stand."""
    if not found or found[-1].end != start or found[-1].tag not in {tags.MONEY, tags.NUMBER, tags.MALFORMED}:
        return
    number = found[-1].number
    if number is None or not (number.thousands or number.value >= _SURELY_WHOLE):
        found[-1] = Token(tags.CUT, found[-1].start, found[-1].end)


@lru_cache(maxsize=8192)
def _named(kind: str, printed: str) -> tuple[Tag, str, Number | None]:
    """Return what a piece is by itself: its tag, its word, its number."""
    if kind == "plain":
        return (tags.CURRENCY if printed in CURRENCIES else tags.WORD), printed, None
    if kind == "mark":
        return _MARKS.get(printed, tags.DASH), printed, None
    if kind == "money":
        number = read_money(printed)
        return tags.MONEY if number else _unread(printed), "" if number else printed, number
    if kind == "number":
        number = read_number(printed)
        return tags.NUMBER if number else _unread(printed), "", number
    if kind == "word":
        return tags.WORD, printed.translate(_UNWRITTEN), None
    if kind == "code":
        # `TLR2b` and `TLR2.1` are one allowance, whatever its number.
        return tags.CODE, _ALLOWANCE_CODE.sub("", printed), None
    return _OTHERS[kind], printed, None


def _raw(text: str) -> list[Token]:
    """Cut `text` into at most MOST_PIECES pieces; words are folded but not yet looked up."""
    text = lower_in_place(text)
    found: list[Token] = []
    for piece in islice(_PIECES.finditer(text), MOST_PIECES):
        start, end = piece.span(piece.lastindex or 0)
        tag, value, number = _named(piece.lastgroup or "", text[start:end])
        if tag == tags.CURRENCY:
            if found and found[-1].tag == tags.NUMBER:
                found[-1] = _with_currency(found[-1], end, value)
                continue
            tag = tags.WORD
        elif tag == tags.CUT:
            _cut_off(found, start)
        found.append(_token((tag, start, end, value, number)))
    return found


def _phrase(raw: list[Token], at: int, node: _Node) -> tuple[Meaning, int] | None:
    """Return the longest phrase that begins with `node`, the word of token `at`, and the index after it."""
    best: tuple[Meaning, int] | None = None
    found: _Node | None = node
    after = at + 1
    while found is not None:
        if found.meaning is not None:
            best = found.meaning, after
        if not found.next or after >= len(raw):
            break
        if raw[after].tag == tags.DASH and raw[after].start == raw[after - 1].end and after + 1 < len(raw):
            after += 1
        found = found.next.get(raw[after].value)
        after += 1
    return best


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text`, phrases merged and named. Characters that mean nothing give no token."""
    raw = _raw(text)
    found: list[Token] = []
    after = 0
    for at, token in enumerate(raw):
        if at < after:
            continue
        node = _TREE.get(token.value)
        match = _phrase(raw, at, node) if node is not None else None
        if match is not None:
            (tag, value), after = match
            found.append(_token((tag, token.start, raw[after - 1].end, value or token.value, None)))
        elif token.value != "." or not found or found[-1].tag not in _ABBREVIATED:
            found.append(token)
    if len(raw) >= MOST_PIECES:
        found.append(Token(tags.CUT, raw[-1].end, raw[-1].end, TOO_LONG))
    return found
