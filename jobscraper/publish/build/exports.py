"""The snapshot as files for other tools: Parquet by table and year, CSV, JSON lines, described by a data package.

They are made from the finished snapshot in a folder beside the last ones, and swapped in with it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import attrs

from jobscraper.model.errors import JobscraperError
from jobscraper.publish.build.tabular import WRITERS, Column, columns_of, write_parquet, writer_for
from jobscraper.publish.dictionary import Table, tables

# The instant by which a table is parted into years, and the order in which filters find neighbouring rows.
_YEARS = {
    "advert": ("first_seen", "region, employer_id, first_seen"),
    "event": ("at", "kind, at"),
    "change": ("observed_at", "field, observed_at"),
    "capture": ("fetched_at", "fetched_at"),
    "run": ("started", "source_id, started"),
    "live_period": ("live_from", "live_from"),
}
_TYPES = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
_KINDS = (".parquet", ".csv.gz", ".jsonl.gz")
# What only the pages of the site read.
_OF_THE_SITE = {"listing", "code", "picture"}
PACKAGE, SUMS = "datapackage.json", "SHA256SUMS"
_SOURCES = "SELECT id, title, homepage, licence, licence_url, attribution FROM source ORDER BY title"
_RIGHTS = (
    "Adverts belong to those who published them. There is no licence for the data as a whole: where a source states one, it "
    "is given with that source, and covers only the adverts whose source_id names it. For every other source, no licence is known."
)


@attrs.frozen
class Exported:
    """A file of an export, and the columns in it."""

    table: Table
    path: Path
    columns: tuple[Column, ...]


def export_all(snapshot: Path, folder: Path) -> None:
    """Write every table of a finished snapshot into a new folder, with a description and SHA-256 sums of the files.

    :raises sqlite3.Error: the snapshot cannot be read.
    """
    folder.mkdir()
    with closing(_open(snapshot)) as db:
        there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        exported = [table for table in tables().values() if table.name in there - _OF_THE_SITE]
        # Threads, because compressing lets go of Python's lock: two cores are then busy.
        with ThreadPoolExecutor() as pool:
            tasks = [(table, write) for table in exported for write in _KINDS]
            found = pool.map(lambda task: _export(snapshot, task[0], task[1], folder), tasks)
            files = [file for several in found for file in several]
        package = _package(db, files)
    (folder / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    sums = (f"{_digest(path)}  {path.name}\n" for path in (*(file.path for file in files), folder / PACKAGE))
    (folder / SUMS).write_text("".join(sums), encoding="utf-8")


def _open(snapshot: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=ro", uri=True)


def _export(snapshot: Path, table: Table, kind: str, folder: Path) -> list[Exported]:
    with closing(_open(snapshot)) as db:
        columns = tuple(
            Column(name, type_, table.column_in_words(name))
            for _, name, type_, *_ in db.execute(f'PRAGMA table_info("{table.name}")')
        )
        if kind == ".parquet":
            return list(_parquet(db, table, columns, folder))
        target = folder / f"{table.name}{kind}"
        WRITERS[kind](columns, _rows(db, table.name, columns), target)
        return [Exported(table, target, columns)]


def _parquet(db: sqlite3.Connection, table: Table, columns: Sequence[Column], folder: Path) -> Iterator[Exported]:
    instant, order = _YEARS.get(table.name, (None, "rowid"))
    if instant is None:
        target = folder / f"{table.name}.parquet"
        write_parquet(columns, _rows(db, table.name, columns), target)
        yield Exported(table, target, tuple(columns))
        return
    years = db.execute(f'SELECT DISTINCT substr("{instant}", 1, 4) FROM "{table.name}" ORDER BY 1').fetchall()
    for (year,) in years:
        target = folder / f"{table.name}-{year}.parquet"
        condition = f"substr(\"{instant}\", 1, 4) = '{int(year)}' ORDER BY {order}"
        write_parquet(columns, _rows(db, table.name, columns, condition), target)
        yield Exported(table, target, tuple(columns))


def _rows(
    db: sqlite3.Connection, table: str, columns: Iterable[Column], condition: str = "1 ORDER BY rowid"
) -> sqlite3.Cursor:
    names = ", ".join(f'"{column.name}"' for column in columns)
    return db.execute(f'SELECT {names} FROM "{table}" WHERE {condition}')


def _package(db: sqlite3.Connection, files: Iterable[Exported]) -> dict[str, object]:
    """The description of the files after the Data Package standard (version 2, datapackage.org).

    It has no `licenses` of its own, nor has a resource: every table mixes sources, and a licence stated for all of it would
    be read as one for the adverts of sources that state none. Each source that states one has it among the `sources`.
    """
    published = db.execute("SELECT published_at FROM snapshot").fetchone()
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "uk-public-sector-job-adverts",
        "title": "UK public-sector job adverts, with their history",
        "description": _RIGHTS,
        "created": published[0],
        "sources": [_source(*row) for row in db.execute(_SOURCES)],
        "resources": [_resource(file) for file in files],
    }


def _source(name: str, title: str, homepage: str | None, *licensed: str | None) -> dict[str, object]:
    """A source, with its licence and how it wants to be named where it states them."""
    licence, licence_url, attribution = licensed
    stated = _known(title=licence, path=licence_url)
    return _known(name=name, title=title, path=homepage, licenses=[stated] if stated else None, attribution=attribution)


def _known(**properties: object) -> dict[str, object]:
    return {name: value for name, value in properties.items() if value is not None}


def _resource(file: Exported) -> dict[str, object]:
    ending = "".join(file.path.suffixes)
    described = {
        "name": file.path.name.lower().replace(".", "-"),
        "path": file.path.name,
        "title": file.table.title,
        "description": file.table.description,
        "format": ending.removeprefix(".").removesuffix(".gz"),
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{_digest(file.path)}",
        "schema": {
            "fields": [
                {"name": column.name, "type": _TYPES[column.type], "description": column.description}
                for column in file.columns
            ]
        },
    }
    return {**described, "encoding": "utf-8"} if ending != ".parquet" else described


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def export_query(snapshot: Path, query: str, target: Path) -> int:
    """Write what a query of the snapshot gives to a file, whose ending says how; returns how many rows.

    :raises JobscraperError: an ending that nothing writes, no snapshot, or a query that cannot be answered.
    """
    write = writer_for(target)
    if write is None:
        raise JobscraperError(f"{target}: no such kind of file is written; name one that ends in {', '.join(WRITERS)}")
    if not snapshot.is_file():
        raise JobscraperError(
            f"{snapshot}: nothing is published here; run `jobscraper publish`, or name its folder with --site"
        )
    query = query.strip().rstrip(";")
    beside = target.with_name(target.name + ".building")
    try:
        with closing(sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=ro", uri=True)) as db:
            count = write(columns_of(db, query), db.execute(query), beside)
        beside.replace(target)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise JobscraperError(f"the query cannot be answered: {error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return count
