"""Reading in a process of its own: a page that hangs or crashes a parser costs itself, and boards are served meanwhile."""

from __future__ import annotations

import asyncio
import atexit
import logging
import pickle
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache

from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.read.outcome import PageFailed, PageRead
from jobscraper.read.process.worker import BEGUN, SIZE_BYTES, Answer, Forker

Read = Callable[[str, CapturedResponse, Capture], PageRead | PageFailed]
"""What `outcome.read_page` does. Never raises: a page that trips a reader must not take the run with it."""


class ReadingProcess:
    """Has pages read by another process, and by a new one where that is gone."""

    def __init__(self) -> None:
        self._forker = Forker.forked()
        atexit.register(self.close)
        self._turn = asyncio.Lock()
        self._idle: socket.socket | None = None

    async def read(self, url: str, response: CapturedResponse, capture: Capture) -> PageRead | PageFailed:
        """Have it read; several may wait.

        :raises NoReaderProcessError: there is none any more that reads.
        """
        async with self._turn:
            pages = self._idle or self._forker.new_reader()
            self._idle = None  # Unless it answers to the end: also when nobody waits for the answer any more.
            asked = _asked(url, response, capture)
            if not await _begins(pages, asked):
                pages = self._forker.new_reader()  # It was gone before this page came.
                if not await _begins(pages, asked):
                    return _lost(url)
            with suppress(EOFError, OSError):
                size = int.from_bytes(await _received(pages, SIZE_BYTES), "big")
                answer = await _received(pages, size)
                self._idle = pages
                return _told(url, answer)
            return _lost(url)

    @contextmanager
    def blocking(self) -> Iterator[Read]:
        """Have pages read by a process that lasts as long as this."""
        idle: list[socket.socket] = []

        def read(url: str, response: CapturedResponse, capture: Capture) -> PageRead | PageFailed:
            pages = idle.pop() if idle else self._forker.new_reader()
            asked = _asked(url, response, capture)
            if not _begins_blocking(pages, asked):
                pages = self._forker.new_reader()
                if not _begins_blocking(pages, asked):
                    return _lost(url)
            with suppress(OSError):
                size = int.from_bytes(pages.recv(SIZE_BYTES, socket.MSG_WAITALL), "big")
                answer = pages.recv(size, socket.MSG_WAITALL)
                if answer and len(answer) == size:
                    idle.append(pages)
                    return _told(url, answer)
            return _lost(url)

        try:
            yield read
        finally:
            for pages in idle:
                pages.close()

    def close(self) -> None:
        """End the processes."""
        atexit.unregister(self.close)
        if self._idle:
            self._idle.close()
        self._forker.close()


def _asked(url: str, response: CapturedResponse, capture: Capture) -> bytes:
    return pickle.dumps((url, response, capture), pickle.HIGHEST_PROTOCOL)


async def _begins(pages: socket.socket, asked: bytes) -> bool:
    """Whether somebody at the other end begins to read a page."""
    try:
        await asyncio.get_running_loop().sock_sendall(pages, asked)
        return await _received(pages, len(BEGUN)) == BEGUN
    except (EOFError, OSError):
        return False


def _begins_blocking(pages: socket.socket, asked: bytes) -> bool:
    pages.setblocking(True)
    try:
        pages.sendall(asked)
        return pages.recv(len(BEGUN)) == BEGUN
    except OSError:
        return False


async def _received(pages: socket.socket, size: int) -> bytes:
    """So many bytes.

    :raises EOFError: the other end is gone.
    """
    loop, whole = asyncio.get_running_loop(), bytearray(size)
    rest = memoryview(whole)
    while rest:
        taken = await loop.sock_recv_into(pages, rest)
        if not taken:
            raise EOFError
        rest = rest[taken:]
    return bytes(whole)


def _told(url: str, answer: bytes) -> PageRead | PageFailed:
    try:
        told: Answer = pickle.loads(answer)
    except Exception as error:
        return _failed(url, f"what was read did not come over ({type(error).__name__}: {error})")
    for record in told.logged:
        logging.getLogger(record.name).handle(record)
    return told.outcome


def _lost(url: str) -> PageFailed:
    return _failed(url, "it crashed or hung the process that read it")


def _failed(url: str, text: str) -> PageFailed:
    return PageFailed(url=url, kind="unreadable", text=text, captured=True)


@cache
def page_reader() -> ReadingProcess:
    """The one reader of this process, whose own processes are forked now: before files are open, and with all the readers that are loaded."""
    return ReadingProcess()
