"""Waiting until something holds, and no longer; the limit only ends a test that would never end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def wait_for(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        time.sleep(0.02)


def wait_for_the_next_run(captures: Path) -> None:
    """Wait for the second after that of the last capture: runs are named by the second, and sightings told by it."""
    last = max((int(path.stat().st_mtime) for path in captures.rglob("*") if path.is_file()), default=0)
    wait_for(lambda: int(time.time()) > last)
