"""Another archive's software, pywb, replays our files: pages, and pages that refer to an earlier run.

It has an environment of its own, made by `make test`; another one can be named in JOBSCRAPER_PYWB.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobscraper.capture.record import CapturedResponse
from tests.capture.files import LATER, page, run, url

PROGRAMS = Path(os.environ.get("JOBSCRAPER_PYWB", Path(sys.prefix) / "pywb")) / "bin"
BODY = b"<html><body><p>a page of a board</p></body></html>"
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"pywb does not answer: {log.read_text()}")


@pytest.fixture(scope="module")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a collection with two runs, of which the second refers to the first."""
    if not (PROGRAMS / "wayback").is_file():
        pytest.fail(f"no pywb in {PROGRAMS}: `make test` installs it, or `make .venv/pywb/installed`")
    folder = tmp_path_factory.mktemp("pywb")
    (first,) = run(folder / "first.warc.gz", [(url(1), page(BODY))])
    unchanged = CapturedResponse(304, (("ETag", '"v1"'),), b"")
    pages = [(url(1), page(BODY), first), (url(2), page(BODY)), (url(3), page(BODY + b"!")), (url(4), unchanged, first)]
    run(folder / "second.warc.gz", pages, at=LATER)  # type: ignore[arg-type]
    manager = [str(PROGRAMS / "wb-manager")]
    subprocess.run([*manager, "init", "board"], cwd=folder, check=True, capture_output=True)
    files = ["first.warc.gz", "second.warc.gz"]
    subprocess.run([*manager, "add", "board", *files], cwd=folder, check=True, capture_output=True)
    port, log = free_port(), folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [str(PROGRAMS / "wayback"), "-b", "127.0.0.1", "--port", str(port)], cwd=folder, stdout=out, stderr=out
        )
        try:
            address = f"http://127.0.0.1:{port}/board"
            wait_for(address, server, log)
            yield address
        finally:
            server.terminate()
            server.wait()


@pytest.mark.parametrize(
    ("instant", "number", "body"),
    [
        ("20261120060000", 1, BODY),
        ("20261127060000", 1, BODY),
        ("20261127060000", 2, BODY),
        ("20261127060000", 3, BODY + b"!"),
    ],
    ids=["a page", "the same page of a later run", "the same body at another URL", "another page"],
)
def test_pywb_replays_a_page(pywb: str, instant: str, number: int, body: bytes) -> None:
    with urllib.request.urlopen(f"{pywb}/{instant}id_/{url(number)}", timeout=30) as answer:
        assert (answer.status, answer.read()) == (200, body)


def test_pywb_replays_a_304_as_a_304(pywb: str) -> None:
    """It sends what the board sent; that our own reader gives the page that was confirmed is tested elsewhere."""
    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(f"{pywb}/20261127060000id_/{url(4)}", timeout=30)


@pytest.mark.parametrize(("instant", "date"), [("20261120060000", "20 Nov"), ("20261127060000", "27 Nov")])
def test_pywb_tells_the_instant_of_the_capture_itself(pywb: str, instant: str, date: str) -> None:
    with urllib.request.urlopen(f"{pywb}/{instant}id_/{url(1)}", timeout=30) as answer:
        assert date in answer.headers["Memento-Datetime"]
