"""What keeps readers and the server safe: response headers, reading only, and searches for nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import Any

from jobscraper.publish.formulas import harmless_rows
from jobscraper.publish.site.shared.hooks import hook
from jobscraper.publish.words import without_empty_search

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

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


only_rows: ContextVar[bool] = ContextVar("only_rows", default=False)
"""Whether the answer is a file that has no place for what went wrong."""

_METHODS = frozenset({"GET", "HEAD"})


@hook
def asgi_wrapper() -> Callable[[App], App]:
    """Put the safety headers on every answer, pages, data, files and errors alike; answer nothing but reading.

    A cell of CSV that a spreadsheet would run is made text.
    """

    def wrap(app: App) -> App:
        async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["method"] not in _METHODS:
                await _only_reading(scope["method"], safely(scope, send))
                return
            only_rows.set(scope["type"] == "http" and scope["path"].endswith((".csv", ".blob")))
            await app(without_empty_search(scope), receive, safely(scope, send))

        return wrapped

    return wrap


def safely(scope: Message, send: Send) -> Send:
    """A `send` that puts the safety headers on the answer to a request."""
    is_csv = False

    async def send_with_headers(message: Message) -> None:
        nonlocal is_csv
        if message.get("more_body") and is_csv:
            # Datasette sends its CSV row by row.
            message = {**message, "body": harmless_rows(message["body"].decode()).encode()}
        if message["type"] == "http.response.start":
            is_csv = scope["path"].endswith(".csv") and not _is_html(message)  # `_trace=1` makes a page of it.
            others = [pair for pair in message.get("headers", ()) if pair[0].lower() not in dict(HEADERS)]
            message = {**message, "headers": [*others, *HEADERS]}
        await send(message)

    return send_with_headers


def _is_html(start: Message) -> bool:
    headers: dict[bytes, bytes] = dict(start.get("headers", ()))
    return headers.get(b"content-type", b"").startswith(b"text/html")


async def _only_reading(method: str, send: Send) -> None:
    """Answer a method that would change something, or that nobody knows; OPTIONS is told what there is."""
    status, words = (204, b"") if method == "OPTIONS" else (405, b"This site can only be read: ask with GET or HEAD.\n")
    headers = [(b"allow", b"GET, HEAD, OPTIONS"), (b"content-type", b"text/plain; charset=utf-8")]
    headers += [(b"content-length", b"%d" % len(words))] if words else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
