"""Money that is not base pay: allowances, supplements, bonuses, later pay, enhanced rates."""

from __future__ import annotations

from decimal import Decimal

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.context import LABELS, Context
from jobscraper.normalise.salary.period import PaidFor
from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.sizes import LARGEST_HOURLY, SMALLEST_YEARLY
from jobscraper.normalise.salary.tokens import Token

# No allowance of the public sector is as large; a noun beside a larger amount speaks of something else.
_LARGEST_ALLOWANCE = Decimal(20_000)
ADDING = frozenset({tags.EXTRA, tags.OTE, tags.PLUS, tags.INCLUSIVE, tags.FUTURE})
_ADDS = frozenset({tags.PLUS})
_ADDS_SMALL = _ADDS | {tags.INCLUSIVE}
_OF_ANY_SIZE = frozenset({"ote", "other", "total"})
_NEVER_PAY = frozenset({"relocation", "other"})
_MOST_WORDS = 4
_GOING_ON = frozenset({tags.BOUND, tags.COMMA, tags.SLASH, tags.AND, tags.UP_TO, tags.DASH, tags.TO, tags.PERIOD})
_NOUN_TO_AMOUNT = frozenset(
    {
        tags.FILLER,
        tags.COLON,
        tags.UP_TO,
        tags.DASH,
        tags.CIRCA,
        tags.CODE,
        tags.OPEN,
        tags.FROM,
        tags.BETWEEN,
        tags.PAY,
        tags.CLOSE,
        tags.STARTING,
    }
)
_AMOUNT_TO_NOUN = LABELS | {
    tags.PERIOD,
    tags.WORD,
    tags.PLACE,
    tags.DAYTIME,
    tags.FILLER,
    tags.ENHANCED,
    tags.BOUND,
    tags.OR_MORE,
}


def extra_kind(
    tokens: list[Token], spans: list[Span], nth: int, context: Context, paid: PaidFor, previous: str | None
) -> str | None:
    """Return what kind of extra the amount is, or None for base pay; `previous` is the kind of the amount before it."""
    span, earlier = spans[nth], spans[nth - 1] if nth else None
    if previous and _is_far_below(span, spans[0]) and _goes_on(tokens, spans[nth - 1], span):
        return previous
    gap = _sentence_start(tokens, earlier.last if earlier else 0, span.first)
    if any(t.tag == tags.FUTURE for t in tokens[gap : span.first]):
        return "later_pay"
    before = _noun_before(tokens, gap, span.first, earlier)
    if _is_named_before(before, span, earlier):
        return before
    after = _noun_after(tokens, span, context)
    if earlier and _is_before_ote(tokens, span):
        return "ote"
    if _is_addition(tokens, gap, spans, nth, context, paid):
        return after or before or "addition"
    if _is_small_year(span, paid) and _is_behind_plus(tokens, span):
        return after or "addition"
    return after if after and _is_named_after(tokens, spans, nth, paid, after) else None


def _is_far_below(span: Span, other: Span) -> bool:
    return span.hi * 2 < other.lo


def _is_named_before(noun: str | None, span: Span, earlier: Span | None) -> bool:
    """Whether the noun before an amount makes it an extra: `total` only a later amount, most others only a small one."""
    if noun == "total":
        return earlier is not None
    return noun in _OF_ANY_SIZE or (noun is not None and _may_be_allowance(span))


def _is_named_after(tokens: list[Token], spans: list[Span], nth: int, paid: PaidFor, noun: str) -> bool:
    """Whether the noun after an amount makes it an extra: not the first amount where that is of the size of pay."""
    if noun in _NEVER_PAY and tokens[spans[nth].last].tag == tags.EXTRA:
        return True
    return _may_be_allowance(spans[nth]) and not (nth == 0 and _is_like_pay(spans, paid))


def _is_like_pay(spans: list[Span], paid: PaidFor) -> bool:
    """Whether the first amount bears a period that fits its size, or is a year's pay with no much larger one behind it."""
    first = spans[0]
    if paid.token is not None and not _is_small_year(first, paid):
        return True
    return first.hi >= SMALLEST_YEARLY and not (len(spans) > 1 and _is_far_below(first, spans[1]))


