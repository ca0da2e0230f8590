"""Reading the stretches of many runs on every core, and handing out what they give in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread

from jobscraper.rebuild.reading import Step, Stretch, read_stretch

AHEAD = 4
"""Stretches a worker may be ahead of the fold: memory stays bounded however large the captures are."""


def read_all(stretches: Iterable[Stretch], workers: int) -> Iterator[tuple[Stretch, list[Step]]]:
    """Yield what each stretch holds, in the order given; with one worker, in this process."""
    if workers <= 1:
        for stretch in stretches:
            yield stretch, read_stretch(stretch)
        return
    waiting: deque[tuple[Stretch, Future[list[Step]]]] = deque()
    # Spawned, not forked: a fork would share the connection to the archive that is being written.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        for stretch in stretches:
            waiting.append((stretch, pool.submit(read_stretch, stretch)))
            if len(waiting) >= AHEAD * workers:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _end_with_parent() -> None:
    """Let no worker outlive a parent that is killed: it would wait for work for ever."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _first(waiting: deque[tuple[Stretch, Future[list[Step]]]]) -> tuple[Stretch, list[Step]]:
    stretch, future = waiting.popleft()
    return stretch, future.result()
