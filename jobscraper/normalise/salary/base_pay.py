"""Which of the figures is the pay: the full-time one, what the holder gets beside it, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Set
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

import attrs

from jobscraper.normalise.result import Issue
from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.annual import a_year, factor
from jobscraper.normalise.salary.beside import set_aside
from jobscraper.normalise.salary.claim import UNCLAIMED
from jobscraper.normalise.salary.figures import Figure
from jobscraper.normalise.salary.quantities import is_part
from jobscraper.normalise.salary.ranges import Span, contradiction
from jobscraper.normalise.salary.result import Basis, Period
from jobscraper.normalise.salary.sizes import FORM_BAND, is_form_band, is_top_band
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

_SMALLEST_PART = Decimal(500)
# A yearly figure under this share of the hourly rate's full-time year, printed beside it, is a part-time holder's pay.
_PART_TIME_SHARE = Decimal("0.9")
# Above it the smaller range may be pay without a London weighting of up to a fifth.
_LARGEST_SHARE = Decimal("0.8")
_SAME_SHARE = Decimal("0.005")
# Two full-time figures of one post differ by a pay award or a grade, not by a third.
_FAR_APART = Decimal("0.7")
_NAMING = frozenset({tags.WORD, tags.PLACE, tags.GRADE, tags.SCALE, tags.CODE, tags.AND, tags.ENHANCED, tags.DAYTIME})
# Part of a week changes what a year's pay comes to, not what an hour's or a day's does.
_BY_TIME = frozenset({"hour", "day", "session"})
_RATE_NAMES = (frozenset({tags.PLACE}), frozenset({tags.GRADE, tags.SCALE}))
# Full-time figures, those that the holder gets, and what is in doubt.
_Parted: TypeAlias = tuple[list[Figure], list[Figure], Issue | None]


@attrs.frozen
class Choice:
    """`base` are the figures of the base pay (more than one where there are several rates), `actual` what the holder
    gets, `others` the base pay in another period, `extras` the rest.
    """

    base: tuple[Figure, ...] = ()
    actual: tuple[Figure, ...] = ()
    others: tuple[Figure, ...] = ()
    extras: tuple[Figure, ...] = ()
    period: Period | None = None
    basis: Basis | None = None
    issues: tuple[Issue, ...] = ()


def choose(tokens: list[Token], present: Set[Tag], figures: list[Figure]) -> Choice:
    """Return which figures are what. Nothing is chosen where the labels contradict each other, or where a range cannot
    be one.
    """
    if len(figures) == 1 and _is_pay(figures[0]):
        return _of_one(figures[0], present)
    figures = [*set_aside(tokens, present, figures)]
    extras = tuple(f for f in figures if f.extra is not None)
    pay = [f for f in figures if _is_pay(f)]
    broken = contradiction(tokens, [f.span for f in figures])
    if broken is not None:
        return Choice(extras=extras, issues=(_no_range(*broken),))
    if not pay:
        return Choice(extras=extras, issues=tuple(_unclaimed(extras)))
    period, group = _main_period(pay)
    others = tuple(f for f in pay if f not in group)
    base, actual, issue = _full_and_part(tokens, group)
    basis = _basis(tokens, base, actual, extras, others)
    return Choice(tuple(base), tuple(actual), others, extras, period, basis, (issue,) if issue else ())


def _is_pay(figure: Figure) -> bool:
    return figure.extra is None and figure.span.hi > 0


def _of_one(figure: Figure, present: Set[Tag]) -> Choice:
    """The pay of most texts: one figure, which needs no choosing."""
    span = figure.span
    if (span.closed and is_form_band(span.lo, span.hi)) or _is_top_band(figure):
        return Choice(issues=(FORM_BAND,))
    return Choice((figure,), period=figure.paid.period, basis=figure.label or _basis_of_text(present))


def _unclaimed(extras: tuple[Figure, ...]) -> Iterable[Issue]:
    if any(f.extra == UNCLAIMED for f in extras):
        yield Issue("unclaimed_amount", "an amount is printed, but nothing says that it is pay", "salary_min")


def _is_top_band(figure: Figure) -> bool:
    return figure.shape == "from" and is_top_band(figure.span.lo)


def _no_range(low: Span, high: Span) -> Issue:
    words = f"{low.lo:,} and {high.lo:,} stand like a range and cannot be one"
    return Issue("ambiguous_salary", words, "salary_min")


def _main_period(pay: list[Figure]) -> tuple[Period | None, list[Figure]]:
    """A year wins over any other period. Amounts without period count by the year if they are labelled beside a yearly
    one.
    """
    if any(f.paid.period == "year" for f in pay):
        labelled = any(f.label for f in pay)
        group = [f for f in pay if f.paid.period == "year" or (labelled and _could_be_yearly(f))]
        return "year", group
    period = next((f.paid.period for f in pay if f.paid.period), None)
    if period is None:
        return None, pay
    return period, [f for f in pay if f.paid.period == period]


def _could_be_yearly(figure: Figure) -> bool:
    return figure.paid.period is None and figure.span.hi >= _SMALLEST_PART


def _full_and_part(tokens: list[Token], group: list[Figure]) -> _Parted:
    """Part the figures of one period into full-time and actual ones. The larger one is the full-time one, whatever
    comes first.
    """
    full = [f for f in group if f.label == "fte"]
    part = [f for f in group if f.label == "actual"]
    unsure = [f for f in group if f.label not in {"fte", "actual"}]
    if full:
        below = [f for f in unsure if _is_below(f, full)]
        beside = [f for f in unsure if not _is_below(f, full) and not _is_within(f, full)]
        return _checked(full + beside, part + below)
    if part:
        above = [f for f in unsure if _is_below(part[0], [f]) and not _is_within(f, part)]
        return _checked(above, part) if above else _parted_actual(tokens, part)
    return _parted_unlabelled(tokens, unsure)


def _parted_unlabelled(tokens: list[Token], group: list[Figure]) -> _Parted:
    """Part figures of which none is labelled, by their sizes and by what the text says of parts of a week."""
    if _overlap(group):
        return group, [], None
    if group[0].paid.period not in _BY_TIME and _is_shared(tokens, group) and not _are_rates(tokens, group):
        return _checked(*_below_largest(group))
    if _is_same_share(group):
        full, *part = sorted(group, key=lambda f: -f.span.lo)
        return _checked([full], part)
    if _is_puzzle(tokens, group):
        words = "a smaller figure follows a larger one, and nothing says whether it is part-time pay or another post's"
        return [], [], Issue("ambiguous_salary", words, "salary_min")
    return group, [], None


def _below_largest(group: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The largest figure with those that reach up to it, and those below; none that lies within a larger one."""
    largest = max(group, key=lambda f: (f.span.lo, f.span.hi))
    full = [f for f in group if not _is_below(f, [largest])]
    return full, [f for f in group if f not in full and not _is_within(f, full)]


