"""Rows of SQLite as Parquet, CSV or JSON lines, in bounded memory."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from jobscraper.publish.formulas import as_csv

CHUNK = 20_000
"""Rows that are held at a time."""

# A quarter of the time of the default, for files that are a tenth larger.
_LEVEL = 2

_ARROW = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string(), "BLOB": pa.binary()}
Row = Sequence[Any]


@attrs.frozen
class Column:
    """A column: its name, its type in SQLite's words (INTEGER, REAL, TEXT, BLOB), and what it means."""

    name: str
    type: str
    description: str = ""


def write_parquet(columns: Sequence[Column], rows: sqlite3.Cursor, target: Path) -> int:
    """Write rows to a Parquet file, with what each column means in its metadata; returns how many."""
    schema = pa.schema([pa.field(it.name, _ARROW[it.type], metadata={"description": it.description}) for it in columns])
    count = 0
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for chunk in _chunks(rows):
            values = zip(*chunk, strict=True)
            arrays = [_array(column, field.type) for column, field in zip(values, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(chunk)
    return count


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values of a column; where a query mixes numbers and text, all of it is text."""
    if kind == pa.string():
        values = [value if value is None or isinstance(value, str) else str(value) for value in values]
    return pa.array(values, kind)


def write_csv(columns: Sequence[Column], rows: sqlite3.Cursor, target: Path) -> int:
    """Write rows to a CSV file (RFC 4180), gzipped where its name ends in `.gz`; returns how many. NULL is empty.

    Text that a spreadsheet would run has an apostrophe before it; the other kinds of file have it as it is.
    """
    count = 0
    with _text(target) as file:
        file.write(as_csv(it.name for it in columns))
        for chunk in _chunks(rows):
            file.writelines(map(as_csv, chunk))
            count += len(chunk)
    return count


def write_jsonl(columns: Sequence[Column], rows: sqlite3.Cursor, target: Path) -> int:
    """Write rows as JSON objects, one a line, gzipped where the name ends in `.gz`; returns how many."""
    names = [it.name for it in columns]
    count = 0
    with _text(target) as file:
        for chunk in _chunks(rows):
            file.writelines(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in chunk)
            count += len(chunk)
    return count


Writer = Callable[[Sequence[Column], sqlite3.Cursor, Path], int]
WRITERS: dict[str, Writer] = {
    ".parquet": write_parquet,
    ".csv": write_csv,
    ".csv.gz": write_csv,
    ".jsonl": write_jsonl,
    ".jsonl.gz": write_jsonl,
}


def writer_for(target: Path) -> Writer | None:
    """What writes a file of this name, or None."""
    return next((writer for ending, writer in WRITERS.items() if target.name.endswith(ending)), None)


def columns_of(db: sqlite3.Connection, query: str) -> list[Column]:
    """The columns of a query, with the widest type of the values that it gives.

    :raises sqlite3.Error: the query cannot be answered.
    """
    names = [column[0] for column in db.execute(f"SELECT * FROM ({query}) LIMIT 0").description]
    types = ", ".join(f"group_concat(DISTINCT typeof({_quoted(name)}))" for name in names)
    found = db.execute(f"SELECT {types} FROM ({query})").fetchone()
    return [Column(name, _widest(set((kinds or "").split(",")))) for name, kinds in zip(names, found, strict=True)]


def _widest(kinds: set[str]) -> str:
    kinds -= {"null", ""}
    if kinds <= {"integer"} and kinds:
        return "INTEGER"
    return "REAL" if kinds and kinds <= {"integer", "real"} else "TEXT"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(target: Path) -> AbstractContextManager[IO[str]]:
    if target.name.endswith(".gz"):
        # Without a time in it, the same rows give the same bytes.
        return _Gzipped(target)
    return target.open("w", encoding="utf-8", newline="")


class _Gzipped(AbstractContextManager[IO[str]]):
    """A text file that is compressed; gzip's own `open` writes the time of day into it."""

    def __init__(self, target: Path) -> None:
        self._raw = target.open("wb")
        self._packed = gzip.GzipFile("", "wb", _LEVEL, fileobj=self._raw, mtime=0)

    def __enter__(self) -> IO[str]:
        from io import TextIOWrapper

        self._lines = TextIOWrapper(self._packed, encoding="utf-8", newline="")
        return self._lines

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._raw.close()


def _chunks(rows: sqlite3.Cursor) -> Iterator[list[Row]]:
    while chunk := rows.fetchmany(CHUNK):
        yield chunk
