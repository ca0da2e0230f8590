"""What a file was read as, in Parquet: a row for each response, followed by a row for each advert that it prints.

A response has `capture` and `page` (or `failed`), an advert `raw`, and `advert` where the file prints it for the first time:
both as JSON, which DuckDB and others ask by path. Written and read by the row group, whatever the size of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import attrs
import cattrs
import pyarrow as pa
import pyarrow.parquet as pq
from cattrs.preconf.json import make_converter

from jobscraper.archive.prepare import PreparedAdvert
from jobscraper.capture.record import Capture
from jobscraper.capture.warc import BrokenCaptureError
from jobscraper.model.reading import Part, Problem, RawAdvert, Reading
from jobscraper.read.outcome import PageFailed, PageRead
from jobscraper.rebuild.reading import ReadStretch, Step
from jobscraper.scale.store import Store, naming

GROUP_BYTES = 8_000_000
"""Characters of a row group: with one response, and those of one WARC record, what a worker holds at a time."""

_ROWS_AT_ONCE = 1_000
_SCHEMA = pa.schema(
    [
        ("capture", pa.string()),
        ("provisional", pa.bool_()),
        ("leads_to", pa.string()),
        ("failed", pa.string()),
        ("page", pa.string()),
        ("raw", pa.string()),
        ("advert", pa.string()),
    ]
)
_Row = dict[str, Any]
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class _Page:
    """What folding needs of a reading beside its adverts."""

    part: Part
    pages: Mapping[str, str] = attrs.field(factory=dict)
    listed: int | None = None
    problems: tuple[Problem, ...] = ()


@cache
def _converter() -> cattrs.Converter:
    return make_converter(omit_if_default=True)


def write_results(steps: Iterable[Step], skipped: Sequence[str], target: Path) -> None:
    """Write what a file is read as, up to where it breaks off, to a new file.

    :param skipped: grows while the steps are taken; it names what was passed over.
    """
    broken: str | None = None
    with pq.ParquetWriter(target, _SCHEMA, compression="zstd") as writer:
        rows: list[_Row] = []
        size = 0
        try:
            for step in steps:
                added = list(_rows(step))
                rows += added
                size += sum(len(value) for row in added for value in row.values() if isinstance(value, str))
                if size >= GROUP_BYTES:
                    writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
                    rows, size = [], 0
        except BrokenCaptureError as error:
            broken = str(error)
        writer.write_table(pa.Table.from_pylist(rows, _SCHEMA))
        writer.add_key_value_metadata({"told": json.dumps({"skipped": list(skipped), "broken": broken})})


def _rows(step: Step) -> Iterator[_Row]:
    outcome = step.outcome
    row: _Row = {"capture": _json(step.capture), "provisional": step.provisional, "leads_to": step.leads_to}
    if isinstance(outcome, PageFailed):
        yield row | {"failed": _json(outcome)}
    elif outcome is None:
        yield row
    else:
        reading = outcome.reading
        page = _Page(part=reading.part, pages=reading.pages, listed=reading.listed, problems=reading.problems)
        yield row | {"page": _json(page)}
        ready = dict(step.ready)
        for raw in reading.adverts:
            advert = ready.pop(raw.digest, None)
            yield {"raw": _json(raw), "advert": _json(advert) if advert else None}


def _json(value: object) -> str:
    return json.dumps(_converter().unstructure(value), ensure_ascii=False, separators=(",", ":"))


def read_results(store: Store, name: str) -> ReadStretch:
    """What `write_results` wrote; its steps are read from the store as they are taken.

    :raises StoreError: they cannot be read, also while they are taken.
    """
    with naming(f"{store.url}/{name}"), store.open(name) as file:
        told = _told(pq.ParquetFile(file))
    return ReadStretch(_steps(store, name), told["skipped"], told["broken"])


def is_final(store: Store, name: str) -> bool:
    """Whether there are results, and nothing was passed over: a body that was not at hand may be there the next time.

    :raises StoreError: the store cannot be read.
    """
    if not store.has(name):
        return False
    with naming(f"{store.url}/{name}"), store.open(name) as file:
        return not _told(pq.ParquetFile(file))["skipped"]


def _told(file: pq.ParquetFile) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(file.metadata.metadata[b"told"])
    return found


def _steps(store: Store, name: str) -> Iterator[Step]:
    with naming(f"{store.url}/{name}"), store.open(name) as file:
        batches = pq.ParquetFile(file).iter_batches(_ROWS_AT_ONCE)
        yield from _of_rows(row for batch in batches for row in batch.to_pylist())


def _of_rows(rows: Iterable[_Row]) -> Iterator[Step]:
    group: list[_Row] = []
    for row in rows:
        if row["capture"] is not None and group:
            yield _step(group)
            group = []
        group.append(row)
    if group:
        yield _step(group)


def _step(rows: Sequence[_Row]) -> Step:
    first, *printed = rows
    capture = _of_json(first["capture"], Capture)
    alone = Step(capture, None, {}, first["provisional"], first["leads_to"])
    if first["failed"] is not None:
        return attrs.evolve(alone, outcome=_of_json(first["failed"], PageFailed))
    if first["page"] is None:
        return alone
    page = _of_json(first["page"], _Page)
    adverts = tuple(_of_json(row["raw"], RawAdvert) for row in printed)
    ready = [_of_json(row["advert"], PreparedAdvert) for row in printed if row["advert"]]
    reading = Reading(part=page.part, adverts=adverts, pages=page.pages, listed=page.listed, problems=page.problems)
    by_digest = {advert.digest: advert for advert in ready}
    return attrs.evolve(alone, outcome=PageRead(capture=capture, reading=reading), ready=by_digest)


def _of_json(text: str, kind: type[T]) -> T:
    return _converter().structure(json.loads(text), kind)
