"""Build a snapshot: copy the published tables out of the archive, then add what the site needs to be found and fast.

Tables are copied by name rather than the whole file, so that a table nobody has described can never be published by
accident, and no page of a private table is left in the free space of the file that people download.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import attrs

from jobscraper.archive.schema import LIVE_ON_DAY
from jobscraper.files.folders import SNAPSHOT_ID
from jobscraper.model.columns import ADDRESSES
from jobscraper.publish.build.emails import without_emails
from jobscraper.publish.build.incidents import add_incidents
from jobscraper.publish.build.left_out import ISSUE as LEFT_OUT
from jobscraper.publish.build.summary import summarise
from jobscraper.publish.dictionary import archive_tables, tables

# Boards put the address of whoever posted an advert into its link; nobody can take it out of the archive by hand.
_MASKED = {
    "advert": ADDRESSES,
    "advert_url": ("url",),
    "capture": ("url",),
    "source": ("homepage",),
    "issue": ("text",),
}

# Of sources whose terms forbid it nothing is published but that they are there and were crawled.
_WITHHELD = "(SELECT id FROM archive.source WHERE NOT may_republish)"
_WITHHELD_ADVERTS = f"(SELECT id FROM archive.advert WHERE source_id IN {_WITHHELD})"

# The newest of what a search finds are then its last rows, which the search index gives without sorting.
_ORDER = {"advert": "first_seen, id"}

# iTrent's number of a visit, which stands in the addresses of its captures.
_SESSION = re.compile(r"(USESSION=)[0-9A-Za-z]+")

# (filter, sort) pairs, because a filtered page sorted by another column otherwise sorts the whole table.
_INDEXES = (
    "advert(last_seen)",
    "advert(status, first_seen)",
    "advert(status, last_seen)",
    "advert(open, last_seen)",
    "advert(region, last_seen)",
    "advert(employer_id, last_seen)",
    "advert(source_id, last_seen)",
    "advert(closes_at)",
    "advert(salary_annual_min)",
    "capture(fetched_at)",
    "capture(status, fetched_at)",
    "change(observed_at)",
    "change(cause, observed_at)",
    "employer(kind, name)",
    "employer(name)",
    "event(at)",
    "live_period(live_from)",
    "event(kind, at)",
    "issue(kind)",
    "place(name)",
    "run(started)",
)

# `#` and `+` are of words, so that C# and C++ are not the letter C.
TOKENIZER = "porter unicode61 remove_diacritics 2 tokenchars '#+'"

# The content table is named in double quotes because Datasette does not detect one that is named in single quotes.
_SEARCH = (
    """CREATE VIEW advert_with_text AS
    SELECT advert.rowid AS rowid, advert.id, title,
        employer_text || coalesce(', ' || nullif(employer.name, employer_text), '') AS employer,
        coalesce(location_text, '') || coalesce(', ' || lad_name, '') || coalesce(', ' || region, '')
            || coalesce(', ' || nation, '') AS place, description
    FROM advert LEFT JOIN employer ON employer.id = employer_id
    LEFT JOIN advert_text ON advert_text.advert_id = advert.id""",
    f"""CREATE VIRTUAL TABLE advert_fts USING FTS5 (
    title, employer, place, description,
    tokenize="{TOKENIZER}", content="advert_with_text", content_rowid="rowid")""",
    "INSERT INTO advert_fts(advert_fts) VALUES ('rebuild')",
    "INSERT INTO advert_fts(advert_fts) VALUES ('optimize')",
)

# `as_of`: the end of the newest run that saw an advert. A replay counts by the captures that it was answered from, as
# the ledger has it; a run that was refused saw nothing, and moves no time on.
_SNAPSHOT = (
    """CREATE TABLE snapshot (
    id TEXT PRIMARY KEY, published_at TEXT NOT NULL, as_of TEXT NOT NULL, adverts INTEGER NOT NULL DEFAULT 0,
    open INTEGER NOT NULL DEFAULT 0, employers INTEGER NOT NULL DEFAULT 0, sources INTEGER NOT NULL DEFAULT 0) STRICT""",
    """INSERT INTO snapshot (id, published_at, as_of) SELECT :id, :published_at,
    coalesce((SELECT max(finished) FROM archive.run WHERE verdict IS NOT NULL AND adverts_seen > 0), :published_at)""",
)

_COUNTS = """UPDATE snapshot SET adverts = (SELECT count(*) FROM advert), open = (SELECT count(*) FROM advert WHERE open),
    employers = (SELECT count(*) FROM employer), sources = (SELECT count(*) FROM source)"""

# What a published table has beside its columns in the archive: a declaration, and how the value is found.
_ADDED = {
    "advert": {
        "open": (
            "INTEGER NOT NULL DEFAULT 0",
            "status = 'live' AND coalesce(closes_at > (SELECT as_of FROM snapshot), 1)",
        )
    }
}


@attrs.frozen
class Built:
    """`rows`: how many rows each copied table had in the archive, counted in the very transaction that copied them.

    `masked`: how many e-mail addresses were taken out of web addresses and issues on the way.
    """

    rows: Mapping[str, int]
    masked: int


def build(
    archive: Path, target: Path, *, identity: str, published_at: str, without: Iterable[tuple[str, str | int]] = ()
) -> Built:
    """Write a snapshot of `archive` to the new file `target`; the archive is only read, and may be written meanwhile.

    :param without: rows that are left out with all that refers to them, by their table and its first column.
    :raises sqlite3.Error: the archive cannot be read or the file cannot be written.
    """
    with closing(sqlite3.connect(target.resolve().as_uri(), uri=True, isolation_level=None)) as connection:
        # The file is thrown away if anything fails, so it needs no journal; it is synced once, before the swap.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA application_id = {SNAPSHOT_ID}")
        connection.execute("ATTACH ? AS archive", (f"{archive.resolve().as_uri()}?mode=ro",))
        connection.execute("CREATE TEMP TABLE left_out (name TEXT, key, PRIMARY KEY (name, key)) WITHOUT ROWID")
        connection.executemany("INSERT INTO temp.left_out VALUES (?, ?)", without)
        with connection:
            connection.execute("BEGIN")
            create, begin = _SNAPSHOT
            connection.execute(create)
            connection.execute(begin, {"id": identity, "published_at": published_at})
            built = _copy(connection)
        connection.execute("DETACH archive")
        _finish(connection)
    return built


def missing_in(archive: sqlite3.Connection) -> tuple[str, ...]:
    """The columns that a snapshot must have and this archive has not, or their tables, where there is none."""
    missing = []
    for name in archive_tables():
        there = {column for _, column, *_ in archive.execute(f'PRAGMA table_info("{name}")')}
        wanted = [column for column in tables()[name].columns if column not in _ADDED.get(name, ())]
        missing += [f"{name}.{column}" for column in wanted if column not in there] if there else [name]
    return tuple(missing)


def table_rows(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many rows each table of a snapshot has; views are left out."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables() if name in there
    }


def is_snapshot(path: Path) -> bool:
    """Whether the file is a snapshot that publishing made, of this version or an older one; it is not written to."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'snapshot'").fetchone() is not None
    except sqlite3.Error:
        return False


