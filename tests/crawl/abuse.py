"""A server on 127.0.0.1 that breaks the rules of HTTP, each path in a way of its own: what it writes is what goes out."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, repeat

OK = b"HTTP/1.1 200 OK\r\n"
HTML = OK + b"Content-Type: text/html\r\n"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
MEGABYTE = bytes(1 << 20)
BOMB = gzip.compress(bytes(200 << 20), 1)


def slowly(data: bytes, every: float = 0.2) -> Iterator[bytes]:
    """A byte at a time, for ever."""
    for byte in chain(data, repeat(0x20)):
        yield bytes([byte])
        time.sleep(every)


def sized(body: bytes, *headers: bytes) -> bytes:
    """An answer as it should be."""
    return (
        HTML + b"".join(header + b"\r\n" for header in (b"Content-Length: %d" % len(body), *headers)) + b"\r\n" + body
    )


ABUSES: dict[str, Callable[[], Iterable[bytes]]] = {
    "slow-body": lambda: chain([HTML + b"\r\n"], slowly(b"<html>")),
    "slow-headers": lambda: slowly(OK + b"X-Slow: "),
    "silence": lambda: chain([b""], slowly(b"", 30)),
    "200-mb": lambda: chain([HTML + b"Content-Length: %d\r\n\r\n" % (200 << 20)], repeat(MEGABYTE, 200)),
    "200-mb-unsaid": lambda: chain([HTML + b"\r\n"], repeat(MEGABYTE, 200)),
    "200-mb-in-chunks": lambda: chain(
        [HTML + b"Transfer-Encoding: chunked\r\n\r\n"], repeat(b"100000\r\n" + MEGABYTE + b"\r\n", 200)
    ),
    "gzip-bomb": lambda: [sized(BOMB, b"Content-Encoding: gzip")],
    "gzip-bomb-in-gzip": lambda: [sized(gzip.compress(BOMB), b"Content-Encoding: gzip, gzip")],
    "longer-than-said": lambda: [HTML + b'Content-Length: 5\r\n\r\n{"source_ref": "1"}'],
    "shorter-than-said": lambda: [HTML + b'Content-Length: 500\r\n\r\n{"source_ref": "1"}'],
    "negative-length": lambda: [HTML + b"Content-Length: -5\r\n\r\n{}"],
    "two-lengths": lambda: [HTML + b"Content-Length: 5\r\nContent-Length: 2\r\n\r\n{}"],
    "no-length-at-all": lambda: [HTML + b"Content-Length: many\r\n\r\n{}"],
    "10000-headers": lambda: [HTML, b"X-Flood: 1\r\n" * 10_000, b"Content-Length: 2\r\n\r\n{}"],
    "header-of-10-mb": lambda: [HTML, b"X-Flood: ", b"1" * (10 << 20), b"\r\nContent-Length: 2\r\n\r\n{}"],
    "header-in-10-mb-of-lines": lambda: chain(
        [HTML + b"X-Flood: 1\r\n"], repeat(b" " + b"1" * 1000 + b"\r\n", 10_000), [b"\r\n"]
    ),
    "headers-for-ever": lambda: chain([HTML], repeat(b"X-Flood: 1\r\n" * 1000)),
    "continue-for-ever": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "no-status": lambda: [b"HTTP/1.1 fine thanks\r\n\r\n"],
    "no-http": lambda: [b"SSH-2.0-OpenSSH_9.2\r\n"],
    "http-0.9": lambda: [b"<html><title>Jobs</title></html>"],
    "closed-at-once": list,
    "closed-in-headers": lambda: [HTML + b"X-Half: "],
    "chunk-longer-than-said": lambda: [HTML + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}{}\r\n0\r\n\r\n"],
    "chunk-shorter-than-said": lambda: [HTML + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{}\r\n0\r\n\r\n"],
    "chunk-of-no-length": lambda: [HTML + b"Transfer-Encoding: chunked\r\n\r\nlong\r\n{}\r\n0\r\n\r\n"],
    "trailers-for-ever": lambda: chain(
        [HTML + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"], repeat(b"X-Flood: 1\r\n" * 1000)
    ),
    "no-gzip": lambda: [sized(b"{}", b"Content-Encoding: gzip")],
    "rubbish": lambda: [sized(bytes(range(256)) * 4000)],
}
"""What is sent, by the name of the abuse; the connection is closed afterwards."""


@contextmanager
def abusing(feed: bytes, robots: bytes | None = None) -> Iterator[str]:
    """Serve `/feed` well and `/job/<abuse>` badly, and a robots.txt if there is one; gives the address."""
    pages = {"/feed": sized(feed, b"Connection: close"), "/robots.txt": NOT_FOUND if robots is None else sized(robots)}
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(server, pages), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()


def _accept(server: socket.socket, pages: Mapping[str, bytes]) -> None:
    with suppress(OSError):
        while True:
            threading.Thread(target=_answer, args=(server.accept()[0], pages), daemon=True).start()


def _answer(connection: socket.socket, pages: Mapping[str, bytes]) -> None:
    with connection, suppress(OSError):
        path = connection.recv(1 << 16).split(b" ", 2)[1].decode().partition("?")[0]
        abuse = ABUSES.get(path.removeprefix("/job/"))
        for part in abuse() if abuse else [pages.get(path, NOT_FOUND)]:
            connection.sendall(part)
