"""Room on the disk, and an archive that does not grow for ever."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.operate.upkeep import NoSpaceError, require_space, upkeep


def filled(path: Path) -> None:
    """An archive that held a lot, most of which is gone."""
    with closing(open_archive(path)) as db:
        db.execute("CREATE TABLE ballast (text TEXT)")
        db.executemany("INSERT INTO ballast VALUES (?)", [("x" * 5_000,)] * 400)
        db.execute("DELETE FROM ballast")


def test_room_that_nothing_uses_is_given_back(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    filled(archive)
    before = archive.stat().st_size
    upkeep(archive)
    assert archive.stat().st_size < before / 2
    wal = archive.with_name("archive.db-wal")
    assert not wal.exists() or wal.stat().st_size == 0


_CRAWLS = """
import sys
from pathlib import Path
from jobscraper.archive.locks import crawling
with crawling(Path(sys.argv[1]), "board"):
    print("crawling", flush=True)
    sys.stdin.read()
"""


def test_an_archive_that_is_being_crawled_into_is_left_for_another_time(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    filled(archive)
    before = archive.stat().st_size
    with subprocess.Popen(
        [sys.executable, "-c", _CRAWLS, str(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as crawl:
        assert crawl.stdout
        assert crawl.stdout.readline() == "crawling\n"
        upkeep(archive)
        crawl.kill()
    assert archive.stat().st_size == before


def test_where_a_copy_has_no_room_nothing_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive.db"
    filled(archive)
    before = archive.stat().st_size
    full = shutil.disk_usage(tmp_path)._replace(free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    upkeep(archive)
    assert archive.stat().st_size == before


def test_with_a_full_disk_no_round_begins(tmp_path: Path) -> None:
    require_space(tmp_path, 0)
    with pytest.raises(NoSpaceError, match=r"GB of the disk are free, and a round wants 1000000000\.0"):
        require_space(tmp_path, 1e9)
