"""Which of the figures is the pay: the full-time one, what the holder gets beside it, and the rest."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from itertools import pairwise

import attrs

from jobscraper.normalise.result import Issue
from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.annual import a_year, factor
from jobscraper.normalise.salary.figures import Figure
from jobscraper.normalise.salary.quantities import is_part
from jobscraper.normalise.salary.result import Basis, Period
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

_SMALLEST_PART = Decimal(500)
# A yearly figure under this share of the hourly rate's full-time year, printed beside it, is a part-time holder's pay.
_PART_TIME_SHARE = Decimal("0.9")
# Two full-time figures of one post differ by a pay award or a grade, not by a third.
_FAR_APART = Decimal("0.7")
_NAMING = frozenset({tags.WORD, tags.PLACE, tags.GRADE, tags.SCALE, tags.CODE, tags.AND, tags.ENHANCED})
# Part of a week changes what a year's pay comes to, not what an hour's or a day's does.
_BY_TIME = frozenset({"hour", "day", "session"})
_RATE_NAMES = (frozenset({tags.PLACE}), frozenset({tags.GRADE, tags.SCALE}))


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
    """Return which figures are what. Nothing is chosen where the labels contradict each other."""
    if len(figures) == 1 and figures[0].extra is None and figures[0].span.hi > 0:
        only = figures[0]
        return Choice((only,), period=only.paid.period, basis=only.label or _basis_of_text(present))
    pay = [f for f in figures if f.extra is None]
    enhanced = _enhanced(tokens, pay)
    extras = tuple(f for f in figures if f.extra is not None or f in enhanced)
    pay = [f for f in pay if f not in enhanced and f.span.hi > 0]
    if not pay:
        return Choice(extras=extras)
    period, group = _main_period(pay)
    others = tuple(f for f in pay if f not in group)
    base, actual, issue = _full_and_part(tokens, group)
    basis: Basis | None = "fte" if actual else _basis(tokens, base, extras, others) if base else None
    return Choice(tuple(base), tuple(actual), others, extras, period, basis, (issue,) if issue else ())


def _enhanced(tokens: list[Token], pay: list[Figure]) -> list[Figure]:
    """Return the rates for nights and weekends beside a basic one; a rate for days and one for nights are two rates of
    one job.
    """
    if len(pay) < 2 or any(t.tag == tags.UNIT and t.value == "days" for t in tokens):
        return []
    hourly = [f for f in pay[1:] if f.paid.period == "hour"]
    return [f for f in hourly if any(t.tag == tags.ENHANCED for t in tokens[f.context.left : f.context.right])]


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


def _full_and_part(tokens: list[Token], group: list[Figure]) -> tuple[list[Figure], list[Figure], Issue | None]:
    """Part the figures of one period into full-time and actual ones. The larger one is the full-time one, whatever
    comes first.
    """
    full = [f for f in group if f.label == "fte"]
    part = [f for f in group if f.label == "actual"]
    unsure = [f for f in group if f.label not in {"fte", "actual"}]
    if full:
        part += [f for f in unsure if _is_below(f, full)]
        full += [f for f in unsure if not _is_below(f, full) and not _is_within(f, full)]
    elif part:
        full = [f for f in unsure if _is_below(part[0], [f]) and not _is_within(f, part)]
        if not full:
            return part, [], None
    elif unsure[0].paid.period not in _BY_TIME and _is_shared(tokens, unsure) and not _are_rates(tokens, unsure):
        largest = max(unsure, key=lambda f: (f.span.lo, f.span.hi))
        full = [f for f in unsure if not _is_below(f, [largest])]
        part = [f for f in unsure if f not in full and not _is_within(f, full)]
    elif _is_puzzle(tokens, unsure):
        words = "a smaller figure follows a larger one, and nothing says whether it is part-time pay or another post's"
        return [], [], Issue("ambiguous_salary", words, "salary_min")
    else:
        return unsure, [], None
    return _checked(full, part)


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


def _checked(full: list[Figure], part: list[Figure]) -> tuple[list[Figure], list[Figure], Issue | None]:
    if not part and _contradict(full):
        return [], [], Issue("ambiguous_salary", "two figures far apart are both labelled full time", "salary_min")
    if part and max(f.span.lo for f in part) > max(f.span.hi for f in full):
        text = "the figure labelled actual is larger than the one labelled full time"
        return [], [], Issue("ambiguous_salary", text, "salary_min")
    return full, part, None


def _contradict(full: list[Figure]) -> bool:
    spans = [f.span for f in full if f.label == "fte"]
    return bool(spans) and min(s.hi for s in spans) < max(s.lo for s in spans) * _FAR_APART


def _basis(tokens: list[Token], base: list[Figure], extras: tuple[Figure, ...], others: tuple[Figure, ...]) -> Basis:
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
