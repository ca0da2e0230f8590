"""Importing this loads all that reading takes: every reader, every register. The server that forks workers does it once."""

from __future__ import annotations

from datetime import UTC, datetime

from jobscraper.archive.prepare import prepare
from jobscraper.items import RawAdvert
from jobscraper.platforms.readers import load_readers

load_readers()
prepare(
    RawAdvert(
        source_ref="1", title="Planner", employer="Leeds City Council", location="Leeds", salary="SCP 5", closes="1 May"
    ),
    datetime.now(UTC),
)
