"""Serving: clear words when it cannot, a clean end when told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from jobscraper.publish.serve import LatestSnapshot, ServeError, datasette_for, serve
from jobscraper.publish.snapshot import publish


def test_nothing_published(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="run `jobscraper publish` first"):
        datasette_for(tmp_path)
    with pytest.raises(ServeError, match="run `jobscraper publish` first"):
        serve(tmp_path, "127.0.0.1", 0)


def test_port_taken(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=f"127.0.0.1:{port}: .*in use.*--port"):
            serve(site, "127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [("127.0.0.1", 70000, "port"), ("127.0.0.1", -1, "port"), ("no-such-host.invalid", 0, "no-such-host.invalid")],
)
def test_no_such_address(site: Path, host: str, port: int, message: str) -> None:
    with pytest.raises(ServeError, match=message):
        serve(site, host, port)


def test_a_new_snapshot_is_served_without_a_restart(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    publish(archive, folder)
    application = LatestSnapshot(folder)

    async def titles() -> set[str]:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://site") as client:
            # More requests at a time than Datasette has threads, so that each of them must open the file.
            asked = [client.get(f"/archive/advert.json?_shape=array&_size={size}") for size in range(1, 9)]
            return {row["title"] for answer in await asyncio.gather(*asked) for row in answer.json()}

    async def before_and_after() -> None:
        assert "Changed" not in await titles()
        with closing(sqlite3.connect(archive)) as connection, connection:
            connection.execute("UPDATE advert SET title = 'Changed'")
        publish(archive, folder)
        assert await titles() == {"Changed"}

    asyncio.run(before_and_after())


SERVE = (
    "import sys; from pathlib import Path; from jobscraper.publish.serve import serve; serve(Path(sys.argv[1]), port=0)"
)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_real_server_ends_cleanly(site: Path, end: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", SERVE, str(site)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline()
        assert "at http://127.0.0.1:" in said
        port = int(said.split("127.0.0.1:")[1].split()[0])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            client.sendall(b"GET /archive/advert.json?_size=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        process.send_signal(end)
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""