def _is_small_year(span: Span, paid: PaidFor) -> bool:
    """Whether an amount is said to be for a year, and is too small to be a year's pay."""
    return paid.period == "year" and span.hi < SMALLEST_YEARLY


def _is_before_ote(tokens: list[Token], span: Span) -> bool:
    """`£40,000 OTE`, but no range: of that, only the upper end is meant."""
    return not span.closed and span.last < len(tokens) and tokens[span.last].tag == tags.OTE


def _is_behind_plus(tokens: list[Token], span: Span) -> bool:
    return span.first > 0 and tokens[span.first - 1].tag == tags.PLUS


def _is_addition(tokens: list[Token], gap: int, spans: list[Span], nth: int, context: Context, paid: PaidFor) -> bool:
    """Whether an amount is added to the one before it, or, small and without a period, to pay in words."""
    span = spans[nth]
    if nth and _added(tokens, gap, span, context, _is_far_below(span, spans[0])):
        return True
    is_bare = paid.token is None and span.hi < SMALLEST_YEARLY
    return is_bare and _added(tokens, gap, span, context, paid.period is None)


def _goes_on(tokens: list[Token], before: Span, span: Span) -> bool:
    """`HCAS of 20%, minimum £5,000, maximum £8,000`: the second amount is of the kind of the first."""
    return all(t.tag in _GOING_ON for t in tokens[before.last : span.first])


def _may_be_allowance(span: Span) -> bool:
    return span.hi < _LARGEST_ALLOWANCE


def _sentence_start(tokens: list[Token], start: int, end: int) -> int:
    for at in range(end - 1, start - 1, -1):
        if tokens[at].tag == tags.STOP:
            return at + 1
    return start


def _noun_before(tokens: list[Token], start: int, end: int, earlier: Span | None) -> str | None:
    """`car allowance of up to £1,460`, `OTE £75,000`, `TLR 2c - £7,017`; more words for a later amount."""
    words = 0
    for at in range(end - 1, start - 1, -1):
        tag = tokens[at].tag
        if tag == tags.EXTRA:
            return None if earlier is not None and _is_taken(tokens, at, end, earlier) else tokens[at].value
        if tag == tags.OTE:
            return "ote"
        if tag not in _NOUN_TO_AMOUNT:
            words += 1
            if earlier is None or words > _MOST_WORDS or tag not in {tags.WORD, tags.QUANTITY, tags.AND, tags.PERIOD}:
                return None
    return None


def _is_taken(tokens: list[Token], noun: int, end: int, earlier: Span) -> bool:
    """`£1,000 welcome bonus - £15.20 per hour`: the noun belongs to the small amount before it; a dash parts them."""
    follows = all(t.tag in _AMOUNT_TO_NOUN for t in tokens[earlier.last : noun])
    return (
        follows
        and LARGEST_HOURLY < earlier.hi < SMALLEST_YEARLY
        and any(t.tag == tags.DASH for t in tokens[noun + 1 : end])
    )


def _noun_after(tokens: list[Token], span: Span, context: Context) -> str | None:
    """`£3,437 London weighting`, `£64.98 per sleep-in shift`: the noun follows with nothing that parts them."""
    for token in tokens[span.last : min(context.right, span.last + _MOST_WORDS)]:
        if token.tag == tags.EXTRA:
            return token.value
        if token.tag not in _AMOUNT_TO_NOUN:
            return None
    return None


def _is_count(token: Token) -> bool:
    return token.tag == tags.QUANTITY and token.value != "percent"


def _added(tokens: list[Token], gap: int, span: Span, context: Context, small: bool) -> bool:
    """Whether `plus` or `+` adds the amount to one before it; past a comma, or by `inclusive of`, only an amount much
    smaller than the pay.

    A label of its own makes it pay again.
    """
    at = span.first - 1
    adds = _ADDS_SMALL if small else _ADDS
    while at >= gap and tokens[at].tag not in adds and (small or tokens[at].tag != tags.COMMA):
        at -= 1
    if at < gap or tokens[at].tag not in adds or _is_count(tokens[at + 1]):
        return False
    own = tokens[context.left : span.first]
    after = tokens[span.last : min(span.last + 2, context.right)]
    return not any(t.tag in {tags.FTE, tags.ACTUAL} for t in (*own, *after))
