"""Which snapshot lies in the folder of a site."""

from __future__ import annotations

from pathlib import Path

from jobscraper.publish.build.snapshot import COUNTS_FILE, SNAPSHOT_FILE


def stamp_of(site: Path) -> tuple[int, ...]:
    """What changes when a snapshot, or then its counts, are swapped; empty while there is no snapshot."""
    try:
        snapshot = (site / SNAPSHOT_FILE).stat()
        counts = (site / COUNTS_FILE).stat()
    except FileNotFoundError:
        return ()
    return snapshot.st_ino, snapshot.st_mtime_ns, counts.st_ino, counts.st_mtime_ns
