"""Who may read what: captures, archives and notes their owner only; the published site everybody."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.operate.notices import tell
from jobscraper.publish.build.snapshot import publish
from tests.crawl.board import entry, feed, serving
from tests.crawl.conftest import crawl_into
from tests.publish.conftest import make_archive


@pytest.fixture(autouse=True)
def _as_usual() -> Iterator[None]:
    """Files are made as on most machines, where others may read them."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path, *patterns: str) -> dict[str, str]:
    """The permissions of what there is, as `ls -l` shows them."""
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return {str(path.relative_to(folder)): stat.filemode(path.stat().st_mode) for path in sorted(found)}


def test_an_archive_and_the_files_beside_it_are_private(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db:
        db.execute("CREATE TABLE t (x)")
        assert modes(tmp_path, "archive.db*", "archive.db-locks/*") == {
            **dict.fromkeys(
                ("archive.db", "archive.db-locks/opening", "archive.db-shm", "archive.db-wal"), "-rw-------"
            ),
            "archive.db-locks": "drwx------",
        }


def test_an_archive_that_was_opened_to_others_stays_so(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db").close()
    (tmp_path / "archive.db").chmod(0o640)
    open_archive(tmp_path / "archive.db").close()
    assert modes(tmp_path, "archive.db") == {"archive.db": "-rw-r-----"}


def test_what_was_told_is_noted_in_private(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db:
        db.execute(
            "INSERT INTO source (id, title, publisher, homepage, confirmed, lists_everything, cadence_hours)"
            " VALUES ('wmjobs', 'W', 'W', 'https://w.example/', 1, 1, 24)"
        )
        db.execute(
            "INSERT INTO run (id, source_id, verdict, started, code_version)"
            " VALUES ('w-1', 'wmjobs', 'broken', '2026-11-26T06:00:00Z', '1')"
        )
        tell(db, tmp_path / "noted.json", lambda _: None, datetime(2026, 11, 26, 7, tzinfo=UTC))
    assert modes(tmp_path, "noted.json") == {"noted.json": "-rw-------"}


def test_captures_and_what_is_made_of_them_are_private(tmp_path: Path) -> None:
    with serving({"/feed?page=1": feed([entry("job-1")])}) as board:
        crawl_into(tmp_path, board.url)
    assert set(modes(tmp_path, "captures", "captures/*").values()) == {"drwx------"}
    assert set(modes(tmp_path, "captures/*/*", "archive.db").values()) == {"-rw-------"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_what_is_published_is_for_everybody_and_the_archive_is_not(umask: int, tmp_path: Path) -> None:
    os.umask(umask)
    publish(make_archive(tmp_path / "archive.db"), tmp_path / "site")
    assert set(modes(tmp_path, "archive.db").values()) == {"-rw-------"}
    assert set(modes(tmp_path, "site", "site/exports").values()) == {"drwxr-xr-x"}
    published = modes(tmp_path, "site/*.db", "site/*.json", "site/exports/*")
    assert len(published) > 3
    assert set(published.values()) == {"-rw-r--r--"}


def test_the_terminal_is_told_nobodys_contacts(tmp_path: Path) -> None:
    """What a crawl says ends up in the log of the round, and in the notices of it."""
    broken = {
        "name": "Alex Sample",
        "title": "Planner",
        "contactPoint": {"name": "Sam Example", "telephone": "01632 960123"},
    }
    with serving({"/feed?page=1": feed([broken])}) as board:
        told = json.dumps(crawl_into(tmp_path, board.url))
    assert "entry_unreadable" in told
    assert "Planner" in told
    assert "Alex Sample" not in told
    assert "Sam Example" not in told
    assert "960123" not in told
