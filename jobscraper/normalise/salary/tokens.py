"""From printed text to tokens: one regular expression finds the pieces, the vocabulary says what the words mean.

Every pattern is made of character classes that do not overlap, so the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jobscraper.normalise.salary.vocabulary import MEANINGS, Meaning, Tag

_CURRENCIES = {
    "£": "GBP", "\ufffd": "GBP", "gbp": "GBP", "pounds": "GBP", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD",
    "usd": "USD", "us$": "USD", "aud": "AUD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "nzd": "NZD", "c$": "CAD", "ca$": "CAD", "cad": "CAD",
    "hk$": "HKD", "s$": "SGD", "chf": "CHF", "nok": "NOK", "sek": "SEK", "dkk": "DKK", "kr": "NOK", "pln": "PLN", "zł": "PLN", "¥": "JPY", "₹": "INR",
    "inr": "INR", "aed": "AED", "qar": "QAR", "sgd": "SGD",
}  # fmt: skip
_CODES = "gbp|eur|usd|aud|nzd|cad|chf|nok|sek|dkk|pln|inr|aed|qar|sgd|kr"
_BY_COMMA = r"\d{1,3}(?:%s\d{3})+(?!\d)(?:[.,]\d{1,4})?(?!\d)"
_LOOSE = _BY_COMMA % r"(?:\s?,\s?|['’])"
_TIGHT = _BY_COMMA % ","
_BY_DOT = r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)(?:[.,]\d\d)?(?!\d)"
_BY_SPACE = r"\d\d\d?\s\d{3}(?![\d,.]\d)(?!\s?[a-z%])"
_SUFFIX = r"(?:\s?(?:k(?![a-z])|k(?=pa\b)|m(?![a-z])|million\b|bn\b))?"
_PIECES = re.compile(
    rf"""
      (?P<plain>(?!(?:{_CODES})\s?[£€$\d])[^\W\d_]{{2,}}+(?![\w.$£€/'’]))
    | (?P<money>(?:(?<![a-z])(?:{_CODES})\s?[£€$]?|(?:(?<![a-z])(?:us|au?|nz|ca?|hk|s)\s?\$|[£€$¥₹\ufffd])[£\s]{{0,3}})\s?
        (?:{_LOOSE}|{_BY_DOT}|{_BY_SPACE}|\d+(?:[.,]\d+)*){_SUFFIX})
    | (?P<date>\d\d?[/.]\d\d?[/.]\d\d(?:\d\d)?(?!\d)|20\d\d\s?[/–-]\s?(?:20)?\d\d(?![\d,])|\d\d?(?:[.:]\d\d)?\s?[ap]\.?m\b|\d\d?:\d\d)
    | (?P<code>\d\d?[a-e](?![a-z0-9])|[a-z]{{1,5}}\d{{1,3}}(?:\.\d)?[a-d]?(?![a-z0-9]|,\d|\.\d))
    | (?P<number>(?:{_TIGHT}|{_BY_DOT}|\d+(?:\.\d+)?)(?:\s?k(?![a-z]))?)
    | (?P<word>[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))+\.?|[^\W\d_]/[^\W\d_](?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)?|[&%])
    | (?P<dash>[-–—‐‑‒−~]+)
    | (?P<lead>\.(?=[£€$]))
    | (?P<cut>…|\.\.\.+)
    | (?P<mark>[()\[\]{{}},:;.|!?+/\n•\ufffd])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = {
    "(": Tag.OPEN, "[": Tag.OPEN, "{": Tag.OPEN, ")": Tag.CLOSE, "]": Tag.CLOSE, "}": Tag.CLOSE, ",": Tag.COMMA, ":": Tag.COLON,
    ";": Tag.STOP, ".": Tag.STOP, "|": Tag.STOP, "!": Tag.STOP, "\n": Tag.STOP, "•": Tag.STOP, "?": Tag.LOST, "\ufffd": Tag.LOST,
    "+": Tag.PLUS, "/": Tag.SLASH,
}  # fmt: skip
# A full stop right before an amount leads to it: `SEN allowance.£1,538`.
_OTHERS = {"dash": Tag.DASH, "code": Tag.CODE, "date": Tag.DATE, "lead": Tag.COLON}
_UNWRITTEN = str.maketrans("", "", ".'’")
_NUMBER = re.compile(r"\d[\d.,'’\s]*")
_SHAPE = re.compile(
    r"(?P<groups>\d{1,3}(?:(?:\s?,\s?|['’])\d{3})+)(?:[.,](?P<pence>\d{1,4}))?"
    r"|(?P<dotted>[1-9]\d{0,2}(?:\.\d{3})+)(?:[.,](?P<cents>\d\d))?"
    r"|(?P<spaced>\d{2,3}\s\d{3})"
    r"|\d+(?:\.(?P<decimals>\d+))?"
)
_NOT_DIGIT = re.compile(r"\D")
# A full stop after one of these ends an abbreviation (`approx.`, `pts.`), not a sentence.
_ABBREVIATED = frozenset({Tag.CIRCA, Tag.GRADE, Tag.SCALE, Tag.BOUND, Tag.INCLUSIVE})


_SURELY_WHOLE = 10_000


class Number(NamedTuple):
    """A number as printed: `value` with the `k` worked in, and what its shape tells."""

    value: Decimal
    kilo: bool = False
    thousands: bool = False
    decimals: int = 0
    currency: str | None = None


class Token(NamedTuple):
    """One piece of the text. A named tuple, because thousands of them are made for every string that a frozen class would slow.

    `value` is what the vocabulary adds to `tag`; for a word without meaning, and for a code, it is the word itself.
    """

    tag: Tag
    start: int
    end: int
    value: str = ""
    number: Number | None = None


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
    """Read a number with its suffix; None where its shape fits no way of writing one (`£30,00`, `$70,9374`) or says millions."""
    digits = _NUMBER.match(printed)
    written = digits[0].rstrip(" .,'’\t\n\u00a0") if digits else ""
    shape = _SHAPE.fullmatch(written)
    suffix = printed[len(written) :].strip().lower()
    if shape is None or suffix not in {"", "k"}:
        return None
    grouped = shape["groups"] or shape["dotted"] or shape["spaced"]
    decimals = shape["pence"] or shape["cents"] or shape["decimals"] or ""
    whole = _NOT_DIGIT.sub("", grouped) if grouped else written.partition(".")[0]
    value = Decimal(f"{whole}.{decimals}" if decimals else whole)
    # `£29000k` is a slip of the pen: nobody is paid 29 million.
    kilo = suffix == "k" and value < 1000
    return Number(value * 1000 if kilo else value, kilo, grouped is not None, len(decimals))


def _money(printed: str) -> Number | None:
    found = _NUMBER.search(printed)
    if found is None:
        return None
    number = _number(printed[found.start() :])
    if number is None:
        return None
    sign = "".join(printed[: found.start()].split()).lower().rstrip("£") or "£"
    # `AUD $` and `GBP £` say it twice: the code says more than the sign.
    currency = _CURRENCIES.get(sign) or _CURRENCIES[sign.rstrip("£€$")]
    return number._replace(currency=currency)


def _unread(printed: str) -> Tag:
    # Millions (`a £20m budget`) are plainly not pay; any other number that cannot be read is a doubt about the pay.
    return Tag.WORD if printed[-1].isalpha() else Tag.MALFORMED


def _cut_off(found: list[Token], start: int) -> None:
    """Take back a number that runs into the mark of a cut text: `£27…` is not 27 pounds. Whole thousands stand."""
    if not found or found[-1].end != start or found[-1].tag not in {Tag.MONEY, Tag.NUMBER, Tag.MALFORMED}:
        return
    number = found[-1].number
    if number is None or not (number.thousands or number.value >= _SURELY_WHOLE):
        found[-1] = Token(Tag.CUT, found[-1].start, found[-1].end)


def _raw(text: str) -> list[Token]:
    """Cut `text` into pieces; words are folded but not yet looked up."""
    found: list[Token] = []
    for piece in _PIECES.finditer(text):
        kind, start, end = piece.lastgroup, piece.start(), piece.end()
        printed = piece[0]
        if kind == "plain":
            found.append(Token(Tag.WORD, start, end, printed.lower()))
        elif kind == "word":
            found.append(Token(Tag.WORD, start, end, printed.lower().translate(_UNWRITTEN)))
        elif kind == "money":
            money = _money(printed)
            found.append(Token(Tag.MONEY if money else _unread(printed), start, end, "", money))
        elif kind == "number":
            number = _number(printed)
            found.append(Token(Tag.NUMBER if number else _unread(printed), start, end, "", number))
        elif kind == "mark":
            found.append(Token(_MARKS[printed], start, end, printed))
        elif kind == "cut":
            _cut_off(found, start)
            found.append(Token(Tag.CUT, start, end, printed))
        else:
            found.append(Token(_OTHERS[kind or ""], start, end, "-" if kind == "dash" else printed.lower()))
    return found


def _phrase(raw: list[Token], at: int) -> tuple[Meaning, int] | None:
    """Return the longest phrase that starts at token `at`, with the index after it."""
    node = _TREE.get(raw[at].value)
    best: tuple[Meaning, int] | None = None
    after = at + 1
    while node is not None:
        if node.meaning is not None:
            best = node.meaning, after
        if not node.next or after >= len(raw):
            break
        if raw[after].tag is Tag.DASH and raw[after].start == raw[after - 1].end and after + 1 < len(raw):
            after += 1
        node = node.next.get(raw[after].value)
        after += 1
    return best


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text`, phrases merged and named. Characters that mean nothing give no token."""
    raw = _raw(text)
    found: list[Token] = []
    at = 0
    while at < len(raw):
        token = raw[at]
        match = _phrase(raw, at) if token.value in _TREE else None
        if match is not None:
            (tag, value), after = match
            found.append(Token(tag, token.start, raw[after - 1].end, value or token.value))
            at = after
            continue
        at += 1
        if token.value != "." or not found or found[-1].tag not in _ABBREVIATED:
            found.append(token)
    return found
