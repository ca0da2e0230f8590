"""The gate: whether the text says that an amount is pay, or that it is something else.

A board's pay field holds more than pay, and whole sentences: `a DBS check at a cost of £26.50`, `flats sold for an
average of £125,761`, `a £15,000 recruitment bonus`. Such a sum is kept beside the pay, and is never the pay itself.
"""

from __future__ import annotations

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.context import LABELS
from jobscraper.normalise.salary.period import PaidFor
from jobscraper.normalise.salary.ranges import Span
from jobscraper.normalise.salary.sizes import SMALLEST_YEARLY
from jobscraper.normalise.salary.tokens import Token

# Words that speak of pay, whatever else is in the sentence.
_SPEAK_OF_PAY = LABELS | {tags.PAY, tags.STARTING, tags.MINIMUM_WAGE, tags.ROUTE}
# Words that stand beside pay, and seldom beside any other money.
_STAND_BY_PAY = _SPEAK_OF_PAY | {
    tags.GRADE,
    tags.SCALE,
    tags.BETWEEN,
    tags.DOE,
    tags.DEPENDS,
    tags.EXPERIENCE,
    tags.NEGOTIABLE,
    tags.COMPETITIVE,
    tags.OTE,
    tags.DAYTIME,
    tags.FULL_TIME,
    tags.TERM_TIME,
    tags.BOUND,
    tags.SESSIONAL,
}
_PAYING = frozenset({"paid", "paying", "salaried", "talu", "telir"})
_POSTS = _PAYING | {"job", "post", "role", "vacancy", "swydd"}
# What titles of jobs end with: `Project Officer`, `Rent and Income Manager` and `Purchase Ledger Clerk` are no sums of money.
_JOBS = frozenset(
    """accountant administrator adviser advisor analyst apprentice architect assistant attendant auditor buyer caretaker
    chef cleaner clerk consultant controller cook coordinator counsellor director driver engineer executive facilitator
    gardener inspector instructor investigator labourer leader lecturer manager nurse officer operative operator planner
    practitioner ranger receptionist researcher secretary solicitor specialist steward supervisor surveyor teacher
    technician therapist trainer tutor valuer warden worker cydlynydd cynorthwyydd gweithiwr rheolwr swyddog""".split()
)
_LONGEST_TITLE = 3
_NO_PART_OF_TITLE = frozenset("a an the of for per by each every to our your this that".split())
# Extras of which no more is said than their noun: the amount beside it is theirs.
_NEVER_PAY = frozenset({"other", "relocation", "bonus", "benefit", "mileage", "sleep_in"})
_BREAKS = frozenset({tags.STOP, tags.COMMA, tags.PLUS, tags.CLOSE})
_FURTHEST = 12
_NEAR = 3
# A sentence of so many words is prose, in which an amount must be said to be pay.
_PROSE = 6
_LEADS = frozenset({tags.FROM, tags.UP_TO, tags.CIRCA, tags.FILLER, tags.BETWEEN, tags.COLON, tags.DASH, tags.OPEN})
_GOES_ON = frozenset(
    {
        tags.AND,
        tags.PERIOD,
        tags.COMMA,
        tags.SLASH,
        tags.DASH,
        tags.TO,
        tags.WORD,
        tags.FILLER,
        tags.QUANTITY,
        tags.ENHANCED,
    }
)
_IN_TITLES = frozenset({tags.WORD, tags.AND, tags.DENIES, tags.EXTRA})
_MOST_BETWEEN = 5
OTHER = "other"
# Without one of these in the text, every amount is pay.
DENYING = frozenset({tags.DENIES, tags.EXTRA, tags.QUANTITY, tags.WORD})
UNCLAIMED = "unclaimed"


def denied_kind(tokens: list[Token], spans: list[Span], nth: int, paid: PaidFor, previous: str | None) -> str | None:
    """Return what the amount is instead of pay; UNCLAIMED where a sentence of prose says nothing of it; else None.

    `previous` is the kind of the amount before it: `£30 a night or £400 a month` are both what the noun before says.
    """
    span = spans[nth]
    start = _after_stop(tokens, spans[nth - 1].last if nth else 0, span.first)
    end = _before_stop(tokens, span.last, spans[nth + 1].first if nth + 1 < len(spans) else len(tokens))
    kind = _kind_before(tokens, start, span.first, spans[nth - 1] if nth else None) or _kind_after(
        tokens, span, start, end
    )
    if kind is not None:
        return kind
    if previous == OTHER and start <= spans[nth - 1].last and _goes_on(tokens, spans[nth - 1].last, span.first):
        return OTHER
    return None if _is_claimed(tokens, span, paid, start, end) else UNCLAIMED


