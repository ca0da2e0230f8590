"""What a snapshot is built without: an advert in which a check finds what nobody may see costs itself, and not the site.

It is told in three places: by whoever publishes, as an issue of the archive, and by `jobscraper health`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import attrs

from jobscraper.archive.ledger import add_issue
from jobscraper.archive.store import ArchiveError, open_archive, open_for_reading, writing
from jobscraper.normalise.contacts import redact
from jobscraper.publish.dictionary import archive_tables

FEW = 20
MOST_SHARE = 0.10
"""Of all adverts: where more would be left out, not they are at fault but whatever should have cleaned them."""

ISSUE = "left_out"
"""The kind of the issues that say what the newest snapshot was built without."""

_NEVER = frozenset({"source", "run", "capture"})  # Everything hangs on them.


@attrs.frozen
class BadValue:
    """A value that may not be published: in which column of which row, by the first column of its table.

    `why` names the check, `place` the row in words that can be shown.
    """

    table: str
    column: str
    key: str | int
    why: str
    place: str


@attrs.frozen
class LeftOut:
    """Adverts, and rows of tables that are no adverts' (`rows`: table and first column), each with the reason."""

    adverts: dict[str, BadValue] = attrs.field(factory=dict)
    rows: dict[tuple[str, str | int], BadValue] = attrs.field(factory=dict)

    def __bool__(self) -> bool:
        return bool(self.adverts or self.rows)

    def keys(self) -> Iterator[tuple[str, str | int]]:
        """All of it as tables and first columns."""
        yield from (("advert", advert_id) for advert_id in self.adverts)
        yield from self.rows

    def lines(self) -> list[str]:
        """A line for each advert and row, without anybody's contact details."""
        return [f"left out: {value.place}: {value.why}" for value in (*self.adverts.values(), *self.rows.values())]


def too_many(left: int, adverts: int) -> str | None:
    """Say why a snapshot is not published without `left` of so many adverts."""
    if left > FEW and left > MOST_SHARE * adverts:
        return f"{left:,} of {adverts:,} adverts would be left out, more than {MOST_SHARE:.0%}"
    return None


def with_values(before: LeftOut, snapshot: Path, values: Iterable[BadValue]) -> LeftOut:
    """What is to be left out so that none of `values` is published: their adverts, and rows that belong to none."""
    adverts, rows = dict(before.adverts), dict(before.rows)
    with closing(sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=ro", uri=True)) as db:
        for value in values:
            if value.table not in archive_tables() or value.table in _NEVER:
                continue  # Made of what stands in the others, or all hangs on it.
            found = _adverts_of(db, value.table, value.key)
            for advert_id in found:
                adverts.setdefault(advert_id, value)
            is_of_adverts = value.table == "advert" or "advert" in _references(db, value.table).values()
            if not (found and is_of_adverts):
                rows.setdefault((value.table, value.key), value)
    return LeftOut(adverts, rows)


def _adverts_of(db: sqlite3.Connection, table: str, key: str | int) -> set[str]:
    """The adverts that a row is a part of, or that refer to it, directly or by one other row."""
    if table == "advert":
        return {str(key)}
    own = [column for column, parent in _references(db, table).items() if parent == "advert"]
    if own:
        return _values(db, table, own, _first_column(db, table), key)
    found: set[str] = set()
    for child in archive_tables():
        references = _references(db, child)
        columns = [column for column, parent in references.items() if parent == "advert"]
        for column in (column for column, parent in references.items() if parent == table):
            found |= _values(db, child, ["id"] if child == "advert" else columns, column, key)
    return found


def _values(db: sqlite3.Connection, table: str, columns: list[str], where: str, key: str | int) -> set[str]:
    query = 'SELECT "{}" FROM "{}" WHERE "{}" = ?'
    rows = (db.execute(query.format(column, table, where), (key,)).fetchall() for column in columns)
    return {row[0] for found in rows for row in found if row[0] is not None}


def _references(db: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table that refer to another one, and to which."""
    return {row[3]: row[2] for row in db.execute(f'PRAGMA foreign_key_list("{table}")')}


def _first_column(db: sqlite3.Connection, table: str) -> str:
    return str(db.execute(f'PRAGMA table_info("{table}")').fetchone()[1])


def note(archive: Path, left_out: LeftOut) -> None:
    """Let the issues of the archive say what the newest snapshot was built without; where that is nothing, it is only read.

    An archive that cannot be written keeps nobody from publishing.
    """
    with closing(open_for_reading(archive)) as db:
        if not left_out and not db.execute("SELECT 1 FROM issue WHERE kind = ? LIMIT 1", (ISSUE,)).fetchone():
            return
    try:
        with closing(open_archive(archive)) as db, writing(db):
            db.execute("DELETE FROM issue WHERE kind = ?", (ISSUE,))
            for advert_id, value in left_out.adverts.items():
                run = db.execute(
                    "SELECT run_id FROM capture WHERE id = (SELECT capture_id FROM advert WHERE id = ?)", (advert_id,)
                ).fetchone()
                if run:
                    add_issue(db, run[0], advert_id, value.column, ISSUE, redact(f"{value.place}: {value.why}")[0])
    except (ArchiveError, sqlite3.Error):
        return


NOTED = """SELECT source_id, text FROM issue JOIN advert ON advert.id = issue.advert_id
WHERE issue.kind = 'left_out' ORDER BY issue.id"""
"""Of each source, what is left out of its adverts, in words."""