def _copy(connection: sqlite3.Connection) -> Built:
    rows = {}
    indexes = []
    masked = 0

    def mask(text: str | None) -> str | None:
        nonlocal masked
        if text is None:
            return None
        clean, found = without_emails(text)
        masked += found
        return _SESSION.sub(r"\1…", clean)

    connection.create_function("without_emails", 1, mask)
    for name in archive_tables():
        schema = connection.execute(
            "SELECT type, sql FROM archive.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (name,)
        ).fetchall()
        connection.execute(next(sql for kind, sql in schema if kind == "table"))
        added = _ADDED.get(name, {})
        for column, (declared, _) in added.items():
            connection.execute(f'ALTER TABLE main."{name}" ADD COLUMN "{column}" {declared}')
        columns = [column for _, column, *_ in connection.execute(f'PRAGMA archive.table_info("{name}")')]
        chosen = [f'without_emails("{it}")' if it in _MASKED.get(name, ()) else f'"{it}"' for it in columns]
        chosen += [value for _, value in added.values()]
        source = f'FROM archive."{name}" WHERE {_published(name, columns)} AND {_not_left_out(connection, name)}'
        order = _ORDER.get(name, "rowid")
        connection.execute(f'INSERT INTO main."{name}" SELECT {", ".join(chosen)} {source} ORDER BY {order}')
        rows[name] = connection.execute(f"SELECT count(*) {source}").fetchone()[0]
        indexes += [sql for kind, sql in schema if kind == "index"]
    for sql in indexes:
        # What is told apart by an e-mail address in the archive may be alike here.
        connection.execute(sql.replace("CREATE UNIQUE INDEX", "CREATE INDEX", 1))
    return Built(rows, masked)


def _published(table: str, columns: Sequence[str]) -> str:
    """Which rows of a table of the archive are published, as a condition."""
    if table == "advert":
        return f"source_id NOT IN {_WITHHELD}"
    if table == "issue":
        # What the snapshot before was built without is nothing that this one is.
        return f"kind <> '{LEFT_OUT}' AND run_id NOT IN (SELECT id FROM archive.run WHERE source_id IN {_WITHHELD})"
    return f"advert_id NOT IN {_WITHHELD_ADVERTS}" if "advert_id" in columns else "1"


def _not_left_out(connection: sqlite3.Connection, table: str) -> str:
    """Which rows of a table are neither left out nor refer to one that is, as a condition."""
    first = connection.execute(f'PRAGMA archive.table_info("{table}")').fetchone()[1]
    references = connection.execute(f'PRAGMA archive.foreign_key_list("{table}")').fetchall()
    columns = [(first, table), *((column, parent) for _, _, parent, column, *_ in references)]
    return " AND ".join(
        f'("{column}" IS NULL OR "{column}" NOT IN (SELECT key FROM temp.left_out WHERE name = \'{of}\'))'
        for column, of in columns
    )


def _finish(connection: sqlite3.Connection) -> None:
    published_at, as_of = connection.execute("SELECT published_at, as_of FROM snapshot").fetchone()
    for target in _INDEXES:
        name = "site_" + target.replace("(", "_").replace(", ", "_").rstrip(")")
        connection.execute(f"CREATE INDEX {name} ON {target}")
    connection.execute(LIVE_ON_DAY)
    for statement in _SEARCH:
        connection.execute(statement)
    summarise(connection, as_of)
    add_incidents(connection, published_at)
    # Not above: the server imports this module too, and draws nothing.
    from jobscraper.publish.build.pictures import add_pictures

    add_pictures(connection, as_of)
    connection.execute(_COUNTS)
    connection.execute("ANALYZE")
