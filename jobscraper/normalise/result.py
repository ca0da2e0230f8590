"""What every normaliser gives beside its values: the evidence for them, and what it could not settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, ParamSpec, TypeVar

import attrs

T = TypeVar("T")
P = ParamSpec("P")


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


@attrs.frozen
class Found(Generic[T]):
    """One value, with its evidence; None with an issue where the text could not be read, None alone where it is empty."""

    value: T | None = None
    evidence: Evidence | None = None
    issues: tuple[Issue, ...] = ()


def cover(rule: str, printed: str, spans: Iterable[tuple[int, int]]) -> Evidence:
    """Evidence that reaches from the first of `spans` to the last one."""
    starts, ends = zip(*spans, strict=True)
    start, end = min(starts), max(ends)
    return Evidence(rule, printed[start:end], start, end)


@attrs.frozen
class Aside:
    """Values that are read apart from each other: one that trips its reader is set aside, with an issue, and costs no other.

    What a board prints may overflow a date or a number that nobody thought of; the advert is as good as its other fields.
    """

    issues: list[Issue] = attrs.field(factory=list)

    def read(self, column: str, otherwise: T, reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `reader` reads, or `otherwise`; `column` is named by the issue."""
        try:
            return reader(*args, **kwargs)
        except Exception as error:
            self.issues.append(Issue("not_read", f"set aside: {type(error).__name__}: {error}"[:300], column))
            return otherwise
