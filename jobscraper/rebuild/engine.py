"""Reading the stretches of many runs on every core, and handing out what they give in order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread, current_thread, main_thread

from jobscraper.errors import JobscraperError
from jobscraper.rebuild.reading import ReadStretch, Stretch, read_stretch

ReadAll = Callable[[Iterable[Stretch], int], Generator[tuple[Stretch, ReadStretch], None, None]]
"""What reads stretches with so many workers, and gives what each holds in the order given."""

AHEAD = 4
"""Stretches a worker may be ahead of the fold: memory stays bounded however large the captures are."""


def read_all(stretches: Iterable[Stretch], workers: int) -> Generator[tuple[Stretch, ReadStretch], None, None]:
    """Yield what each stretch holds, in the order given; with one worker, in this process."""
    if workers <= 1:
        for stretch in stretches:
            yield stretch, read_stretch(stretch)
        return
    waiting: deque[tuple[Stretch, Future[ReadStretch]]] = deque()
    # Spawned, not forked: a fork would share the connection to the archive that is being written.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        for stretch in stretches:
            with _workers_deaf_to_ctrl_c():
                waiting.append((stretch, pool.submit(read_stretch, stretch)))
            if len(waiting) >= AHEAD * workers:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


@contextmanager
def _workers_deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started while SIGINT is ignored ignores it: Ctrl-C ends the parent, and with it the workers.

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


def _first(waiting: deque[tuple[Stretch, Future[ReadStretch]]]) -> tuple[Stretch, ReadStretch]:
    stretch, future = waiting.popleft()
    try:
        return stretch, future.result()
    except BrokenProcessPool:
        raise JobscraperError(
            f"{stretch.path}: a process that read it was killed; if memory was short, try again with --workers 1"
        ) from None
