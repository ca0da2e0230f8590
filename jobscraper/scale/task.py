"""What a worker is given to do: one file, where it lies, and where what comes of it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock

import attrs

from jobscraper.scale.code import code_digest, require
from jobscraper.scale.store import store_at

_lock = Lock()


@attrs.frozen(kw_only=True)
class Task:
    """A file of a store of captures, and the store of what it is read as, by their URLs. `code`: by which code."""

    captures: str
    name: str
    results: str
    code: str


@contextmanager
def one_at_a_time(task: Task) -> Iterator[None]:
    """A process works on one file at a time, however many threads somebody gave it: its memory is that of one.

    :raises OtherCodeError: this process has other code than who gave the task.
    """
    require(task.code)
    with _lock:
        yield


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
    return [Task(captures=url, name=name, results=results, code=code_digest()) for url, name in found]
