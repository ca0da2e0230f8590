"""Reading an advert anew, because its board printed something else or because we read otherwise now."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from jobscraper.archive import write
from jobscraper.archive.history import Cause, Change, changes, events, steady
from jobscraper.archive.ledger import add_event
from jobscraper.archive.parts import StoredPart, from_json, join, printed_at
from jobscraper.archive.prepare import AdvertRows, redacted, rows_of
from jobscraper.archive.sighting import Sighting
from jobscraper.normalise.advert import normalise
from jobscraper.normalise.version import normaliser_version


def complete(db: sqlite3.Connection, sighting: Sighting) -> int:
    """Store the first print of a part of an advert that is known by another one, and return how many contact details
    were taken out. What it adds is no change: the board printed it all the time, we had only not read it.
    """
    raw, removed = redacted(sighting.raw)
    write.store_part(db, sighting, raw)
    if raw.description:
        write.store_text(db, sighting, raw.description)
    _rewrite(db, sighting, None)
    db.execute("UPDATE advert SET capture_id = ? WHERE id = ?", (sighting.capture_id, sighting.advert_id))
    return removed


def update(db: sqlite3.Connection, sighting: Sighting) -> tuple[bool, int]:
    """Store a print that differs from the last one, with its history.

    Returns whether it changed anything that counts, and how many contact details were taken out.
    """
    raw, removed = redacted(sighting.raw)
    write.store_part(db, sighting, raw)
    text_changed = write.store_text(db, sighting, raw.description) if raw.description else False
    changed = _rewrite(db, sighting, "source")
    for event in events(changed):
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, event.kind, event.detail)
    if text_changed:
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, "amended", "text")
    db.execute("UPDATE advert SET capture_id = ? WHERE id = ?", (sighting.capture_id, sighting.advert_id))
    return bool(changed or text_changed), removed


def read_again(db: sqlite3.Connection, sighting: Sighting) -> None:
    """Read the stored parts with this version, so that what differs is put down to us and not to the board."""
    _rewrite(db, sighting, "normaliser")


def was_there_before(db: sqlite3.Connection, sighting: Sighting) -> None:
    """A capture that is older than what the archive has tells only that the advert was already there.

    Without a posting date, what needs a day is read for the day first seen, which is another one now. That is no change
    of anybody's: in the order of time it would have been read so at once. (What an older version read stays, until it is
    read anew as that version's reading.)
    """
    if not write.move_first_seen(db, sighting):
        return
    without_day = db.execute(
        "SELECT 1 FROM advert WHERE id = ? AND posted_on IS NULL AND normaliser_version = ?",
        (sighting.advert_id, normaliser_version()),
    ).fetchone()
    if without_day:
        _rewrite(db, sighting, None)


def _rewrite(db: sqlite3.Connection, sighting: Sighting, cause: Cause | None) -> list[Change]:
    """Read the joined parts anew, and enter what changed by `cause`; None: nothing changed, more is known."""
    parts = _parts(db, sighting)
    if not parts:
        return []
    old = db.execute("SELECT * FROM advert WHERE id = ?", (sighting.advert_id,)).fetchone()
    rows = _rows(parts, datetime.fromisoformat(old["first_seen"]))
    columns = dict(rows.columns)
    for column in ("posted_on", "closes_at"):
        columns[column] = steady(old[column], columns[column], rows.dates.get(column))
    changed = changes(old, columns)
    write.add_referenced(db, rows)
    columns |= {"normaliser_version": normaliser_version(), "url": columns["url"] or old["url"]}
    assignments = ", ".join(f"{column} = ?" for column in columns)
    db.execute(f"UPDATE advert SET {assignments} WHERE id = ?", (*columns.values(), sighting.advert_id))
    if cause:
        write.add_changes(db, sighting, changed, cause)
    write.replace_details(db, sighting, rows)
    return changed


def _parts(db: sqlite3.Connection, sighting: Sighting) -> list[StoredPart]:
    rows = db.execute("SELECT part, fields, printed_at FROM advert_part WHERE advert_id = ?", (sighting.advert_id,))
    return [
        StoredPart(
            row["part"],
            from_json(sighting.raw.source_ref, row["fields"]),
            datetime.fromisoformat(row["printed_at"]),
        )
        for row in rows.fetchall()
    ]


def _rows(parts: list[StoredPart], first_seen: datetime) -> AdvertRows:
    """Read the joined parts; each date is counted from the moment at which its own part first printed it."""
    return rows_of(
        normalise(
            join((part.part, part.raw) for part in parts),
            observed=printed_at(parts, "posted"),
            closes_observed=printed_at(parts, "closes"),
            first_seen=first_seen,
        )
    )
