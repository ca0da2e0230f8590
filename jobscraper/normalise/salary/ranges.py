"""From tokens to amounts: which numbers are money, and which two of them are the ends of one range."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.numerals import Number
from jobscraper.normalise.salary.result import Period
from jobscraper.normalise.salary.sizes import LARGEST_HOURLY, SMALLEST_YEARLY, credible, is_one_rate_twice
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

_THOUSAND = Decimal(1000)
_WIDEST_RANGE = 10
# Without a dash two amounts are a range only if they are near each other; `A and B` may as well be two jobs.
_WIDEST_LOOSE_RANGE = 3
_LONGEST_GAP = 9
_SMALLEST_BARE = Decimal(4)

_NUMBERS = frozenset({tags.MONEY, tags.NUMBER})
_LABELS = frozenset({tags.FTE, tags.ACTUAL, tags.PRO_RATA})
_BEFORE_JOIN = _LABELS | {
    tags.PERIOD,
    tags.BOUND,
    tags.STARTING,
    tags.COMMA,
    tags.CLOSE,
    tags.OPEN,
    tags.AND,
    tags.PAY,
    tags.STOP,
}
_GRADES = frozenset({tags.GRADE, tags.SCALE, tags.CODE})
_AFTER_JOIN = _GRADES | frozenset({tags.OPEN, tags.UP_TO, tags.CIRCA, tags.BOUND, tags.FILLER, tags.PAY, tags.DASH})
_TIGHT_BEFORE_JOIN = (_BEFORE_JOIN | _GRADES) - {tags.COMMA, tags.STOP, tags.AND}
_RISING_WORDS = frozenset({tags.WORD, tags.PERIOD, tags.FILLER, tags.COMMA, tags.QUANTITY, tags.AND})
_BRACKETS = frozenset({tags.OPEN, tags.CLOSE})
_FIRM_JOINS = frozenset({tags.DASH, tags.TO, tags.SLASH, tags.UP_TO, tags.LOST})
_RISING_JOINS = frozenset({tags.RISING, tags.THEN})
_JOINS = _FIRM_JOINS | _RISING_JOINS | {tags.AND}
_BARE_JOINS = frozenset({tags.DASH, tags.TO, tags.SLASH})
_LONGEST_PLAIN_NUMBER = 6
_ALIEN = frozenset({tags.WORD, tags.CODE, tags.GRADE, tags.SCALE, tags.DATE, tags.NUMBER})


# Joins that can only mean a range.
_SPANNING = frozenset({tags.DASH, tags.TO})
_BEFORE_HOURS = frozenset({tags.PERIOD, tags.FILLER, tags.OPEN})
# What makes the second of two amounts something else than the end of a range: `£25,000 - £500 bonus`.
_OTHER_THINGS = _LABELS | {tags.EXTRA, tags.OTE, tags.ENHANCED, tags.WORD, tags.OPEN}
_LEADS = frozenset({tags.COLON, tags.FILLER, tags.STOP})
_AFTER_PAY = _LABELS | {tags.PERIOD, tags.PAY, tags.DOE, tags.DEPENDS, tags.NEGOTIABLE, tags.CIRCA}


class Span(NamedTuple):
    """One amount (`lo == hi`) or a range: tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    lo: Decimal
    hi: Decimal
    currency: str | None
    closed: bool


def find_spans(tokens: list[Token], symbols: bool) -> list[Span]:
    """Return the amounts and ranges of `tokens` in printed order; `symbols` tells whether any has a sign of money.

    No number is in two of them.
    """
    printed = [i for i, t in enumerate(tokens) if t.number is not None and t.tag in _NUMBERS]
    found: list[Span] = []
    taken = -1
    for nth, at in enumerate(printed):
        if at <= taken:
            continue
        partner = printed[nth + 1] if nth + 1 < len(printed) else None
        span = _joined(tokens, at, partner, symbols) if partner is not None else None
        if span is None and _is_money(tokens, at, symbols):
            span = _single(tokens, at)
        if span is not None:
            found.append(span)
            taken = span.last - 1
    return found


def _single(tokens: list[Token], at: int) -> Span:
    number = tokens[at].number
    assert number is not None
    return Span(at, at + 1, number.value, number.value, number.currency, False)