def _parted_actual(tokens: list[Token], part: list[Figure]) -> _Parted:
    """Part two figures that are both labelled actual: `£16,880 (actual); Actual salary: £29,880`.

    Nobody is paid two actual salaries that are far apart, unless something tells two posts or two weeks of work apart.
    """
    if len(part) != 2:
        return part, [], None
    low, high = sorted(part, key=lambda f: f.span.lo)
    between = range(min(low.span.first, high.span.first), max(low.span.last, high.span.last))
    told_apart = any(tokens[at].tag in _NAMING or tokens[at].tag == tags.QUANTITY for at in between)
    if told_apart or low.span.hi >= high.span.lo * _FAR_APART:
        return part, [], None
    words = "two figures far apart are both labelled actual; the larger one is taken for full-time pay"
    return [high], [low], Issue("ambiguous_salary", words, "salary_annual_min")


def _is_shared(tokens: list[Token], group: list[Figure]) -> bool:
    """Whether the text says that a part is paid, without saying of which figure: `pro rata`, `0.6 FTE`, `term time`."""
    return any(f.label == "pro_rata" for f in group) or any(t.tag == tags.TERM_TIME or is_part(t) for t in tokens)


def _is_puzzle(tokens: list[Token], group: list[Figure]) -> bool:
    """Whether a smaller figure follows a larger one, and no word says why: a part of it, or another post?"""
    return any(
        _is_below(after, [before])
        and not any(t.tag in _NAMING for t in tokens[before.span.first : after.context.right])
        for before, after in pairwise(group)
    )


