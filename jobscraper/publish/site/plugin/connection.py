"""What somebody's SQL may do on any connection of the site: how much it makes, and what it sees. The file is immutable."""

from __future__ import annotations

import sqlite3
import sys
import weakref
from typing import Any

from jobscraper.model.columns import ADVERT
from jobscraper.publish.limits import LARGEST_RESULT, LONGEST_VALUE
from jobscraper.publish.site.shared.hooks import last_hook
from jobscraper.publish.sql.allowed import warmed
from jobscraper.publish.sql.functions import add_to
from jobscraper.publish.words import as_match

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    # A comparison of two adverts, with some columns of one's own. Every column can hold a value of the largest size.
    sqlite3.SQLITE_LIMIT_COLUMN: 2 * len(ADVERT) + 10,
    # And so can every argument, which `json_array` adds up before anything looks at the length.
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 40,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
}


class ResultTooLarge(sqlite3.OperationalError):
    """The rows of one query take more memory than they may; Datasette answers with the words of this error."""


@last_hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Bound each value and each result, deny what is nobody's business, and never fail on the syntax of a search.

    A time limit alone is no limit: a second is enough to make gigabytes out of `zeroblob`.
    """
    for limit, most in _LIMITS.items():
        conn.setlimit(limit, most)
    conn.create_function("escape_fts", 1, as_match, deterministic=True)
    add_to(conn)
    rows = _BoundedRows()
    conn.row_factory, conn.text_factory = rows.row, rows.text
    conn.set_authorizer(warmed(conn))


class _BoundedRows:
    """Makes the rows of a connection, one query after another, and stops one whose rows grow too large in all.

    Text is counted as it is read, because a single row of many columns can be too large already.
    """

    def __init__(self) -> None:
        # Weak, because a cursor that is kept keeps all that its query still holds.
        self._cursor: weakref.ref[sqlite3.Cursor] | None = None
        self._bytes = 0
        self._text = 0

    def text(self, value: bytes) -> str:
        """One value, as Datasette reads it."""
        text = str(value, "utf-8", "replace")
        self._text += sys.getsizeof(text)
        if self._text > LARGEST_RESULT:
            self._refuse()
        return text

    def row(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        """One row, as Datasette wants it."""
        if self._cursor is None or self._cursor() is not cursor:
            self._cursor, self._bytes = weakref.ref(cursor), 0
        self._text = 0
        self._bytes += sum(map(sys.getsizeof, values))
        if self._bytes > LARGEST_RESULT:
            self._refuse()
        return sqlite3.Row(cursor, values)

    def _refuse(self) -> None:
        self._cursor, self._bytes, self._text = None, 0, 0
        raise ResultTooLarge(
            f"The result is larger than {LARGEST_RESULT // 1_000_000} MB; ask for fewer rows or columns"
        )
