"""Answers what visitors ask in words of their own, by processes apart, so that our own pages never wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any

import attrs
from datasette.utils.asgi import Request

from jobscraper.publish.site.pages.error.handler import error_page
from jobscraper.publish.site.plugin.safety import safely
from jobscraper.publish.site.shared.stopped import TOO_LONG, TOO_MUCH
from jobscraper.publish.site.visitors.messages import Asked, Body, Said, Start
from jobscraper.publish.site.visitors.nursery import Nursery, Worker, WorkerDied
from jobscraper.publish.site.visitors.queue import Queue, Refused
from jobscraper.publish.site.visitors.turns import Limits, Refusal, client_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PAGES = Limits()
STREAMS = Limits(workers=1, seconds=60, at_once=1, waiting=4, burst=120)
"""Of whole tables as CSV, which take long for those who read slowly; they take no turn from anybody else."""

_ANSWERS = 200
"""After so many a process makes place for a new one, whatever they have left in it."""

_KEPT = 1_000_000
"""Bytes of an answer that are kept for a client that reads slowly, so that the process is free."""


@attrs.define(eq=False)
class _Lane:
    """Processes that answer one kind of request, and the queue before them."""

    queue: Queue
    idle: list[Worker] = attrs.field(factory=list)
    generation: int = 0


class Visitors:
    """An ASGI application: the parts of the site that run visitors' SQL, each request in a process that can be killed."""

    def __init__(self, site: Path, address: str, pages: Limits = PAGES, streams: Limits = STREAMS) -> None:
        self._nursery = Nursery(site, address)
        self._pages, self._streams = _Lane(Queue(pages)), _Lane(Queue(streams))

    def renew(self) -> None:
        """Ask no process any more that may have the snapshot open that there is now; a busy one answers to its end."""
        for lane in (self._pages, self._streams):
            lane.generation += 1
            while lane.idle:
                self._nursery.end(lane.idle.pop())

    def close(self) -> None:
        """End all processes."""
        self._nursery.close()

    async def answer(self, datasette: Any, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request; what went wrong is told by a page that `datasette` makes. Nobody listens: it is stopped."""
        answering = asyncio.ensure_future(self._answer(datasette, scope, send))
        left = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({answering, left}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            if not answering.done():
                answering.cancel()
        with suppress(asyncio.CancelledError):
            await answering

    async def _answer(self, datasette: Any, scope: Message, send: Send) -> None:
        lane = self._streams if _is_stream(scope) else self._pages
        sending = _Sending(send)
        try:
            async with lane.queue.turn(client_of(scope["client"][0] if scope.get("client") else "")):
                rest = await self._by_process(lane, Asked.of(scope), sending)
        except Refused as refused:
            await _refuse(datasette, scope, send, refused.why)
        except TimeoutError:
            if not sending.started:
                await _say(datasette, scope, send, 400, *TOO_LONG)
        except WorkerDied:
            if not sending.started:
                await _say(datasette, scope, send, 400, *TOO_MUCH)
        else:
            for said in rest:
                await sending(said)

    async def _by_process(self, lane: _Lane, asked: Asked, sending: _Sending) -> list[Said]:
        """Have a process answer, and send on what is too much to keep; the rest is given back, to be sent out of turn.

        :raises TimeoutError: it took too long, and its process is no more.
        :raises WorkerDied: the process ended.
        """
        generation = lane.generation
        worker = self._idle(lane) or await self._nursery.worker()
        try:
            async with asyncio.timeout(lane.queue.limits.seconds), aclosing(worker.answer(asked)) as answer:
                rest = await _all_but_kept(answer, sending)
        except BaseException:
            self._nursery.end(worker)
            raise
        if worker.answered < _ANSWERS and generation == lane.generation:
            lane.idle.append(worker)
        else:
            self._nursery.end(worker)
        return rest

    def _idle(self, lane: _Lane) -> Worker | None:
        while lane.idle:
            worker = lane.idle.pop()
            if not worker.gone:
                return worker
            self._nursery.end(worker)
        return None


class _Sending:
    """Passes pieces of an answer on to the client."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, said: Said) -> None:
        self.started = True
        if isinstance(said, Start):
            await self._send({"type": "http.response.start", "status": said.status, "headers": said.headers})
        elif isinstance(said, Body):
            await self._send({"type": "http.response.body", "body": said.body, "more_body": said.more})


async def _all_but_kept(answer: AsyncIterator[Said], sending: _Sending) -> list[Said]:
    kept: list[Said] = []
    size = 0
    async for said in answer:
        kept.append(said)
        size += len(said.body) if isinstance(said, Body) else 0
        if size > _KEPT:
            for one in kept:
                await sending(one)
            kept = []
    return kept


async def _left(receive: Receive) -> None:
    """Wait until the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _is_stream(scope: Message) -> bool:
    return scope["path"].endswith(".csv") and b"_stream=" in scope["query_string"]


async def _refuse(datasette: Any, scope: Message, send: Send, why: Refusal) -> None:
    await _say(datasette, scope, send, why.status, "Too much at once", why.words, {"Retry-After": str(why.retry_after)})


async def _say(
    datasette: Any,
    scope: Message,
    send: Send,
    status: int,
    title: str,
    words: str,
    headers: dict[str, str] | None = None,
) -> None:
    """A page of the site's own that says what went wrong."""
    await (
        datasette.invoke_startup()
    )  # It makes nothing of a second call; no page of ours may have been asked for before.
    request = Request({**scope, "csrftoken": str}, None)
    answer = await error_page(datasette, request, status, title, words)
    answer.headers |= headers or {}
    await answer.asgi_send(safely(scope, send))
