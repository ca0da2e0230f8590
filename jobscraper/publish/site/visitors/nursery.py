"""The server's side of the processes that answer visitors: has them forked, talks to them, and has them killed."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import attrs
import msgspec

from jobscraper.publish.site.visitors.messages import LENGTH_BYTES, Asked, Done, Said, framed, length_in, said_from
from jobscraper.publish.site.visitors.orders import ORDER_BYTES, Order, order_from, order_of

_START_SECONDS = 30.0
"""Until a process has been forked; the first waits until the site is loaded."""

_AHEAD = 256 * 1024
"""Bytes of an answer that are read before anybody asks for them."""


class WorkerDied(Exception):  # noqa: N818 (whose fault it is, nobody knows)
    """The process ended in the middle of an answer, or said what it cannot say."""


@attrs.define(eq=False)
class Worker:
    """A process that answers one request at a time."""

    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answered: int = 0

    @property
    def gone(self) -> bool:
        """Whether it has ended meanwhile, as far as one can see from here."""
        return self.reader.at_eof() or self.reader.exception() is not None or self.writer.is_closing()

    async def answer(self, asked: Asked) -> AsyncGenerator[Said, None]:
        """The pieces of its answer, without the last word that it is done.

        :raises WorkerDied: it ended before.
        """
        try:
            self.writer.write(framed(asked))
            await self.writer.drain()
            while not isinstance(said := await self._said(), Done):
                yield said
        except (OSError, asyncio.IncompleteReadError, ValueError, msgspec.MsgspecError) as error:
            raise WorkerDied from error
        self.answered += 1

    async def _said(self) -> Said:
        length = length_in(await self.reader.readexactly(LENGTH_BYTES))
        return said_from(await self.reader.readexactly(length))


class Nursery:
    """The process that forks the others. It is started at once, and again if it should have ended."""

    def __init__(self, site: Path, address: str) -> None:
        self._command = [sys.executable, "-m", "jobscraper.publish.site.visitors.worker", str(site), address]
        self._turn = asyncio.Lock()
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        number = theirs.fileno()
        with theirs:
            self._process = subprocess.Popen(
                [*self._command, str(number)], pass_fds=[number], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )

    async def worker(self) -> Worker:
        """A new process.

        :raises WorkerDied: none can be had.
        """
        ours, theirs = socket.socketpair()
        # Shielded, so that the answer to an order is read by whom it is for, whoever has left meanwhile.
        forking = asyncio.ensure_future(self._forked(theirs))
        try:
            process = await asyncio.shield(forking)
            reader, writer = await asyncio.open_unix_connection(sock=ours, limit=_AHEAD)
        except BaseException as error:
            ours.close()  # Which ends the process, if there is one.
            if isinstance(error, OSError | TimeoutError | ValueError):
                raise WorkerDied from error
            raise
        return Worker(process, reader, writer)

    async def _forked(self, theirs: socket.socket) -> int:
        with theirs:
            async with self._turn:
                try:
                    return await self._ordered(theirs)
                except ConnectionError:
                    # It ended since; nobody's question was at fault, for none has been asked.
                    self._control.close()
                    self._start()
                    return await self._ordered(theirs)

    async def _ordered(self, theirs: socket.socket) -> int:
        if self._process.poll() is not None:
            raise ConnectionError("the process that forks has ended")
        socket.send_fds(self._control, [order_of(Order.FORK)], [theirs.fileno()])
        try:
            async with asyncio.timeout(_START_SECONDS):
                return order_from(await self._received())[1]
        except TimeoutError:
            self._process.kill()
            raise

    async def _received(self) -> bytes:
        loop, answer = asyncio.get_running_loop(), b""
        while len(answer) < ORDER_BYTES:
            piece = await loop.sock_recv(self._control, ORDER_BYTES - len(answer))
            if not piece:
                raise ConnectionError("the process that forks has ended")
            answer += piece
        return answer

    def end(self, worker: Worker) -> None:
        """Kill a process, whatever it is doing."""
        worker.writer.close()
        with suppress(OSError):
            self._control.send(order_of(Order.END, worker.process))

    def close(self) -> None:
        """End all processes."""
        self._control.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
