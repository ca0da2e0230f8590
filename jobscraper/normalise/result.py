"""What every normaliser gives beside its values: the evidence for them, and what it could not settle."""

from __future__ import annotations

from collections.abc import Iterable

import attrs


@attrs.frozen
class Evidence:
    """Which rule read which characters: `printed[start:end] == text` for the string that the normaliser was given."""

    rule: str
    text: str
    start: int
    end: int


@attrs.frozen
class Issue:
    """A doubt that a person should see. `kind` is a short word to count by, `text` says it in words."""

    kind: str
    text: str
    field: str | None = None


def cover(rule: str, printed: str, spans: Iterable[tuple[int, int]]) -> Evidence:
    """Evidence that reaches from the first of `spans` to the last one."""
    starts, ends = zip(*spans, strict=True)
    start, end = min(starts), max(ends)
    return Evidence(rule, printed[start:end], start, end)
