"""An advert arrives in parts: a card of a list, an entry of a feed, its own page. Joining them is pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from jobscraper.model.reading import Part, RawAdvert, printed_fields

RANK: dict[Part, int] = {"card": 0, "feed": 1, "page": 2}
"""The advert's own page over the feed over the card."""

_NOT_STORED = frozenset({"source_ref", "description"})  # The key has the one, `advert_text` the other.


def join(parts: Iterable[tuple[Part, RawAdvert]]) -> RawAdvert:
    """Join the parts of one advert field by field: of those that print a field, the highest rank is believed."""
    ranked = [raw for part, raw in sorted(parts, key=lambda item: RANK[item[0]])]
    joined: dict[str, Any] = {}
    for raw in ranked:
        joined.update({name: value for name, value in printed_fields(raw).items() if name != "labels"})
    labels = {name: text for raw in ranked for name, text in raw.labels.items()}
    return RawAdvert(**joined, labels=labels)


@attrs.frozen
class StoredPart:
    """A part as the archive has it; `printed_at` is when it first printed the dates that it prints."""

    part: Part
    raw: RawAdvert
    printed_at: datetime


def printed_at(parts: Iterable[StoredPart], field: str) -> datetime | None:
    """When the part whose `field` is believed first printed its dates; None where no part prints the field."""
    printing = [part for part in parts if getattr(part.raw, field) is not None]
    return max(printing, key=lambda part: RANK[part.part]).printed_at if printing else None


def to_json(raw: RawAdvert) -> str:
    """The fields of a part as they are stored."""
    stored = {name: value for name, value in printed_fields(raw).items() if name not in _NOT_STORED}
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def from_json(source_ref: str, stored: str) -> RawAdvert:
    """The part that `to_json` wrote."""
    fields = json.loads(stored)
    return RawAdvert(**{**fields, "source_ref": source_ref, "places": tuple(fields.get("places", ()))})
