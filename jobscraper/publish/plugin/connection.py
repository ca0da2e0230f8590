"""What somebody's SQL may do: how much memory it takes, and what of the machine it sees. The file itself is immutable."""

from __future__ import annotations

import sqlite3
import sys
import weakref
from typing import Any

from jobscraper.publish.plugin.hooks import last_hook
from jobscraper.publish.plugin.words import as_match
from jobscraper.publish.site import LARGEST_RESULT, LONGEST_VALUE

# A comparison of two adverts is 110 columns. Every column can hold a value of the largest size.
_MOST_COLUMNS = 120

# What Datasette and its full-text search ask for. Those of the first group take the name of a table or index.
_PRAGMAS_OF_A_NAME = frozenset(
    {"foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_xinfo"}
)
_PRAGMAS = frozenset({"data_version", "database_list", "function_list", "page_count", "page_size", "schema_version"})
# Datasette asks for the pragma; its table would tell everybody in which folder the file lies.
_HIDDEN_TABLES = frozenset({"pragma_database_list"})


class ResultTooLarge(sqlite3.OperationalError):
    """The rows of one query take more memory than they may; Datasette answers with the words of this error."""


@last_hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Bound each value and each result, deny what is nobody's business, and never fail on the syntax of a search.

    A time limit alone is no limit: a second is enough to make gigabytes out of `zeroblob`.
    """
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    conn.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MOST_COLUMNS)
    conn.create_function("escape_fts", 1, as_match, deterministic=True)
    rows = _BoundedRows()
    conn.row_factory, conn.text_factory = rows.row, rows.text
    conn.set_authorizer(_authorise)


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


def _authorise(action: int, first: str | None, second: str | None, _database: str | None, _inner: str | None) -> int:
    name = (first or "").lower()
    denied = (
        action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
        or (action == sqlite3.SQLITE_PRAGMA and not _harmless(name, second))
        or (action == sqlite3.SQLITE_READ and name in _HIDDEN_TABLES)
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension")
    )
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def _harmless(pragma: str, argument: str | None) -> bool:
    return pragma in _PRAGMAS_OF_A_NAME or (pragma in _PRAGMAS and argument is None)
