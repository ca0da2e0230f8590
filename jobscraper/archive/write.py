"""The statements by which folding writes adverts. All of them run inside a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from jobscraper.archive.employers import add_employer
from jobscraper.archive.history import Cause, Change
from jobscraper.archive.ledger import add_event, add_issue
from jobscraper.archive.parts import RANK, to_json
from jobscraper.archive.prepare import AdvertRows, PreparedAdvert
from jobscraper.archive.sighting import Sighting
from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.contacts import redact_url
from jobscraper.normalise.contacts.messages import private
from jobscraper.normalise.location.location import Place
from jobscraper.normalise.version import normaliser_version
from jobscraper.registers.places import area as area_with_id
from jobscraper.registers.places import place_with_id

New = Sequence[tuple[Sighting, PreparedAdvert]]


def add_adverts(db: sqlite3.Connection, new: New) -> None:
    """Add adverts that the archive does not know, live from now, with all that hangs on them."""
    for _, prepared in new:
        add_referenced(db, prepared.rows)
    rows = [_advert_row(sighting, prepared) for sighting, prepared in new]
    if rows:
        db.executemany(_insert("advert", rows[0]), [tuple(row.values()) for row in rows])
    db.executemany(
        "INSERT INTO advert_part (advert_id, part, observed_at, printed_at, capture_id, digest, fields)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [_part_row(sighting, prepared.raw) for sighting, prepared in new],
    )
    db.executemany(
        "INSERT INTO advert_text (advert_id, description, part) VALUES (?, ?, ?)",
        [
            (sighting.advert_id, prepared.raw.description, sighting.part)
            for sighting, prepared in new
            if prepared.raw.description
        ],
    )
    for sighting, prepared in new:
        _add_details(db, sighting, prepared.rows)
    db.executemany(
        "INSERT INTO event (advert_id, run_id, at, kind) VALUES (?, ?, ?, 'listed')",
        [(sighting.advert_id, sighting.run_id, sighting.at) for sighting, _ in new],
    )
    db.executemany(
        "INSERT INTO live_period (advert_id, live_from) VALUES (?, ?)",
        [(sighting.advert_id, sighting.at) for sighting, _ in new],
    )
    db.executemany(
        "INSERT INTO advert_url (advert_id, url, first_seen) VALUES (?, ?, ?)",
        [(row["id"], row["url"], row["first_seen"]) for row in rows if row["url"]],
    )


def _advert_row(sighting: Sighting, prepared: PreparedAdvert) -> dict[str, Any]:
    return {
        **prepared.rows.columns,
        "id": sighting.advert_id,
        "source_id": sighting.source_id,
        "source_ref": prepared.raw.source_ref,
        "status": "live",
        "first_seen": sighting.at,
        "last_seen": sighting.at,
        "capture_id": sighting.capture_id,
        "normaliser_version": normaliser_version(),
    }


def _part_row(sighting: Sighting, raw: RawAdvert) -> tuple[str, ...]:
    key = (sighting.advert_id, sighting.part)
    return (*key, sighting.at, sighting.at, sighting.capture_id, sighting.digest, to_json(raw))


def store_part(db: sqlite3.Connection, sighting: Sighting, raw: RawAdvert) -> None:
    """Store what a part prints now.

    `printed_at` stays as long as the part prints the same dates, whatever else changes: `1 week ago` that is read again
    with a new title must not become another day.
    """
    db.execute(
        "INSERT INTO advert_part (advert_id, part, observed_at, printed_at, capture_id, digest, fields)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " observed_at = excluded.observed_at, capture_id = excluded.capture_id, digest = excluded.digest,"
        " fields = excluded.fields, printed_at = CASE"
        " WHEN json_extract(fields, '$.posted') IS json_extract(excluded.fields, '$.posted')"
        " AND json_extract(fields, '$.closes') IS json_extract(excluded.fields, '$.closes')"
        " THEN printed_at ELSE excluded.printed_at END",
        _part_row(sighting, raw),
    )


def store_text(db: sqlite3.Connection, sighting: Sighting, description: str) -> bool:
    """Store a description, unless a part of higher rank has one; return whether it changed one that was there."""
    old = db.execute("SELECT description, part FROM advert_text WHERE advert_id = ?", (sighting.advert_id,)).fetchone()
    if old and (RANK[old["part"]] > RANK[sighting.part] or old["description"] == description):
        return False
    db.execute(
        "INSERT INTO advert_text (advert_id, description, part) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
        " description = excluded.description, part = excluded.part",
        (sighting.advert_id, description, sighting.part),
    )
    if old and old["part"] == sighting.part:
        add_changes(db, sighting, [Change("description", old["description"], description)], "source")
        return True
    return False


def touch(db: sqlite3.Connection, seen: Iterable[tuple[Sighting, sqlite3.Row]]) -> None:
    """The adverts are still there; `seen` has with each the row that folding knows it by."""
    seen = list(seen)
    urls = (
        (sighting, row, redact_url(sighting.raw.url)[0])
        for sighting, row in seen
        if sighting.raw.url != row["url"] and sighting.raw.url
    )
    _move(db, [(sighting, row, url) for sighting, row, url in urls if url != row["url"]])
    db.executemany(
        "UPDATE advert SET last_seen = max(last_seen, ?) WHERE rowid = ?",
        [(sighting.at, row["advert_row"]) for sighting, row in seen],
    )
    db.executemany(
        "UPDATE advert_part SET observed_at = ? WHERE rowid = ?",
        [(sighting.at, row["part_row"]) for sighting, row in seen if row["part_row"] is not None],
    )


def _move(db: sqlite3.Connection, moved: Iterable[tuple[Sighting, sqlite3.Row, str]]) -> None:
    """The adverts have another URL than the one that we knew; that one was last seen when the advert was."""
    for sighting, row, url in moved:
        db.execute(
            "UPDATE advert_url SET last_seen = (SELECT last_seen FROM advert WHERE id = advert_id)"
            " WHERE advert_id = ? AND url = ?",
            (sighting.advert_id, row["url"]),
        )
        db.execute(
            "INSERT INTO advert_url (advert_id, url, first_seen) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET last_seen = NULL",
            (sighting.advert_id, url, sighting.at),
        )
        db.execute("UPDATE advert SET url = ? WHERE rowid = ?", (url, row["advert_row"]))


def set_aside(db: sqlite3.Connection, sighting: Sighting, why: str) -> None:
    """An advert could not be folded as it is printed now: that is an issue. It is as it was, and still there."""
    seen = db.execute("UPDATE advert SET last_seen = max(last_seen, ?) WHERE id = ?", (sighting.at, sighting.advert_id))
    text = private(f"{sighting.advert_id[:_SHOWN]}: set aside: {why[:_SHOWN]}")
    known = sighting.advert_id if seen.rowcount else None
    add_issue(db, sighting.run_id, known, None, "advert_set_aside", text)


_SHOWN = 200


def move_first_seen(db: sqlite3.Connection, sighting: Sighting) -> bool:
    """Move the beginning of an advert back to an older sighting; return whether it is older than what was known."""
    moved = db.execute(
        "UPDATE advert SET first_seen = ? WHERE id = ? AND first_seen > ?",
        (sighting.at, sighting.advert_id, sighting.at),
    )
    if not moved.rowcount:
        return False
    db.execute(
        "UPDATE live_period SET live_from = ? WHERE advert_id = ? AND live_from ="
        " (SELECT min(live_from) FROM live_period WHERE advert_id = ?)",
        (sighting.at, sighting.advert_id, sighting.advert_id),
    )
    return True


def relist(db: sqlite3.Connection, sighting: Sighting) -> None:
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
        db.execute("INSERT INTO live_period (advert_id, live_from) VALUES (?, ?)", (sighting.advert_id, sighting.at))
    else:
        # It was only not known to be live; it has been all the time.
        db.execute(
            "UPDATE live_period SET live_to = NULL WHERE advert_id = ? AND live_from ="
            " (SELECT max(live_from) FROM live_period WHERE advert_id = ?)",
            (sighting.advert_id, sighting.advert_id),
        )


def add_changes(db: sqlite3.Connection, sighting: Sighting, changed: Iterable[Change], cause: Cause) -> None:
    """Enter what changed in an advert, and by whose doing."""
    db.executemany(
        "INSERT INTO change (advert_id, run_id, observed_at, field, old, new, cause) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (sighting.advert_id, sighting.run_id, sighting.at, change.field, change.old, change.new, cause)
            for change in changed
        ],
    )


def add_referenced(db: sqlite3.Connection, rows: AdvertRows) -> None:
    """Write the rows that an advert's row refers to, before it."""
    if rows.employer.employer_id:
        add_employer(db, rows.employer)
    db.executemany(
        "INSERT INTO place (id, name, lad_code, lad_name, region, nation, latitude, longitude)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [_place_row(place) for place in rows.places if place.place_id],
    )


