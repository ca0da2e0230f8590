"""Every amount of a text with all that its context says about it."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

import attrs

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.claim import DENYING, denied_kind
from jobscraper.normalise.salary.context import LABELS, Context, contexts
from jobscraper.normalise.salary.extras import ADDING, extra_kind
from jobscraper.normalise.salary.open_ends import SHAPING, Shape, shape_of
from jobscraper.normalise.salary.period import PaidFor, paid_for
from jobscraper.normalise.salary.ranges import Span, find_spans
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

Label = Literal["fte", "actual", "pro_rata"]
_LABELS: dict[Tag, Label] = {tags.FTE: "fte", tags.ACTUAL: "actual", tags.PRO_RATA: "pro_rata"}


@attrs.frozen(eq=False)
class Figure:
    """One amount or range: its ends, what it is paid for, how it is open, whose pay it is, and what kind of extra if
    any.
    """

    span: Span
    context: Context
    paid: PaidFor
    shape: Shape | None
    shape_token: Token | None
    label: Label | None
    label_token: Token | None
    extra: str | None


def find_figures(tokens: list[Token], present: Set[Tag]) -> list[Figure]:
    """Return the figures of `tokens` in printed order; `present` are the kinds of tokens that there are."""
    spans = find_spans(tokens, tags.MONEY in present)
    if not spans:
        return []
    # Most texts have no word of most kinds: what is nowhere in the text need not be looked for around every amount.
    may_open = not present.isdisjoint(SHAPING)
    may_label = not present.isdisjoint(LABELS)
    may_add = not present.isdisjoint(ADDING)
    found: list[Figure] = []
    may_deny = not present.isdisjoint(DENYING)
    extra = denied = None
    for nth, (span, context) in enumerate(zip(spans, contexts(tokens, spans), strict=True)):
        label = _label(tokens, span, context) if may_label else None
        paid = paid_for(tokens, span, context, labelled=label is not None)
        opened = shape_of(tokens, span, context) if may_open else None
        shape, shape_token = opened or (None, None)
        extra = extra_kind(tokens, spans, nth, context, paid, extra) if may_add else None
        denied = None if extra or not may_deny else denied_kind(tokens, spans, nth, paid, denied)
        found.append(
            Figure(
                span, context, paid, shape, shape_token, _LABELS[label.tag] if label else None, label, extra or denied
            )
        )
    return found


def _label(tokens: list[Token], span: Span, context: Context) -> Token | None:
    """Return the word that says whose pay the amount is: the nearest of full-time and actual, else pro rata.

    An explicit label beats a remark: `£25,989 FTE, salary is pro rata` is the full-time figure.
    """
    best: tuple[bool, int, Token] | None = None
    for at in _reach(tokens, span, context):
        token = tokens[at]
        if token.tag in LABELS:
            distance = at - span.last if at >= span.last else span.first - at
            rank = (token.tag == tags.PRO_RATA, max(distance, 0))
            if best is None or rank < best[:2]:
                best = (*rank, token)
    return best[2] if best else None


def _reach(tokens: list[Token], span: Span, context: Context) -> list[int]:
    """Return the tokens that speak of the amount: its own, and those around it up to the end of the sentence."""
    reach = list(range(span.first, span.last))
    for at in range(span.last, context.right):
        if tokens[at].tag == tags.STOP:
            break
        reach.append(at)
    for at in range(span.first - 1, context.left - 1, -1):
        if tokens[at].tag == tags.STOP:
            break
        reach.append(at)
    return reach
