"""What a new normaliser reads otherwise than the archive that it replaces: for the history, and for people to see."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs

from jobscraper.archive.store import writing
from jobscraper.model.columns import NOT_HISTORY


@attrs.frozen
class Difference:
    """One column of one advert: the values as the archives have them, and the rule that gives the new one."""

    advert_id: str
    run_id: str
    field: str
    old: object
    new: object
    rule: str


def differences(new: sqlite3.Connection) -> Iterator[Difference]:
    """Yield what differs between the adverts of `new` and those of the archive that is attached to it as `old`.

    What a capture tells that the old archive had not folded, or that is left out of the new one, is no difference in reading.
    """
    fields = _fields(new)
    ours, theirs = (", ".join(f'{schema}."{field}"' for field in fields) for schema in ("n", "o"))
    for row in new.execute(
        f"SELECT n.id, c.run_id, n.evidence, {ours}, {theirs} FROM main.advert n"
        " JOIN old.advert o ON o.id = n.id JOIN main.capture c ON c.id = n.capture_id"
        f" WHERE ({ours}) IS NOT ({theirs}) AND EXISTS (SELECT 1 FROM main.capture k WHERE k.id = o.capture_id) ORDER BY n.id"
    ):
        advert_id, run_id, evidence, *values = row
        for field, now, before in zip(fields, values[: len(fields)], values[len(fields) :], strict=True):
            if now != before and not _is_told_anew(new, advert_id, field):
                yield Difference(advert_id, run_id, field, before, now, _rule(evidence, field))


def _is_told_anew(new: sqlite3.Connection, advert_id: str, field: str) -> bool:
    """Whether a board changed this in a capture that the old archive had not folded."""
    found = new.execute(
        "SELECT 1 FROM main.change m WHERE m.advert_id = ? AND m.field = ? AND m.cause = 'source' AND NOT EXISTS ("
        " SELECT 1 FROM old.change k WHERE k.advert_id = m.advert_id AND k.field = m.field"
        " AND k.observed_at = m.observed_at AND k.cause = 'source')",
        (advert_id, field),
    )
    return found.fetchone() is not None


def _fields(new: sqlite3.Connection) -> list[str]:
    columns = [
        {row["name"] for row in new.execute(f"SELECT name FROM pragma_table_info('advert', '{schema}')")}
        for schema in ("main", "old")
    ]
    return sorted((columns[0] & columns[1]) - NOT_HISTORY)


def _rule(evidence: str, field: str) -> str:
    found = json.loads(evidence).get(field)
    if isinstance(found, str):
        found = json.loads(evidence).get(found)
    return str(found["rule"]) if found else "nothing is read"


def keep_history_of_readings(new: sqlite3.Connection, found: Iterable[Difference], at: str) -> None:
    """Carry over what earlier normalisers changed, and enter what this one does: put down to us, never to a board."""
    with writing(new):
        new.execute(
            "INSERT INTO main.change (advert_id, run_id, observed_at, field, old, new, cause)"
            " SELECT k.advert_id, k.run_id, k.observed_at, k.field, k.old, k.new, k.cause FROM old.change k"
            " WHERE k.cause = 'normaliser' AND k.advert_id IN (SELECT id FROM main.advert)"
            " AND k.run_id IN (SELECT id FROM main.run) ORDER BY k.id"
        )
        new.executemany(
            "INSERT INTO main.change (advert_id, run_id, observed_at, field, old, new, cause)"
            " VALUES (?, ?, ?, ?, ?, ?, 'normaliser')",
            [(d.advert_id, d.run_id, at, d.field, _text(d.old), _text(d.new)) for d in found],
        )


@attrs.frozen
class Summary:
    """How many adverts a rule reads otherwise in a column, with one of them."""

    field: str
    rule: str
    adverts: int
    example: Difference


def by_field_and_rule(found: Iterable[Difference]) -> list[Summary]:
    """Sum up differences, the most frequent first."""
    groups: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for difference in found:
        groups[difference.field, difference.rule].append(difference)
    sums = [Summary(field, rule, len(group), group[0]) for (field, rule), group in groups.items()]
    return sorted(sums, key=lambda summary: (-summary.adverts, summary.field, summary.rule))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
