"""Our Datasette plugin: what cells look like, what the pages show, and what keeps readers and the server safe.

Hooks are typed through `hook`, because Datasette's own decorator has no types.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar, cast

from datasette import hookimpl

LONGEST_VALUE = 5_000_000

Hook = TypeVar("Hook", bound=Callable[..., object])


def hook(function: Hook) -> Hook:
    """Mark a function as the implementation of the Datasette hook of its name."""
    return cast(Hook, hookimpl(function))


@hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Refuse values over 5 MB: some anonymous `hex(zeroblob(2e8))` would take gigabytes in spite of time limits."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
