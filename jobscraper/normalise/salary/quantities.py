"""Numbers that are not money: hours, weeks, days, shares of full time, grades and points.

They are folded into one token each, so that no later rule can take `37` of `37 hours per week` for pay, or `per week` for
the period of a salary.
"""

from __future__ import annotations

from decimal import Decimal

from jobscraper.normalise.salary.tokens import Number, Token
from jobscraper.normalise.salary.vocabulary import Tag

_RANGE = frozenset({Tag.DASH, Tag.TO, Tag.SLASH, Tag.AND})
_POINT_JOINS = frozenset({Tag.DASH, Tag.TO, Tag.SLASH, Tag.AND, Tag.COMMA, Tag.COLON})
_GRADE_WORDS = frozenset({Tag.GRADE, Tag.SCALE, Tag.CODE})
_MAKES_FTE = frozenset({Tag.CLOSE, Tag.COLON, Tag.MONEY, Tag.PAY})
_LARGEST_POINT = 120
_WEEK_HOURS = 60


def fold(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with quantities and grade points folded into QUANTITY and GRADE tokens."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        tag = tokens[at].tag
        after = at
        if tag is Tag.NUMBER or tag is Tag.COUNT or tag is Tag.UNIT:
            after = _quantity(tokens, at)
            if after > at:
                found.append(_merged(tokens, at, after))
        elif tag is Tag.FULL_TIME:
            # `Full time £25,000` and `(full time)` speak of the amount, `Full time permanent` of the job.
            speaks = _tag(tokens, at + 1) in _MAKES_FTE or (at > 0 and tokens[at - 1].tag in {Tag.MONEY, Tag.PERIOD})
            found.append(tokens[at]._replace(tag=Tag.FTE if speaks else Tag.WORD))
            after = at + 1
        elif tag is Tag.PLUS and at > 0 and tokens[at - 1].tag is Tag.NUMBER and tokens[at - 1].end == tokens[at].start:
            # `21+` is an age; only an amount is opened or added to by a plus.
            found.append(tokens[at]._replace(tag=Tag.WORD))
            after = at + 1
        elif tag in _GRADE_WORDS:
            after = _points(tokens, at)
            found.append(tokens[at]._replace(end=tokens[after - 1].end))
        if after == at:
            found.append(tokens[at])
            after = at + 1
        at = after
    return found


def _tag(tokens: list[Token], at: int) -> Tag | None:
    return tokens[at].tag if at < len(tokens) else None


def _is_share(tokens: list[Token], at: int) -> bool:
    number = tokens[at].number
    return _tag(tokens, at + 1) is Tag.FTE and number is not None and number.value < 2


def _quantity(tokens: list[Token], at: int) -> int:
    """Return the index after the quantity that starts at `at`, or `at` if there is none.

    `37 hours per week`, `20-25 hrs`, `three days a week`, `0.6 FTE`, `30 per week`, `hours per week`, `27%`.
    """
    if tokens[at].tag is Tag.UNIT:
        return at + 2 if tokens[at].value != "years" and _tag(tokens, at + 1) is Tag.PERIOD else at
    last = at
    if _tag(tokens, at + 1) in _RANGE and _tag(tokens, at + 2) in {Tag.NUMBER, Tag.COUNT}:
        last = at + 2
    if _is_share(tokens, last):
        return last + 2
    following = _tag(tokens, last + 1)
    if following is Tag.UNIT:
        return last + (3 if _tag(tokens, last + 2) is Tag.PERIOD else 2)
    if following is Tag.DASH and _tag(tokens, last + 2) is Tag.UNIT and tokens[last + 1].start == tokens[last].end:
        return last + 3
    return last + 2 if following is Tag.PERIOD and _is_weekly_hours(tokens, last) else at


def _is_weekly_hours(tokens: list[Token], at: int) -> bool:
    number = tokens[at].number
    return tokens[at + 1].value == "week" and number is not None and number.value <= _WEEK_HOURS


def _merged(tokens: list[Token], at: int, after: int) -> Token:
    unit = next((t.value for t in tokens[at:after] if t.tag is Tag.UNIT), "")
    if not unit:
        unit = "share" if any(t.tag is Tag.FTE for t in tokens[at:after]) else "hours"
    number: Number | None = next((t.number for t in tokens[at:after] if t.number is not None), None)
    return Token(Tag.QUANTITY, tokens[at].start, tokens[after - 1].end, unit, number)


def _is_point(tokens: list[Token], at: int) -> bool:
    """Whether the token may be a grade or spine point: a small bare number, or a code (`M6`), that counts nothing."""
    if _tag(tokens, at) is Tag.CODE:
        return True
    if _tag(tokens, at) is not Tag.NUMBER:
        return False
    number = tokens[at].number
    counts = _tag(tokens, at + 1) in {Tag.UNIT, Tag.PERIOD} or (_tag(tokens, at + 1) is Tag.FTE and _is_share(tokens, at))
    return number is not None and number.value <= Decimal(_LARGEST_POINT) and not number.kilo and not counts


def _is_letter(tokens: list[Token], at: int, after: int) -> bool:
    """Whether a single letter names the grade: `Grade C` is not `circa`."""
    if tokens[at].tag is not Tag.GRADE or _tag(tokens, after) not in {Tag.WORD, Tag.CIRCA, Tag.UNIT}:
        return False
    return tokens[after].end - tokens[after].start == 1 and tokens[after].start == tokens[after - 1].end + 1


def _points(tokens: list[Token], at: int) -> int:
    """Return the index after the points that follow the grade word at `at`: `Grade 5, 12-15`, `SCP3-4`, `L24-L28`."""
    after = at + 1
    if _tag(tokens, after) is Tag.COLON and _is_point(tokens, after + 1):
        after += 1
    if tokens[at].tag is not Tag.CODE:
        if not _is_point(tokens, after) and not _is_letter(tokens, at, after):
            return at + 1
        after += 1
    while _tag(tokens, after) in _POINT_JOINS and _is_point(tokens, after + 1):
        if _quantity(tokens, after + 1) > after + 1:
            break
        after += 2
    return after
