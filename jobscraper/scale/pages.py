"""The Parquet file that accounts for every response of a WARC file: what it came to, and why where it gave no advert.

It is handed on like the adverts: whom a page or an address names stands neither in a reason nor in a URL.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jobscraper.capture.bodies import moment
from jobscraper.capture.read import PassedOver
from jobscraper.capture.record import Capture, instant
from jobscraper.capture.wacz import name_of
from jobscraper.normalise.contacts import redact_url
from jobscraper.normalise.contacts.messages import private
from jobscraper.scale.adverts import PageOutcome

_AT_ONCE = 5_000
_SCHEMA = pa.schema(
    {
        "warc_file": pa.string(),
        "warc_offset": pa.int64(),
        "url": pa.string(),
        "fetched_at": pa.string(),
        "status": pa.int32(),
        "outcome": pa.string(),
        "reason": pa.string(),
        "adverts": pa.int32(),
    }
)


class Pages:
    """Writes a row for each response, and for each place at which a file breaks off, some thousands at once."""

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, _SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._writer.close()

    def add(self, capture: Capture, found: PageOutcome) -> None:
        """Add a response."""
        self._add(
            warc_file=capture.warc_file,
            warc_offset=capture.offset,
            url=capture.url,
            fetched_at=instant(capture.fetched_at),
            status=capture.status,
            outcome=found.outcome,
            reason=found.reason,
            adverts=len(found.rows),
        )

    def pass_over(self, passed: PassedOver) -> None:
        """Add a record that makes no sense, was cut off when it was captured, or refers to a body that is not at hand."""
        told = passed.record.headers
        date = None
        with suppress(KeyError, ValueError):
            date = instant(moment(told["warc-date"]))
        self._add(
            warc_file=name_of(passed.path),
            warc_offset=passed.record.offset,
            url=told.get("warc-target-uri", "").strip("<>") or None,
            fetched_at=date,
            outcome="passed_over",
            reason=passed.reason,
        )

    def break_off(self, path: Path, text: str, offset: int | None) -> None:
        """Add that a file cannot be read from a byte on, or not at all."""
        self._add(warc_file=name_of(path), warc_offset=offset, outcome="breaks_off", reason=text)

    def _add(self, *, url: str | None = None, reason: str | None, adverts: int = 0, **told: Any) -> None:
        clean = {"url": redact_url(url)[0] if url else None, "reason": _private(reason) if reason else None}
        self._rows.append({**told, **clean, "adverts": adverts})
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, _SCHEMA))
            self._rows.clear()


_private = lru_cache(1_000)(private)  # Most pages of the web have one of a few reasons.
