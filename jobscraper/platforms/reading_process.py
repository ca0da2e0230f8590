"""Reading in a process of its own: a page that hangs or crashes a parser costs itself, and boards are served meanwhile."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import pickle
from collections import deque
from functools import cache
from typing import Protocol

import attrs

from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.crawl.run import PageFailed, PageRead
from jobscraper.platforms.outcome import as_page, read_page
from jobscraper.platforms.readers import load_readers
from jobscraper.platforms.reading_worker import SIZE_BYTES, Answer, Forker


class Reader(Protocol):
    """What reads pages, in the order in which they are given."""

    async def read(self, url: str, response: CapturedResponse, capture: Capture) -> PageRead | PageFailed:
        """Say what a response comes to, whose body is unpacked. Never raises: one that trips a reader must not take the run with it."""


@cache
def reader() -> Reader:
    """The one reader of this process, whose own processes are forked now: before files are open, and with all that is loaded."""
    load_readers()
    return ReadingProcess() if hasattr(os, "fork") else _ReadsHere()


class _ReadsHere:
    """Where processes cannot be forked."""

    async def read(self, url: str, response: CapturedResponse, capture: Capture) -> PageRead | PageFailed:
        """Read it at once."""
        return read_page(as_page(url, response), capture)


@attrs.frozen
class _Asked:
    """A page that is being read, or waits for it."""

    url: str
    pickled: bytes
    outcome: asyncio.Future[PageRead | PageFailed]


class ReadingProcess:
    """Has pages read by another process, and by a new one where that is gone."""

    def __init__(self) -> None:
        self._forker = Forker.forked()
        atexit.register(self.close)
        self._asked: deque[_Asked] = deque()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._answering: asyncio.Task[None] | None = None

    async def read(self, url: str, response: CapturedResponse, capture: Capture) -> PageRead | PageFailed:
        """Have it read; several may wait."""
        loop = asyncio.get_running_loop()
        asked = _Asked(url, pickle.dumps((url, response, capture), pickle.HIGHEST_PROTOCOL), loop.create_future())
        self._asked.append(asked)
        if self._streams:
            self._streams[1].write(asked.pickled)
        if self._answering is None or self._answering.done():
            self._answering = loop.create_task(self._hand_out())
        return await asked.outcome

    async def _hand_out(self) -> None:
        """Hand out what pages come to, until none waits."""
        while self._asked:
            try:
                outcome = await self._next_outcome()
            except (asyncio.IncompleteReadError, OSError):
                outcome = self._lost("it crashed what read it, or held it up for ever")
            except Exception as error:  # A crawl would wait for its outcome for ever.
                outcome = self._lost(f"what was read did not come over ({type(error).__name__}: {error})")
            asked = self._asked.popleft()
            if not asked.outcome.done():  # The crawl may have given it up.
                asked.outcome.set_result(outcome)

    def _lost(self, text: str) -> PageFailed:
        """What the page that was being read comes to; those behind it go to a new process."""
        if self._streams:
            self._streams[1].close()
            self._streams = None
        return PageFailed(url=self._asked[0].url, kind="unreadable", text=text, captured=True)

    async def _next_outcome(self) -> PageRead | PageFailed:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._forker.reader())
            self._streams[1].writelines([asked.pickled for asked in self._asked])
        size = int.from_bytes(await self._streams[0].readexactly(SIZE_BYTES), "big")
        answer: Answer = pickle.loads(await self._streams[0].readexactly(size))
        for record in answer.logged:
            logging.getLogger(record.name).handle(record)
        return answer.outcome

    def close(self) -> None:
        """End the processes."""
        atexit.unregister(self.close)
        self._forker.close()
