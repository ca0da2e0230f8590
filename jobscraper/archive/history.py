"""What changed between two states of an advert, and what to call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import attrs

from jobscraper.model.columns import NOT_HISTORY
from jobscraper.normalise.dates.dates import RELATIVE
from jobscraper.normalise.result import Evidence

Cause = Literal["source", "normaliser"]
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


def steady(old: str | None, new: str | None, evidence: Evidence | None) -> str | None:
    """The date or instant to keep: the old one, where the new one is off by no more than its words are coarse.

    `3 days ago` and, after midnight or a crawl that came late, `3 days ago` again are one day to the board. Without
    this every crawl would write a change that nobody made.
    """
    if not (old and new and evidence and evidence.rule.startswith(RELATIVE)):
        return new
    coarse = _COARSE[evidence.rule.removeprefix(RELATIVE)]
    apart = datetime.fromisoformat(new).date() - datetime.fromisoformat(old).date()
    return old if abs(apart.days) <= coarse else new


# Days by which a relative date may be off, by its unit.
_COARSE = {"minute": 1, "hour": 1, "day": 1, "week": 7, "month": 31}


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
