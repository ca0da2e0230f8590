"""Where something stands in a text, as (begin, end)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)
