"""A snapshot is whole, checked and swapped in at once; whatever fails, the last good one stays."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jobscraper.archive.store import ArchiveError
from jobscraper.publish.build import build, snapshot
from jobscraper.publish.build.build import SNAPSHOT_ID
from jobscraper.publish.build.snapshot import PublishError, counts_of, publish

Spoil = Callable[[sqlite3.Connection], object]


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def spoil(archive: Path, *statements: str) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def leftovers(site: Path) -> list[str]:
    return sorted(path.name for path in site.iterdir() if "building" in path.name)


def test_what_is_published(archive: Path, tmp_path: Path) -> None:
    done = publish(archive, tmp_path / "deep" / "site")
    assert (done.adverts, done.open, done.masked) == (20, 13, 0)
    assert done.path == tmp_path / "deep" / "site" / "archive.db"
    assert done.bytes == done.path.stat().st_size
    assert rows(done.path, "PRAGMA application_id") == [(SNAPSHOT_ID,)]
    assert rows(done.path, "SELECT adverts, open, employers, sources FROM snapshot") == [(20, 13, 4, 2)]
    assert leftovers(done.path.parent) == []


def test_only_described_tables_are_published(archive: Path, tmp_path: Path) -> None:
    spoil(
        archive,
        "CREATE TABLE staff (name TEXT)",
        "INSERT INTO staff VALUES ('Jane Kept-Private')",
        "INSERT INTO advert_part SELECT id, 'card', first_seen, capture_id, 'd', 'Raw-Part-Kept-Private', NULL FROM advert",
    )
    published = publish(archive, tmp_path / "site").path
    names = {name for (name,) in rows(published, "SELECT name FROM sqlite_master")}
    assert not names & {"staff", "advert_part", "_sqlite_migrations"}
    assert b"Kept-Private" not in published.read_bytes()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zeppelin", 1),  # only in a description
        ("engineers", 3),  # title, by its stem
        ("cafe", 1),  # without its accent
        ("cardiff", 5),  # employer and location
        ("nowhere", 0),
    ],
)
def test_search_index(site: Path, words: str, expected: int) -> None:
    found = rows(site / "archive.db", f"SELECT rowid FROM advert_fts WHERE advert_fts MATCH '{words}'")
    assert len(found) == expected


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (["PRAGMA foreign_keys = OFF", "DELETE FROM employer WHERE kind = 'council'"], "foreign keys: row"),
        (["PRAGMA foreign_keys = OFF", "DROP TABLE advert_place"], "has no advert_place: made by an older jobscraper"),
        (["ALTER TABLE run DROP COLUMN with_title"], "has no run.with_title: made by an older jobscraper"),
    ],
)
def test_a_bad_archive_is_not_published(archive: Path, published: Path, statements: list[str], message: str) -> None:
    good = (published / "archive.db").read_bytes()
    spoil(archive, *statements)
    with pytest.raises(PublishError, match=message) as failure:
        publish(archive, published)
    assert "\n" not in str(failure.value)
    assert (published / "archive.db").read_bytes() == good
    assert leftovers(published) == []


@pytest.mark.parametrize("words", ["https://maps.example/@51.5,-0.1,12z", "follow @LeedsCC", "paid @ £12 an hour"])
def test_what_is_no_email_address(archive: Path, tmp_path: Path, words: str) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert_text SET description = ? WHERE rowid = 3", [words])
    assert publish(archive, tmp_path / "site").adverts == 20


def lose_a_row(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM event WHERE rowid = 7")


def lose_a_search_row(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM advert_fts_docsize WHERE id = 7")


def lose_a_table(connection: sqlite3.Connection) -> None:
    connection.execute("DROP VIEW advert_with_text")


def lose_the_mark(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA application_id = 1")


def mix_up_two_indexes(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    both = "SELECT name, rootpage FROM sqlite_master WHERE name IN ('site_advert_closes_at', 'site_advert_last_seen')"
    (one, page_one), (two, page_two) = connection.execute(both).fetchall()
    connection.execute(
        "UPDATE sqlite_master SET rootpage = CASE name WHEN ? THEN ? ELSE ? END WHERE name IN (?, ?)",
        (one, page_two, page_one, one, two),
    )


def print_a_telephone_number(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE advert_text SET description = 'Call 020 7946 0123' WHERE rowid = 3")


def print_what_is_no_telephone_number(connection: sqlite3.Connection) -> None:
    text = "£30,000 - £35,000, SCP 20-24, 30/11/2026 10.00, reference 0012345"
    connection.execute("UPDATE advert_text SET description = ? WHERE rowid = 3", [text])


def forbid_a_source(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE source SET may_republish = 0 WHERE id = 'localgov'")


def built_and(harm: Spoil) -> Callable[..., build.Built]:
    """`build`, after which something happens to the file."""

    def harmed(archive: Path, target: Path, **options: Any) -> build.Built:
        built = build.build(archive, target, **options)
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            harm(connection)
        return built

    return harmed


def test_figures_that_are_no_telephone_number_are_published(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "build", built_and(print_what_is_no_telephone_number))
    assert publish(archive, tmp_path / "site").adverts == 20


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        # In each copy anew, whatever is left out: then something else is wrong than an advert.
        (print_a_telephone_number, "telephone number found: description of advert_text localgov:0002; "),
        (forbid_a_source, "licences: 10 adverts of localgov, whose terms forbid it; "),
        (lose_a_row, "row counts: event has 19 rows, the archive 20"),
        (lose_a_search_row, "search index: it holds 19 adverts of 20"),
        (lose_a_table, "tables: there is no advert_with_text"),
        (lose_the_mark, "file: the file is marked 0x1"),
        (mix_up_two_indexes, "integrity: "),
    ],
)
def test_a_bad_copy_is_not_published(
    archive: Path, published: Path, monkeypatch: pytest.MonkeyPatch, harm: Spoil, message: str
) -> None:
    good = (published / "archive.db").read_bytes()
    monkeypatch.setattr(snapshot, "build", built_and(harm))
    with pytest.raises(PublishError, match=message):
        publish(archive, published)
    assert (published / "archive.db").read_bytes() == good


def test_a_torn_file_is_not_published(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(archive: Path, target: Path, *, identity: str, published_at: str) -> object:
        counts = build.build(archive, target, identity=identity, published_at=published_at)
        os.truncate(target, target.stat().st_size // 2)
        return counts

    monkeypatch.setattr(snapshot, "build", torn)
    with pytest.raises(PublishError, match=r"integrity: .*malformed.*check the disk"):
        publish(archive, tmp_path / "site")
    assert not (tmp_path / "site" / "archive.db").exists()


def test_a_full_disk(archive: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = (published / "archive.db").read_bytes()
    summarise = build.summarise

    def full(connection: sqlite3.Connection, published_at: str) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        summarise(connection, published_at)

    monkeypatch.setattr(build, "summarise", full)
    with pytest.raises(PublishError, match="the disk is full; free some space"):
        publish(archive, published)
    assert (published / "archive.db").read_bytes() == good
    assert leftovers(published) == []


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive here yet"):
        publish(tmp_path / "none.db", tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_site_that_cannot_be_a_folder(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(PublishError, match="cannot write the snapshot here"):
        publish(archive, tmp_path / "site")


# Runs `publish` in a process of its own, which stops dead at the point that is named and waits to be killed.
STOP = """
import os, signal, sys
from pathlib import Path
from jobscraper.publish.build import build, snapshot
def stop(*_args, **_kwargs):
    print("here", flush=True)
    signal.pause()
