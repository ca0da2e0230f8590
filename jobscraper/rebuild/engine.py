"""Reading the stretches of many runs on every core, and handing out what they give in order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from itertools import islice
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.context import BaseContext
from threading import Thread, current_thread, main_thread

from jobscraper.crawl.preload import preload
from jobscraper.model.errors import JobscraperError
from jobscraper.rebuild.reading import ReadStretch, Stretch, read_stretch

ReadAll = Callable[[Iterable[Stretch], int], Generator[tuple[Stretch, ReadStretch], None, None]]
"""What reads stretches with so many workers, and gives what each holds in the order given."""

_WORKER = "jobscraper.rebuild.worker"
AHEAD = 4
"""Stretches for each process that may be read and not yet folded: memory stays bounded however large the captures are."""


def read_all(stretches: Iterable[Stretch], workers: int) -> Generator[tuple[Stretch, ReadStretch], None, None]:
    """Yield what each stretch holds, in the order given.

    This process is one of the workers: it reads while there is nothing for it to fold, and while the others still start.
    """
    if workers <= 1:
        for stretch in stretches:
            yield stretch, read_stretch(stretch)
        return
    to_read = iter(stretches)
    waiting: deque[tuple[Stretch, Future[ReadStretch]]] = deque()
    with closing(_Others(workers - 1)) as others:
        preload()
        while True:
            for stretch in islice(to_read, min(others.room(), AHEAD * workers - len(waiting))):
                waiting.append((stretch, others.read(stretch)))
            is_first_here = waiting and waiting[0][1].done()
            mine = None if is_first_here or len(waiting) >= AHEAD * workers else next(to_read, None)
            if mine is not None:
                waiting.append((mine, _read_here(mine)))
            elif waiting:
                first, future = waiting.popleft()
                yield first, _result(first, future)
            else:
                return


def _read_here(stretch: Stretch) -> Future[ReadStretch]:
    read: Future[ReadStretch] = Future()
    read.set_result(read_stretch(stretch))
    return read


def _result(stretch: Stretch, future: Future[ReadStretch]) -> ReadStretch:
    try:
        return future.result()
    except BrokenProcessPool:
        raise JobscraperError(
            f"{stretch.path}: a process that read it was killed; if memory was short, try again with --workers 1"
        ) from None


class _Others:
    """The processes that read beside this one."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.pool = ProcessPoolExecutor(count, mp_context=_context(), initializer=_end_with_parent)
        self.reading: list[Future[ReadStretch]] = []
        self.starter = ThreadPoolExecutor(1)  # Asking for a process waits until their server has loaded what they need.
        self.begun = self.starter.submit(lambda: self.pool.submit(int).result())

    def room(self) -> int:
        """How many more stretches they can be given, so that none waits for its next one; none while they start."""
        self.reading = [future for future in self.reading if not future.done()]
        return 2 * self.count - len(self.reading) if self.begun.done() else 0

    def read(self, stretch: Stretch) -> Future[ReadStretch]:
        """Have a stretch read."""
        try:
            future = self.pool.submit(read_stretch, stretch)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.reading.append(future)
        return future

    def close(self) -> None:
        """Let them end."""
        self.starter.shutdown()
        self.pool.shutdown()


def _context() -> BaseContext:
    """How workers are started: never forked from here, where they would share the connection to the archive.

    A server that has loaded what reading takes forks them: that is a second of work for one process instead of for each.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([_WORKER])
    with _deaf_to_ctrl_c():
        forkserver.ensure_running()
    return context


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started while SIGINT is ignored ignores it, and so do those that it forks: Ctrl-C ends the parent,
    and with it the workers.

    Otherwise each worker prints a traceback of its own.
    """
    if current_thread() is not main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _end_with_parent() -> None:
    """Let no worker outlive a parent that is killed: it would wait for work for ever."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
