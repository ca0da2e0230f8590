"""The task of extracting: one WARC file, its adverts put into a store as Parquet, parted by year and source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from jobscraper.capture.bodies import Bodies
from jobscraper.capture.read import PassedOver, exchanges
from jobscraper.capture.wacz import broken, name_of, warcs_in
from jobscraper.capture.warc import BrokenCaptureError, CaptureError
from jobscraper.model.columns import BY_NAME
from jobscraper.model.errors import JobscraperError
from jobscraper.scale.adverts import Row, columns, page_outcome
from jobscraper.scale.cache import cache_of
from jobscraper.scale.code import code_digest
from jobscraper.scale.pages import Pages
from jobscraper.scale.store import Store, store_at
from jobscraper.scale.task import Task, one_at_a_time

_ROWS_AT_ONCE = 500
_MOST_PARTS = 100_000
"""Of one file. A WARC of Common Crawl has some ten thousand hosts, of which few advertise jobs."""

_TYPES = {"TEXT": pa.string(), "REAL": pa.float64(), "INTEGER": pa.int64()}
_COUNTS = {"year": pa.int32(), "warc_offset": pa.int64()}
_PLACE = {name: pa.string() for name in "text lad_code lad_name region nation postcode".split()}
_LISTS = {
    "places": pa.list_(pa.struct({**_PLACE, "latitude": pa.float64(), "longitude": pa.float64()})),
    "issues": pa.list_(pa.struct({name: pa.string() for name in ("kind", "field", "text")})),
}
_PARTS = pa.schema([("year", pa.int32()), ("source", pa.string())])


@attrs.frozen(kw_only=True)
class Extracted:
    """What a file gave. `broken`: where it breaks off; `was_there`: an earlier extraction with the same code had done it."""

    name: str
    pages: int
    adverts: int
    broken: str | None
    files: tuple[str, ...]
    code: str
    was_there: bool = False


@attrs.define
class _Count:
    pages: int = 0
    adverts: int = 0
    broken: list[str] = attrs.field(factory=list)


def extract_file(task: Task, scratch: Path) -> Extracted:
    """Put the adverts of a WARC file into the store of the results, unless that was done by the same code.

    What older code made of the file is replaced. Its files carry a digest of the WARC in their names, and the note that
    it is done is written last.

    :raises JobscraperError: a store cannot be read or written, it is no WARC file, or this process has other code.
    """
    with one_at_a_time(task):
        cache, store = cache_of(task.captures, scratch), store_at(task.results)
        key = cache.key(task.name)
        note = f"_done/{key}.json"
        before = _noted(store, note)
        if before and before.code == code_digest():
            return attrs.evolve(before, was_there=True)
        path = cache.fetch_with_bodies(task.name)
        with TemporaryDirectory(dir=scratch) as folder:
            done = _extract(task, path, Path(folder), key, store)
            for stale in set(before.files if before else ()) - set(done.files):
                store.delete(stale)
            (Path(folder) / "note").write_text(json.dumps(attrs.asdict(done)), encoding="utf-8")
            store.put(Path(folder) / "note", note)
        return done


def extract_here(tasks: Iterable[Task], failed: list[str]) -> Iterator[Extracted]:
    """Do tasks in this process; `failed` comes to name the files that could not be read."""
    with TemporaryDirectory(prefix="jobscraper-") as scratch:
        for task in tasks:
            try:
                yield extract_file(task, Path(scratch))
            except JobscraperError as error:
                failed.append(str(error))


def _noted(store: Store, note: str) -> Extracted | None:
    if not store.has(note):
        return None
    with store.open(note) as file:
        told: dict[str, Any] = json.loads(file.read())
    return Extracted(**{**told, "files": tuple(told["files"])})


def _extract(task: Task, path: Path, folder: Path, key: str, store: Store) -> Extracted:
    whole, parted, count = folder / "whole.parquet", folder / "parted", _Count()
    told = folder / "pages.parquet"
    with pq.ParquetWriter(whole, _schema()) as writer, Pages(told) as pages:
        for rows in _chunks(_rows(path, count, pages)):
            writer.write_table(pa.Table.from_pylist(rows, _schema()))
            count.adverts += len(rows)
    ds.write_dataset(
        ds.dataset(whole).scanner(batch_size=_ROWS_AT_ONCE, batch_readahead=1, use_threads=False),
        parted,
        format="parquet",
        partitioning=ds.partitioning(_PARTS, flavor="hive"),
        basename_template=f"{key}-{{i}}.parquet",
        file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
        max_partitions=_MOST_PARTS,
    )
    files = {file.relative_to(parted).as_posix(): file for file in sorted(parted.rglob("*.parquet"))}
    files[f"_pages/{key}.parquet"] = told
    for name, file in files.items():
        store.put(file, name)
    return Extracted(
        name=f"{task.captures}/{task.name}",
        pages=count.pages,
        adverts=count.adverts,
        broken="; ".join(count.broken) or None,
        files=tuple(files),
        code=code_digest(),
    )


def _rows(path: Path, count: _Count, pages: Pages) -> Iterator[Row]:
    """The adverts of a WARC file, or of those of a WACZ, of which one that cannot be read costs itself."""
    warcs = warcs_in(path)
    if not warcs:
        raise CaptureError(f"{path}: no WARC file in its folder archive/; give a WACZ, or a WARC file")
    seen: set[str] = set()
    bodies = Bodies(warcs)
    for warc in warcs:
        try:
            yield from _rows_of(warc, bodies, seen, count, pages)
        except BrokenCaptureError as error:
            _break_off(warc, str(error), error.offset, count, pages)
        except CaptureError as error:
            if warc == path:
                raise
            _break_off(warc, str(error), None, count, pages)
    if text := broken(path):
        _break_off(path, text, None, count, pages)


def _break_off(path: Path, text: str, offset: int | None, count: _Count, pages: Pages) -> None:
    told = text.replace(str(path), name_of(path))
    count.broken.append(told)
    pages.break_off(path, told, offset)


def _rows_of(warc: Path, bodies: Bodies, seen: set[str], count: _Count, pages: Pages) -> Iterator[Row]:
    def pass_over(passed: PassedOver) -> None:
        count.pages += 1
        pages.pass_over(passed)

    for exchange in exchanges(warc, pass_over, bodies=bodies):
        count.pages += 1
        found = page_outcome(exchange, seen)
        pages.add(exchange.capture, found)
        yield from found.rows


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        yield chunk


def _schema() -> pa.Schema:
    return pa.schema([(name, parquet_type(name)) for name in columns()])


def parquet_type(name: str) -> pa.DataType:
    """The type of a column of a row: those of `advert` are as in the archive, what stands beside them is text by default."""
    if name in BY_NAME:
        return _TYPES[BY_NAME[name].type]
    return _COUNTS.get(name) or _LISTS.get(name) or pa.string()