point, archive, site = sys.argv[1:]
if point == "while building":
    build.summarise = stop
elif point == "before the checks":
    snapshot.first_failure = stop
else:
    last = snapshot.SNAPSHOT_FILE if point == "before the renames" else snapshot.COUNTS_FILE
    replace = os.replace
    os.replace = lambda new, final: stop() if final.name == last else replace(new, final)
snapshot.publish(Path(archive), Path(site))
"""


@pytest.mark.parametrize(
    ("point", "swapped"),
    [
        ("while building", False),
        ("before the checks", False),
        ("before the renames", False),
        ("between the renames", True),
    ],
)
def test_kill(archive: Path, published: Path, point: str, swapped: bool) -> None:
    site = published
    good = (site / "archive.db").read_bytes()
    spoil(archive, "UPDATE advert SET title = 'Changed' WHERE rowid = 1")
    process = subprocess.Popen([sys.executable, "-c", STOP, point, str(archive), str(site)], stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
    assert ((site / "archive.db").read_bytes() != good) is swapped
    assert rows(site / "archive.db", "PRAGMA integrity_check") == [("ok",)]
    assert leftovers(site), "the kill came too late to test anything"
    assert (counts_of(site) is None) is swapped, "counts must never be those of another snapshot"

    publish(archive, site)
    assert leftovers(site) == []
    assert rows(site / "archive.db", "SELECT title FROM advert WHERE rowid = 1") == [("Changed",)]
    assert counts_of(site) is not None


def test_two_at_once(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: publish(archive, site), range(8)))
    assert [snapshot.adverts for snapshot in done] == [20] * 8
    assert counts_of(site) is not None
    assert leftovers(site) == []


def test_publishing_while_the_archive_is_written(archive: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM event")
        assert publish(archive, tmp_path / "site").adverts == 20
        assert rows(tmp_path / "site" / "archive.db", "SELECT count(*) FROM event") == [(20,)]


def test_counts_file(site: Path) -> None:
    counts = json.loads((site / "inspect-data.json").read_text())["archive"]
    assert counts["tables"]["advert"] == {"count": 20}
    assert counts["size"] == (site / "archive.db").stat().st_size
