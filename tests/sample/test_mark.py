"""The demo's archive and site are told from everybody else's by what is in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.sample.mark import is_demo
from tests.publish.conftest import insert


def archive(path: Path, run: str, captures: Iterable[str]) -> Path:
    with closing(open_archive(path)) as db:
        insert(db, "source", id="wmjobs", title="W", publisher="W", homepage="https://w.example/", confirmed=1,
               lists_everything=1)  # fmt: skip
        insert(db, "run", id=run, source_id="wmjobs", started="2026-11-22T06:00:00Z", code_version="1")
        for number, name in enumerate(captures):
            insert(db, "capture", id=f"c-{number}", run_id=run, url="https://w.example/", method="GET", status=200,
                   fetched_at="2026-11-22T06:00:01Z", digest="sha1:A", warc_file=name, offset=0, length=1)  # fmt: skip
    return path


@pytest.mark.parametrize(
    ("run", "captures", "expected"),
    [
        ("wmjobs-replay-1", ["sample.warc.gz"], True),
        ("wmjobs-replay-1", [], True),  # A demo that was cut off at once.
        ("wmjobs-1", ["sample.warc.gz"], False),
        ("wmjobs-1", [], False),
        ("wmjobs-replay-1", ["mine.warc.gz"], False),
        ("wmjobs-replay-1", ["sample.warc.gz", "mine.warc.gz"], False),
    ],
)
def test_only_the_sample_makes_a_demo(run: str, captures: list[str], expected: bool, tmp_path: Path) -> None:
    assert is_demo(archive(tmp_path / "archive.db", run, captures)) is expected


def test_what_is_not_there_may_become_one_and_what_is_no_archive_may_not(tmp_path: Path) -> None:
    assert is_demo(tmp_path / "archive.db")
    (tmp_path / "archive.db").touch()
    assert is_demo(tmp_path / "archive.db")
    (tmp_path / "archive.db").write_text("notes")
    assert not is_demo(tmp_path / "archive.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE t (x)")
    assert not is_demo(tmp_path / "other.db")
