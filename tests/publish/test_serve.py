"""Serving: clear words when it cannot, a clean end when told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.site.application import ServeError, datasette_for
from jobscraper.publish.site.serve import LatestSnapshot, check_port, serve
from tests.publish.conftest import real_server


def test_nothing_published(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="run `jobscraper publish` first"):
        datasette_for(tmp_path)
    with pytest.raises(ServeError, match="run `jobscraper publish` first"):
        serve(tmp_path, "127.0.0.1", 0)


def test_an_archive_is_not_shown_to_everybody(archive: Path) -> None:
    with pytest.raises(ServeError, match="no snapshot of jobscraper"):
        datasette_for(archive.parent)


def test_port_taken(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        words = f"^port {port} is in use; stop what uses it, or name another with --port$"
        with pytest.raises(ServeError, match=words):
            check_port("127.0.0.1", port)
        with pytest.raises(ServeError, match=words):
            serve(site, "127.0.0.1", port)
    check_port("127.0.0.1", port)  # and it keeps hold of nothing
    check_port("127.0.0.1", port)


@pytest.mark.parametrize(("given", "asked"), [([], "jobscraper demo"), (["PORT=8005"], "jobscraper demo --port 8005")])
def test_make_demo_takes_a_port(given: list[str], asked: str) -> None:
    make = ["make", "--dry-run", "--directory", str(Path(__file__).parents[2]), "demo", *given]
    environment = {name: value for name, value in os.environ.items() if name != "PORT"}
    said = subprocess.run(make, capture_output=True, text=True, check=True, env=environment).stdout
    assert asked in [line.strip().removeprefix(".venv/bin/") for line in said.splitlines()]


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 70000, "port 70000: not between"),
        ("127.0.0.1", -1, "port -1: not between"),
        ("no-such-host.invalid", 0, "no-such-host.invalid: not an address of this machine; name another with --host"),
        ("192.0.2.1", 0, "192.0.2.1: not an address of this machine"),
    ],
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
            asked = [rows(client, f"/archive/advert.json?_shape=array&_size={size}") for size in range(1, 9)]
            return {row["title"] for found in await asyncio.gather(*asked) for row in found}

    async def rows(client: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
        """On a machine with much else to do a request may run out of its seconds, which is not what is tested here."""
        for _ in range(5):
            answer = await client.get(path)
            if answer.status_code == 200:
                return list(answer.json())
            assert answer.status_code in (429, 503) or "took too long" in answer.text
        raise AssertionError(answer.text)

    async def before_and_after() -> None:
        assert "Changed" not in await titles()
        with closing(sqlite3.connect(archive)) as connection, connection:
            connection.execute("UPDATE advert SET title = 'Changed'")
        publish(archive, folder)
        assert await titles() == {"Changed"}

    asyncio.run(before_and_after())


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_real_server_ends_cleanly(site: Path, end: signal.Signals) -> None:
    with real_server(site) as (process, port):
        assert httpx.get(f"http://127.0.0.1:{port}/archive/advert.json?_size=1", timeout=60).status_code == 200
        process.send_signal(end)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
