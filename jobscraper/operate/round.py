"""One round: crawl what is due, several hosts side by side, each source in a process of its own, bounded in time.

A process of its own, because a source that hangs, leaks or crashes must not touch another; the archive's locks hold
between processes, and what a killed crawl had captured is folded by the next one.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import attrs
from filelock import FileLock, Timeout

from jobscraper.archive.lock_folder import lock_path
from jobscraper.archive.store import check_folder
from jobscraper.model.errors import JobscraperError
from jobscraper.normalise.contacts.messages import private
from jobscraper.operate.due import Scheduled

_GRACE_SECONDS = 120
"""For a crawl to end its run with a verdict once it has been told to stop: a page in hand is read to its end."""


class RoundError(JobscraperError):
    """The round cannot begin; nothing was done."""


@attrs.frozen(kw_only=True)
class Crawled:
    """How the crawl of one source ended; `said` is its last line. `skipped`: the round was over before."""

    name: str
    seconds: float
    is_good: bool
    said: str
    skipped: bool = False


@attrs.frozen(kw_only=True)
class Bounds:
    """How many lanes at once, and the seconds that a source and the whole round may take."""

    at_once: int = 4
    source_seconds: float = 3600
    round_seconds: float = 4 * 3600


Command = Callable[[str], Sequence[str]]
"""The command that crawls a source, by its name."""


def crawl_command(archive: Path, captures: Path) -> Command:
    """Our own `crawl`, as a process."""

    def command(name: str) -> Sequence[str]:
        places = ("--archive", str(archive), "--captures", str(captures))
        return (sys.executable, "-m", "jobscraper", "crawl", name, *places)

    return command


@contextmanager
def alone(archive: Path) -> Iterator[None]:
    """One round of an archive at a time.

    :raises RoundError: another is under way.
    """
    check_folder(archive)
    try:
        with FileLock(lock_path(archive, "round"), blocking=False):
            yield
    except Timeout:
        raise RoundError(f"{archive}: a round is under way already; wait for that to end") from None


def crawl_round(
    lanes: Sequence[Sequence[Scheduled]], command: Command, bounds: Bounds, told: Callable[[Crawled], None]
) -> list[Crawled]:
    """Crawl every lane; `told` hears of each source as it ends. A failure of one source is no failure of another.

    :raises KeyboardInterrupt: somebody stopped the round, with Ctrl-C or SIGTERM; the crawls that were going on have been
        told to end, and have.
    """
    until = time.monotonic() + bounds.round_seconds
    stopped = threading.Event()
    running: set[subprocess.Popen[str]] = set()

    def crawl_lane(lane: Sequence[Scheduled]) -> list[Crawled]:
        found = []
        for source in lane:
            seconds = 0 if stopped.is_set() else min(bounds.source_seconds, until - time.monotonic())
            found.append(crawl_one(source.name, command, seconds, running, stopped))
            told(found[-1])
        return found

    with _sigterm_like_ctrl_c(), ThreadPoolExecutor(bounds.at_once) as pool:
        try:
            return [one for lane in pool.map(crawl_lane, lanes) for one in lane]
        except KeyboardInterrupt:
            stopped.set()
            for process in running.copy():
                process.terminate()
            raise


@contextmanager
def _sigterm_like_ctrl_c() -> Iterator[None]:
    """What stops a service or a container sends SIGTERM: by default the crawls would go on without anybody."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def crawl_one(
    name: str, command: Command, seconds: float, running: set[subprocess.Popen[str]], stopped: threading.Event
) -> Crawled:
    """Crawl a source in a process of its own, which is in `running` while it goes on; it is told to end after `seconds`."""
    if seconds <= 0:
        text = "not begun: the round was over"
        return Crawled(name=name, seconds=0, is_good=False, said=text, skipped=True)
    start = time.monotonic()
    # In a session of its own, so that Ctrl-C reaches it once, through us: at a second signal Scrapy gives up at once.
    with subprocess.Popen(
        command(name), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        running.add(process)
        if stopped.is_set():  # While it was being started.
            process.terminate()
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            said = _stop(process) + f"\nstopped after {seconds:.0f} s, the most that it may take"
        finally:
            running.discard(process)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = lines[-1].removeprefix("Error: ") if lines else "said nothing"
    return Crawled(name=name, seconds=time.monotonic() - start, is_good=process.returncode == 0, said=private(last))


def _stop(process: subprocess.Popen[str]) -> str:
    """Ask a crawl to end, which closes its run; kill one that does not.

    By SIGTERM: what is started in the background of a script is deaf to SIGINT, and so are its children.
    """
    process.terminate()
    try:
        return process.communicate(timeout=_GRACE_SECONDS)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]
