"""The processes that read pages: one that forks, which stays as it was made, and the one that it forked last, which reads."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from logging.handlers import QueueHandler
from queue import SimpleQueue
from typing import Self

import attrs

from jobscraper.crawl.run import PageFailed, PageRead
from jobscraper.platforms.outcome import MOST_SECONDS, as_page, read_page

SIZE_BYTES = 8
"""Before each answer, big-endian: how long it is."""
_FOR_EVER = 2
"""In times of what a page may take."""


@attrs.frozen
class Answer:
    """What reading a page came to, and what was logged meanwhile."""

    outcome: PageRead | PageFailed
    logged: list[logging.LogRecord]


@attrs.frozen
class Forker:
    """The process that forks readers, one for each socket that it is sent, and ends with us."""

    pid: int
    line: socket.socket

    @classmethod
    def forked(cls) -> Self:
        """Fork it from here, with all that is loaded."""
        ours, theirs = socket.socketpair()
        pid = _fork(partial(_fork_readers, theirs), keep=theirs)
        theirs.close()
        return cls(pid, ours)

    def reader(self) -> socket.socket:
        """A socket at whose other end is a new reader, in the place of the one before.

        :raises OSError: it was killed.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.line, [b"."], [theirs.fileno()])
        return ours

    def close(self) -> None:
        """Let it end, and its reader with it."""
        self.line.close()
        os.waitpid(self.pid, 0)


def _fork(work: Callable[[], None], keep: socket.socket) -> int:
    """Do `work` in a new process, which holds no open file of ours but `keep` and the standard ones: no lock, no archive."""
    pid = os.fork()
    if pid:
        return pid
    try:
        _forget_signals()
        for descriptor in map(int, os.listdir("/dev/fd")):
            if descriptor > 2 and descriptor != keep.fileno():
                with suppress(OSError):  # That of the listing itself is closed already.
                    os.close(descriptor)
        work()
    finally:
        os._exit(0)  # Without what the forking process would do at its end.


def _forget_signals() -> None:
    """Leave off what Twisted does on signals. Those that end a crawl are for the crawl, which ends us in its own time."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _fork_readers(line: socket.socket) -> None:
    pid = None
    try:
        while descriptors := socket.recv_fds(line, 1, 1)[1]:
            _end(pid)
            with socket.socket(fileno=descriptors[0]) as pages:
                pid = _fork(partial(_read, pages), keep=pages)
    finally:
        _end(pid)


def _end(pid: int | None) -> None:
    if pid:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _read(pages: socket.socket) -> None:
    """Answer each page; one that holds a parser written in C up for ever has the system kill us."""
    logged: SimpleQueue[logging.LogRecord] = SimpleQueue()
    logging.root.handlers = [QueueHandler(logged)]
    with pages.makefile("rb") as stream:
        while stream.peek(1):
            url, response, capture = pickle.load(stream)
            signal.setitimer(signal.ITIMER_PROF, _FOR_EVER * MOST_SECONDS)
            answer = _answer(url, read_page(as_page(url, response), capture), logged)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pages.sendall(len(answer).to_bytes(SIZE_BYTES, "big") + answer)


def _answer(url: str, outcome: PageRead | PageFailed, logged: SimpleQueue[logging.LogRecord]) -> bytes:
    try:
        records = [logged.get() for _ in range(logged.qsize())]
        return pickle.dumps(Answer(outcome, records), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # A reader that gives what is no plain value.
        text = f"what was read cannot be handed over ({type(error).__name__}: {error})"
        failed = PageFailed(url=url, kind="unreadable", text=text, captured=True)
        return pickle.dumps(Answer(failed, []), pickle.HIGHEST_PROTOCOL)
