"""A board on 127.0.0.1 to crawl: answers what it is told to, and remembers what it was asked and when."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import attrs


@attrs.define
class Answer:
    """What the board answers to one path, after `wait` seconds."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0

    def confirms(self, asked: Mapping[str, str]) -> bool:
        """Whether a client that has this answer already asks for it."""
        told = dict(self.headers)
        return (asked.get("If-None-Match") or "-") == told.get("ETag") or (
            asked.get("If-Modified-Since") or "-"
        ) == told.get("Last-Modified")


@attrs.define
class Board:
    """A running board."""

    answers: dict[str, Answer]
    port: int = 0
    asked: list[str] = attrs.field(factory=list)
    asked_at: list[float] = attrs.field(factory=list)
    """Seconds of a clock that is never put back, for the one promise that is about time: the delay that a board asks for."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """What was asked, robots.txt left out."""
        return [path for path in self.asked if path != "/robots.txt"]


@contextmanager
def serving(answers: dict[str, Answer]) -> Iterator[Board]:
    """Serve `answers` by path, 404 for the rest."""
    board = Board(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            board.asked.append(self.path)
            board.asked_at.append(time.monotonic())
            answer = board.answers.get(self.path, Answer(b"not here", 404))
            if answer.confirms(self.headers):
                answer = attrs.evolve(answer, body=b"", status=304)
            time.sleep(answer.wait)
            if "Date" in dict(answer.headers):
                self.send_response_only(answer.status)
            else:
                self.send_response(answer.status)
            for name, value in (*answer.headers, ("Content-Length", str(len(answer.body)))):
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_HEAD = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    board.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield board
    finally:
        server.shutdown()
        server.server_close()


def entry(slug: str, **fields: Any) -> dict[str, Any]:
    """An advert of a feed."""
    return {
        "title": f"Teacher of {slug}",
        "url": f"http://127.0.0.1/jobs/{slug}",
        "hiringOrganization": {"name": "Hazel Grove High School"},
        "jobLocation": {"address": {"addressLocality": "Stockport", "postalCode": "SK7 5JX"}},
        "baseSalary": {"currency": "GBP", "value": {"value": "£32,916 - £51,048", "unitText": "YEAR"}},
        "datePosted": "2026-11-01",
        "validThrough": "2099-01-31T12:00:00+00:00",
        **fields,
    }


def feed(entries: Iterable[dict[str, Any]], *, following: str | None = None, count: int | None = None) -> Answer:
    """A page of a feed, as Teaching Vacancies answers it."""
    data = list(entries)
    page = {"data": data, "links": {"next": following}, "meta": {"count": len(data) if count is None else count}}
    return Answer(json.dumps(page).encode(), headers=(("Content-Type", "application/json"),))
