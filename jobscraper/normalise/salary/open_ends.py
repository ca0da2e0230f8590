"""Open ends: which words beside an amount make it a lower bound, an upper bound or a rough figure."""

from __future__ import annotations

from typing import Literal

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.context import LABELS, Context
from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

Shape = Literal["from", "up_to", "circa"]

SHAPING = frozenset(
    {
        tags.FROM,
        tags.STARTING,
        tags.UP_TO,
        tags.TO,
        tags.CIRCA,
        tags.OR_MORE,
        tags.OR_LESS,
        tags.RISES,
        tags.RISING,
        tags.BOUND,
        tags.PLUS,
    }
)
_PASSED_LEFT = LABELS | {
    tags.FILLER,
    tags.PAY,
    tags.COLON,
    tags.OPEN,
    tags.PERIOD,
    tags.BETWEEN,
    tags.DASH,
    tags.PLACE,
    tags.DAYTIME,
}
_PASSED_RIGHT = LABELS | {tags.PERIOD, tags.COMMA, tags.OPEN, tags.CLOSE, tags.DASH, tags.FILLER, tags.PAY}
# `Salary to £50,000`: no lower end can stand before these.
_BEFORE_LONE_TO = frozenset({tags.PAY, tags.COLON, tags.STOP})
# `The starting salary for a newly qualified teacher is £30,000`: so many words may stand between.
_LONGEST_NAME = 10
_NAMES = LABELS | {
    tags.FILLER,
    tags.PAY,
    tags.WORD,
    tags.GRADE,
    tags.SCALE,
    tags.PLACE,
    tags.PERIOD,
    tags.EXPERIENCE,
    tags.QUANTITY,
    tags.AND,
    tags.BOUND,
}
_PAY = LABELS | {tags.PAY}
_ARTICLES = frozenset({"a", "an", "your", "our", "basic"})
# What may follow a `+` that opens a range: `£110,000+ per annum`. Before a noun it adds something: `£40k+ bonus`.
_AFTER_OPEN_PLUS = LABELS | {
    tags.PERIOD,
    tags.STOP,
    tags.COMMA,
    tags.CLOSE,
    tags.OPEN,
    tags.DOE,
    tags.DEPENDS,
    tags.NEGOTIABLE,
    tags.DASH,
    tags.OTE,
    tags.PLUS,
}
# A `+` apart from its amount opens it only at the end of what is said: `£40,000 + per annum`, `£40,000 + …`.
_AFTER_LONE_PLUS = frozenset({tags.PERIOD, tags.STOP, tags.CLOSE, tags.CUT})
_LEFT: dict[Tag, Shape] = {
    tags.FROM: "from",
    tags.STARTING: "from",
    tags.UP_TO: "up_to",
    tags.CIRCA: "circa",
}
_RIGHT: dict[Tag, Shape] = {
    tags.OR_MORE: "from",
    tags.OR_LESS: "up_to",
    tags.STARTING: "from",
    tags.RISES: "from",
    tags.RISING: "from",
    tags.CIRCA: "circa",
}


def shape_of(tokens: list[Token], span: Span, context: Context) -> tuple[Shape, Token] | None:
    """Return how the amount is open, with the word that says so. A closed range stays closed, but may be rough."""
    found = _left(tokens, span, context) or _right(tokens, span, context)
    if found is None or (span.closed and found[0] != "circa"):
        return None
    return found


def _left(tokens: list[Token], span: Span, context: Context) -> tuple[Shape, Token] | None:
    for at in range(span.first - 1, context.left - 1, -1):
        token = tokens[at]
        shape = _LEFT.get(token.tag) or _bound(token)
        if shape is None and token.tag == tags.TO and (at == 0 or tokens[at - 1].tag in _BEFORE_LONE_TO):
            shape = "up_to"
        if shape:
            return shape, token
        if token.tag not in _PASSED_LEFT:
            return _named(tokens, span, context)
    return None


def _named(tokens: list[Token], span: Span, context: Context) -> tuple[Shape, Token] | None:
    """`The starting salary for X is £…`, `the minimum salary for this post is £…`, `start on a salary of £…`."""
    if tokens[span.first - 1].tag not in {tags.FILLER, tags.PAY, tags.COLON}:
        return None
    speaks_of_pay = only_articles = False
    words = 0
    for at in range(span.first - 1, max(context.left, span.first - 1 - _LONGEST_NAME) - 1, -1):
        token = tokens[at]
        if token.tag == tags.STARTING and (only_articles or _names_pay(token, tokens[at + 1])):
            return "from", token
        shape = _bound(token)
        if shape and speaks_of_pay:
            return shape, token
        if token.tag not in _NAMES and token.tag != tags.COLON:
            return None
        speaks_of_pay = speaks_of_pay or token.tag in _PAY or token.value == "salary"
        words += token.tag == tags.WORD and token.value not in _ARTICLES
        only_articles = speaks_of_pay and not words
    return None


def _names_pay(token: Token, following: Token) -> bool:
    """`Starting salary` names the pay, `starting` alone may be the day."""
    return following.tag == tags.PAY or token.value == "pay"


def _bound(token: Token) -> Shape | None:
    if token.tag != tags.BOUND:
        return None
    return "up_to" if token.value.startswith("max") else "from"


def _right(tokens: list[Token], span: Span, context: Context) -> tuple[Shape, Token] | None:
    for at in range(span.last, context.right):
        token = tokens[at]
        if token.tag == tags.PLUS and at == span.last:
            following = tokens[at + 1].tag if at + 1 < len(tokens) else tags.STOP
            opens = _AFTER_OPEN_PLUS if token.start == tokens[at - 1].end else _AFTER_LONE_PLUS
            return ("from", token) if following in opens else None
        shape = _RIGHT.get(token.tag) or _bound(token)
        if shape:
            return shape, token
        if token.tag not in _PASSED_RIGHT:
            return _rises(tokens, at, context)
    return None


def _rises(tokens: list[Token], at: int, context: Context) -> tuple[Shape, Token] | None:
    """`£12.75 for six months, rising after that`: in the same sentence, unless it is the leave that rises."""
    for token in tokens[at : context.right]:
        if token.tag in {tags.RISES, tags.RISING}:
            return "from", token
        if token.tag in {tags.STOP, tags.PLUS, tags.QUANTITY, tags.EXTRA}:
            return None
    return None


def is_cut_off(tokens: list[Token], span: Span) -> bool:
    """Whether the text breaks off where the upper end should be: `£28,598 - £31…`."""
    if span.closed:
        return False
    after = [t.tag for t in tokens[span.last : span.last + 2]]
    return len(after) == 2 and after[0] in {tags.DASH, tags.TO} and after[1] == tags.CUT
