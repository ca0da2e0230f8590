"""From printed text to tokens: one regular expression finds the pieces, the vocabulary says what the words mean.

Every pattern is made of character classes that do not overlap, so the time grows with the length of the text and no
faster.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from itertools import islice
from typing import NamedTuple

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.vocabulary import MEANINGS, Meaning

_CURRENCIES = {
    "£": "GBP",
    "\ufffd": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "usd": "USD",
    "us$": "USD",
    "aud": "AUD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "nzd": "NZD",
    "c$": "CAD",
    "ca$": "CAD",
    "cad": "CAD",
    "hk$": "HKD",
    "s$": "SGD",
    "chf": "CHF",
    "nok": "NOK",
    "sek": "SEK",
    "dkk": "DKK",
    "kr": "NOK",
    "pln": "PLN",
    "zł": "PLN",
    "¥": "JPY",
    "₹": "INR",
    "inr": "INR",
    "aed": "AED",
    "qar": "QAR",
    "sgd": "SGD",
}
_CODES = "gbp|eur|usd|aud|nzd|cad|chf|nok|sek|dkk|pln|inr|aed|qar|sgd|kr"
_BY_COMMA = r"\d{1,3}(?:%s\d{3})+(?!\d)(?:[.,]\d{1,4})?(?!\d)"
_LOOSE = _BY_COMMA % r"(?:\s?,\s?|['’])"
_TIGHT = _BY_COMMA % "[,'’]"
_BY_DOT = r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)(?:[.,]\d\d)?(?!\d)"
# A space parts thousands behind a sign of money, if nothing is counted; without a sign only before three noughts.
_BY_SPACE = r"\d{1,3}\s\d{3}(?![\d,.]?\d)(?!\s?(?:%|h(?:ou)?rs?\b|days?\b|weeks?\b|miles?\b))"
_ROUND = r"\d{2,3}\s000(?![\d,.]?\d)"
_SUFFIX = r"(?:\s?(?:k(?![a-z\d])|k(?=pa\b)|m(?![a-z\d])|million\b|bn\b))?"
_PIECES = re.compile(
    rf"""[^\S\n]{{0,4}}+(?:
      (?P<plain>(?!(?:{_CODES})\s?[£€$\d])[^\W\d_]{{2,}}+(?![\w.$£€/'’]))
    | (?P<money>(?:(?<![a-z])(?:{_CODES})\s?[£€$]?
        |(?:(?<![a-z])(?:us|au?|nz|ca?|hk|s)\s?\$|[£€$¥₹\ufffd])[£\s]{{0,3}})\s?
        (?:{_LOOSE}|{_BY_DOT}|{_BY_SPACE}|\d+(?:[.,]\d+)*){_SUFFIX})
    | (?P<cut>…|\.\.\.+)
    | (?P<lead>\.(?=[£€$]))
    | (?P<mark>[-–—‐‑‒−~]+|[()\[\]{{}},:;.|!?+/\n•\ufffd])
    | (?P<date>\d\d?[/.]\d\d?[/.]\d\d(?:\d\d)?(?!\d)
        |20\d\d\s?[/–-]\s?(?:20)?\d\d(?![\d,])|\d\d?(?:[.:]\d\d)?\s?[ap]\.?m\b|\d\d?:\d\d)
    | (?P<code>\d\d?[a-e](?![a-z0-9])|[a-z]{{1,5}}\d{{1,3}}(?:\.\d)?[a-d]?(?![a-z0-9]|,\d|\.\d))
    | (?P<number>(?:{_TIGHT}|{_BY_DOT}|{_ROUND}|\d+(?:\.\d+)?)(?:\s?k(?![a-z\d]))?)
    | (?P<word>[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))+\.?|[^\W\d_]/[^\W\d_](?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)?|[&%])
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
_UNWRITTEN = str.maketrans("", "", ".'’")
_SHAPE = re.compile(
    r"(?:(?P<groups>\d{1,3}(?:(?:\s?,\s?|['’])\d{3})+)(?:[.,](?P<pence>\d{1,4}))?"
    r"|(?P<dotted>[1-9]\d{0,2}(?:\.\d{3})+)(?:[.,](?P<cents>\d\d))?"
    r"|(?P<spaced>\d{1,3}\s\d{3})"
    r"|(?P<whole>\d+)(?:\.(?P<decimals>\d+))?)\s?(?P<kilo>k?)"
)
_ALLOWANCE_CODE = re.compile(r"(?<=tlr|sen)[\d.a-d]+")
_NOT_DIGIT = re.compile(r"\D")
# A full stop after one of these ends an abbreviation (`approx.`, `pts.`), not a sentence.
_ABBREVIATED = frozenset({tags.CIRCA, tags.GRADE, tags.SCALE, tags.BOUND, tags.INCLUSIVE})


# A printed salary has fewer than a hundred pieces. A longer text is a page, and is read in part.
MOST_PIECES = 200
TOO_LONG = "too_long"
_NOT_DIGITS = string.ascii_letters + string.whitespace + "£€$¥₹\ufffd\u00a0\u2009\u202f"
_THOUSAND = Decimal(1000)
_SURELY_WHOLE = Decimal(10_000)


class Number(NamedTuple):
    """A number as printed: `value` with the `k` worked in, and what its shape tells."""

    value: Decimal
    kilo: bool = False
    thousands: bool = False
    decimals: int = 0
    currency: str | None = None


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


@lru_cache(maxsize=4096)
def _number(printed: str) -> Number | None:
    """Read a number with its suffix; None where its shape fits no way of writing one (`£30,00`, `$70,9374`) or says
    millions.
    """
    shape = _SHAPE.fullmatch(printed)
    if shape is None:
        return None
    groups, pence, dotted, cents, spaced, whole, decimals, kilo = shape.groups()
    grouped = groups or dotted or spaced
    fraction = pence or cents or decimals or ""
    digits = _NOT_DIGIT.sub("", grouped) if grouped else whole
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    # `£29000k` is a slip of the pen: nobody is paid 29 million.
    shortened = bool(kilo) and value < _THOUSAND
    return Number(value * _THOUSAND if shortened else value, shortened, bool(grouped), len(fraction))


@lru_cache(maxsize=4096)
def _money(printed: str) -> Number | None:
    """Read an amount with its sign or code: `£30,000`, `AUD $44.62`, `GBP 30k`."""
    digits = printed.lstrip(_NOT_DIGITS)
    number = _number(digits)
    if number is None:
        return None
    sign = "".join(printed[: len(printed) - len(digits)].split()).rstrip("£") or "£"
    # `AUD $` and `GBP £` say it twice: the code says more than the sign.
    return number._replace(currency=_CURRENCIES.get(sign) or _CURRENCIES[sign.rstrip("£€$")])


def _with_currency(token: Token, end: int, word: str) -> Token:
    assert token.number is not None
    return Token(tags.MONEY, token.start, end, "", token.number._replace(currency=_CURRENCIES[word]))


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


def _lower(text: str) -> str:
    """Return `text` in small letters, each character at its place: those that become two letters stay as they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _raw(text: str) -> list[Token]:
    """Cut `text` into at most MOST_PIECES pieces; words are folded but not yet looked up."""
    text = _lower(text)
    found: list[Token] = []
    for piece in islice(_PIECES.finditer(text), MOST_PIECES):
        kind = piece.lastgroup or ""
        start, end = piece.span(piece.lastindex or 0)
        printed = text[start:end]
        if kind == "plain":
            if printed in _CURRENCIES and found and found[-1].tag == tags.NUMBER:
                found[-1] = _with_currency(found[-1], end, printed)
            else:
                found.append(_token((tags.WORD, start, end, printed, None)))
        elif kind == "mark":
            found.append(_token((_MARKS.get(printed, tags.DASH), start, end, printed, None)))
        else:
            found.append(_READERS[kind](found, printed, start, end))
    return found


def _read_money(_: list[Token], printed: str, start: int, end: int) -> Token:
    money = _money(printed)
    return _token((tags.MONEY if money else _unread(printed), start, end, "", money))


def _read_number(_: list[Token], printed: str, start: int, end: int) -> Token:
    number = _number(printed)
    return Token(tags.NUMBER if number else _unread(printed), start, end, "", number)


def _read_cut(found: list[Token], printed: str, start: int, end: int) -> Token:
    _cut_off(found, start)
    return Token(tags.CUT, start, end, printed)


_READERS: dict[str, Callable[[list[Token], str, int, int], Token]] = {
    "money": _read_money,
    "number": _read_number,
    "cut": _read_cut,
    "word": lambda _, printed, start, end: Token(tags.WORD, start, end, printed.translate(_UNWRITTEN)),
    # `TLR2b` and `TLR2.1` are one allowance, whatever its number.
    "code": lambda _, printed, start, end: Token(tags.CODE, start, end, _ALLOWANCE_CODE.sub("", printed)),
    "date": lambda _, printed, start, end: Token(tags.DATE, start, end, printed),
    # A full stop right before an amount leads to it: `SEN allowance.£1,538`.
    "lead": lambda _, printed, start, end: Token(tags.COLON, start, end, printed),
}


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
