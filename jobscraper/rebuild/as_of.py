"""Time travel: the archive as it stood at the end of a day, made from what had been captured by then.

Made again rather than undone: the history of an advert tells what changed in it, but not what a run under way had seen, nor
which pages stood where. Values are as they are read today.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, time
from pathlib import Path

from jobscraper.archive.lock_folder import remove_locks
from jobscraper.archive.store import ArchiveError, check_folder, in_words, new_copy
from jobscraper.rebuild.rebuild import Plan, Walked, check_whole, fold_all


def write_as_of(plan: Plan, day: date, target: Path, *, workers: int, walked: Walked = lambda _, __: None) -> int:
    """Write the archive as it stood at the end of `day` (UTC) to the new file `target`; return how many adverts it has.

    :raises ArchiveError: `target` exists, nothing had been captured by then, or the disk is full; `target` is not left half
        made.
    """
    check_folder(target)
    if target.exists():
        raise ArchiveError(f"{target}: is there already; name a new file with --to")
    then = plan.up_to(datetime.combine(day, time.max, UTC))
    if not then.runs:
        first = min(run.started for run in plan.runs if run.started)
        raise ArchiveError(f"nothing had been captured by {day}; the first run began on {first.date()}")
    making = target.with_name(f"{target.name}-making")
    _remove(making)
    try:
        with new_copy(making) as new:
            fold_all(new, then, workers, walked)
            check_whole(new, target)
            adverts = int(new.execute("SELECT count(*) FROM advert").fetchone()[0])
        making.rename(target)
    except sqlite3.Error as error:
        raise ArchiveError(f"{target}: {in_words(error)}") from error
    finally:
        _remove(making)
    return adverts


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    remove_locks(path)
