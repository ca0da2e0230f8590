"""What is needed to work on many machines, all of it on this one: captures, a scheduler with workers, an S3 server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest
from distributed import Client
from moto.server import ThreadedMotoServer

from bench.pages import article
from jobscraper.capture.record import Capture, CapturedRequest
from jobscraper.capture.write import CaptureFile
from tests.capture.files import page
from tests.waiting import wait_for

FIRST = datetime(2026, 11, 1, 6, tzinfo=UTC)
RUNS, PAGES = 6, 50


def write_runs(folder: Path, *, runs: int = RUNS, pages: int = PAGES) -> Path:
    """A run a day of a news site: half of its pages are those of the day before, whose bodies an earlier file holds. The
    last run was cut off.
    """
    earlier: dict[str, Capture] = {}
    for day in range(runs):
        at = FIRST + timedelta(days=day)
        run_id = f"localgov-{at:%Y%m%dT%H%M%SZ}"
        file = CaptureFile(folder / "localgov" / f"{run_id}.warc.gz")
        file.begin({"software": "jobscraper/test", "isPartOf": run_id, "source": "localgov"}, at)
        for nth in range(pages):
            number = day * pages // 2 + nth
            asked = CapturedRequest("GET", f"https://www.localgov.co.uk/Article/{number}")
            known = earlier.get(asked.url)
            captured = file.add(asked, page(article(number, number // 3)), at + timedelta(seconds=nth), None, known)
            earlier.setdefault(asked.url, captured)
        if day < runs - 1:
            file.finish({"verdict": "complete"}, at + timedelta(hours=1))
        else:
            file.close()
    return folder


@pytest.fixture(scope="session")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The captures of some days."""
    return write_runs(tmp_path_factory.mktemp("scale") / "captures")


def rebuild_command(archive: Path, captures: str, *more: str) -> list[str]:
    """`jobscraper rebuild` of an archive."""
    return [sys.executable, "-m", "jobscraper", "rebuild", "--archive", str(archive), "--captures", captures, *more]


@attrs.frozen
class Workers:
    """A scheduler's address and process, and the processes of its workers."""

    scheduler: str
    process: subprocess.Popen[bytes]
    processes: list[subprocess.Popen[bytes]]


@contextmanager
def running_workers(folder: Path, count: int = 2) -> Iterator[Workers]:
    """A scheduler and workers as an operator starts them, each a process of its own, over loopback TCP."""
    told = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    place = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [[*dask, "scheduler", *place, "--port", "0", "--scheduler-file", str(told)]]
    worker = [*dask, "worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands += [[*worker, "--local-directory", str(folder / f"worker-{nth}")] for nth in range(count)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        for command in commands
    ]
    try:
        wait_for(lambda: told.is_file() and told.stat().st_size > 0)
        address = json.loads(told.read_text())["address"]
        with Client(address) as client:
            client.wait_for_workers(count, timeout=60)
        yield Workers(address, processes[0], processes[1:])
    finally:
        for process in processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="session")
def workers(tmp_path_factory: pytest.TempPathFactory, bucket: Callable[[str], str]) -> Iterator[Workers]:
    """Two workers that nobody harms; they know the S3 server."""
    del bucket
    with running_workers(tmp_path_factory.mktemp("workers")) as running:
        yield running


@pytest.fixture(scope="session")
def bucket() -> Iterator[Callable[[str], str]]:
    """Make a bucket on an S3 server of 127.0.0.1, and return its URL."""
    import boto3

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-2",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told.items():
            patch.setenv(name, value)

        def make(name: str) -> str:
            boto3.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
            return f"s3://{name}"

        yield make
    server.stop()


def upload(folder: Path, url: str) -> str:
    """Copy a folder into a bucket, and return the URL of the copy."""
    import boto3

    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    for file in folder.rglob("*"):
        if file.is_file():
            key = f"{prefix}/{file.relative_to(folder).as_posix()}".lstrip("/")
            boto3.client("s3").upload_file(str(file), bucket, key)
    return url


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def run() -> Callable[..., str]:
    """Run a command that fails, in this process, and return what it says on stderr."""
    from click.testing import CliRunner

    from jobscraper.cli.main import main

    def invoke(*arguments: str) -> str:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 1, done.output
        return done.stderr

    return invoke
