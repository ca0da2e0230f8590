"""A disk that is full: a real one, of two megabytes. Needs the right to mount one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobscraper.capture.read import BrokenCaptureError, records
from tests.crawl.board import Board, entry, feed, serving
from tests.crawl.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def large_board() -> Iterator[Board]:
    pages = {
        f"/feed?page={n}": feed(
            [entry(f"{n}-{i}", description=os.urandom(4000).hex()) for i in range(40)], following=f"/feed?page={n + 1}"
        )
        for n in range(1, 20)
    }
    with serving(pages) as board:
        yield board


def crawl(command: list[str], **places: Path) -> subprocess.CompletedProcess[str]:
    command = [*command[:4], str(places["archive"]), str(places["captures"]), *command[6:]]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_a_full_disk_under_the_archive_ends_the_run_with_all_that_was_folded(
    small_disk: Path,
    large_board: Board,
    command,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    archive = small_disk / "archive.db"
    done = crawl(command(large_board.url), archive=archive, captures=tmp_path / "captures")
    assert "the disk is full" in done.stdout
    assert "Traceback" not in done.stderr
    db = sqlite3.connect(archive)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("SELECT count(*) % 40 FROM advert").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM advert").fetchone() != (0,)
    db.close()


def test_a_full_disk_under_the_captures_ends_the_run_and_nothing_is_read_that_was_not_kept(
    small_disk: Path,
    large_board: Board,
    command,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    archive = tmp_path / "archive.db"
    done = crawl(command(large_board.url), archive=archive, captures=small_disk / "captures")
    assert "the capture cannot be written" in done.stdout
    db = sqlite3.connect(archive)
    captured = {row[0] for row in db.execute("SELECT DISTINCT capture_id FROM advert_part")}
    db.close()
    (warc,) = small_disk.glob("captures/local_board/*.warc.gz")
    kept = set()
    try:
        for record in records(warc):
            kept.add(record.headers["warc-record-id"].removeprefix("<urn:uuid:").removesuffix(">"))
    except BrokenCaptureError:
        pass
    assert captured
    assert captured <= kept
