"""Open ends: which words beside an amount make it a lower bound, an upper bound or a rough figure."""

from __future__ import annotations

from typing import Literal

from jobscraper.normalise.salary.context import LABELS, Context
from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.tokens import Token
from jobscraper.normalise.salary.vocabulary import Tag

Shape = Literal["from", "up_to", "circa"]

_PASSED_LEFT = LABELS | {Tag.FILLER, Tag.PAY, Tag.COLON, Tag.OPEN, Tag.PERIOD, Tag.BETWEEN, Tag.DASH, Tag.PLACE}
_PASSED_RIGHT = LABELS | {Tag.PERIOD, Tag.COMMA, Tag.OPEN, Tag.CLOSE, Tag.DASH, Tag.FILLER, Tag.PAY}
# What may follow a `+` that opens a range: `£110,000+ per annum`, `£40,000+ DOE`. Before a noun it adds something: `£40k+ bonus`.
_AFTER_OPEN_PLUS = LABELS | {
    Tag.PERIOD, Tag.STOP, Tag.COMMA, Tag.CLOSE, Tag.OPEN, Tag.DOE, Tag.DEPENDS, Tag.NEGOTIABLE, Tag.DASH, Tag.OTE, Tag.PLUS,
}  # fmt: skip
_LEFT: dict[Tag, Shape] = {Tag.FROM: "from", Tag.STARTING: "from", Tag.UP_TO: "up_to", Tag.CIRCA: "circa"}
_RIGHT: dict[Tag, Shape] = {
    Tag.OR_MORE: "from", Tag.STARTING: "from", Tag.RISES: "from", Tag.RISING: "from", Tag.CIRCA: "circa",
}  # fmt: skip


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
        if shape:
            return shape, token
        if token.tag not in _PASSED_LEFT:
            return None
    return None


def _bound(token: Token) -> Shape | None:
    if token.tag is not Tag.BOUND:
        return None
    return "up_to" if token.value.startswith("max") else "from"


def _right(tokens: list[Token], span: Span, context: Context) -> tuple[Shape, Token] | None:
    for at in range(span.last, context.right):
        token = tokens[at]
        if token.tag is Tag.PLUS and at == span.last and token.start == tokens[at - 1].end:
            following = tokens[at + 1].tag if at + 1 < len(tokens) else Tag.STOP
            return ("from", token) if following in _AFTER_OPEN_PLUS else None
        shape = _RIGHT.get(token.tag) or _bound(token)
        if shape:
            return shape, token
        if token.tag not in _PASSED_RIGHT:
            return None
    return None


def is_cut_off(tokens: list[Token], span: Span) -> bool:
    """Whether the text breaks off where the upper end should be: `£28,598 - £31…`."""
    after = [t.tag for t in tokens[span.last : span.last + 2]]
    return not span.closed and len(after) == 2 and after[0] in {Tag.DASH, Tag.TO} and after[1] is Tag.CUT
