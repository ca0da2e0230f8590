"""The locks of an archive lie in one folder, and hold between processes whatever the archive is called by."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobscraper.archive.lock_folder import lock_path
from jobscraper.archive.locks import ArchiveInUseError, crawling
from jobscraper.archive.store import open_archive
from jobscraper.operate.round import alone

_HOLD = (
    "import sys; from pathlib import Path; from jobscraper.archive.locks import rebuilding\n"
    "with rebuilding(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def use(archive: Path) -> None:
    """Take every lock that there is."""
    open_archive(archive).close()
    with alone(archive), crawling(archive, "wmjobs"), crawling(archive, "localgov"):
        pass


def test_beside_the_archive_stands_one_folder(archive: Path) -> None:
    use(archive)
    assert {path.name for path in archive.parent.iterdir()} == {"archive.db", "archive.db-locks"}


def test_what_older_versions_left_goes_and_nothing_else(archive: Path) -> None:
    left = ["archive.db-lock", "archive.db-lock-wmjobs", "archive.db-lock-opening", ".archive.db.round-lock"]
    others = ["archive.db-notices.json", "archive.db-before-rebuild", "other.db-lock", "archive.db.txt"]
    for name in (*left, *others):
        (archive.parent / name).touch()
    use(archive)
    assert {path.name for path in archive.parent.iterdir()} == {"archive.db", "archive.db-locks", *others}


def test_a_link_to_an_archive_is_locked_with_it(archive: Path, tmp_path: Path) -> None:
    open_archive(archive).close()
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(archive)
    assert lock_path(link, "opening") == lock_path(archive, "opening")
    with crawling(archive, "wmjobs"), pytest.raises(ArchiveInUseError), crawling(link, "wmjobs"):
        pass


def test_a_process_that_is_killed_lets_go(archive: Path) -> None:
    open_archive(archive).close()
    command = [sys.executable, "-c", _HOLD, str(archive)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ArchiveInUseError), crawling(archive, "wmjobs"):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
    with crawling(archive, "wmjobs"):
        pass
