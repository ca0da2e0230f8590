"""The processes that answer visitors: `python -m jobscraper.publish.site.visitors.worker SITE ADDRESS FD`, started by the server.

The process that is started loads the site once and opens no file of it. For each order that comes by the socket FD it
forks one that answers requests, one after another, with limits that the system holds. It ends when the socket does, and
the forked ones with it; so nothing is left when the server is killed.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import resource
import signal
import socket
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from jobscraper.publish.site.application import ServeError, Site, datasette_for
from jobscraper.publish.site.visitors.messages import (
    LENGTH_BYTES,
    PIECE,
    Asked,
    Body,
    Done,
    Said,
    Start,
    asked_from,
    framed,
    length_in,
)
from jobscraper.publish.site.visitors.orders import ORDER_BYTES, Order, order_from, order_of
from jobscraper.publish.site.visitors.stamp import stamp_of

MEGABYTE = 1024 * 1024
MOST_MEMORY = 256 * MEGABYTE
"""Memory that a process may take beyond what the site takes that it was forked with."""

MOST_OF_SQLITE = 96 * MEGABYTE
"""Of that, what SQLite may take; a query that needs more fails, and its process goes on."""

_PRIORITY = 2
"""A little below that of our own pages; with more, a busy machine leaves too little for answers in time."""

_LARGEST_FILE = 512 * MEGABYTE
"""Of what SQLite sorts on disk."""

_WARM = ("/archive", "/archive?sql=select+1", "/archive.json?sql=select+1", "/archive/advert?_size=1", "/nothing.json")
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


class _Loaded:
    """The site as it is now, loaded and warm, with no file open."""

    def __init__(self, site: Path, address: str) -> None:
        self._site, self._address = site, address
        self._stamp: tuple[int, ...] = ()
        self.app: Any = None

    def refresh(self) -> None:
        """Load the snapshot that is there now, if it is another one."""
        stamp = stamp_of(self._site)
        if stamp and stamp != self._stamp:
            # With no threads, SQL runs where the request does.
            datasette = datasette_for(self._site, self._address, num_sql_threads=0)
            asyncio.run(_warm(datasette))
            self.app, self._stamp = datasette.client.app, stamp
            gc.collect()
            gc.freeze()


async def _warm(datasette: Site) -> None:
    """Ask some pages, so that their templates are there, and close what that opened: SQLite must not be carried over a fork."""
    for path in _WARM:
        await datasette.client.get(path)
    for database in datasette.databases.values():
        database.close()
        if database._read_connection is not None:
            database._read_connection.close()
        database._read_connection = None
        database._all_file_connections = []


def main() -> None:
    """Load the site, and take orders until the socket ends."""
    site, address, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    # Ctrl-C is for the server, which then ends the socket.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    loaded, children = _Loaded(site, address), set[int]()
    with socket.socket(fileno=number) as control:
        with suppress(ServeError):
            loaded.refresh()
        while True:
            data, handles, _, _ = socket.recv_fds(control, ORDER_BYTES, 1)
            if len(data) < ORDER_BYTES:
                return
            order, process = order_from(data)
            _reap(children)
            if order is Order.END:
                _end(process, children)
                continue
            with suppress(ServeError):
                loaded.refresh()
            process = os.fork()
            if not process:
                control.close()
                _answer_for_ever(socket.socket(fileno=handles[0]), loaded.app)
            children.add(process)
            os.close(handles[0])
            control.sendall(order_of(Order.FORK, process))


def _reap(children: set[int]) -> None:
    for process in list(children):
        if os.waitpid(process, os.WNOHANG)[0]:
            children.discard(process)


def _end(process: int, children: set[int]) -> None:
    """Kill a process of ours; one that has ended has been forgotten, so that its number may be another's by now."""
    if process in children:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        children.discard(process)


def _answer_for_ever(connection: socket.socket, app: Any) -> None:
    """Answer what comes by the connection, in a process of its own, which then ends."""
    status = 1
    try:
        _die_with_parent()
        _limit()
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        while head := _received(connection, LENGTH_BYTES):
            asked = asked_from(_received(connection, length_in(head)))
            loop.run_until_complete(_answer(app, asked, connection))
            connection.sendall(framed(Done()))
        status = 0
    except OSError:
        status = 0  # Nobody listens any more.
    finally:
        os._exit(status)


def _received(connection: socket.socket, length: int) -> bytes:
    """So many bytes; none if the other side has ended."""
    pieces = bytearray()
    while len(pieces) < length:
        piece = connection.recv(length - len(pieces))
        if not piece:
            return b""
        pieces += piece
    return bytes(pieces)


async def _answer(app: Any, asked: Asked, connection: socket.socket) -> None:
    """Have the site answer a request, and pass the answer on as it is made."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        for said in _said(message):
            connection.sendall(framed(said))

    await app(asked.scope(), receive, send)


def _said(message: dict[str, Any]) -> list[Said]:
    if message["type"] == "http.response.start":
        return [Start(message["status"], [(bytes(name), bytes(value)) for name, value in message.get("headers", ())])]
    body, more = message.get("body", b""), bool(message.get("more_body", False))
    places = range(0, len(body), PIECE) or range(1)
    return [Body(body[place : place + PIECE], more or place + PIECE < len(body)) for place in places]


def _limit() -> None:
    """Take away from this process what answering a visitor does not need."""
    os.nice(_PRIORITY)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, size + MOST_MEMORY),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, most) if hard == resource.RLIM_INFINITY or most <= hard else (hard, hard))
    # Of the whole process, whatever connections it opens.
    sqlite3.connect(":memory:").execute(f"PRAGMA hard_heap_limit = {MOST_OF_SQLITE}")


def _die_with_parent() -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


if __name__ == "__main__":
    main()
