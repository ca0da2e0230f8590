"""What the server and the processes that answer visitors say to each other: a length, then msgpack, over a socket.

A process that runs strangers' SQL is not trusted: what it says is checked against these types, and can be nothing else.
"""

from __future__ import annotations

import struct
from typing import Any

import msgspec

LONGEST = 4_000_000
"""Bytes of one message; nobody says more, and more is not listened to."""

PIECE = 128 * 1024
"""Bytes of a piece of an answer."""

_LENGTH = struct.Struct("!I")
LENGTH_BYTES = _LENGTH.size


class Asked(msgspec.Struct, frozen=True):
    """A request, as ASGI has it. Visitors only read, so it has no body."""

    method: str
    path: str
    raw_path: bytes
    query_string: bytes
    headers: list[tuple[bytes, bytes]]
    scheme: str
    http_version: str
    client: tuple[str, int] | None
    server: tuple[str, int | None] | None

    @classmethod
    def of(cls, scope: Any) -> Asked:
        """The request of a scope."""
        path = scope["path"]
        return cls(
            method=scope["method"],
            path=path,
            raw_path=scope.get("raw_path") or path.encode(),
            query_string=scope["query_string"],
            headers=list(scope["headers"]),
            scheme=scope["scheme"],
            http_version=scope["http_version"],
            client=scope.get("client"),
            server=scope.get("server"),
        )

    def scope(self) -> dict[str, Any]:
        """The scope of the request."""
        return {"type": "http", "asgi": {"version": "3.0"}, "root_path": "", **msgspec.structs.asdict(self)}


class Start(msgspec.Struct, frozen=True, tag="start"):
    """The status and headers of an answer."""

    status: int
    headers: list[tuple[bytes, bytes]]


class Body(msgspec.Struct, frozen=True, tag="body"):
    """A piece of an answer; the last one has no `more`."""

    body: bytes
    more: bool


class Done(msgspec.Struct, frozen=True, tag="done"):
    """The answer is complete, and the process is ready for the next question."""


Said = Start | Body | Done

_ASKED = msgspec.msgpack.Decoder(Asked)
_SAID: msgspec.msgpack.Decoder[Said] = msgspec.msgpack.Decoder(Start | Body | Done)


def asked_from(data: bytes) -> Asked:
    """The request in a message."""
    return _ASKED.decode(data)


def said_from(data: bytes) -> Said:
    """What a message says of an answer.

    :raises msgspec.MsgspecError: nothing that can be said.
    """
    return _SAID.decode(data)


def framed(message: Asked | Said) -> bytes:
    """A message as bytes, with its length before it."""
    body = msgspec.msgpack.encode(message)
    return _LENGTH.pack(len(body)) + body


def length_in(head: bytes) -> int:
    """The length of the message that follows.

    :raises ValueError: longer than anybody says.
    """
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        raise ValueError(f"a message of {length} bytes")
    return int(length)
