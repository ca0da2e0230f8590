"""Adverts that were forgotten at somebody's wish: never folded again, by no crawl and no rebuild.

They stand in the archive, and in a file beside the captures, so that a rebuild from these alone knows them too.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import attrs

from jobscraper.archive.store import writing
from jobscraper.files.private import make_private_file, make_private_folder
from jobscraper.model.errors import JobscraperError

FILE = "forgotten.jsonl"
"""In the folder of the captures; a line for each advert."""

HANGING_ON = (
    *("event", "change", "issue", "live_period"),
    *("advert_url", "advert_place", "advert_part", "advert_text", "advert_reference"),
)
"""The tables whose rows hang on an advert's."""


@attrs.frozen(kw_only=True)
class Tombstone:
    """That an advert was forgotten, when (UTC) and why."""

    advert_id: str
    url: str | None
    reason: str
    forgotten_at: str


def tombstones_in(captures: Path) -> list[Tombstone]:
    """The tombstones beside the captures; none where there is no file.

    :raises JobscraperError: a line of it cannot be read: what is forgotten must not come back in silence.
    """
    path = captures / FILE
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Tombstone(**json.loads(line)))
        except (ValueError, TypeError):
            raise JobscraperError(
                f"{path}:{number}: not a tombstone; put the line back from a copy, or remove it"
            ) from None
    return found


def add_to_file(captures: Path, tombstone: Tombstone) -> None:
    """Write a tombstone beside the captures, once; it is on the disk when this returns."""
    if tombstone.advert_id in {one.advert_id for one in tombstones_in(captures)}:
        return
    make_private_folder(captures)
    path = captures / FILE
    make_private_file(path)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(attrs.asdict(tombstone), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def enter(db: sqlite3.Connection, tombstones: Iterable[Tombstone]) -> None:
    """Enter tombstones into an archive, those that it does not have."""
    with writing(db):
        db.executemany(
            "INSERT INTO tombstone (advert_id, url, reason, forgotten_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [attrs.astuple(one) for one in tombstones],
        )


def tombstones_of(db: sqlite3.Connection) -> list[Tombstone]:
    """The tombstones of an archive; one of an older version has none."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'tombstone'").fetchone():
        return []
    return [Tombstone(**row) for row in db.execute("SELECT * FROM tombstone ORDER BY advert_id")]


def forgotten(db: sqlite3.Connection, source_id: str) -> frozenset[str]:
    """The ids of the adverts of a source that were forgotten."""
    rows = db.execute("SELECT advert_id FROM tombstone WHERE instr(advert_id, ? || ':') = 1", (source_id,))
    return frozenset(row[0] for row in rows)


def bury(db: sqlite3.Connection, tombstone: Tombstone) -> None:
    """Put a tombstone in the place of an advert and all that hangs on it, in one transaction."""
    with writing(db):
        for table in HANGING_ON:
            db.execute(f"DELETE FROM {table} WHERE advert_id = ?", (tombstone.advert_id,))
        db.execute("DELETE FROM advert WHERE id = ?", (tombstone.advert_id,))
        db.execute(
            "INSERT INTO tombstone (advert_id, url, reason, forgotten_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            attrs.astuple(tombstone),
        )
