"""All that reading takes, loaded before workers are forked, and told to the garbage collector as what stays.

Otherwise the collector walks over two hundred thousand objects now and then, and memory that forked workers share is copied.
What a page leaves to be collected is a few small functions, never its tree, so the collector need not come after every page.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from jobscraper.archive.prepare import prepare
from jobscraper.crawl.project import load_readers
from jobscraper.model.reading import RawAdvert


def preload() -> None:
    """Load every reader and every register, by reading an advert."""
    load_readers()
    prepare(
        RawAdvert(
            source_ref="1",
            title="Planner",
            employer="Leeds City Council",
            location="Leeds",
            salary="SCP 5",
            closes="1 May",
        ),
        datetime.now(UTC),
    )
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