def _after_stop(tokens: list[Token], start: int, end: int) -> int:
    return next((at + 1 for at in range(end - 1, start - 1, -1) if tokens[at].tag == tags.STOP), start)


def _before_stop(tokens: list[Token], start: int, end: int) -> int:
    return next((at for at in range(start, end) if tokens[at].tag == tags.STOP), end)


def _kind_before(tokens: list[Token], start: int, end: int, earlier: Span | None) -> str | None:
    """`a DBS check at a cost of £26.50`, `the average price of property there stood at £210,546`."""
    for at in range(end - 1, max(start, end - _FURTHEST) - 1, -1):
        token = tokens[at]
        if _speaks_of_job(tokens, at):
            return None
        if token.tag == tags.DENIES or (token.tag == tags.QUANTITY and token.value == "miles"):
            return OTHER
        if token.tag == tags.EXTRA and token.value in _NEVER_PAY:
            return None if earlier is not None and _is_of(tokens, earlier, at) else token.value
        stands_by_pay = token.tag in _STAND_BY_PAY and token.tag != tags.BETWEEN
        if stands_by_pay or token.tag in _BREAKS or token.value in _POSTS:
            return None
    return None


def _speaks_of_job(tokens: list[Token], at: int) -> bool:
    """Whether a word of other money begins a title or tells hours: `Project Officer £29,000`, `average 37 hours, £30,000`;
    not so in `the cost of a consultant`.
    """
    if tokens[at].tag not in {tags.DENIES, tags.EXTRA}:
        return False
    for token in tokens[at + 1 : at + 1 + _LONGEST_TITLE]:
        if token.value in _JOBS or (token.tag == tags.QUANTITY and token.value == "hours"):
            return True
        if token.tag not in _IN_TITLES or token.value in _NO_PART_OF_TITLE:
            return False
    return False


def _is_of(tokens: list[Token], earlier: Span, noun: int) -> bool:
    """`£1,000 welcome bonus - £15.20 per hour`: the noun is that of the amount before it."""
    return all(t.tag in {tags.WORD, tags.FILLER, tags.PERIOD} for t in tokens[earlier.last : noun])


def _kind_after(tokens: list[Token], span: Span, start: int, end: int) -> str | None:
    """`a £15,000 recruitment bonus`, `up to £8k in expenses`; not where a pay word comes first."""
    if any(_speaks_of_pay(t) for t in tokens[start : span.first]):
        return None
    for at, token in enumerate(tokens[span.last : min(end, span.last + _NEAR)], span.last):
        if _speaks_of_job(tokens, at):
            return None
        if token.tag == tags.DENIES:
            return OTHER
        if token.tag == tags.EXTRA:
            may_be = token.value != "benefit" or span.hi < SMALLEST_YEARLY
            return token.value if token.value in _NEVER_PAY and may_be else None
        if token.tag not in {tags.FILLER, tags.WORD}:
            return None
    return None


def _goes_on(tokens: list[Token], start: int, end: int) -> bool:
    return end - start <= _MOST_BETWEEN and all(t.tag in _GOES_ON for t in tokens[start:end])


def _is_claimed(tokens: list[Token], span: Span, paid: PaidFor, start: int, end: int) -> bool:
    """Whether the sentence, or the place of the amount in it, says that it is pay."""
    around = [*tokens[start : span.first], *tokens[span.last : end]]
    if paid.token is None and paid.period is None:
        # From its size it may be a bonus as well as a week's pay.
        return all(t.tag != tags.WORD for t in around) or any(_speaks_of_pay(t) for t in around)
    if sum(t.tag == tags.WORD for t in around) < _PROSE:
        return True
    if all(t.tag in _LEADS for t in tokens[start : span.first]):
        return True
    if span.closed and span.lo >= SMALLEST_YEARLY and _is_firm(tokens, span):
        return True
    if paid.token is not None and any(t is paid.token for t in tokens[span.first : span.last + _NEAR]):
        return True
    return any(t.tag in _STAND_BY_PAY or t.value in _POSTS for t in around)


def _speaks_of_pay(token: Token) -> bool:
    return token.tag in _SPEAK_OF_PAY or token.value in _PAYING


def _is_firm(tokens: list[Token], span: Span) -> bool:
    return any(t.tag in {tags.DASH, tags.TO} for t in tokens[span.first : span.last])
