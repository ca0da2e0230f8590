"""Adverts that their boards renamed: one advert, whatever reference it is listed under today.

On Teaching Vacancies the reference is made of the title: a new title makes another one, and the old address leads to the new
one. Taken for two adverts, the first would be `withdrawn`, the second `listed`, and the later closing date no extension: of
104 adverts that were gone from six real snapshots, four had come back at once under another reference.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from jobscraper.archive.ledger import add_issue
from jobscraper.archive.parts import RANK, from_json
from jobscraper.archive.sighting import Sighting
from jobscraper.archive.tombstones import HANGING_ON
from jobscraper.model.reading import Part
from jobscraper.text.fold import fold_name

MOST_LOOKED_FOR = 50
"""Adverts after which one run asks where they went: a board that lost its list is not asked for every page of it."""


@attrs.frozen(kw_only=True)
class Listing:
    """A live advert, as far as it may be the same one as another: `employer` as printed, None where the board prints none."""

    id: str
    url: str | None
    employer: str | None
    first_seen: datetime
    last_seen: datetime


def is_same_advert(old: Listing, new: Listing) -> bool:
    """Whether an advert was renamed, where its old address leads to the new one.

    The one ended when the other began, and both are of the same employer. Boards also lead from an advert that is gone to
    one that is like it, or that stood beside it all the time: those are two.
    """
    return old.id != new.id and old.last_seen <= new.first_seen and _may_be_the_same(old.employer, new.employer)


def to_look_for(live: Iterable[Listing], seen: frozenset[str]) -> list[Listing]:
    """The adverts that a run did not list and that may stand in it under another reference, the last seen first."""
    live = list(live)
    newest: dict[str, Listing] = {}
    for one in sorted(live, key=lambda one: one.first_seen):
        newest[fold_name(one.employer or "")] = one
    missing = (one for one in live if one.id not in seen and one.url)
    found = [
        one
        for one in missing
        if any(
            employer in newest and is_same_advert(one, newest[employer])
            for employer in ("", fold_name(one.employer or ""))
        )
    ]
    return sorted(found, key=lambda one: (one.last_seen, one.id), reverse=True)[:MOST_LOOKED_FOR]


def _may_be_the_same(old: str | None, new: str | None) -> bool:
    return old is None or new is None or fold_name(old) == fold_name(new)


def live_listings(db: sqlite3.Connection, source_id: str) -> list[Listing]:
    """The live adverts of a source."""
    rows = db.execute(f"{_LISTING} WHERE source_id = ? AND status = 'live'", (source_id,))
    return [_listing(row) for row in rows.fetchall()]


def references(db: sqlite3.Connection, source_id: str) -> dict[str, str]:
    """The ids of renamed adverts by the references that they were given later."""
    rows = db.execute("SELECT source_ref, advert_id FROM advert_reference WHERE source_id = ?", (source_id,))
    return {row["source_ref"]: row["advert_id"] for row in rows}


def id_of(db: sqlite3.Connection, source_id: str, source_ref: str) -> str:
    """The id of the advert that a board lists under a reference; that of a new advert where none is known."""
    row = db.execute(
        "SELECT advert_id FROM advert_reference WHERE source_id = ? AND source_ref = ?", (source_id, source_ref)
    ).fetchone()
    return str(row["advert_id"]) if row else f"{source_id}:{source_ref}"


def advert_at(db: sqlite3.Connection, source_id: str, url: str) -> Listing | None:
    """The one advert of a source whose own page is, or was, at an address; None where there is none, or several share it."""
    rows = db.execute(
        f"{_LISTING} WHERE source_id = ?1 AND id IN (SELECT advert_id FROM advert_url WHERE url = ?2 UNION"
        " SELECT advert_id FROM capture JOIN advert_part ON advert_part.capture_id = capture.id AND part = 'page'"
        " WHERE capture.url = ?2) LIMIT 2",
        (source_id, url),
    ).fetchall()
    return _listing(rows[0]) if len(rows) == 1 else None


def sightings_as(db: sqlite3.Connection, new: Listing, old: Listing, run_id: str, source_id: str) -> list[Sighting]:
    """What an advert printed under its new reference, as sightings of it under the id that it has had all the time."""
    text = db.execute("SELECT description, part FROM advert_text WHERE advert_id = ?", (new.id,)).fetchone()
    source_ref = db.execute("SELECT source_ref FROM advert WHERE id = ?", (new.id,)).fetchone()["source_ref"]
    found = []
    for row in db.execute("SELECT * FROM advert_part WHERE advert_id = ?", (new.id,)).fetchall():
        part: Part = row["part"]
        raw = from_json(source_ref, row["fields"])
        if text and text["part"] == part:
            raw = attrs.evolve(raw, description=text["description"])
        found.append(
            Sighting(
                advert_id=old.id,
                run_id=run_id,
                source_id=source_id,
                capture_id=row["capture_id"],
                at=row["observed_at"],
                part=part,
                raw=raw,
                digest=row["digest"],
            )
        )
    return sorted(found, key=lambda sighting: (sighting.at, RANK[sighting.part]))


def take_over(db: sqlite3.Connection, source_id: str, new: Listing, old: Listing, capture_id: str) -> None:
    """Put a reference in the place of the advert that was begun under it; what was observed of it is the old one's history."""
    row = db.execute("SELECT source_ref, first_seen, last_seen FROM advert WHERE id = ?", (new.id,)).fetchone()
    for table in ("change", "event"):
        kept = " AND kind <> 'listed'" if table == "event" else ""
        db.execute(f"UPDATE {table} SET advert_id = ? WHERE advert_id = ?{kept}", (old.id, new.id))
    db.execute("UPDATE advert_reference SET advert_id = ? WHERE advert_id = ?", (old.id, new.id))
    for table in HANGING_ON:
        db.execute(f"DELETE FROM {table} WHERE advert_id = ?", (new.id,))
    db.execute("DELETE FROM advert WHERE id = ?", (new.id,))
    db.execute("UPDATE advert SET last_seen = max(last_seen, ?) WHERE id = ?", (row["last_seen"], old.id))
    db.execute(
        "INSERT INTO advert_reference (source_id, source_ref, advert_id, first_seen, capture_id) VALUES (?, ?, ?, ?, ?)",
        (source_id, row["source_ref"], old.id, row["first_seen"], capture_id),
    )


