"""Figures that stand beside the base pay: what another hour, another payroll, or allowances make of it.

A rate for Sundays or nights, an umbrella's rate beside the one by payroll, a sum with allowances beside the basic pay:
none of them is the end of a range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set

import attrs

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.figures import Figure
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

_BY_HOURS = frozenset({"hour", "day", "session"})
_BEFORE_INCLUSIVE = frozenset({tags.PERIOD, tags.COMMA, tags.OPEN, tags.WORD, tags.FILLER})


def set_aside(tokens: list[Token], present: Set[Tag], figures: list[Figure]) -> Iterable[Figure]:
    """Return the figures, those marked as extras that are no base pay beside another figure that is."""
    pay = [f for f in figures if f.extra is None]
    kinds: dict[int, str] = {}
    if len(pay) > 1:
        for tag, find in _BESIDE.items():
            if tag in present:
                kinds |= {id(f): kind for f, kind in find(tokens, pay)}
    return (attrs.evolve(f, extra=kinds[id(f)]) if id(f) in kinds else f for f in figures)


def _enhanced(tokens: list[Token], pay: list[Figure]) -> Iterable[tuple[Figure, str]]:
    """The rates for nights and weekends beside a rate for the weekday are not base pay; where all are such, they are.

    `£23.40 weekdays, £28 Sundays`, `Day £23.40 Nights/Sat: £20.35`, `£12.60 - £13.05 per hour, £15.00 weekends`.
    """
    rates = [f for f in pay if f.paid.period in _BY_HOURS]
    others = [f for f in rates if _speaks_of(tokens, f, tags.ENHANCED) and not _is_daytime(tokens, f)]
    return [(f, "enhanced_rate") for f in others] if len(others) < len(rates) else []


def _speaks_of(tokens: list[Token], figure: Figure, tag: Tag) -> bool:
    return any(t.tag == tag for t in tokens[figure.context.left : figure.context.right])


def _is_daytime(tokens: list[Token], figure: Figure) -> bool:
    own = tokens[figure.context.left : figure.context.right]
    return any(t.tag == tags.DAYTIME or t.value in {"days", "basic"} for t in own)


def _by_company(tokens: list[Token], pay: list[Figure]) -> Iterable[tuple[Figure, str]]:
    """The rate that an umbrella or the worker's own company is paid, beside the one by payroll: `£18 PAYE, £23
    umbrella`.

    The company pays the employer's costs of it; only the payroll's rate is what an employee would be paid.
    """
    marks = [at for at, t in enumerate(tokens) if t.tag == tags.ROUTE]
    leads = marks[0] < pay[0].span.first
    routes: dict[int, str] = {}
    for nth, figure in enumerate(pay):
        start = pay[nth - 1].span.last if nth else 0
        end = pay[nth + 1].span.first if nth + 1 < len(pay) else len(tokens)
        reach = reversed(range(start, figure.span.first)) if leads else range(figure.span.last, end)
        routes[id(figure)] = next((tokens[at].value for at in reach if at in marks), "")
    if "payroll" not in routes.values():
        return []
    return [(f, "umbrella_rate") for f in pay if routes[id(f)] == "company"]


def _with_allowances(tokens: list[Token], pay: list[Figure]) -> Iterable[tuple[Figure, str]]:
    """`£43,425.75, which includes allowances … £35,998 basic salary`: a sum with allowances beside the basic pay."""
    if not any(t.value == "basic" for f in pay for t in _near(tokens, f) if t.tag == tags.PAY):
        return []
    return [(f, "total") for f in pay if _includes_allowances(tokens, f)]


def _near(tokens: list[Token], figure: Figure) -> list[Token]:
    return tokens[max(figure.span.first - 3, 0) : figure.span.last + 2]


def _includes_allowances(tokens: list[Token], figure: Figure) -> bool:
    for at in range(figure.span.last, len(tokens)):
        if tokens[at].tag == tags.INCLUSIVE:
            return any(t.tag == tags.EXTRA for t in tokens[at + 1 : at + 5])
        if tokens[at].tag not in _BEFORE_INCLUSIVE:
            return False
    return False


_BESIDE: Mapping[Tag, Callable[[list[Token], list[Figure]], Iterable[tuple[Figure, str]]]] = {
    tags.ENHANCED: _enhanced,
    tags.ROUTE: _by_company,
    tags.INCLUSIVE: _with_allowances,
}
