"""Which words belong to which amount.

Between two amounts there are words that speak of the one before (`£20,000 per annum actual`) and words that introduce the one
after (`FTE £25,000`). They are parted at the last separator; where there is none, a label before a pay word or a colon, or the
habit of the text so far, decides.
"""

from __future__ import annotations

from typing import NamedTuple

from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.tokens import Token
from jobscraper.normalise.salary.vocabulary import Tag

LABELS = frozenset({Tag.FTE, Tag.ACTUAL, Tag.PRO_RATA})
_SEPARATORS = frozenset({Tag.OPEN, Tag.CLOSE, Tag.COMMA, Tag.STOP, Tag.DASH, Tag.PLUS, Tag.SLASH, Tag.AND, Tag.LOST})
_INTRODUCES = frozenset({Tag.PAY, Tag.COLON, Tag.FILLER, Tag.STARTING, Tag.FROM, Tag.CIRCA, Tag.UP_TO})


class Context(NamedTuple):
    """The tokens that belong to an amount: `left` to its first token, and from behind its last token to `right`."""

    left: int
    right: int


def contexts(tokens: list[Token], spans: list[Span]) -> list[Context]:
    """Return the context of every amount. Together they cover all tokens, and none is in two."""
    if not spans:
        return []
    cuts = [0]
    for before, after in zip(spans, spans[1:], strict=False):
        cuts.append(_cut(tokens, before.last, after.first, cuts[-1], before.first))
    cuts.append(len(tokens))
    return [Context(left, right) for left, right in zip(cuts, cuts[1:], strict=False)]


def _cut(tokens: list[Token], start: int, end: int, left: int, first: int) -> int:
    """Return where the words of the amount before `start` end. `left` to `first` are the words that introduced it."""
    for at in range(end - 1, start - 1, -1):
        if tokens[at].tag in _SEPARATORS:
            return at if tokens[at].tag in {Tag.PLUS, Tag.OPEN} else at + 1
    labels = [at for at in range(start, end) if tokens[at].tag in LABELS]
    if not labels:
        return end if all(t.tag in {Tag.PERIOD, Tag.COLON} for t in tokens[start:end]) else _after_period(tokens, start, end)
    last = labels[-1]
    introduced = last + 1 < end and tokens[last + 1].tag in _INTRODUCES
    led = any(t.tag in LABELS for t in tokens[left:first])
    if len(labels) > 1 or introduced or led:
        return last
    return end


def _after_period(tokens: list[Token], start: int, end: int) -> int:
    while start < end and tokens[start].tag in {Tag.PERIOD, Tag.PRO_RATA, Tag.BOUND, Tag.OR_MORE}:
        start += 1
    return start