def _is_money(tokens: list[Token], at: int, symbols: bool) -> bool:
    """Whether the number stands for money by itself: by its symbol, or, where the text has no symbol, by its shape."""
    number = tokens[at].number
    if tokens[at].tag == tags.MONEY or number is None:
        return tokens[at].tag == tags.MONEY
    following = tokens[at + 1].tag if at + 1 < len(tokens) else None
    if following == tags.PERIOD and (number.decimals == 2 or (not symbols and _is_rate(tokens, at, number))):
        return True
    if len(tokens) == 1 and _is_bare_hourly(number):
        return True
    if symbols or number.value < SMALLEST_YEARLY or _counts_things(tokens, at):
        return False
    if number.kilo or number.thousands or number.decimals:
        return True
    plain = Decimal(10_000) <= number.value and tokens[at].end - tokens[at].start <= _LONGEST_PLAIN_NUMBER
    return plain and (at == 0 or tokens[at - 1].tag not in _ALIEN)


def _is_rate(tokens: list[Token], at: int, number: Number) -> bool:
    """`450 per week`, `Salary: 12 per hour`: a number that begins the text, or follows a pay word, with its period."""
    period: Period = tokens[at + 1].value  # type: ignore[assignment]  # the values of PERIOD are periods
    led = at == 0 or any(t.tag == tags.PAY for t in tokens[max(at - 2, 0) : at])
    return led and period not in {"session", "term"} and credible(period, number.value)


def _is_bare_hourly(number: Number) -> bool:
    """`12.85`, and nothing else in the field: pounds and pence of an hour."""
    return number.decimals == 2 and _SMALLEST_BARE <= number.value <= LARGEST_HOURLY


def _counts_things(tokens: list[Token], at: int) -> bool:
    """Whether a number without a sign speaks of something else: `16,000 students`, `Ref: 25,000`.

    Not where a pay word comes before in its sentence, nor where the unit of pay or a doubt about it follows.
    """
    sentence = next((nth for nth in range(at - 1, -1, -1) if tokens[nth].tag == tags.STOP), 0)
    number, after = tokens[at].number, tokens[at + 1].tag if at + 1 < len(tokens) else None
    if (
        number is None
        or number.kilo
        or number.decimals == 2
        or after in _AFTER_PAY
        or any(t.tag == tags.PAY for t in tokens[sentence:at])
    ):
        return False
    named = at > 1 and tokens[at - 1].tag in _LEADS and tokens[at - 2].tag == tags.WORD
    return named or after == tags.WORD


def _joined(tokens: list[Token], at: int, partner: int, symbols: bool) -> Span | None:
    """Return the range from `at` to `partner`, or None if what stands between them does not join them."""
    first, second = tokens[at].number, tokens[partner].number
    assert first is not None
    assert second is not None
    join = _join(tokens, at, partner)
    if join is None or not _are_ends(tokens, at, partner, join, symbols):
        return None
    widest = _WIDEST_RANGE if join in _FIRM_JOINS or join in _RISING_JOINS else _WIDEST_LOOSE_RANGE
    ends = _ends(first, second, widest)
    if ends is None or _labels_differ(tokens, at, partner):
        return None
    return Span(at, partner + 1, *ends, first.currency or second.currency, True)


def _join(tokens: list[Token], at: int, partner: int) -> Tag | None:
    """Return what joins two numbers: a dash or a word for `to`; MONEY stands for a dash that a feed has lost."""
    gap = tokens[at + 1 : partner]
    if not gap:
        return tags.MONEY
    if len(gap) == 1:
        return gap[0].tag if gap[0].tag in _JOINS else None
    if len(gap) > _LONGEST_GAP:
        return None
    if gap[-1].tag == tags.TO and _rises_to(gap):
        return tags.RISING
    joins = [i for i, t in enumerate(gap) if t.tag in _JOINS]
    rising = next((i for i in joins if gap[i].tag in _RISING_JOINS), None)
    if rising is not None:
        join, before = rising, _BEFORE_JOIN
    elif joins:
        join, before = joins[0], _TIGHT_BEFORE_JOIN
    else:
        return None
    fits = all(t.tag in before for t in gap[:join]) and all(t.tag in _AFTER_JOIN for t in gap[join + 1 :])
    return gap[join].tag if fits else None


def _rises_to(gap: list[Token]) -> bool:
    """`rising in annual increments to`: a few words stand between the rise and its end."""
    rises = next((i for i, t in enumerate(gap) if t.tag == tags.RISES), None)
    return rises is not None and all(t.tag in _RISING_WORDS for t in gap[rises + 1 : -1])


