"""Folding: the only way into the archive. Folding the same thing twice changes nothing.

A page is folded whole or not at all: its capture, its adverts, their history and its problems are one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from jobscraper.archive.employers import add_employer
from jobscraper.archive.history import Change, changes, events, steady
from jobscraper.archive.ledger import add_event, add_issue
from jobscraper.archive.parts import RANK, StoredPart, digest, from_json, join, printed_at, to_json
from jobscraper.archive.rows import advert_columns
from jobscraper.archive.store import writing
from jobscraper.capture.record import Capture, instant
from jobscraper.items import Part, RawAdvert, Reading
from jobscraper.normalise.advert import Advert, normalise, normaliser_version
from jobscraper.normalise.contacts import redact, redact_advert, redact_emails
from jobscraper.normalise.description import plain_text
from jobscraper.normalise.location import Place


@attrs.define
class RunFold:
    """A run, as far as folding must know it: `printed` holds what it has printed so far, by advert and part.

    Two different prints under one reference in one run are not a change; taking them for one would forge history anew
    with every run.
    """

    run_id: str
    source_id: str
    printed: dict[tuple[str, Part], str] = attrs.field(factory=dict)


@attrs.define
class Folded:
    """What folding a page did."""

    seen: set[str] = attrs.field(factory=set)
    new: int = 0
    changed: int = 0
    contacts_removed: int = 0


@attrs.frozen
class _Sighting:
    """One part of one advert, seen in one capture of one run."""

    run_id: str
    source_id: str
    capture: Capture
    part: Part
    raw: RawAdvert

    @property
    def advert_id(self) -> str:
        return f"{self.source_id}:{self.raw.source_ref}"

    @property
    def at(self) -> str:
        return instant(self.capture.fetched_at)


def fold_page(db: sqlite3.Connection, run: RunFold, capture: Capture, reading: Reading) -> Folded:
    """Fold all that a page gave, in one transaction; its capture is in the archive already.

    :raises sqlite3.Error: nothing of the page was written (a full disk, a lock that does not end).
    """
    folded = Folded()
    with writing(db):
        for raw in reading.adverts:
            sighting = _Sighting(run.run_id, run.source_id, capture, reading.part, raw)
            first = run.printed.setdefault((sighting.advert_id, sighting.part), digest(raw))
            if first == digest(raw):
                _fold(db, sighting, folded)
            else:
                text = f"another print in the same run is left out: {raw.title!r} ({capture.url})"
                add_issue(db, run.run_id, sighting.advert_id, None, "same_reference_twice", redact(text)[0])
        for problem in reading.problems:
            text, _ = redact(f"{capture.url}: {problem.text}")
            add_issue(db, run.run_id, None, problem.field, problem.kind, text)
    return folded


def _fold(db: sqlite3.Connection, sighting: _Sighting, folded: Folded) -> None:
    folded.seen.add(sighting.advert_id)
    stored = db.execute(
        "SELECT p.digest, p.observed_at, a.normaliser_version, a.status, a.closes_at FROM advert a"
        " LEFT JOIN advert_part p ON p.advert_id = a.id AND p.part = ? WHERE a.id = ?",
        (sighting.part, sighting.advert_id),
    ).fetchone()
    part_digest = digest(sighting.raw)
    if stored is None:
        _insert(db, sighting, part_digest, folded)
        return
    if stored["observed_at"] and sighting.at < stored["observed_at"]:
        # An old capture, replayed late, tells nothing new but when the advert was already there.
        db.execute("UPDATE advert SET first_seen = min(first_seen, ?) WHERE id = ?", (sighting.at, sighting.advert_id))
        return
    if stored["normaliser_version"] != normaliser_version():
        _read_again(db, sighting)
    if stored["digest"] != part_digest:
        _update(db, sighting, part_digest, folded)
    _touch(db, sighting)
    if stored["status"] != "live":
        _relist(db, sighting)


def _insert(db: sqlite3.Connection, sighting: _Sighting, part_digest: str, folded: Folded) -> None:
    raw, removed = _redacted(sighting.raw)
    advert = normalise(raw, observed=_moment(sighting.at))
    columns = advert_columns(advert) | {
        "id": sighting.advert_id,
        "source_id": sighting.source_id,
        "source_ref": raw.source_ref,
        "status": "live",
        "first_seen": sighting.at,
        "last_seen": sighting.at,
        "capture_id": sighting.capture.id,
        "normaliser_version": normaliser_version(),
    }
    _add_referenced(db, advert)
    db.execute(f"INSERT INTO advert ({', '.join(columns)}) VALUES ({_marks(columns)})", tuple(columns.values()))
    _store_part(db, sighting, raw, part_digest)
    _store_details(db, sighting.run_id, sighting.advert_id, advert)
    add_event(db, sighting.advert_id, sighting.run_id, sighting.at, "listed", None)
    folded.new += 1
    folded.contacts_removed += removed


def _update(db: sqlite3.Connection, sighting: _Sighting, part_digest: str, folded: Folded) -> None:
    raw, removed = _redacted(sighting.raw)
    text_changed = _store_part(db, sighting, raw, part_digest)
    changed = _rewrite(db, sighting, _normalised(_parts(db, sighting)), "source")
    for event in events(changed):
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, event.kind, event.detail)
    if text_changed:
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, "amended", "text")
    db.execute("UPDATE advert SET capture_id = ? WHERE id = ?", (sighting.capture.id, sighting.advert_id))
    folded.changed += bool(changed or text_changed)
    folded.contacts_removed += removed


def _read_again(db: sqlite3.Connection, sighting: _Sighting) -> None:
    """Read the stored parts with this version, so that what differs is put down to us and not to the board."""
    parts = _parts(db, sighting)
    if parts:
        _rewrite(db, sighting, _normalised(parts), "normaliser")


def _rewrite(db: sqlite3.Connection, sighting: _Sighting, advert: Advert, cause: str) -> list[Change]:
    old = db.execute("SELECT * FROM advert WHERE id = ?", (sighting.advert_id,)).fetchone()
    columns = advert_columns(advert)
    for column in ("posted_on", "closes_at"):
        columns[column] = steady(old[column], columns[column], advert.evidence.get(column))
    changed = changes(old, columns)
    _add_referenced(db, advert)
    columns |= {"normaliser_version": normaliser_version(), "url": columns["url"] or old["url"]}
    assignments = ", ".join(f"{column} = ?" for column in columns)
    db.execute(f"UPDATE advert SET {assignments} WHERE id = ?", (*columns.values(), sighting.advert_id))
    _add_changes(db, sighting, changed, cause)
    _store_details(db, sighting.run_id, sighting.advert_id, advert)
    return changed


def _add_changes(db: sqlite3.Connection, sighting: _Sighting, changed: Iterable[Change], cause: str) -> None:
    db.executemany(
        "INSERT INTO change (advert_id, run_id, observed_at, field, old, new, cause) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (sighting.advert_id, sighting.run_id, sighting.at, change.field, change.old, change.new, cause)
            for change in changed
        ],
    )


def _touch(db: sqlite3.Connection, sighting: _Sighting) -> None:
    """The advert is still there."""
    url = redact_emails(sighting.raw.url) if sighting.raw.url else None
    db.execute(
        "UPDATE advert SET last_seen = max(last_seen, ?), url = coalesce(?, url) WHERE id = ?",
        (sighting.at, url, sighting.advert_id),
    )
    db.execute(
        "UPDATE advert_part SET observed_at = ? WHERE advert_id = ? AND part = ?",
        (sighting.at, sighting.advert_id, sighting.part),
    )


def _relist(db: sqlite3.Connection, sighting: _Sighting) -> None:
    """One that had ended is live again, unless it is past its closing time: boards leave those standing."""
    ended = db.execute(
        "SELECT ended_at FROM advert WHERE id = ? AND last_seen = ? AND coalesce(closes_at > ?, 1)",
        (sighting.advert_id, sighting.at, sighting.at),
    ).fetchone()
    if ended is None:
        return
    db.execute("UPDATE advert SET status = 'live', ended_at = NULL WHERE id = ?", (sighting.advert_id,))
    if ended["ended_at"]:
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, "relisted", None)


def _parts(db: sqlite3.Connection, sighting: _Sighting) -> list[StoredPart]:
    rows = db.execute("SELECT part, fields, printed_at FROM advert_part WHERE advert_id = ?", (sighting.advert_id,))
    return [
        StoredPart(row["part"], from_json(sighting.raw.source_ref, row["fields"]), _moment(row["printed_at"]))
        for row in rows.fetchall()
    ]


def _normalised(parts: list[StoredPart]) -> Advert:
    """Read the joined parts; each date is counted from the moment at which its own part first printed it."""
    return normalise(
        join((part.part, part.raw) for part in parts),
        observed=printed_at(parts, "posted"),
        closes_observed=printed_at(parts, "closes"),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _redacted(raw: RawAdvert) -> tuple[RawAdvert, int]:
    return redact_advert(attrs.evolve(raw, description=plain_text(raw.description)))


def _store_part(db: sqlite3.Connection, sighting: _Sighting, raw: RawAdvert, part_digest: str) -> bool:
    """Store a part; return whether it changed a description that was there.

    `printed_at` stays as long as the part prints the same dates, whatever else changes: `1 week ago` that is read again
    with a new title must not become another day.
    """
    columns: dict[str, Any] = {
        "advert_id": sighting.advert_id,
        "part": sighting.part,
        "observed_at": sighting.at,
        "printed_at": sighting.at,
        "capture_id": sighting.capture.id,
        "digest": part_digest,
        "fields": to_json(raw),
    }
    db.execute(
        f"INSERT INTO advert_part ({', '.join(columns)}) VALUES ({_marks(columns)}) ON CONFLICT DO UPDATE SET"
        " observed_at = excluded.observed_at, capture_id = excluded.capture_id, digest = excluded.digest,"
        " fields = excluded.fields, printed_at = CASE"
        " WHEN json_extract(fields, '$.posted') IS json_extract(excluded.fields, '$.posted')"
        " AND json_extract(fields, '$.closes') IS json_extract(excluded.fields, '$.closes')"
        " THEN printed_at ELSE excluded.printed_at END",
        tuple(columns.values()),
    )
    return _store_text(db, sighting, raw.description) if raw.description else False


def _store_text(db: sqlite3.Connection, sighting: _Sighting, description: str) -> bool:
    old = db.execute("SELECT description, part FROM advert_text WHERE advert_id = ?", (sighting.advert_id,)).fetchone()
    if old and (RANK[old["part"]] > RANK[sighting.part] or old["description"] == description):
        return False
    db.execute(
        "INSERT INTO advert_text (advert_id, description, part) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
        " description = excluded.description, part = excluded.part",
        (sighting.advert_id, description, sighting.part),
    )
    if old and old["part"] == sighting.part:
        _add_changes(db, sighting, [Change("description", old["description"], description)], "source")
        return True
    return False


def _add_referenced(db: sqlite3.Connection, advert: Advert) -> None:
    """Write the rows that the advert's row refers to, before it."""
    if advert.employer.employer_id:
        add_employer(db, advert.employer)
    for place in advert.location.places:
        if place.place_id:
            _add_place(db, place)


def _add_place(db: sqlite3.Connection, place: Place) -> None:
    row = (place.place_id, place.place or place.text, place.lad_code, place.lad_name, place.region, place.nation)
    db.execute(
        "INSERT INTO place (id, name, lad_code, lad_name, region, nation, latitude, longitude)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (*row, place.latitude, place.longitude),
    )


def _store_details(db: sqlite3.Connection, run_id: str, advert_id: str, advert: Advert) -> None:
    """Replace the places and the doubts of an advert by those of this reading."""
    db.execute("DELETE FROM advert_place WHERE advert_id = ?", (advert_id,))
    for position, place in enumerate(advert.location.places, 1):
        row = (advert_id, position, place.text, place.place_id, place.lad_code, place.region, place.nation)
        db.execute(
            "INSERT INTO advert_place (advert_id, position, text, place_id, lad_code, region, nation, postcode,"
            " latitude, longitude) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, place.postcode, place.latitude, place.longitude),
        )
    db.execute("DELETE FROM issue WHERE advert_id = ?", (advert_id,))
    for issue in advert.issues:
        add_issue(db, run_id, advert_id, issue.field, issue.kind, issue.text)


def _marks(columns: dict[str, Any]) -> str:
    return ", ".join("?" * len(columns))
