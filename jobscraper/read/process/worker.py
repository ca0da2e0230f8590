"""The processes that read pages: one that forks, which stays as it was made, and those that it has forked, which read."""

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

from jobscraper.model.errors import JobscraperError
from jobscraper.read.outcome import PageFailed, PageRead, read_page

logger = logging.getLogger(__name__)

BEGUN = b"!"
"""Sent when a page is there, and reading it begins: what happens then is the page's doing."""
SIZE_BYTES = 8
"""Before each answer, big-endian: how long it is."""
FOR_EVER = 90.0
"""Seconds by the clock after which a page is given up: three times `outcome.MOST_SECONDS` of a processor, which may be busy."""


class NoReaderProcessError(JobscraperError):
    """No process can be had that reads pages."""


@attrs.frozen
class Answer:
    """What reading a page came to, and what was logged meanwhile."""

    outcome: PageRead | PageFailed
    logged: list[logging.LogRecord]


@attrs.frozen
class Forker:
    """The process that forks readers, one for each socket that it is sent. It ends with us, and its readers with it."""

    pid: int
    line: socket.socket

    @classmethod
    def forked(cls) -> Self:
        """Fork it from here, with all that is loaded."""
        ours, theirs = socket.socketpair()
        with theirs:
            return cls(_fork(partial(_fork_readers, theirs, ours), keep=theirs), ours)

    def new_reader(self) -> socket.socket:
        """A socket at whose other end is a new reader; it ends when that is closed. Our end does not wait.

        :raises NoReaderProcessError: the process that forks is gone.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.line, [b"."], [theirs.fileno()])
            except OSError as error:
                raise NoReaderProcessError(
                    "the process that starts the page readers was killed, or there is not enough memory for more;"
                    " free some and crawl again"
                ) from error
        ours.setblocking(False)
        return ours

    def close(self) -> None:
        """Let it end."""
        self.line.close()
        with suppress(ChildProcessError):  # Somebody waited for it already.
            os.waitpid(self.pid, 0)


def _fork(work: Callable[[], None], keep: socket.socket) -> int:
    """Do `work` in a new process, which holds no open file of ours but `keep` and the standard ones: no lock, no archive."""
    pid = os.fork()
    if pid:
        return pid
    try:
        _forget_signals()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in map(int, os.listdir("/dev/fd")):
            if descriptor > 2 and descriptor not in (keep.fileno(), nothing):
                os.dup2(nothing, descriptor)  # Not closed: a log file that is would close what has its number then.
        work()
    except Exception:
        logger.exception("a process for reading pages failed")
    finally:
        os._exit(0)  # Without what the forking process would do at its end.


def _forget_signals() -> None:
    """Leave off what Twisted does on signals. Those that end a crawl are for the crawl, which ends us in its own time."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _fork_readers(line: socket.socket, other_end: socket.socket) -> None:
    other_end.close()  # Where standard input is closed, it has its number.
    readers: list[int] = []
    try:
        while descriptors := socket.recv_fds(line, 1, 1)[1]:
            readers = [pid for pid in readers if os.waitpid(pid, os.WNOHANG) == (0, 0)]
            with socket.socket(fileno=descriptors[0]) as pages:
                try:
                    readers.append(_fork(partial(_read, pages), keep=pages))
                except OSError:
                    line.close()  # Before `pages`: who asks for another one is to know.
                    raise
    finally:
        for pid in readers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _read(pages: socket.socket) -> None:
    """Answer each page; one that holds a parser written in C up for ever has the system kill us."""
    logged: SimpleQueue[logging.LogRecord] = SimpleQueue()
    logging.root.handlers = [QueueHandler(logged)]
    with pages.makefile("rb") as stream:
        while stream.peek(1):
            url, response, capture = pickle.load(stream)
            pages.sendall(BEGUN)
            signal.setitimer(signal.ITIMER_REAL, FOR_EVER)
            answer = _answer(url, read_page(url, response, capture), logged)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pages.sendall(len(answer).to_bytes(SIZE_BYTES, "big") + answer)


def _answer(url: str, outcome: PageRead | PageFailed, logged: SimpleQueue[logging.LogRecord]) -> bytes:
    records = [logged.get() for _ in range(logged.qsize())]
    try:
        return pickle.dumps(Answer(outcome, records), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # A reader that gives what is no plain value.
        text = f"what was read cannot be handed over ({type(error).__name__}: {error})"
        failed = PageFailed(url=url, kind="unreadable", text=text, captured=True)
        return pickle.dumps(Answer(failed, records), pickle.HIGHEST_PROTOCOL)
