"""Small amounts as people write them: three decimals, pence, a decimal comma, a torn or cut-off number.

What such a number is worth depends on what stands around it: `£12.825 per hour` is a price with three decimals,
`£27.752 pa` a year's pay with a dot for a comma. Without a sign either way it is a doubt, and no amount.
"""

from __future__ import annotations

import re
from decimal import Decimal

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.numerals import Number
from jobscraper.normalise.salary.result import Period
from jobscraper.normalise.salary.sizes import SMALLEST_YEARLY, credible
from jobscraper.normalise.salary.tokens import Token

_PENCE = frozenset({"p", "pence", "ceiniog", "c"})
_BY_TIME = frozenset({"hour", "day", "session"})
_DECIMAL_COMMA = re.compile(r"[£€$]?\s*(\d{1,3}),(\d\d)")
_BREAKS_OFF = re.compile(r".*\d[,.]\d{0,2}")
_TEARS = frozenset({tags.STOP, tags.COLON, tags.COMMA})
_JOINS = frozenset({tags.DASH, tags.TO})
# Below this a dotted amount without any period may be an hour's pay to three decimals as well as a part-timer's year.
_SURELY_THOUSANDS = Decimal(20_000)
_HUNDRED = Decimal(100)


def mended(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with such numbers as the amounts that they are; as MALFORMED where nothing tells."""
    tokens = _ends_whole(tokens)
    if not any(_is_unsure(token) for token in tokens):
        return tokens
    found: list[Token] = []
    after = 0
    for at, token in enumerate(tokens):
        if at < after:
            continue
        after = at + 1
        if token.tag == tags.MALFORMED:
            token = _with_comma(tokens, at)
        elif token.number is not None and token.number.dotted:
            token = _dotted(tokens, at, token.number)
        elif token.number is not None and token.number.value >= 1:
            token, after = _with_pence(tokens, at, token.number)
        found.append(token)
    return found


def _is_unsure(token: Token) -> bool:
    if token.number is not None:
        return token.number.dotted
    return token.tag == tags.MALFORMED or token.value in _PENCE or token.value == "hour"


def _ends_whole(tokens: list[Token]) -> list[Token]:
    """`£31,365 + HCAS £4,704 - £4,8`, `£28,598 - £31`: the text breaks off within its last number, which is no amount."""
    last = len(tokens) - 1
    while last > 1 and tokens[last].tag == tags.COMMA:
        last -= 1
    if last < 1 or not any(t.tag == tags.MONEY for t in tokens[:last]):
        return tokens
    if tokens[last].tag == tags.MALFORMED:
        is_torn = _BREAKS_OFF.fullmatch(tokens[last].value) is not None
    else:
        is_torn = _falls(tokens, last)
    return [*tokens[:last], Token(tags.CUT, tokens[last].start, tokens[last].end)] if is_torn else tokens


def _falls(tokens: list[Token], last: int) -> bool:
    """Whether the last token is an upper end of which only the first digits are left."""
    if last < 2 or tokens[last - 1].tag not in _JOINS:
        return False
    low, high = tokens[last - 2].number, tokens[last].number
    if low is None or high is None or not low.thousands or high.kilo or high.decimals:
        return False
    return high.value < low.value / _HUNDRED


def _period_of(tokens: list[Token], at: int) -> Period | None:
    """Return the nearest printed period, one behind the number before one in front of it."""
    ordered = [*tokens[at:], *reversed(tokens[:at])]
    printed = next((t for t in ordered if t.tag == tags.PERIOD), None)
    return printed.value if printed else None  # type: ignore[return-value]  # the values of PERIOD are periods


def _dotted(tokens: list[Token], at: int, number: Number) -> Token:
    """`£12.825 per hour` and `£12.825 - £13.50` have decimals, `£27.752 pa` and `£9.903 - £17,105` thousands."""
    token, small = tokens[at], number.in_decimals()
    period = _period_of(tokens, at)
    if period is not None:
        is_small = not credible(period, number.value, number.currency) and credible(period, small.value)
        return token._replace(number=small) if is_small else token
    others = [t.number for nth, t in enumerate(tokens) if nth != at and t.number is not None and t.number.decimals == 2]
    if any(other.value < _HUNDRED for other in others):
        return token._replace(number=small)
    surely = number.value >= _SURELY_THOUSANDS or number.currency not in {None, "GBP"}
    if surely or any(_is_thousands(t) for nth, t in enumerate(tokens) if nth != at):
        return token
    return Token(tags.MALFORMED, token.start, token.end) if token.tag == tags.MONEY else token


def _is_thousands(token: Token) -> bool:
    return token.number is not None and (token.number.value >= SMALLEST_YEARLY or token.number.thousands)


def _with_comma(tokens: list[Token], at: int) -> Token:
    """`£12,65 per hour`: a decimal comma, where the pay is by the hour or day; elsewhere digits may be missing."""
    token = tokens[at]
    printed = _DECIMAL_COMMA.fullmatch(token.value)
    if printed is None or _period_of(tokens, at) not in _BY_TIME:
        return token
    number = Number(Decimal(f"{printed[1]}.{printed[2]}"), decimals=2, currency="GBP")
    return Token(tags.MONEY, token.start, token.end, "", number)


def _with_pence(tokens: list[Token], at: int, number: Number) -> tuple[Token, int]:
    """Return the amount with the pence that stand apart from it, and the index behind: `1285p per hour`, `£10. 49 ph`."""
    token, following = tokens[at], tokens[at + 1 : at + 4]
    if len(following) < 2 or number.decimals or number.kilo:
        return token, at + 1
    if following[0].value in _PENCE and following[1].tag == tags.PERIOD and following[1].value == "hour":
        if token.tag == tags.NUMBER and number.value >= _HUNDRED:
            pounds = Number(number.value / _HUNDRED, decimals=2, currency="GBP")
            return Token(tags.MONEY, token.start, following[0].end, "", pounds), at + 2
        return token, at + 1
    if len(following) == 3 and _is_torn(token, *following):
        pence = following[1].number
        assert pence is not None
        whole = number._replace(value=number.value + pence.value / _HUNDRED, decimals=2)
        return token._replace(number=whole, end=following[1].end), at + 3
    return token, at + 1


def _is_torn(token: Token, mark: Token, pence: Token, period: Token) -> bool:
    """`£10. 49 per hour`, `£12:85 an hour`, `12,85 yr awr`: two digits behind a mark, and then the hour."""
    if mark.tag not in _TEARS or pence.tag != tags.NUMBER or pence.number is None or pence.number.decimals:
        return False
    is_small = token.number is not None and token.number.value < _HUNDRED
    two = pence.end - pence.start == 2
    return is_small and two and mark.start == token.end and period.tag == tags.PERIOD and period.value == "hour"
