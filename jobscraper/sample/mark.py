"""What tells the demo's archive and site from everybody else's: there is nothing in them but the sample."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from jobscraper.archive.ledger import has_live_runs
from jobscraper.sample import sample_warc


def is_demo(file: Path) -> bool:
    """Whether an archive or a snapshot is the demo's own: no run of it asked a board, and all its captures are in the
    sample's file. One that is not there, or in which nothing is yet, may become the demo's; any other file may not.
    """
    if not file.exists() or (file.is_file() and not file.stat().st_size):
        return True
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
            files = {name for (name,) in db.execute("SELECT DISTINCT warc_file FROM capture")}
            return not has_live_runs(db) and files <= {sample_warc().name}
    except sqlite3.Error:
        return False
