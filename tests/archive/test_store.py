"""Opening an archive: what is not ours is refused in words, and left as it was."""

from __future__ import annotations

import sqlite3
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlite_utils import Database

from jobscraper.archive.schema import APPLICATION_ID, migrations
from jobscraper.archive.store import ArchiveError, open_archive, open_for_reading, writing


def make_foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE holiday (name TEXT)")
    db.commit()
    db.close()


def make_newer(path: Path) -> None:
    db = open_archive(path)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('jobscraper', 'm999_x', '')")
    db.close()


def make_text(path: Path) -> None:
    path.write_text("this is a letter, not a database\n" * 100)


def make_torn(path: Path) -> None:
    open_archive(path).close()
    path.write_bytes(path.read_bytes()[:3000])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (make_foreign, "not an archive of jobscraper"),
        (make_newer, "made by a newer jobscraper .m999_x."),
        (make_text, "not an SQLite file"),
        (make_torn, "damaged"),
    ],
)
def test_a_file_that_is_no_archive_of_ours_is_refused_and_left_alone(tmp_path: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "archive.db"
    make(path)
    before = path.read_bytes()
    for opening in (open_archive, open_for_reading):
        with pytest.raises(ArchiveError, match=said):
            opening(path)
    assert path.read_bytes() == before


def test_a_missing_archive_cannot_be_read_but_is_made_for_writing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive here yet"):
        open_for_reading(tmp_path / "archive.db")
    open_archive(tmp_path / "archive.db").close()
    open_for_reading(tmp_path / "archive.db").close()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"the folder .*/none does not exist"):
        open_archive(tmp_path / "none" / "archive.db")


def test_an_archive_is_in_wal_mode_with_foreign_keys_on(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db")
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), writing(db):
        db.execute("INSERT INTO run (id, source_id, started, code_version) VALUES ('r', 'nobody', '', '')")


def test_a_transaction_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db")

    def fail_half_way() -> None:
        with writing(db):
            db.execute("INSERT INTO employer (id, name, kind) VALUES ('a', 'A', 'council')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert db.execute("SELECT count(*) FROM employer").fetchone()[0] == 0
    assert not db.in_transaction


def test_an_older_archive_learns_when_its_parts_were_printed(tmp_path: Path) -> None:
    """A part that was last seen in May, and last changed in the capture of March, was printed in March."""
    path = tmp_path / "archive.db"
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(Database(db), stop_before="m002_terms")
    db.executescript("""
        INSERT INTO source VALUES ('s', 'S', 'P', 'https://s.example.org', NULL, NULL, 1, 1);
        INSERT INTO run (id, source_id, started, code_version) VALUES ('r', 's', '2026-03-01T00:00:00Z', '1');
        INSERT INTO capture VALUES ('c', 'r', 'https://s.example.org', 'GET', '2026-03-01T06:00:00Z', 200, 'x', 'w', 0, 1);
        INSERT INTO advert (id, status, source_id, source_ref, first_seen, last_seen, capture_id, evidence,
            normaliser_version) VALUES ('s:1', 'live', 's', '1', '', '', 'c', '{}', '1');
        INSERT INTO advert_part VALUES ('s:1', 'card', '2026-05-01T06:00:00Z', 'c', 'd', '{}');
    """)
    db.close()
    opened = open_archive(path)
    assert opened.execute("SELECT printed_at FROM advert_part").fetchone()[0] == "2026-03-01T06:00:00Z"
    assert tuple(opened.execute("SELECT fixed_term_months, weeks_per_year, fte FROM advert").fetchone()) == (None,) * 3


def open_at_once(paths: list[Path], barrier: Barrier) -> None:
    for path in paths:
        barrier.wait()
        open_archive(path).close()


def test_many_processes_may_begin_an_archive_at_once(tmp_path: Path) -> None:
    spawn = get_context("spawn")
    given = ([tmp_path / f"{attempt}.db" for attempt in range(5)], spawn.Barrier(4))
    openings = [spawn.Process(target=open_at_once, args=given) for _ in range(4)]
    for opening in openings:
        opening.start()
    for opening in openings:
        opening.join()
    assert [opening.exitcode for opening in openings] == [0] * 4


def test_a_transaction_inside_another_is_a_part_of_it(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db")

    def break_off() -> None:
        with writing(db):
            with writing(db):
                db.execute("INSERT INTO place (id, name) VALUES ('1', 'Brecon')")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        break_off()
    assert db.execute("SELECT count(*) FROM place").fetchone()[0] == 0
    assert not db.in_transaction
    db.close()
