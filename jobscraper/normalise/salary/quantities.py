"""Numbers that are not money: hours, weeks, days, shares of full time, grades and points.

They are folded into one token each, so that no later rule can take `37` of `37 hours per week` for pay, or `per week`
for the period of a salary.
"""

from __future__ import annotations

from decimal import Decimal

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.numerals import Number
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

_COUNTED = frozenset({tags.NUMBER, tags.COUNT, tags.UNIT})
_RANGE = frozenset({tags.DASH, tags.TO, tags.SLASH, tags.AND})
_POINT_JOINS = frozenset({tags.DASH, tags.TO, tags.SLASH, tags.AND, tags.COMMA, tags.COLON})
_GRADE_WORDS = frozenset({tags.GRADE, tags.SCALE, tags.CODE})
_FOLDED = _COUNTED | _GRADE_WORDS | {tags.FULL_TIME, tags.PLUS, tags.RECEIVE}
_MAKES_FTE = frozenset({tags.CLOSE, tags.COLON, tags.MONEY, tags.PAY})
# Printed hours, days or weeks within these bounds are less than a full week or year; any share of FTE is.
_PART = {"hours": (1, 34), "days": (1, 4), "weeks": (30, 50)}
_LARGEST_POINT = 120
_WEEK_HOURS = 60


def fold(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with quantities and grade points folded into QUANTITY and GRADE tokens."""
    found: list[Token] = []
    received = False
    after = 0
    for at, token in enumerate(tokens):
        if at < after:
            continue
        after = at + 1
        if token.tag not in _FOLDED:
            found.append(token)
            continue
        folded = token
        if token.tag in _COUNTED:
            after = _quantity(tokens, at)
            folded = _merged(tokens, at, after) if after > at else token
            after = max(after, at + 1)
        elif token.tag in _GRADE_WORDS:
            after = _points(tokens, at)
            folded = token if after == at + 1 else token._replace(end=tokens[after - 1].end)
        elif token.tag == tags.FULL_TIME:
            folded = token._replace(tag=tags.FTE if _speaks_of_pay(tokens, at) else tags.WORD)
        elif token.tag == tags.PLUS and _is_age(tokens, at):
            folded = token._replace(tag=tags.WORD)
        received = received or token.tag == tags.RECEIVE
        found.append(folded)
    return _received(found) if received else found


def is_part(token: Token) -> bool:
    """Whether the token is a quantity less than full time: `22.5 hours`, `three days`, `39 weeks`, `0.6 FTE`."""
    if token.tag != tags.QUANTITY or token.number is None or token.value not in _PART:
        return token.tag == tags.QUANTITY and token.value == "share"
    least, most = _PART[token.value]
    return least <= token.number.value <= most


def _received(tokens: list[Token]) -> list[Token]:
    """`you will receive £14,000 for 18 hours` is actual pay; without part-time hours the words say nothing."""
    tag = tags.ACTUAL if any(is_part(token) for token in tokens) else tags.WORD
    return [token._replace(tag=tag) if token.tag == tags.RECEIVE else token for token in tokens]


def _speaks_of_pay(tokens: list[Token], at: int) -> bool:
    """`Full time £25,000` and `(full time)` speak of the amount, `Full time permanent` of the job."""
    return _tag(tokens, at + 1) in _MAKES_FTE or (at > 0 and tokens[at - 1].tag in {tags.MONEY, tags.PERIOD})


def _is_age(tokens: list[Token], at: int) -> bool:
    """`21+` is an age: only an amount is opened or added to by a plus."""
    return at > 0 and tokens[at - 1].tag == tags.NUMBER and tokens[at - 1].end == tokens[at].start


def _tag(tokens: list[Token], at: int) -> Tag | None:
    return tokens[at].tag if at < len(tokens) else None


def _is_share(tokens: list[Token], at: int) -> bool:
    number = tokens[at].number
    return _tag(tokens, at + 1) == tags.FTE and number is not None and number.value < 2


def _quantity(tokens: list[Token], at: int) -> int:
    """Return the index after the quantity that starts at `at`, or `at` if there is none.

    `37 hours per week`, `20-25 hrs`, `three days a week`, `0.6 FTE`, `30 per week`, `hours per week`, `27%`.
    """
    if tokens[at].tag == tags.UNIT:
        return at + 2 if tokens[at].value != "years" and _tag(tokens, at + 1) == tags.PERIOD else at
    last = at
    if _tag(tokens, at + 1) in _RANGE and _tag(tokens, at + 2) in {tags.NUMBER, tags.COUNT}:
        last = at + 2
    if _is_share(tokens, last):
        return last + 2
    following = _tag(tokens, last + 1)
    if following == tags.UNIT:
        return last + (3 if _tag(tokens, last + 2) == tags.PERIOD else 2)
    if following == tags.DASH and _tag(tokens, last + 2) == tags.UNIT and tokens[last + 1].start == tokens[last].end:
        return last + 3
    return last + 2 if following == tags.PERIOD and _is_weekly_hours(tokens, last) else at


def _is_weekly_hours(tokens: list[Token], at: int) -> bool:
    number = tokens[at].number
    return tokens[at + 1].value == "week" and number is not None and number.value <= _WEEK_HOURS


def _merged(tokens: list[Token], at: int, after: int) -> Token:
    unit = next((t.value for t in tokens[at:after] if t.tag == tags.UNIT), "")
    if not unit:
        unit = "share" if any(t.tag == tags.FTE for t in tokens[at:after]) else "hours"
    counted = (Number(Decimal(t.value)) if t.tag == tags.COUNT else t.number for t in tokens[at:after])
    number = next((number for number in counted if number is not None), None)
    return Token(tags.QUANTITY, tokens[at].start, tokens[after - 1].end, unit, number)


def _is_point(tokens: list[Token], at: int) -> bool:
    """Whether the token may be a grade or spine point: a small bare number, or a code (`M6`), that counts nothing."""
    if _tag(tokens, at) == tags.CODE:
        return True
    if _tag(tokens, at) != tags.NUMBER:
        return False
    number = tokens[at].number
    counts = _tag(tokens, at + 1) in {tags.UNIT, tags.PERIOD} or (
        _tag(tokens, at + 1) == tags.FTE and _is_share(tokens, at)
    )
    return number is not None and number.value <= Decimal(_LARGEST_POINT) and not number.kilo and not counts


def _is_letter(tokens: list[Token], at: int, after: int) -> bool:
    """Whether a single letter names the grade: `Grade C` is not `circa`."""
    if tokens[at].tag != tags.GRADE or _tag(tokens, after) not in {tags.WORD, tags.CIRCA, tags.UNIT}:
        return False
    return tokens[after].end - tokens[after].start == 1 and tokens[after].start == tokens[after - 1].end + 1


def _points(tokens: list[Token], at: int) -> int:
    """Return the index after the points that follow the grade word at `at`: `Grade 5, 12-15`, `SCP3-4`, `L24-L28`."""
    after = at + 1
    if _tag(tokens, after) == tags.COLON and _is_point(tokens, after + 1):
        after += 1
    if tokens[at].tag != tags.CODE:
        if not _is_point(tokens, after) and not _is_letter(tokens, at, after):
            return at + 1
        after += 1
    while _tag(tokens, after) in _POINT_JOINS and _is_point(tokens, after + 1):
        if _quantity(tokens, after + 1) > after + 1:
            break
        after += 2
    return after
