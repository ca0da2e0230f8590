"""What changed between two states of an advert, and what to call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import attrs

from jobscraper.archive.rows import NOT_HISTORY

EventKind = Literal["listed", "extended", "resalaried", "amended", "closed", "withdrawn", "relisted"]


@attrs.frozen
class Change:
    """One column that changed, as text."""

    field: str
    old: str | None
    new: str | None


@attrs.frozen
class Event:
    """What a reader calls it, with old and new in words."""

    kind: EventKind
    detail: str | None = None


_PRINTED = {"title": "title", "employer_text": "employer", "location_text": "place", "contract_type": "contract"}


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """The columns of `new` that differ from `old`; what is volatile never counts."""
    return [
        Change(field, _text(old[field]), _text(value))
        for field, value in new.items()
        if field not in NOT_HISTORY and old[field] != value
    ]


def events(changed: Iterable[Change]) -> list[Event]:
    """Name the changes that a board made: a later closing time, another pay, another title or place."""
    by_field = {change.field: change for change in changed}
    found = []
    closes = by_field.get("closes_at")
    if closes:
        extended = bool(closes.old and closes.new and closes.new > closes.old)
        found.append(Event("extended" if extended else "amended", f"closes {_day(closes.old)} → {_day(closes.new)}"))
    salary = by_field.get("salary_text")
    if salary:
        found.append(Event("resalaried", f"pay {salary.old or 'not printed'} → {salary.new or 'not printed'}"))
    for field, word in _PRINTED.items():
        if field in by_field:
            change = by_field[field]
            found.append(Event("amended", f"{word} {change.old or 'not printed'} → {change.new or 'not printed'}"))
    return found


def _day(closes_at: str | None) -> str:
    if closes_at is None:
        return "not printed"
    moment = datetime.fromisoformat(closes_at).astimezone(ZoneInfo("Europe/London"))
    return f"{moment.day} {moment:%b %Y}"


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
