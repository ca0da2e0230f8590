"""What a snapshot must pass before anybody sees it. Each check reads the finished file and says what is wrong."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import attrs

from jobscraper.files.folders import SNAPSHOT_ID
from jobscraper.normalise.contacts.phones import find_phones
from jobscraper.publish.build.build import table_rows
from jobscraper.publish.build.emails import EMAIL, MASK
from jobscraper.publish.build.left_out import BadValue
from jobscraper.publish.dictionary import tables
from jobscraper.publish.limits import LONGEST_VALUE, SETTINGS
from jobscraper.publish.questions import questions
from jobscraper.publish.sql.functions import add_to
from jobscraper.publish.words import as_match

Rows = Mapping[str, int]

_EXAMPLES = 3
# Where boards print text; figures elsewhere are references, digests and coordinates.
_PROSE = {
    "advert": ("title", "employer_text", "department", "location_text", "salary_text", "category"),
    "advert_text": ("description",),
    "issue": ("text",),
    "event": ("detail",),
    "change": ("old", "new"),
}
# A first look at a million texts; only what it finds is read for telephone numbers.
_MAY_BE_PHONE = re.compile(r"[+0](?:[\s().\-–]{0,2}\d){8}")
_LONGEST_KEY = 100
_MOST_VALUES = 10_000  # Bad ones that are looked for; whoever has more has no snapshot.
_REREAD = "mend the reader of its source and run `jobscraper rebuild`, or take the advert out with `jobscraper forget`"
_DISK = "publish again, and check the disk if it happens twice"


@attrs.frozen
class Wrong:
    """What a check found. `values`: the single values that are wrong; none where it concerns the whole file."""

    text: str
    values: tuple[BadValue, ...] = ()


@attrs.frozen
class Check:
    """`find` gives what is wrong, or None; `remedy` says what the person who publishes can do about it."""

    name: str
    find: Callable[[sqlite3.Connection, Rows], str | tuple[BadValue, ...] | None]
    remedy: str


def first_failure(snapshot: Path, rows: Rows) -> Wrong | None:
    """Run all checks on a finished file, the cheap ones first; of those that find single values, all.

    :param rows: how many rows each copied table has in the archive.
    :returns: one line that names the check, what is wrong, and what to do, with all values that are wrong; None if all is well.
    """
    found: Wrong | None = None
    with closing(sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        try:
            for check in CHECKS:
                wrong = check.find(connection, rows)
                if isinstance(wrong, str):
                    return Wrong(f"{check.name}: {wrong}; {check.remedy}")
                if wrong:
                    values = tuple(attrs.evolve(it, why=f"{check.name}; {check.remedy}") for it in wrong)
                    examples = ", ".join(f"{it.column} of {it.place}" for it in values[:_EXAMPLES])
                    found = found or Wrong(f"{check.name}: {examples}; {check.remedy}")
                    found = attrs.evolve(found, values=(*found.values, *values))
        except sqlite3.Error as error:
            return Wrong(f"integrity: {error}; {_DISK}")
    return found


def _identity(connection: sqlite3.Connection, _: Rows) -> str | None:
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    return None if found == SNAPSHOT_ID else f"the file is marked {found:#x}, not {SNAPSHOT_ID:#x}"


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


def _licences(connection: sqlite3.Connection, _: Rows) -> str | None:
    query = (
        "SELECT source_id, count(*) FROM advert JOIN source ON source.id = source_id WHERE NOT may_republish GROUP BY 1"
    )
    said = [f"{count} adverts of {source}, whose terms forbid it" for source, count in connection.execute(query)]
    return ", ".join(said) or None


def _search(connection: sqlite3.Connection, rows: Rows) -> str | None:
    found = connection.execute("SELECT count(*) FROM advert_fts_docsize").fetchone()[0]
    return None if found == rows["advert"] else f"it holds {found} adverts of {rows['advert']}"


def _questions(connection: sqlite3.Connection, _: Rows) -> str | None:
    """Each question answers with its defaults within the time that the site gives it."""
    connection.create_function("escape_fts", 1, as_match, deterministic=True)
    add_to(connection)
    for question in questions().values():
        until = time.monotonic() + SETTINGS["sql_time_limit_ms"] / 1000
        connection.set_progress_handler(partial(_is_past, until), 10_000)
        try:
            connection.execute(question.sql, question.defaults).fetchall()
        except sqlite3.OperationalError as error:
            return f"{question.name} cannot be answered: {error}"
        finally:
            connection.set_progress_handler(None, 0)
    return None


def _is_past(until: float) -> bool:
    return time.monotonic() > until


def _emails(connection: sqlite3.Connection, _: Rows) -> tuple[BadValue, ...]:
    return _bad_values(connection, "instr({}, '@')", lambda value: EMAIL.search(value) is not None)


def _phones(connection: sqlite3.Connection, _: Rows) -> tuple[BadValue, ...]:
    connection.create_function("may_be_phone", 1, lambda text: text is not None and bool(_MAY_BE_PHONE.search(text)))
    found = (
        bad
        for table, columns in _PROSE.items()
        for bad in _bad_values_in(connection, table, columns, "may_be_phone({})", lambda text: bool(find_phones(text)))
    )
    return tuple(islice(found, _MOST_VALUES))


def _lengths(connection: sqlite3.Connection, _: Rows) -> tuple[BadValue, ...]:
    # Counted in bytes, as SQLite does when it refuses a value to somebody who asks for its page.
    too_long = f"length(CAST({{}} AS BLOB)) > {LONGEST_VALUE}"
    return _bad_values(connection, too_long, lambda value: len(value.encode()) > LONGEST_VALUE)


def _bad_values(connection: sqlite3.Connection, likely: str, wrong: Callable[[str], bool]) -> tuple[BadValue, ...]:
    """The values that are `wrong`, by column and row; `likely` is the SQL that narrows the search."""
    found = (
        bad
        for name in table_rows(connection)
        for bad in _bad_values_in(connection, name, _texts(connection, name), likely, wrong)
    )
    return tuple(islice(found, _MOST_VALUES))


def _texts(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for _, name, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")') if kind == "TEXT"]


def _bad_values_in(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], likely: str, wrong: Callable[[str], bool]
) -> Iterator[BadValue]:
    """Shows row and column only: an e-mail address belongs on no screen and in no log, not even as part of a key."""
    if not columns:
        return
    where = " OR ".join(likely.format(f'"{column}"') for column in columns)
    for row in connection.execute(f'SELECT rowid AS "row number", * FROM "{table}" WHERE {where}'):
        for column in columns:
            if wrong(row[column] or ""):
                key = " ".join(EMAIL.sub(MASK, str(row[1])).split())[:_LONGEST_KEY]
                number = "" if key == str(row[1]) else f" (row {row[0]})"
                yield BadValue(table, column, row[1], why="", place=f"{table} {key}{number}")


CHECKS = (
    Check("file", _identity, _DISK),
    Check("tables", _tables, "run any `jobscraper crawl` to bring the archive up to date, then publish again"),
    Check("row counts", _counts, _DISK),
    Check("integrity", _integrity, _DISK),
    Check("foreign keys", _foreign_keys, "the archive is inconsistent: restore a copy of it, or crawl into a new one"),
    Check("licences", _licences, "set `may_republish` in the class of the source, and crawl it once more"),
    Check("search index", _search, _DISK),
    Check(
        "questions",
        _questions,
        "mend its SQL in jobscraper/publish/questions.toml; if it took too long, try again first",
    ),
    Check("value too long", _lengths, f"pages show at most {LONGEST_VALUE:,} bytes: {_REREAD}"),
    Check("e-mail address found", _emails, _REREAD),
    Check("telephone number found", _phones, _REREAD),
)
