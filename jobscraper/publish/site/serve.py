"""Serve the published snapshot, read-only, until told to stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import click
import uvicorn
from datasette.app import Datasette

from jobscraper.publish.build.snapshot import SNAPSHOT_FILE
from jobscraper.publish.site.application import ServeError, datasette_for
from jobscraper.publish.site.connections import TimedConnection
from jobscraper.publish.site.plugin.routes import is_ours
from jobscraper.publish.site.visitors.front import Visitors
from jobscraper.publish.site.visitors.stamp import stamp_of

HOST = "127.0.0.1"
PORT = 8001
_GRACE_SECONDS = 3
# Long enough for the slowest download from a snapshot that has been replaced meanwhile.
_RETIRE_SECONDS = 600


class LatestSnapshot:
    """An ASGI application that serves the snapshot of a site, and a newer one from the first request after its swap.

    One Datasette must not outlive its file: it opens a connection for each thread when it first needs one, so after a
    swap some of its threads would answer from the old snapshot and some from the new one.
    """

    def __init__(self, site: Path, address: str = "") -> None:
        """:raises ServeError: nothing has been published there yet."""
        self._site, self._address = site, address
        self._stamp = stamp_of(site)
        self._datasette = datasette_for(site, address)
        self._app = self._datasette.app()
        self._visitors = Visitors(site, address)

    async def __call__(
        self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        stamp = stamp_of(self._site)
        # A snapshot that has been taken away is no reason to stop serving the one that is open.
        if stamp and stamp != self._stamp:
            asyncio.get_running_loop().call_later(_RETIRE_SECONDS, _retire, self._datasette)
            self._stamp, self._datasette = stamp, datasette_for(self._site, self._address)
            self._app = self._datasette.app()
            self._visitors.renew()
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and not is_ours(_path_of(scope)):
            await self._visitors.answer(self._datasette, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def close(self) -> None:
        """End the processes that answer visitors."""
        self._visitors.close()


def _path_of(scope: Any) -> str:
    """The path as Datasette takes it, before anything in it is decoded."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0]


def _retire(datasette: Datasette) -> None:
    """Let go of a replaced snapshot, whose file otherwise fills the disk for as long as it is open."""
    datasette.executor.shutdown(wait=False)
    for database in datasette.databases.values():
        database.close()


def check_port(host: str = HOST, port: int = PORT) -> None:
    """Find out before any long work whether the site can be served at this address; nothing keeps it free until then.

    :raises ServeError: it cannot be listened on.
    """
    _listen(host, port).close()


def serve(site: Path, host: str = HOST, port: int = PORT, address: str = "", proxies: Sequence[str] = ()) -> None:
    """Serve the snapshot of `site`, and each newer one as it is published, until Ctrl-C or SIGTERM, then return.

    :param address: where readers reach it; without one its links are paths.
    :param proxies: addresses of proxies of one's own, which are believed when they say for whom they ask.
    :raises ServeError: there is no snapshot, or the port cannot be listened on.
    """
    application = LatestSnapshot(site, address)
    with _listen(host, port) as listener:
        at, number = listener.getsockname()[:2]
        click.echo(f"Serving {site / SNAPSHOT_FILE} at http://{_shown(at)}:{number} (Ctrl-C to stop)")
        config = uvicorn.Config(
            application,
            http=TimedConnection,
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=_GRACE_SECONDS,
            # Without proxies of one's own, whoever asks could say that somebody else does.
            proxy_headers=bool(proxies),
            forwarded_allow_ips=list(proxies),
        )
        # uvicorn hands a signal on once it has shut down; SIGTERM is then no failure but the end that was asked for.
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo("Stopped.")
        finally:
            application.close()
            signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    # The C library takes the port modulo 65536 without a word.
    if not 0 <= port <= 65535:
        raise ServeError(f"port {port}: not between 0 and 65535; name another with --port")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise ServeError(_NO_LISTENING.get(error.errno or 0, _NO_ADDRESS).format(host=host, port=port)) from error


_NO_LISTENING = {
    errno.EADDRINUSE: "port {port} is in use; stop what uses it, or name another with --port",
    errno.EACCES: "port {port} is kept for the administrator; name one from 1024 with --port",
}
_NO_ADDRESS = "{host}: not an address of this machine; name another with --host"