def _are_ends(tokens: list[Token], at: int, partner: int, join: Tag, symbols: bool) -> bool:
    """Whether both numbers can be money: a bare one only beside a dash or `to`, and only with the shape of money."""
    marked = tokens[at].tag == tags.MONEY, tokens[partner].tag == tags.MONEY
    if marked == (True, True):
        return True
    first, second = tokens[at].number, tokens[partner].number
    assert first is not None
    assert second is not None
    if join not in _BARE_JOINS:
        return join == tags.MONEY and marked[0] and second.thousands
    if marked == (True, False):
        return not _counts_on(tokens, partner)
    if marked == (False, True):
        return first.value >= SMALLEST_YEARLY or (first.decimals == 2 and second.value < SMALLEST_YEARLY)
    if _counts_things(tokens, partner):
        return False
    return _are_bare_ends(tokens, at, partner, symbols)


def _counts_on(tokens: list[Token], partner: int) -> bool:
    """Whether a bare number begins a range of its own: `£12.50 - 20 - 25 hours`."""
    after = tokens[partner + 1 : partner + 3]
    return len(after) == 2 and after[0].tag == tags.DASH and after[1].tag in {tags.NUMBER, tags.QUANTITY}


def _are_bare_ends(tokens: list[Token], at: int, partner: int, symbols: bool) -> bool:
    """Whether two numbers without a sign are money: `12.21 - 12.60` alone, `30-35k`, or one that is money by itself."""
    first, second = tokens[at].number, tokens[partner].number
    assert first is not None
    assert second is not None
    if len(tokens) == 3 and _is_bare_hourly(first) and _is_bare_hourly(second):
        return True
    if second.kilo and not symbols and first.value < _THOUSAND:
        return True
    return _is_money(tokens, partner, symbols) or (second.value >= first.value and _is_money(tokens, at, symbols))


def _ends(first: Number, second: Number, widest: int) -> tuple[Decimal, Decimal] | None:
    """Return the ends in pounds, with a shared `k` or thousand given to both; None if they cannot be one range.

    `£30-35k`, `£35- £38,000`, `£30k-35`. Two amounts in falling order are never a range.
    """
    lo, hi = first.value, second.value
    shares = second.kilo or (lo >= 10 and not first.decimals)
    if lo < _THOUSAND <= hi and shares and lo * _THOUSAND <= hi:
        lo *= _THOUSAND
    elif first.kilo and hi < _THOUSAND:
        hi *= _THOUSAND
    if lo > hi or (lo > 0 and hi > lo * widest):
        return None
    return lo, hi


def _names_hours(tokens: list[Token], at: int, partner: int, after: list[Token]) -> bool:
    """`£10.12 per hour and £12.65 per hour on Sundays`, `£29.05 PAYE - £38 umbrella`: rates for other hours, or by
    another payroll.
    """
    gap = {t.tag for t in tokens[at + 1 : partner]}
    behind = next((t.tag for t in after if t.tag not in _BEFORE_HOURS), None)
    if tags.ROUTE in gap:
        return True
    return behind == tags.ENHANCED and (gap.isdisjoint(_SPANNING) or tags.ENHANCED in gap or tags.DAYTIME in gap)


def contradiction(tokens: list[Token], spans: list[Span]) -> tuple[Span, Span] | None:
    """Return the first two amounts that stand like a range and cannot be one: `£45.39 to £55,535`, `£41,000 - £38,000`.

    Two rates of one post may stand so: an hour's and a year's, or with a period each.
    """
    for before, after in pairwise(spans):
        gap = tokens[before.last : after.first]
        if len(gap) != 1 or gap[0].tag not in _SPANNING or before.closed or after.closed:
            continue
        behind = tokens[after.last : after.last + 1]
        if behind and behind[0].tag in _OTHER_THINGS:
            continue
        low, high = sorted((before.lo, after.lo))
        if not is_one_rate_twice(low, high):
            return before, after
    return None


def _labels_differ(tokens: list[Token], at: int, partner: int) -> bool:
    """`£24,750 pro rata - £28,792 FTE` and `basic £25,000 - £40,000 OTE` are two statements about one job, no range."""
    after = tokens[partner + 1 : partner + 4]
    if after and after[0].tag == tags.OTE and any(t.tag == tags.PAY for t in tokens[at + 1 : partner]):
        return True
    if _names_hours(tokens, at, partner, after):
        return True
    first = [t.tag for t in tokens[at + 1 : partner] if t.tag in _LABELS]
    if not first:
        return False
    if any(t.tag in _BRACKETS for t in tokens[at + 1 : partner]):
        return True
    second = [t.tag for t in after if t.tag in _LABELS]
    return bool(second) and second[0] != first[0]
