"""Who may write an archive: crawls of different sources side by side, one crawl a source, a rebuild alone.

The system lets go of a lock when its process ends, however it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, ReadWriteLock, Timeout

from jobscraper.archive.lock_folder import lock_path
from jobscraper.archive.store import check_folder
from jobscraper.model.errors import JobscraperError

_SHARED = "archive"


class ArchiveInUseError(JobscraperError):
    """Another process holds the lock; nothing was done."""


@contextmanager
def crawling(archive: Path, source_id: str) -> Iterator[None]:
    """Hold the right to crawl a source into an archive.

    :raises ArchiveInUseError: the source is being crawled into it already, or it is being rebuilt.
    :raises ArchiveError: the folder of the archive does not exist.
    """
    check_folder(archive)
    shared = ReadWriteLock(lock_path(archive, _SHARED), blocking=False)
    own = FileLock(lock_path(archive, f"source-{source_id}"), blocking=False)
    try:
        with shared.read_lock():
            try:
                with own:
                    yield
            except Timeout:
                raise ArchiveInUseError(
                    f"{archive}: {source_id} is being crawled into it already; wait for that to end"
                ) from None
    except Timeout:
        raise ArchiveInUseError(f"{archive}: it is being rebuilt; wait for that to end and crawl again") from None


@contextmanager
def indexing(archive: Path) -> Iterator[None]:
    """Hold the right to write beside crawls; a rebuild would swap away what is written meanwhile.

    :raises ArchiveInUseError: it is being rebuilt.
    """
    try:
        with ReadWriteLock(lock_path(archive, _SHARED), blocking=False).read_lock():
            yield
    except Timeout:
        raise ArchiveInUseError(f"{archive}: it is being rebuilt; wait for that to end and index again") from None


@contextmanager
def rebuilding(archive: Path) -> Iterator[None]:
    """Hold the archive alone.

    :raises ArchiveInUseError: something is being crawled into it, or another rebuild is at work.
    """
    try:
        with ReadWriteLock(lock_path(archive, _SHARED), blocking=False).write_lock():
            yield
    except Timeout:
        raise ArchiveInUseError(
            f"{archive}: a crawl or a rebuild is writing to it; wait for that to end and try again"
        ) from None
