"""The task of a worker: one file of captures, read as a rebuild reads it, its results put into a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from jobscraper.capture.warc import BrokenCaptureError
from jobscraper.rebuild.reading import Step, Stretch, steps_of
from jobscraper.scale.cache import cache_of
from jobscraper.scale.results import is_final, write_results
from jobscraper.scale.store import store_at
from jobscraper.scale.task import Task, one_at_a_time


def read_file(task: Task, scratch: Path) -> str:
    """Read a file, unless that was done; return the name of its results. `scratch` is a folder of this process alone.

    The name follows from the file's own name and content and from the code, so that doing it twice does no harm.

    :raises StoreError: a store cannot be read or written.
    :raises CaptureError: it is no WARC file.
    :raises OtherCodeError: this process has other code.
    """
    with one_at_a_time(task):
        cache, results = cache_of(task.captures, scratch), store_at(task.results)
        name = f"{cache.key(task.name)}-{task.code}.parquet"
        if not is_final(results, name):
            path = cache.fetch_with_bodies(task.name)
            with TemporaryDirectory(dir=scratch) as folder:
                target = Path(folder) / name
                _write(path, f"{cache.store.url}/{task.name}", target)
                results.put(target, name)
    return name


def _write(path: Path, called: str, target: Path) -> None:
    skipped: list[str] = []
    write_results(_steps(path, called, skipped), skipped, target)


def _steps(path: Path, called: str, skipped: list[str]) -> Iterator[Step]:
    """What a file holds; what is said of it names it as it is `called` in its store."""
    try:
        yield from steps_of(Stretch(path), lambda text: skipped.append(text.replace(str(path), called)), set())
    except BrokenCaptureError as error:
        raise BrokenCaptureError(str(error).replace(str(path), called), error.offset) from error
