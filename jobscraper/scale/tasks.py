"""From the names that a user gives to tasks, and doing them one after the other in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from jobscraper.errors import JobscraperError
from jobscraper.scale.code import code_version
from jobscraper.scale.extracting import Extracted, extract_file
from jobscraper.scale.reader import Task
from jobscraper.scale.store import store_at


def tasks_of(warcs: Iterable[str], target: str) -> list[Task]:
    """A task for each file, once; a name with `*` in its last part stands for many.

    :raises StoreError: no such store, or nothing of that name in it.
    """
    found: dict[tuple[str, str], None] = {}
    for warc in warcs:
        folder, _, name = warc.rpartition("/")
        store = store_at(folder or ("/" if warc.startswith("/") else "."))
        found.update(dict.fromkeys((store.url, one) for one in store.matching(name)))
    results = store_at(target).url
    return [Task(captures=url, name=name, results=results, code=code_version()) for url, name in found]


def extract_here(tasks: Iterable[Task], failed: list[str]) -> Iterator[Extracted]:
    """Do tasks in this process; `failed` comes to name the files that could not be read."""
    with TemporaryDirectory(prefix="jobscraper-") as scratch:
        for task in tasks:
            try:
                yield extract_file(task, Path(scratch))
            except JobscraperError as error:
                failed.append(str(error))
