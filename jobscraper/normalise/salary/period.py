"""What an amount is paid for: the printed period, or the one that its size leaves no doubt about."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.context import Context
from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.result import Period
from jobscraper.normalise.salary.sizes import credible, inferred
from jobscraper.normalise.salary.tokens import Token

_SMALLEST_LABELLED = Decimal(1000)
# Of the adverts that call their pay sessional, only fees are paid by the session.
_LARGEST_SESSIONAL = Decimal(1000)


class PaidFor(NamedTuple):
    """The period with the token that prints it; `token` is None where the size of the amount tells."""

    period: Period | None
    token: Token | None = None
    doubtful: bool = False


def paid_for(tokens: list[Token], span: Span, context: Context, labelled: bool) -> PaidFor:
    """Return the period of an amount. A printed one that its size denies is doubtful, and then there is none.

    Within the amount and behind it first, then before it; not beyond the end of a sentence. £60 to £7,000 says nothing,
    but from £1,000 on it is a year's pay if it is `labelled` full time, actual or pro rata.
    """
    printed = _printed(tokens, span, context)
    token = next((t for t in printed if credible(_period(t), span.hi, span.currency)), None)
    if printed and (token is None or _is_adjacent(tokens, span, printed[0])):
        token = printed[0]
    if token is None and not labelled and span.hi <= _LARGEST_SESSIONAL:
        token = next((t for t in tokens[context.left : context.right] if t.tag == tags.SESSIONAL), None)
        if token is not None:
            return PaidFor("session", token)
    if token is None:
        return PaidFor("year" if labelled and span.hi >= _SMALLEST_LABELLED else inferred(span.hi, span.currency))
    period = _period(token)
    if span.hi > 0 and not credible(period, span.hi, span.currency):
        return PaidFor(None, token, doubtful=True)
    return PaidFor(period, token)


def _period(token: Token) -> Period:
    return token.value  # type: ignore[return-value]  # the vocabulary's table of periods is keyed by them


def _is_adjacent(tokens: list[Token], span: Span, printed: Token) -> bool:
    """`£16,087 per month`: a period beside its amount is meant, though it cannot be; `claimed monthly` may be of else."""
    return any(t is printed for t in tokens[max(span.first - 1, 0) : span.last + 1])


def _printed(tokens: list[Token], span: Span, context: Context) -> list[Token]:
    """Return the periods around the amount in the order of their weight: within it and behind it, then before it."""
    found: list[Token] = []
    for at in range(span.first, context.right):
        if tokens[at].tag == tags.PERIOD:
            found.append(tokens[at])
        if at >= span.last and tokens[at].tag == tags.STOP:
            break
    for at in range(span.first - 1, context.left - 1, -1):
        if tokens[at].tag == tags.PERIOD:
            found.append(tokens[at])
        if tokens[at].tag == tags.STOP:
            break
    return found
