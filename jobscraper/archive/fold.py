"""Folding: the only way into the archive. Folding the same thing twice changes nothing.

A page is folded whole or not at all: its capture, its adverts, their history and its problems are one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import attrs

from jobscraper.archive.employers import add_employer
from jobscraper.archive.history import Change, changes, events
from jobscraper.archive.ledger import add_event, add_issue
from jobscraper.archive.parts import RANK, digest, from_json, join, to_json
from jobscraper.archive.rows import advert_columns
from jobscraper.archive.store import writing
from jobscraper.capture.record import Capture, instant
from jobscraper.items import Part, RawAdvert, Reading
from jobscraper.normalise.advert import Advert, normalise, normaliser_version
from jobscraper.normalise.contacts import redact, redact_advert
from jobscraper.normalise.description import plain_text
from jobscraper.normalise.location import Place


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


def fold_page(db: sqlite3.Connection, run_id: str, source_id: str, capture: Capture, reading: Reading) -> Folded:
    """Fold all that a page gave, in one transaction; its capture is in the archive already.

    :raises sqlite3.Error: nothing of the page was written (a full disk, a lock that does not end).
    """
    folded = Folded()
    with writing(db):
        for raw in reading.adverts:
            _fold(db, _Sighting(run_id, source_id, capture, reading.part, raw), folded)
        for problem in reading.problems:
            text, _ = redact(problem.text)
            add_issue(db, run_id, None, problem.field, problem.kind, f"{capture.url}: {text}")
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
    advert = normalise(raw)
    columns = advert_columns(advert) | {
        "id": sighting.advert_id,
        "source_id": sighting.source_id,
        "source_ref": raw.source_ref,
        "status": "live",
        "first_seen": sighting.at,
        "last_seen": sighting.at,
        "capture_id": sighting.capture.id,
        "normaliser_version": normaliser_version(),
        "url": raw.url or sighting.capture.url,
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
    changed = _rewrite(db, sighting, normalise(join(_parts(db, sighting.advert_id, raw.source_ref))), "source")
    for event in events(changed):
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, event.kind, event.detail)
    if text_changed:
        add_event(db, sighting.advert_id, sighting.run_id, sighting.at, "amended", "text")
    db.execute("UPDATE advert SET capture_id = ? WHERE id = ?", (sighting.capture.id, sighting.advert_id))
    folded.changed += bool(changed or text_changed)
    folded.contacts_removed += removed


def _read_again(db: sqlite3.Connection, sighting: _Sighting) -> None:
    """Read the stored parts with this version, so that what differs is put down to us and not to the board."""
    parts = list(_parts(db, sighting.advert_id, sighting.raw.source_ref))
    if parts:
        _rewrite(db, sighting, normalise(join(parts)), "normaliser")


def _rewrite(db: sqlite3.Connection, sighting: _Sighting, advert: Advert, cause: str) -> list[Change]:
    old = db.execute("SELECT * FROM advert WHERE id = ?", (sighting.advert_id,)).fetchone()
    columns = advert_columns(advert)
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
    db.execute(
        "UPDATE advert SET last_seen = max(last_seen, ?), url = coalesce(?, url) WHERE id = ?",
        (sighting.at, sighting.raw.url, sighting.advert_id),
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


def _parts(db: sqlite3.Connection, advert_id: str, source_ref: str) -> Iterable[tuple[Part, RawAdvert]]:
    rows = db.execute("SELECT part, fields FROM advert_part WHERE advert_id = ?", (advert_id,)).fetchall()
    return [(row["part"], from_json(source_ref, row["fields"])) for row in rows]


def _redacted(raw: RawAdvert) -> tuple[RawAdvert, int]:
    return redact_advert(attrs.evolve(raw, description=plain_text(raw.description)))


def _store_part(db: sqlite3.Connection, sighting: _Sighting, raw: RawAdvert, part_digest: str) -> bool:
    """Store a part; return whether it changed a description that was there."""
    columns: dict[str, Any] = {
        "advert_id": sighting.advert_id,
        "part": sighting.part,
        "observed_at": sighting.at,
        "capture_id": sighting.capture.id,
        "digest": part_digest,
        "fields": to_json(raw),
    }
    db.execute(
        f"INSERT INTO advert_part ({', '.join(columns)}) VALUES ({_marks(columns)}) ON CONFLICT DO UPDATE SET"
        " observed_at = excluded.observed_at, capture_id = excluded.capture_id, digest = excluded.digest,"
        " fields = excluded.fields",
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
