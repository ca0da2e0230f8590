"""Reading in a process of its own: what a page does to its reader costs that page, and no other."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import hashlib
import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import psutil
import pytest
from web_poet import handle_urls

from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.crawl.project import load_readers
from jobscraper.model.reading import LONGEST_TEXT, RawAdvert, Reading
from jobscraper.read.outcome import PageFailed, PageRead
from jobscraper.read.page import Page
from jobscraper.read.process.client import ReadingProcess
from jobscraper.read.process.worker import NoReaderProcessError
from tests.waiting import wait_for

HOST = "https://mishaps.example.org"


class Mishap(Page):
    """A page whose body says what happens to whoever reads it."""

    def read(self) -> Reading:
        what, _, rest = self.response.body.partition(b" ")
        match what:
            case b"turns":
                while True:
                    with suppress(Exception):
                        hash("without end")
            case b"holds":  # In C, where no line of Python is reached.
                Path(os.fsdecode(rest)).write_text(f"{os.getppid()} {os.getpid()}") if rest else None
                hashlib.pbkdf2_hmac("sha1", b"", b"", 2**31 - 1)
            case b"crashes":
                os.kill(os.getpid(), signal.SIGSEGV)
            case b"names":  # Its process.
                return Reading(part="page", adverts=(RawAdvert(source_ref="1", description=str(os.getpid())),))
            case b"trips":
                raise ValueError("no such field")
            case b"locks":
                return Reading(part="page", adverts=(RawAdvert(source_ref="1"),), listed=Lock())  # type: ignore[arg-type]
        return Reading(part="page", adverts=(RawAdvert(source_ref="1", description=self.response.body.decode()),))


handle_urls("mishaps.example.org")(Mishap)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingProcess]:
    monkeypatch.setattr("jobscraper.read.outcome.MOST_SECONDS", 0.2)
    monkeypatch.setattr("jobscraper.read.process.worker.FOR_EVER", 2)
    load_readers()
    process = ReadingProcess()
    yield process
    process.close()


def read(reader: ReadingProcess, *bodies: str) -> list[str | None]:
    """Read pages that are all there at once; of each what it prints, or why not."""

    async def all_of_them() -> list[PageRead | PageFailed]:
        async with asyncio.timeout(60):
            return await asyncio.gather(*(reader.read(f"{HOST}/{body[:9]}", *received(body)) for body in bodies))

    return list(map(said, asyncio.run(all_of_them())))


def read_blocking(reader: ReadingProcess, *bodies: str) -> list[str | None]:
    """Read pages one by one."""
    with reader.blocking() as read_page:
        return [said(read_page(f"{HOST}/{body[:9]}", *received(body))) for body in bodies]


def said(outcome: PageRead | PageFailed) -> str | None:
    return outcome.text if isinstance(outcome, PageFailed) else outcome.reading.adverts[0].description


def received(body: str) -> tuple[CapturedResponse, Capture]:
    capture = Capture(
        id="1", url=HOST, method="GET", fetched_at=datetime.now(UTC), status=200, digest="", warc_file="", offset=0, length=0
    )  # fmt: skip
    return CapturedResponse(200, (("Content-Type", "text/plain"),), body.encode()), capture


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("turns", "reading it takes more than 0.2 seconds of a processor"),
        ("holds", "it crashed or hung the process that read it"),
        ("crashes", "it crashed or hung the process that read it"),
        ("trips", "ValueError: no such field"),
        ("locks", "what was read cannot be handed over (TypeError: cannot pickle '_thread.lock' object)"),
    ],
)
@pytest.mark.parametrize("read_all", [read, read_blocking])
def test_a_page_costs_itself(
    reader: ReadingProcess, read_all: Callable[..., list[str | None]], body: str, told: str
) -> None:
    assert read_all(reader, "before", body, "between", body, "behind") == ["before", told, "between", told, "behind"]


def test_a_page_is_not_blamed_for_a_process_that_was_gone_before_it_came(reader: ReadingProcess) -> None:
    async def with_a_death_between() -> PageRead | PageFailed:
        first = await reader.read(f"{HOST}/names", *received("names"))
        os.kill(int(said(first) or ""), signal.SIGKILL)
        return await reader.read(f"{HOST}/next", *received("next"))

    assert said(asyncio.run(with_a_death_between())) == "next"


def test_nor_is_it_where_a_killed_run_is_read(reader: ReadingProcess) -> None:
    with reader.blocking() as read_page:
        os.kill(int(said(read_page(HOST, *received("names"))) or ""), signal.SIGKILL)
        assert said(read_page(HOST, *received("next"))) == "next"


@pytest.mark.parametrize("read_all", [read, read_blocking])
def test_where_nothing_can_be_forked_that_is_told_and_no_page_is_blamed(
    read_all: Callable[..., list[str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    fork, here = os.fork, os.getpid()

    def fork_here_only() -> int:
        if os.getpid() != here:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", fork_here_only)
    process = ReadingProcess()
    with pytest.raises(NoReaderProcessError, match="was killed, or there is not enough memory"):
        read_all(process, "first")
    process.close()


def test_where_no_process_can_be_had_that_is_told_and_no_page_is_blamed(reader: ReadingProcess) -> None:
    page = int(read(reader, "names")[0] or "")
    forks = psutil.Process(page).ppid()
    for pid in (forks, page):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(forks, 0)
    wait_for(lambda: not is_running(page))
    with pytest.raises(NoReaderProcessError, match="was killed, or there is not enough memory"):
        read(reader, "first")


def test_what_does_not_come_over_shifts_no_other_page(reader: ReadingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pickle.loads
    answers = iter([whole, lambda _: whole(b""), whole])
    monkeypatch.setattr(pickle, "loads", lambda answer: next(answers)(answer))
    told = "what was read did not come over (EOFError: Ran out of input)"
    assert read(reader, "before", "torn", "behind") == ["before", told, "behind"]


def test_answers_come_to_those_who_asked(reader: ReadingProcess) -> None:
    pages = [f"page {number}" for number in range(500)]
    assert read(reader, *pages) == pages


def test_large_pages_go_through(reader: ReadingProcess) -> None:
    assert [len(text or "") for text in read(reader, *["large " * 2_000_000] * 3)] == [LONGEST_TEXT] * 3


def test_a_page_that_nobody_waits_for_any_more_is_passed_over(reader: ReadingProcess) -> None:
    async def impatient() -> PageRead | PageFailed:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await reader.read(f"{HOST}/turns", *received("turns"))
        return await reader.read(f"{HOST}/1", *received("patient"))

    assert said(asyncio.run(impatient())) == "patient"


def test_what_reading_logs_is_logged_here(reader: ReadingProcess, caplog: pytest.LogCaptureFixture) -> None:
    read(reader, "trips")
    (record,) = caplog.records
    assert (record.levelno, record.message.splitlines()[0]) == (logging.ERROR, f"{HOST}/trips: the reader failed")


def test_it_holds_no_lock_of_ours(tmp_path: Path) -> None:
    held = (tmp_path / "lock").open("w")
    fcntl.flock(held, fcntl.LOCK_EX)
    process = ReadingProcess()
    try:
        read(process, "first")
        held.close()
        with (tmp_path / "lock").open() as again:
            fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        process.close()


def test_it_ends_with_a_crawl_that_is_killed_even_while_a_page_holds_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.read.test_reading_process", str(tmp_path / "pids")]
    with subprocess.Popen(command, cwd=Path(__file__).parent.parent.parent) as crawl:
        while not (tmp_path / "pids").is_file() or " " not in (tmp_path / "pids").read_text():
            assert crawl.poll() is None
            time.sleep(0.05)
        crawl.kill()
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    wait_for(lambda: not any(map(is_running, pids)))


def is_running(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


if __name__ == "__main__":
    read(ReadingProcess(), f"holds {sys.argv[1]}")