def doubt(db: sqlite3.Connection, run_id: str, old: Listing, new: Listing) -> None:
    """Say that an address leads to another advert that is not taken for the same one."""
    text = f"its address leads to {new.id}, which is of another employer or stood beside it: two adverts"
    add_issue(db, run_id, old.id, None, "leads_to_another", text)


def began_in(db: sqlite3.Connection, advert: Listing, run_id: str) -> bool:
    """Whether an advert was first seen in a run."""
    begun = "SELECT 1 FROM event WHERE advert_id = ? AND kind = 'listed' AND run_id = ?"
    return db.execute(begun, (advert.id, run_id)).fetchone() is not None


def up_to(db: sqlite3.Connection, old: Listing, new: Listing, run_id: str) -> Listing:
    """The old advert as it was when the new one began: a list may print the old reference again later in the same run."""
    if not began_in(db, new, run_id):
        return old
    return attrs.evolve(old, last_seen=min(old.last_seen, new.first_seen))


def tell_apart(printed: Mapping[tuple[str, Part], str], old: Listing, new: Listing) -> bool:
    """Whether a run has listed both: then they are two, whatever the address of one leads to."""
    return all(any((one.id, part) in printed for part in _LISTS) for one in (old, new))


_LISTS: Sequence[Part] = ("card", "feed")
_LISTING = "SELECT id, url, employer_text, first_seen, last_seen FROM advert"


def _listing(row: sqlite3.Row) -> Listing:
    return Listing(
        id=row["id"],
        url=row["url"],
        employer=row["employer_text"],
        first_seen=datetime.fromisoformat(row["first_seen"]),
        last_seen=datetime.fromisoformat(row["last_seen"]),
    )
