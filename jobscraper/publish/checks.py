"""What a snapshot must pass before anybody sees it. Each check reads the finished file and says what is wrong."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import attrs

from jobscraper.archive.schema import APPLICATION_ID
from jobscraper.publish.build import table_rows
from jobscraper.publish.dictionary import tables

Rows = Mapping[str, int]

EMAIL = re.compile(r"[\w.+'-]+@\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
"""What no published table may hold. On its own, not that of the redaction: a check must not share a fault."""
_EXAMPLES = 3
_DISK = "publish again, and check the disk if it happens twice"


@attrs.frozen
class Check:
    """`find` gives what is wrong, or None; `remedy` says what the person who publishes can do about it."""

    name: str
    find: Callable[[sqlite3.Connection, Rows], str | None]
    remedy: str


def first_failure(snapshot: Path, rows: Rows) -> str | None:
    """Run all checks on a finished file, the cheap ones first.

    :param rows: how many rows each copied table has in the archive.
    :returns: one line that names the check, what is wrong, and what to do; None if all is well.
    """
    with closing(sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        try:
            for check in CHECKS:
                wrong = check.find(connection, rows)
                if wrong:
                    return f"{check.name}: {wrong}; {check.remedy}"
        except sqlite3.Error as error:
            return f"integrity: {error}; {_DISK}"
    return None


def _identity(connection: sqlite3.Connection, _: Rows) -> str | None:
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    return None if found == APPLICATION_ID else f"the file is marked {found:#x}, not {APPLICATION_ID:#x}"


def _tables(connection: sqlite3.Connection, _: Rows) -> str | None:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    missing = [name for name in tables() if name not in there]
    return f"there is no {', '.join(missing)}" if missing else None


def _counts(connection: sqlite3.Connection, rows: Rows) -> str | None:
    found = table_rows(connection)
    wrong = [
        f"{name} has {found[name]} rows, the archive {count}" for name, count in rows.items() if found[name] != count
    ]
    return ", ".join(wrong) or None


def _integrity(connection: sqlite3.Connection, _: Rows) -> str | None:
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if said == "ok" else str(said)


def _foreign_keys(connection: sqlite3.Connection, _: Rows) -> str | None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(_EXAMPLES)
    said = [f"row {rowid} of {table} points to nothing in {parent}" for table, rowid, parent, _ in broken]
    return ", ".join(said) or None


def _search(connection: sqlite3.Connection, rows: Rows) -> str | None:
    found = connection.execute("SELECT count(*) FROM advert_fts_docsize").fetchone()[0]
    return None if found == rows["advert"] else f"it holds {found} adverts of {rows['advert']}"


def _emails(connection: sqlite3.Connection, _: Rows) -> str | None:
    found: list[str] = []
    for name in table_rows(connection):
        found += _emails_in(connection, name)
        if len(found) >= _EXAMPLES:
            break
    return ", ".join(found[:_EXAMPLES]) or None


def _emails_in(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Names row and column only: the address itself belongs on no screen and in no log."""
    columns = [name for _, name, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")') if kind == "TEXT"]
    likely = " OR ".join(f"instr(\"{column}\", '@')" for column in columns)
    for row in connection.execute(f'SELECT * FROM "{table}" WHERE {likely}'):
        for column in columns:
            if EMAIL.search(row[column] or ""):
                yield f"{column} of {table} {row[0]}"


CHECKS = (
    Check("file", _identity, _DISK),
    Check("tables", _tables, "run any `jobscraper crawl` to bring the archive up to date, then publish again"),
    Check("row counts", _counts, _DISK),
    Check("integrity", _integrity, _DISK),
    Check("foreign keys", _foreign_keys, "the archive is inconsistent: restore a copy of it, or crawl into a new one"),
    Check("search index", _search, _DISK),
    Check("e-mail address found", _emails, "it must be removed from the archive before that can be published"),
)