def _is_same_share(group: list[Figure]) -> bool:
    """`£18,005 - £19,337 £9,002 to £9,668`: a second range whose ends are both one share of the first one's."""
    if len(group) != 2 or not all(f.span.closed for f in group) or not group[0].span.lo or not group[0].span.hi:
        return False
    full, part = (f.span for f in group)
    low, high = part.lo / full.lo, part.hi / full.hi
    return low <= _LARGEST_SHARE and abs(low - high) < _SAME_SHARE


def _overlap(group: list[Figure]) -> bool:
    """Whether two ranges share half of the shorter one: then they are two rates of one post, not the whole and a part."""
    if len(group) != 2 or not all(f.span.closed for f in group):
        return False
    first, second = (f.span for f in group)
    shared = min(first.hi, second.hi) - max(first.lo, second.lo)
    return shared * 2 >= min(first.hi - first.lo, second.hi - second.lo) > 0


def _is_below(figure: Figure, others: list[Figure]) -> bool:
    return all(figure.span.lo < f.span.lo and figure.span.hi < f.span.hi for f in others)


def _is_within(figure: Figure, others: list[Figure]) -> bool:
    return any(f.span.lo <= figure.span.lo and figure.span.hi <= f.span.hi for f in others)


def _are_rates(tokens: list[Token], group: list[Figure]) -> bool:
    """Whether every figure names a place of its own, or every one a grade: then they are rates of several posts, not
    full and part time.
    """
    if len(group) < 2:
        return False
    return any(
        all(any(t.tag in names for t in tokens[f.context.left : f.context.right]) for f in group)
        for names in _RATE_NAMES
    )


def _checked(full: list[Figure], part: list[Figure]) -> _Parted:
    if not part and _contradict(full):
        return [], [], Issue("ambiguous_salary", "two figures far apart are both labelled full time", "salary_min")
    if part and max(f.span.lo for f in part) > max(f.span.hi for f in full):
        text = "the figure labelled actual is larger than the one labelled full time"
        return [], [], Issue("ambiguous_salary", text, "salary_min")
    return full, part, None


def _contradict(full: list[Figure]) -> bool:
    spans = [f.span for f in full if f.label == "fte"]
    return bool(spans) and min(s.hi for s in spans) < max(s.lo for s in spans) * _FAR_APART


def _basis(
    tokens: list[Token],
    base: list[Figure],
    actual: list[Figure],
    extras: tuple[Figure, ...],
    others: tuple[Figure, ...],
) -> Basis | None:
    if actual:
        return "fte"
    if not base:
        return None
    labels = {f.label for f in base}
    for label in ("fte", "actual", "pro_rata"):
        if label in labels:
            return label
    if _under_hourly(tokens, base, others):
        return "actual"
    return _basis_of_text(_tags_outside(tokens, extras))


def _basis_of_text(elsewhere: Set[Tag]) -> Basis:
    if tags.FTE in elsewhere:
        return "fte"
    if tags.ACTUAL in elsewhere:
        return "actual"
    return "pro_rata" if tags.PRO_RATA in elsewhere else "fte"


def _tags_outside(tokens: list[Token], extras: tuple[Figure, ...]) -> set[Tag]:
    inside = {at for f in extras for at in range(f.context.left, f.context.right)}
    return {t.tag for at, t in enumerate(tokens) if at not in inside}


def _under_hourly(tokens: list[Token], base: list[Figure], others: tuple[Figure, ...]) -> bool:
    hourly = next((f for f in others if f.paid.period == "hour"), None)
    full = a_year(hourly.span.hi, factor("hour", tokens)) if hourly else None
    return full is not None and base[0].paid.period == "year" and max(f.span.hi for f in base) < full * _PART_TIME_SHARE
