"""The expectations of a source: how many adverts a run should find, and what share of them should print what. Pure.

A board that renames a class gives adverts without pay for weeks, and nobody notices: the run must not look healthy.
"""

from __future__ import annotations

import json

import attrs

ENOUGH = 10
"""Adverts from which a share says anything."""


@attrs.frozen(kw_only=True)
class Expectations:
    """The least that a run should find: adverts, and the shares of them (0 to 1) that print a field."""

    adverts: int = 1
    title: float = 0.99
    salary: float = 0.0
    employer: float = 0.0
    location: float = 0.0
    closes: float = 0.0

    def to_json(self) -> str:
        """As it is stored with the source."""
        return json.dumps(attrs.asdict(self))

    @classmethod
    def from_json(cls, stored: str) -> Expectations:
        """What `to_json` wrote."""
        return cls(**json.loads(stored))


SHARES = ("title", "salary", "employer", "location", "closes")


@attrs.frozen(kw_only=True)
class Filled:
    """What a run found: adverts, and how many of them print each field."""

    adverts: int = 0
    title: int = 0
    salary: int = 0
    employer: int = 0
    location: int = 0
    closes: int = 0


def too_few(expected: Expectations, found: Filled) -> str | None:
    """Say so where a run found fewer adverts than the source has at least."""
    if found.adverts < expected.adverts:
        return f"found {found.adverts} adverts; the source has at least {expected.adverts}"
    return None


def unmet_shares(expected: Expectations, found: Filled) -> list[str]:
    """Say which fields fewer adverts print than they should; a handful of adverts says nothing, nor does one that prints none."""
    if found.adverts < ENOUGH:
        return []
    return [
        f"{getattr(found, name)} of {found.adverts} adverts have a {name}; at least {getattr(expected, name):.0%} should"
        for name in SHARES
        if getattr(found, name) < min(getattr(expected, name) * found.adverts, found.adverts - 1)
    ]
