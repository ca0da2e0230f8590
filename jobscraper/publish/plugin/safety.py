"""What keeps readers and the server safe: response headers, a limit on values, and pages that are nobody's business."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette.utils.asgi import NotFound

from jobscraper.publish.plugin.hooks import hook, last_hook
from jobscraper.publish.plugin.search import as_match, without_empty_search

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LONGEST_VALUE = 5_000_000

# Nothing inline, neither scripts nor styles: our templates keep both in files. docs/decisions/publish.md says why.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


@hook
def asgi_wrapper() -> Callable[[App], App]:
    """Put the safety headers on every answer, pages, data, files and errors alike; take out searches for nothing."""

    def wrap(app: App) -> App:
        async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    others = [pair for pair in message.get("headers", ()) if pair[0].lower() not in dict(HEADERS)]
                    message = {**message, "headers": [*others, *HEADERS]}
                await send(message)

            await app(without_empty_search(scope), receive, send_with_headers)

        return wrapped

    return wrap


@last_hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Refuse values over 5 MB, and never answer a search with a syntax error.

    Some anonymous `hex(zeroblob(2e8))` would take gigabytes in spite of time limits.
    """
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    conn.create_function("escape_fts", 1, as_match, deterministic=True)


@hook
def register_routes() -> list[tuple[str, Callable[[], Awaitable[None]]]]:
    """Keep to ourselves where the file lies on the server and what its threads do."""
    return [(r"/-/(?:databases|threads)(?:\.json)?$", _not_here)]


async def _not_here() -> None:
    raise NotFound("There is no such page")
