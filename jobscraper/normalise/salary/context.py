"""Which words belong to which amount.

Between two amounts there are words that speak of the one before (`£20,000 per annum actual`) and words that introduce
the one after (`FTE £25,000`). They are parted at the last separator; where there is none, a label before a pay word or
a colon, or the habit of the text so far, decides.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.tokens import Token

LABELS = frozenset({tags.FTE, tags.ACTUAL, tags.PRO_RATA})
_SEPARATORS = frozenset(
    {tags.OPEN, tags.CLOSE, tags.COMMA, tags.STOP, tags.DASH, tags.PLUS, tags.SLASH, tags.AND, tags.LOST}
)
_BEHIND = frozenset({tags.PERIOD, tags.PRO_RATA, tags.BOUND, tags.OR_MORE, tags.OR_LESS})
_HOURS = frozenset({tags.ENHANCED, tags.DAYTIME})
_INTRODUCES = frozenset({tags.PAY, tags.COLON, tags.FILLER, tags.STARTING, tags.FROM, tags.CIRCA, tags.UP_TO})


class Context(NamedTuple):
    """The tokens that belong to an amount: `left` to its first token, and from behind its last token to `right`."""

    left: int
    right: int


def contexts(tokens: list[Token], spans: list[Span]) -> list[Context]:
    """Return the context of every amount; there is at least one. Together they cover all tokens, and none is in two."""
    if len(spans) == 1:
        return [Context(0, len(tokens))]
    cuts = [0]
    for before, after in pairwise(spans):
        cuts.append(_cut(tokens, before.last, after.first, cuts[-1], before.first))
    cuts.append(len(tokens))
    return [Context(left, right) for left, right in pairwise(cuts)]


def _cut(tokens: list[Token], start: int, end: int, left: int, first: int) -> int:
    """Return where the words of the amount before `start` end. `left` to `first` are the words that introduced it."""
    for at in range(end - 1, start - 1, -1):
        if tokens[at].tag in _SEPARATORS and not _introduces(tokens, at, start):
            if tokens[at - 1].tag in _HOURS and (tokens[at].tag == tags.DASH or tokens[end - 1].tag == tags.COLON):
                return _before_hours(tokens, at - 1, start)
            return at if tokens[at].tag in {tags.PLUS, tags.OPEN} else at + 1
    labels = [at for at in range(start, end) if tokens[at].tag in LABELS]
    if not labels:
        return (
            end
            if all(t.tag in {tags.PERIOD, tags.COLON} for t in tokens[start:end])
            else _after_period(tokens, start, end, any(t.tag == tags.ROUTE for t in tokens[left:first]))
        )
    last = labels[-1]
    introduced = last + 1 < end and tokens[last + 1].tag in _INTRODUCES
    led = any(t.tag in LABELS for t in tokens[left:first])
    if len(labels) > 1 or introduced or led:
        return last
    return end


def _before_hours(tokens: list[Token], at: int, start: int) -> int:
    """`£13 per hour, weekends - £17` and `£13 Nights/Sat: £15`: the words for the hours lead to the amount behind."""
    while at > start and tokens[at - 1].tag in _HOURS | {tags.SLASH, tags.AND}:
        at -= 1
    return at


def _introduces(tokens: list[Token], at: int, start: int) -> bool:
    """The dash of `(FTE - £25,000)` and the bracket of `(Actual): £18,000` lead from a label to its amount."""
    if tokens[at].tag == tags.CLOSE:
        return tokens[at + 1].tag == tags.COLON
    is_led = tokens[at].tag == tags.DASH and at - 2 >= start and tokens[at - 1].tag in LABELS
    return is_led and tokens[at - 2].tag in _SEPARATORS


def _after_period(tokens: list[Token], start: int, end: int, led: bool) -> int:
    """`£18.50 per hour PAYE £22.40 umbrella`: the payroll is named behind each amount, unless it `led` the first."""
    behind = _BEHIND if led else _BEHIND | {tags.ROUTE}
    while start < end and tokens[start].tag in behind:
        start += 1
    return start
