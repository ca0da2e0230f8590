"""Opening archive.db: is it ours, is it whole, is it of this version? And the transaction that every write goes through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from filelock import FileLock
from sqlite_utils import Database

from jobscraper.archive.lock_folder import lock_path
from jobscraper.archive.schema import APPLICATION_ID, migrations
from jobscraper.files.private import make_private_file
from jobscraper.model.errors import JobscraperError

BUSY_SECONDS = 30
_COPY_CACHE_KB = 64_000


class ArchiveError(JobscraperError):
    """The archive cannot be opened or written; the file is left as it was."""


class DamagedError(ArchiveError):
    """The file of the archive is damaged."""


def open_archive(path: Path) -> sqlite3.Connection:
    """Open (or make) the archive at `path` for writing, migrated to this version, in WAL mode, foreign keys on.

    :raises ArchiveError: the file is not an archive of ours, comes from a newer version, or cannot be opened.
    """
    check_folder(path)
    with _as_archive_errors(path):
        # Private from the first byte on; SQLite gives the files beside it the permissions of the archive.
        if not path.exists():
            make_private_file(path)
        # Absolute, because SQLite takes `:memory:` and `file:…` for something else than a file of that name.
        connection = sqlite3.connect(path.absolute(), timeout=BUSY_SECONDS, isolation_level=None)
        try:
            # One at a time: while another process makes the file, SQLite says "locked" at once, whatever the timeout.
            with FileLock(lock_path(path, "opening"), timeout=BUSY_SECONDS, mode=0o600):
                _check_ours(connection, path)
                _migrate(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            # Working the log in waits for the disk: four times less often than by default.
            connection.execute("PRAGMA wal_autocheckpoint = 4000")
        except BaseException:
            connection.close()
            raise
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def new_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """Make an archive at `path` that is moved to its place when it is whole: whatever goes wrong, it is thrown away, so
    nothing of it is written twice to be safe.

    :raises ArchiveError: as `open_archive`.
    """
    with closing(open_archive(path)) as new:
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_COPY_CACHE_KB}"):
            new.execute(f"PRAGMA {setting}")
        yield new


def check_folder(path: Path) -> None:
    """Check that an archive could lie at `path`.

    :raises ArchiveError: its folder does not exist.
    """
    if not path.parent.is_dir():
        raise ArchiveError(f"{path}: the folder {path.parent} does not exist; make it first")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing archive read-only.

    :raises ArchiveError: there is none, or it is not ours.
    """
    if not path.is_file():
        raise ArchiveError(f"{path}: no archive here yet; make one with `jobscraper crawl` or `jobscraper demo`")
    with _as_archive_errors(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            _check_ours(connection, path)
            if not tables_of(connection):
                raise ArchiveError(f"{path}: an empty file, not an archive; remove it and crawl again")
        except BaseException:
            connection.close()
            raise
    connection.row_factory = sqlite3.Row
    return connection


def open_brought_forward(path: Path) -> sqlite3.Connection:
    """Open an existing archive to read what older versions did not have; it is migrated first where it is one of theirs.

    :raises ArchiveError: as `open_for_reading`, or it cannot be migrated.
    """
    connection = open_for_reading(path)
    if applied_migrations(connection).issuperset(known_migrations()):
        return connection
    connection.close()
    open_archive(path).close()
    return open_for_reading(path)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of the block is kept, or none of it. Inside another one, it is a part of that.

    `BEGIN IMMEDIATE`, because a deferred transaction that reads and then writes fails at once with "database is locked"
    when another process wrote in between, whatever the timeout.
    """
    is_part = connection.in_transaction
    if is_part:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself where the disk is full.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def apart(connection: sqlite3.Connection) -> Iterator[None]:
    """A part of the transaction that is going on: where it fails, only what the block wrote is undone."""
    connection.execute("SAVEPOINT apart")
    try:
        yield
        connection.execute("RELEASE apart")
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself where the disk is full.
            connection.execute("ROLLBACK TO apart")
            connection.execute("RELEASE apart")
        raise


_OF_WHAT_IS_WRITTEN = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


def is_of_the_archive(error: Exception) -> bool:
    """Whether an error says that the archive cannot be written (a full disk, a lock, damage), and not what is wrong with a row."""
    return isinstance(error, sqlite3.Error) and not isinstance(error, _OF_WHAT_IS_WRITTEN)


def _migrate(connection: sqlite3.Connection) -> None:
    # Rows of adverts are 1 to 2 kB: pages of 4 kB would stay empty by a third. Only a new file heeds this.
    connection.execute("PRAGMA page_size = 8192")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    database = Database(connection)
    if migrations.pending(database):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(database)


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    tables = tables_of(connection)
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ArchiveError(
            f"{path}: an SQLite file, but not an archive of jobscraper; name another file with --archive"
        )
    unknown = applied_migrations(connection).difference(known_migrations())
    if unknown:
        raise ArchiveError(
            f"{path}: made by a newer jobscraper ({', '.join(sorted(unknown))}); update jobscraper and try again"
        )


def applied_migrations(connection: sqlite3.Connection) -> set[str]:
    """The names of the migrations that made an archive what it is."""
    if migrations.migrations_table not in tables_of(connection):
        return set()
    return {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations")}


@cache
def known_migrations() -> tuple[str, ...]:
    """The names of all migrations, the oldest first."""
    return tuple(migration.name for migration in migrations.pending(Database(memory=True)))


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """The names of its tables."""
    with closing(connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")) as rows:
        return {row[0] for row in rows}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing archive to read it, as `open_brought_forward`; what goes wrong meanwhile is told in words.

    :raises ArchiveError: as that, or the disk cannot be read.
    :raises DamagedError: what is read of it is damaged.
    """
    with in_words_of(path), closing(open_brought_forward(path)) as connection:
        yield connection


@contextmanager
def in_words_of(path: Path) -> Iterator[None]:
    """Tell what SQLite says of the archive at `path` in words.

    :raises DamagedError: it is damaged.
    :raises ArchiveError: anything else.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise (DamagedError if is_damage(error) else ArchiveError)(f"{path}: {in_words(error)}") from error


@contextmanager
def _as_archive_errors(path: Path) -> Iterator[None]:
    try:
        with in_words_of(path):
            yield
    except OSError as error:
        raise ArchiveError(f"{path}: {_IN_WORDS['unable to open']} ({error.strerror})") from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error tells of a file that is not as SQLite, or one of us, wrote it."""
    return any(sign in str(error) for sign in _DAMAGE)


def in_words(error: sqlite3.Error) -> str:
    """Say what an SQLite error means for the person who runs this, with the remedy."""
    said = str(error)
    for sign, words in _IN_WORDS.items():
        if sign in said:
            return words
    return f"SQLite says: {said}"


REMEDY = "move it away, then `jobscraper restore` a backup, or `jobscraper rebuild` makes a new one from the captures"
_DAMAGE = ("malformed", "file is not a database", "no such table", "no such column")
_IN_WORDS = {
    "file is not a database": "not an SQLite file, or one whose beginning is damaged (another one is named with"
    f" --archive); {REMEDY}",
    "malformed": f"the archive is damaged; {REMEDY}",
    "no such table": f"the archive is damaged: it lacks a table; {REMEDY}",
    "no such column": f"the archive is damaged: a table of it lacks a column; {REMEDY}",
    "disk is full": "the disk is full; what was being written was left out whole: free some space and run again",
    "disk I/O error": "the disk cannot be read or written; what was being written was left out whole: check the disk and run again",
    "database is locked": "another jobscraper is writing to it; wait for that to end and run again",
    "readonly database": "the file may not be written to; check its permissions",
    "unable to open": "the file cannot be opened; check the folder and its permissions",
}
