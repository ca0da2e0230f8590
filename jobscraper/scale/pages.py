"""The Parquet file that accounts for every response of a WARC file: what it came to, and why where it gave no advert.

It is handed on like the adverts: whom a page or an address names stands neither in a reason nor in a URL.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jobscraper.capture.record import Capture, instant
from jobscraper.normalise.contacts import redact_url
from jobscraper.normalise.contacts.told import private
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
    """Writes a row for each response, some thousands at once; of a record that makes no sense only the reason is known."""

    def __init__(self, path: Path, warc_file: str) -> None:
        self._writer = pq.ParquetWriter(path, _SCHEMA, compression="zstd")
        self._warc_file = warc_file
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._writer.close()

    def add(self, capture: Capture | None, found: PageOutcome) -> None:
        """Add a response."""
        where = (
            {
                "warc_offset": capture.offset,
                "url": redact_url(capture.url)[0],
                "fetched_at": instant(capture.fetched_at),
                "status": capture.status,
            }
            if capture
            else {}
        )
        reason = _private(found.reason) if found.reason else None
        told = {"outcome": found.outcome, "reason": reason, "adverts": len(found.rows)}
        self._rows.append({"warc_file": self._warc_file, **where, **told})
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, _SCHEMA))
            self._rows.clear()


_private = lru_cache(1_000)(private)  # Most pages of the web have one of a few reasons.
