"""Is the file of an archive whole? What is damaged in it is named by its page and its table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from jobscraper.archive.schema import migrations
from jobscraper.archive.store import (
    REMEDY,
    DamagedError,
    applied_migrations,
    in_words,
    is_damage,
    open_for_reading,
    tables_of,
)

_MOST = 3
"""Faults that are named: where one page is damaged, others often are, too."""
_PAGE = re.compile(r"\bpage (\d+)", re.IGNORECASE)


def check(path: Path) -> None:
    """Check every page of an archive, that its rows point to rows that are there, and that its tables are all ours.

    Takes as long as reading the file.

    :raises DamagedError: it is damaged; the first faults are named, with the remedy.
    :raises ArchiveError: there is none, or it is not ours.
    """
    with closing(open_for_reading(path)) as db:
        _refuse(path, list(islice(faults(db), _MOST)))


def check_pages(path: Path) -> None:
    """Check every page of an archive, which a machine that watches can do often: what its rows mean is not looked at.

    :raises DamagedError, ArchiveError: as `check`.
    """
    with closing(open_for_reading(path)) as db:
        _refuse(path, list(islice(_said(db, "missing", "pages"), _MOST)))


def faults(db: sqlite3.Connection) -> Iterator[str]:
    """What is damaged in an archive that is open, a line each."""
    return _said(db, "missing", "indexes", "references")


def _refuse(path: Path, found: list[str]) -> None:
    if found:
        raise DamagedError(f"{path}: damaged: {'; '.join(found)}; {REMEDY}")


def _said(db: sqlite3.Connection, *kinds: str) -> Iterator[str]:
    look = {
        "missing": _missing,
        "pages": lambda db: _pages(db, "quick_check"),
        "indexes": lambda db: _pages(db, "integrity_check"),
        "references": _loose,
    }
    for kind in kinds:
        try:
            found = list(look[kind](db))
        except sqlite3.DatabaseError as error:
            found = [in_words(error).removesuffix(f"; {REMEDY}")] if is_damage(error) else [str(error)]
        yield from found
        if found:  # What is asked of a file that is damaged already tells only of the same damage.
            return


def _missing(db: sqlite3.Connection) -> Iterator[str]:
    """The tables and columns that an archive with these migrations has, and this one lacks."""
    found = _columns(db)
    for table, columns in _expected(applied_migrations(db)).items():
        if table not in found:
            yield f"its table {table} is missing"
        for column in sorted(columns - found.get(table, columns)):
            yield f"the column {column} of its table {table} is missing"


def _expected(applied: set[str]) -> dict[str, set[str]]:
    ahead = [migration.name for migration in migrations.pending(Database(memory=True)) if migration.name not in applied]
    with closing(sqlite3.connect(":memory:")) as empty:
        migrations.apply(Database(empty), stop_before=ahead[:1])
        return _columns(empty)


def _columns(db: sqlite3.Connection) -> dict[str, set[str]]:
    return {
        table: {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        for table in tables_of(db)
    }


def _pages(db: sqlite3.Connection, pragma: str) -> Iterator[str]:
    """What SQLite's own check finds; only where it finds something, each table is looked at, to name those it is in."""
    said = _check(db, f"PRAGMA {pragma}({_MOST})")
    if not said:
        return
    damaged = [table for table in sorted(tables_of(db)) if _check(db, f'PRAGMA {pragma}("{table}")')]
    where = f", in its {'tables' if len(damaged) > 1 else 'table'} {', '.join(damaged)}" if damaged else ""
    pages = dict.fromkeys([match[1] for line in said if (match := _PAGE.search(line))] + _unreadable_pages(db))
    if pages:
        yield f"{'pages' if len(pages) > 1 else 'page'} {', '.join(pages)}{where} ({said[0]})"
    else:
        yield f"{said[0]}{where}"


def _check(db: sqlite3.Connection, pragma: str) -> list[str]:
    """The lines of a check; older versions of SQLite give up at a page that makes no sense, in the words of an error."""
    said: list[str] = []
    try:
        for row in db.execute(pragma):
            said += [line for line in str(row[0]).splitlines() if line != "ok" and not line.startswith("***")]
    except sqlite3.DatabaseError as error:
        said.append(str(error))
    return said


def _unreadable_pages(db: sqlite3.Connection) -> list[str]:
    """The pages that make no sense at all, where this SQLite can list pages."""
    try:
        rows = db.execute("SELECT pageno FROM dbstat WHERE pagetype = 'corrupted' LIMIT ?", (_MOST,)).fetchall()
    except sqlite3.DatabaseError:
        return []
    return [str(row[0]) for row in rows]


def _loose(db: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of its table {table} points to a row of {parent} that is not there"
