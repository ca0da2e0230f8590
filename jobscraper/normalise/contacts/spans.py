"""Where something stands in a text, as (begin, end)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; what overlaps is one."""
    return list(_merge(sorted(spans)))


def _merge(spans: list[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in spans:
        if current and span[0] < current[1]:
            current = (current[0], max(current[1], span[1]))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current


def near(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of some merged spans that reach into, or touch, what stands between two places of the text."""
    first = bisect_left(spans, start, key=lambda span: span[1])
    return spans[first : bisect_right(spans, end, lo=first, key=lambda span: span[0])]


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares a character with one of some merged others."""
    return any(span[0] < end and start < span[1] for start, end in near(others, *span))
