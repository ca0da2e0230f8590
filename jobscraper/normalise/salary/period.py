"""What an amount is paid for: the printed period, or the one that its size leaves no doubt about."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.context import Context
from jobscraper.normalise.salary.ranges import SMALLEST_YEARLY, Span
from jobscraper.normalise.salary.result import Period
from jobscraper.normalise.salary.tokens import Token

LARGEST_HOURLY = Decimal(60)
_SMALLEST_LABELLED = Decimal(1000)
# No full-time week, month or day of public work is paid outside these bounds: then the word is a slip, or a total.
_CREDIBLE: dict[Period, tuple[Decimal, Decimal]] = {
    "hour": (Decimal(1), Decimal(999)),
    "day": (Decimal(20), Decimal(6999)),
    "week": (Decimal(150), Decimal(6999)),
    "month": (Decimal(300), Decimal(14999)),
    "year": (Decimal(500), Decimal(10_000_000)),
}


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
    token = _printed(tokens, span, context)
    if token is None:
        return PaidFor("year" if labelled and span.hi >= _SMALLEST_LABELLED else inferred(span.hi))
    period: Period = token.value  # type: ignore[assignment]  # the vocabulary's table of periods is keyed by them
    if span.hi > 0 and not credible(period, span.hi):
        return PaidFor(None, token, doubtful=True)
    return PaidFor(period, token)


def credible(period: Period, amount: Decimal) -> bool:
    """Whether anybody is paid `amount` for `period`. A session or a term may be paid anything."""
    low, high = _CREDIBLE.get(period, (amount, amount))
    return low <= amount <= high


def inferred(amount: Decimal) -> Period | None:
    """Return the period that any reader takes from the size alone; None between £60 and £7,000."""
    if amount >= SMALLEST_YEARLY:
        return "year"
    return "hour" if _CREDIBLE["hour"][0] <= amount <= LARGEST_HOURLY else None


def _printed(tokens: list[Token], span: Span, context: Context) -> Token | None:
    for at in range(span.first, context.right):
        if tokens[at].tag == tags.PERIOD:
            return tokens[at]
        if at >= span.last and tokens[at].tag == tags.STOP:
            break
    for at in range(span.first - 1, context.left - 1, -1):
        if tokens[at].tag == tags.PERIOD:
            return tokens[at]
        if tokens[at].tag == tags.STOP:
            break
    return None
