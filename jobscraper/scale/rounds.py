"""A round whose crawls are spread over the workers of a cluster, by host; folding stays with the one writer.

A worker gets what a crawl asks an archive, crawls as on one machine, and puts the captures into the store. The writer folds
those as it would after a crawl that was cut off: the archive is the same, wherever a source was crawled.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import attrs
from distributed import Client, Future, wait

from jobscraper.archive.ledger import SourceRow
from jobscraper.archive.locks import crawling
from jobscraper.archive.store import open_archive
from jobscraper.capture.run_info import run_info
from jobscraper.capture.verify import warc_files
from jobscraper.model.errors import JobscraperError
from jobscraper.operate.due import Scheduled
from jobscraper.operate.round import Bounds, Crawled, crawl_one
from jobscraper.rebuild.reading import steps
from jobscraper.rebuild.runs import fold_run, recorded_run
from jobscraper.scale.cluster import ClusterError, result
from jobscraper.scale.code import code_digest, require
from jobscraper.scale.store import Store, store_at
from jobscraper.scale.subset import pack

_LOOK_SECONDS = 2.0
_GRACE_SECONDS = 60.0
"""For a worker to end a crawl that has had its time, and to deliver."""

COMMAND = ("{python}", "-m", "jobscraper", "crawl", "{name}", "--archive", "{archive}", "--captures", "{captures}")
"""A crawl as a worker starts it."""


@attrs.frozen(kw_only=True)
class Order:
    """A source to crawl: what the archive knows of it (a packed archive), where its captures go, and how long it may take."""

    name: str
    subset: bytes = attrs.field(repr=False)
    captures: str
    seconds: float
    code: str
    command: tuple[str, ...] = COMMAND


@attrs.frozen(kw_only=True)
class Delivery:
    """How a crawl ended, and the names of its files in the store."""

    crawled: Crawled
    files: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Writer:
    """The one that writes the archive. `sources` are their rows, by name."""

    client: Client
    archive: Path
    captures: Store
    sources: Mapping[str, SourceRow]
    command: tuple[str, ...] = COMMAND

    def crawl_round(
        self, lanes: Sequence[Sequence[Scheduled]], bounds: Bounds, told: Callable[[Crawled], None]
    ) -> list[Crawled]:
        """Crawl every lane on one worker: a host, and a vendor, stays with it for the round.

        :raises ArchiveInUseError: one of the sources is being crawled already, or the archive is being rebuilt.
        """
        until = monotonic() + bounds.round_seconds
        workers = cycle(sorted(self.client.scheduler_info(n_workers=-1)["workers"]))
        homes = [(lane, next(workers)) for lane in lanes]

        def crawl_lane(home: tuple[Sequence[Scheduled], str]) -> list[Crawled]:
            found = []
            for source in home[0]:
                found.append(self._crawl(source.name, home[1], min(bounds.source_seconds, until - monotonic())))
                told(found[-1])
            return found

        with ExitStack() as held:
            # All by this thread, and before any begins: two threads that ask for a lock at once refuse each other.
            for lane in lanes:
                for source in lane:
                    held.enter_context(crawling(self.archive, source.name))
            pool = held.enter_context(ThreadPoolExecutor(bounds.at_once))
            return [one for lane in pool.map(crawl_lane, homes) for one in lane]

    def _crawl(self, name: str, worker: str, seconds: float) -> Crawled:
        begun = monotonic()
        if seconds <= 0:
            return Crawled(name=name, seconds=0, is_good=False, said="not begun: the round was over", skipped=True)
        try:
            delivery = self._delivered(name, worker, seconds)
            self._fold(delivery.files)
        except JobscraperError as error:
            return Crawled(name=name, seconds=monotonic() - begun, is_good=False, said=str(error))
        return delivery.crawled

    def _delivered(self, name: str, worker: str, seconds: float) -> Delivery:
        with TemporaryDirectory(prefix="jobscraper-") as folder:
            open_archive(self.archive).close()  # There is one, of this version.
            subset = Path(folder) / "archive.db"
            pack(self.archive, name, subset, datetime.now(UTC))
            order = Order(
                name=name,
                subset=_whole(subset),
                captures=self.captures.url,
                seconds=seconds,
                code=code_digest(),
                command=self.command,
            )
        # No retries: a board must not be asked everything again because a worker died.
        future = self.client.submit(
            crawl_on_worker, order, workers=[worker], allow_other_workers=False, retries=0, pure=False
        )
        self._await(future, worker, monotonic() + seconds + _GRACE_SECONDS)
        delivery: Delivery = result(future, name)
        return delivery

    def _await(self, future: Future, worker: str, until: float) -> None:
        """Wait for a worker, but not for one that is gone: what only it may do, Dask would keep for it for ever.

        :raises ClusterError: it is gone, or late.
        """
        while not future.done():
            try:
                wait(future, timeout=_LOOK_SECONDS)
            except TimeoutError:
                is_there = worker in self.client.scheduler_info(n_workers=-1)["workers"]
                if not is_there or monotonic() > until:
                    future.cancel()
                    said = "does not answer" if is_there else "is gone"
                    raise ClusterError(f"its worker {worker} {said}; it is crawled again when it is due") from None

    def _fold(self, files: Sequence[str]) -> None:
        with TemporaryDirectory(prefix="jobscraper-") as folder, closing(open_archive(self.archive)) as db:
            paths = [self.captures.fetch(file, Path(folder)) for file in files]
            for path in paths:
                told = run_info(path)
                if told.part == 1 and told.run_id:
                    run = recorded_run(told)
                    read = (step for stretch in run.stretches for step in steps(stretch))
                    fold_run(db, run, self.sources[run.source_id], read)


def _whole(archive: Path) -> bytes:
    """The bytes of an archive that nobody writes to, its log worked in."""
    with closing(open_archive(archive)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
    return archive.read_bytes()


def crawl_on_worker(order: Order) -> Delivery:
    """Crawl a source with its subset, and put the captures into the store, also those of a crawl that failed.

    :raises OtherCodeError: this worker has other code.
    """
    require(order.code)
    store = store_at(order.captures)
    with TemporaryDirectory(prefix="jobscraper-") as folder:
        archive, captures = Path(folder) / "archive.db", Path(folder) / "captures"
        archive.write_bytes(order.subset)
        places = {"python": sys.executable, "name": order.name, "archive": archive, "captures": captures}

        def command(_: str) -> Sequence[str]:
            return [part.format(**places) for part in order.command]

        crawled = crawl_one(order.name, command, order.seconds, set(), threading.Event())
        files = warc_files(captures) if captures.is_dir() else []
        names = tuple(path.relative_to(captures).as_posix() for path in files)
        for path, name in zip(files, names, strict=True):
            store.put(path, name)
    return Delivery(crawled=crawled, files=names)