def _place_row(place: Place) -> tuple[Any, ...]:
    """The row of a place: what its register says, not what a postcode beside its name says of that advert."""
    known = place_with_id(str(place.place_id))
    if known is not None:
        area = (known.lad_code, known.lad_name, known.region, known.nation)
        return (known.place_id, known.name, *area, known.latitude, known.longitude)
    wide = area_with_id(str(place.place_id))
    if wide is not None:
        lad = area_with_id(wide.lad_codes[0]) if len(wide.lad_codes) == 1 else None
        lad_columns = (lad.area_id, lad.name) if lad else (None, None)
        return (wide.area_id, wide.name, *lad_columns, wide.region, wide.nation, wide.latitude, wide.longitude)
    columns = (place.lad_code, place.lad_name, place.region, place.nation)
    return (place.place_id, place.place or place.text, *columns, place.latitude, place.longitude)


def replace_details(db: sqlite3.Connection, sighting: Sighting, rows: AdvertRows) -> None:
    """Replace the places and the doubts of an advert by those of this reading."""
    db.execute("DELETE FROM advert_place WHERE advert_id = ?", (sighting.advert_id,))
    db.execute("DELETE FROM issue WHERE advert_id = ?", (sighting.advert_id,))
    _add_details(db, sighting, rows)


def _add_details(db: sqlite3.Connection, sighting: Sighting, rows: AdvertRows) -> None:
    db.executemany(
        "INSERT INTO advert_place (advert_id, position, text, place_id, lad_code, region, nation, postcode,"
        " latitude, longitude) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(sighting.advert_id, position, place.text, place.place_id),
                *(place.lad_code, place.region, place.nation, place.postcode, place.latitude, place.longitude),
            )
            for position, place in enumerate(rows.places, 1)
        ],
    )
    for issue in rows.issues:
        add_issue(db, sighting.run_id, sighting.advert_id, issue.field, issue.kind, issue.text)


def _insert(table: str, columns: Iterable[str]) -> str:
    columns = list(columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
