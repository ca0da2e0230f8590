"""Reading the files of many runs on a cluster: another `read_all`, with a task a file instead of a process a stretch."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, groupby, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
from distributed import Client, Future, as_completed, get_worker

from jobscraper.rebuild.reading import ReadStretch, Stretch, read_stretch
from jobscraper.scale.cluster import FileFailedError, cluster, result
from jobscraper.scale.code import code_digest
from jobscraper.scale.extract import Extracted, extract_file
from jobscraper.scale.reader import read_file
from jobscraper.scale.results import read_results
from jobscraper.scale.store import Store, store_at
from jobscraper.scale.task import Task

_RETRIES = 2
"""Of a file whose store did not answer. A worker that dies costs no retry: the scheduler gives its tasks to others."""

_NOTHING = ReadStretch((), [], None)


@attrs.define
class ClusterReader:
    """Reads the files of a store of captures; `planned` is the folder that stands for it in a plan.

    `unread` names the files that could not be read; the others go on.
    """

    client: Client
    captures: Store
    planned: Path
    results: Store
    unread: list[str] = attrs.field(factory=list)

    def read_all(
        self, stretches: Iterable[Stretch], workers: int
    ) -> Generator[tuple[Stretch, ReadStretch], None, None]:
        """Yield what each stretch holds, in the order given; the first of a file has all of it.

        What lies outside of the store, as the files of replays do, is read in this process.

        :raises JobscraperError: the cluster is gone, or its workers have other code.
        """
        del workers  # As many as there are.
        files = [(path, tuple(parts)) for path, parts in groupby(stretches, lambda stretch: stretch.path)]
        waiting = {path: self._begin(path) for path, _ in files if path.is_relative_to(self.planned)}
        try:
            for path, parts in files:
                if path in waiting:
                    yield from zip(parts, chain([self._done(path, waiting.pop(path))], repeat(_NOTHING)), strict=False)
                else:
                    yield from ((part, read_stretch(part)) for part in parts)
        finally:
            self.client.cancel(list(waiting.values()))

    def _begin(self, path: Path) -> Future:
        task = Task(captures=self.captures.url, name=self._name(path), results=self.results.url, code=code_digest())
        return self.client.submit(read_on_worker, task, retries=_RETRIES, pure=False)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.planned).as_posix()

    def _done(self, path: Path, future: Future) -> ReadStretch:
        try:
            return read_results(self.results, result(future, f"{self.captures.url}/{self._name(path)}"))
        except FileFailedError as error:
            self.unread.append(str(error))
            return ReadStretch((), [str(error)], None)


@contextmanager
def reading(captures: str, results: str, scheduler: str | None, workers: int) -> Iterator[ClusterReader]:
    """A reader of the captures in a store, on the cluster of a scheduler, or else on processes of this machine.

    :raises JobscraperError: no such store, or no such cluster.
    """
    store = store_at(captures)
    with TemporaryDirectory(prefix="jobscraper-") as folder, cluster(scheduler, workers) as client:
        yield ClusterReader(client, store, store.outline(Path(folder)), store_at(results))


def extract_on_cluster(
    tasks: Iterable[Task], scheduler: str | None, workers: int, failed: list[str]
) -> Iterator[Extracted]:
    """Extract from files on a cluster, and yield what each gave as it is done; `failed` comes to name those that failed.

    :raises JobscraperError: no such cluster, it is gone, or its workers have other code.
    """
    with cluster(scheduler, workers) as client:
        futures = {client.submit(extract_on_worker, task, retries=_RETRIES, pure=False): task for task in tasks}
        for future in as_completed(futures):
            task = futures[future]
            try:
                yield result(future, f"{task.captures}/{task.name}")
            except FileFailedError as error:
                failed.append(str(error))
            future.release()


def extract_on_worker(task: Task) -> Extracted:
    """Extracting as a worker of Dask does it."""
    return extract_file(task, Path(get_worker().local_directory))


def read_on_worker(task: Task) -> str:
    """Reading as a worker of Dask does it."""
    return read_file(task, Path(get_worker().local_directory))
