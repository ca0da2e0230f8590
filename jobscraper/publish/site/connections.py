"""Connections that cannot be held open by doing nothing: times for a request to come, and for its answer to be taken."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
"""From the first moment of a connection, or the first byte of a next request, until its head is there."""

READING_SECONDS = 60.0
"""For a client to take the next 64 kB of an answer; the slowest telephone line that anybody has is faster."""

MOST_OF_A_CLIENT = 100
"""Connections that one address may have open at once, where no proxy stands before the server."""


class TimedConnection(H11Protocol):
    """A connection of uvicorn's that is closed when its client stops in the middle of asking or of listening.

    uvicorn itself counts only the seconds between two requests, and no more when a byte has come.
    """

    _asking: asyncio.TimerHandle | None = None
    _listening: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        # A proxy asks for many.
        if not self.config.proxy_headers and self._of_this_client() > MOST_OF_A_CLIENT:
            transport.abort()
            return
        self._asking = self.loop.call_later(REQUEST_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Something of a request; it may be its end, or the body of one that has been answered."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """The answer has been sent; the head of the next request may have come with the last."""
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """The client is slower than the answer."""
        super().pause_writing()
        self._listening = self.loop.call_later(READING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has taken what was there."""
        super().resume_writing()
        self._listening = self._stopped(self._listening)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._asking, self._listening = self._stopped(self._asking), self._stopped(self._listening)
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Count the seconds while a request is being sent, from its first byte, and not while it is being answered."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._asking = self._stopped(self._asking)
        elif self._asking is None and not self._between_requests():
            self._asking = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _between_requests(self) -> bool:
        return self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]

    def _of_this_client(self) -> int:
        host = self.client and self.client[0]
        others: Any = self.connections
        return sum(1 for one in others if one.client and one.client[0] == host)

    @staticmethod
    def _stopped(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
        """What there is in place of a timer that is over."""
        if timer is not None:
            timer.cancel()
        return None
