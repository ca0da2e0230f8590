"""`jobscraper captures`: what is missing, damaged or not indexed is named; what is not indexed is entered as the crawl did."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result

from jobscraper.archive.ledger import CUT_OFF, RunResult, SourceRow, add_capture, close_run, open_run
from jobscraper.archive.store import open_archive
from jobscraper.capture.read import records
from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.cli.main import main
from tests.capture.files import AT, LATER, foreign, page, run, url

SOURCE = SourceRow(
    id="board",
    title="Board",
    publisher="A test",
    homepage="https://board.example.org",
    licence=None,
    licence_url=None,
    confirmed=True,
    lists_everything=True,
)
FIRST, SECOND = "board-20261120T060000Z", "board-20261127T060000Z"
UNCHANGED = CapturedResponse(304, (("ETag", '"v2"'),), b"")


@attrs.frozen
class Place:
    """An archive and the folder of its captures: two runs, of which the second refers to the first."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def captures(self) -> Path:
        return self.folder / "captures"

    def file(self, run_id: str = FIRST) -> Path:
        return self.captures / "board" / f"{run_id}.warc.gz"

    def call(self, command: str) -> Result:
        places = ["--archive", str(self.archive), "--captures", str(self.captures)]
        return CliRunner().invoke(main, ["captures", command, *places])

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        db = sqlite3.connect(self.archive)
        try:
            with db:
                return db.execute(statement).fetchall()
        finally:
            db.close()


def enter(place: Place, run_id: str, captures: list[Capture], *, judged: bool = True) -> None:
    with closing(open_archive(place.archive)) as db:
        open_run(db, run_id, SOURCE, captures[0].fetched_at, "0.1.0")
        for capture in captures:
            add_capture(db, run_id, capture)
        if judged:
            judge(db, run_id)


def judge(db: sqlite3.Connection, run_id: str, stop_reason: str | None = None) -> None:
    counted: dict[str, Any] = {"adverts_listed": None, "bytes": 0, "errors": 0}
    close_run(db, run_id, RunResult(verdict="partial", finished=AT, stop_reason=stop_reason, **counted))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    first = run(place.file(), [(url(1), page(b"<p>one" * 9)), (url(2), page(b"<p>two")), (url(3), page(b"gone", 404))])
    pages = [(url(1), UNCHANGED, first[0]), (url(2), page(b"<p>two"), first[1]), (url(4), page(b"<p>four"))]
    second = run(place.file(SECOND), pages, at=LATER)  # type: ignore[arg-type]
    enter(place, FIRST, first)
    enter(place, SECOND, second)
    return place


def no_file(place: Place) -> None:
    place.file().unlink()


def no_record(place: Place) -> None:
    """The second response is cut out of its file."""
    data, two = place.file().read_bytes(), responses(place.file())[1]
    place.file().write_bytes(data[: two[0]] + data[sum(two) :])


def no_body(place: Place) -> None:
    place.sql(f"DELETE FROM capture WHERE run_id = '{FIRST}'")
    place.file().unlink()


def flipped(place: Place) -> None:
    data = bytearray(place.file().read_bytes())
    offset, length = responses(place.file())[1]
    data[offset + length // 2] ^= 0xFF
    place.file().write_bytes(data)


def another_body(place: Place) -> None:
    """The last response has another body than its digest says, in a record that is whole."""
    data = place.file().read_bytes()
    offset, length = responses(place.file())[2]
    record = gzip.decompress(data[offset : offset + length]).replace(b"gone", b"here")
    place.file().write_bytes(data[:offset] + gzip.compress(record) + data[offset + length :])


def shortened(place: Place) -> None:
    place.file().write_bytes(place.file().read_bytes()[:-20])


def overwritten(place: Place) -> None:
    place.file().write_bytes(b"<html>")


def forgotten(place: Place) -> None:
    place.sql(f"DELETE FROM capture WHERE url = '{url(2)}'")


def all_forgotten(place: Place) -> None:
    place.sql(f"DELETE FROM capture WHERE run_id = '{SECOND}'")


def killed(place: Place) -> None:
    """A run that never ended: no verdict, and a torn tail behind what is indexed."""
    captures = run(place.file("board-x"), [(url(1), page(b"x")), (url(2), page(b"y"))], verdict=None)
    file = place.file("board-x")
    file.write_bytes(file.read_bytes()[:-10])
    enter(place, "board-x", captures[:1], judged=False)


def killed_and_recovered(place: Place) -> None:
    """The next crawl has folded what the killed one captured, and judged it; the torn tail stays."""
    killed(place)
    with closing(open_archive(place.archive)) as db:
        judge(db, "board-x", CUT_OFF)


def killed_at_the_first_byte(place: Place) -> None:
    place.file("board-x").touch()


def replayed(place: Place) -> None:
    (capture,) = run(place.folder / "theirs.warc.gz", [(url(1), page(b"x"))])
    enter(place, "board-replay-0", [capture])


def strange(place: Place) -> None:
    foreign(place.captures / "theirs.warc.gz", ("response", {}, b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nx"))


def nothing(_: Place) -> None:
    pass


def responses(path: Path) -> list[tuple[int, int]]:
    return [(record.offset, record.length) for record in records(path) if record.type == "response"]


@pytest.mark.parametrize(
    ("harm", "code", "kinds"),
    [
        (nothing, 0, {}),
        (no_file, 1, {"missing": 1}),
        (no_record, 1, {"missing": 1, "damaged": 1}),
        (no_body, 1, {"missing": 2}),
        (flipped, 1, {"damaged": 2}),
        (another_body, 1, {"damaged": 1}),
        (shortened, 1, {"damaged": 1}),
        (overwritten, 1, {"damaged": 1}),
        (forgotten, 0, {"unindexed": 2}),
        (all_forgotten, 0, {"unindexed": 1}),
        (killed, 0, {"cut off": 1}),
        (killed_and_recovered, 0, {"cut off": 1}),
        (killed_at_the_first_byte, 0, {}),
        (replayed, 0, {"elsewhere": 1}),
        (strange, 0, {"unindexed": 1}),
    ],
)
def test_what_is_wrong_is_named_a_line_each(
    place: Place, harm: Callable[[Place], None], code: int, kinds: dict[str, int]
) -> None:
    harm(place)
    done = place.call("verify")
    named = [line.partition(": ")[0] for line in done.stdout.splitlines()[:-1]]
    assert {kind: named.count(kind) for kind in dict.fromkeys(named)} == kinds
    assert done.exit_code == code


@pytest.mark.parametrize("harm", [no_file, flipped, strange, killed])
def test_verifying_changes_nothing(place: Place, harm: Callable[[Place], None]) -> None:
    harm(place)
    before = place.archive.read_bytes(), {path: path.read_bytes() for path in place.captures.rglob("*.gz")}
    place.call("verify")
    assert (place.archive.read_bytes(), {path: path.read_bytes() for path in place.captures.rglob("*.gz")}) == before


ROWS = "SELECT * FROM capture ORDER BY id"


@pytest.mark.parametrize("harm", [forgotten, all_forgotten])
def test_indexing_gives_the_rows_that_the_crawl_wrote(place: Place, harm: Callable[[Place], None]) -> None:
    before = place.sql(ROWS)
    harm(place)
    done = place.call("index")
    assert (done.exit_code, place.sql(ROWS)) == (0, before)


def test_indexing_again_enters_nothing(place: Place) -> None:
    assert "0 captures entered from 2 files" in place.call("index").stdout


def test_a_run_that_is_not_known_is_entered_without_a_verdict(place: Place) -> None:
    """Its adverts were not read: a run that looks complete would let them seem absent."""
    before = place.sql(ROWS)
    place.sql(f"DELETE FROM capture WHERE run_id = '{SECOND}'")
    place.sql(f"DELETE FROM run WHERE id = '{SECOND}'")
    place.call("index")
    assert place.sql(ROWS) == before
    assert place.sql(f"SELECT source_id, started, verdict, code_version FROM run WHERE id = '{SECOND}'") == [
        ("board", "2026-11-27T06:00:00Z", None, "0.1.0")
    ]


def test_the_parts_of_a_run_are_indexed_as_one_run(place: Place) -> None:
    written = run(place.file("board-y"), [(url(n), page(b"%d" % n * 99)) for n in range(6)], at=LATER, limit=1500)
    assert place.file("board-y-2").is_file()
    place.call("index")
    found = place.sql("SELECT url, warc_file, offset FROM capture WHERE run_id = 'board-y' ORDER BY url")
    assert found == [(capture.url, capture.warc_file, capture.offset) for capture in written]


def no_source(place: Place) -> None:
    place.archive.unlink()
    open_archive(place.archive).close()


def no_archive(place: Place) -> None:
    place.archive.unlink()


def no_folder(place: Place) -> None:
    place.captures.rename(place.folder / "away")


def text_archive(place: Place) -> None:
    place.archive.write_text("a letter, not a database\n" * 100)


@pytest.mark.parametrize("command", ["verify", "index"])
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (no_archive, "no archive here"),
        (no_folder, "no such folder; name that of the captures with --captures"),
        (text_archive, "not an SQLite file"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_remedy(
    place: Place, command: str, harm: Callable[[Place], None], said: str
) -> None:
    harm(place)
    done = place.call(command)
    assert done.exit_code == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_run_of_a_source_that_is_not_known_is_not_indexed_and_the_remedy_is_named(place: Place) -> None:
    no_source(place)
    done = place.call("index")
    assert done.exit_code == 1
    assert "its source 'board' is not in the archive; make that anew with `jobscraper rebuild`" in done.stderr


def test_an_archive_of_an_older_version_is_verified_as_it_is(place: Place) -> None:
    place.sql("DROP INDEX capture_url")
    for column in ("refers_to", "etag", "last_modified"):
        place.sql(f"ALTER TABLE capture DROP COLUMN {column}")
    place.sql("DELETE FROM _sqlite_migrations WHERE name = 'm004_captures_that_refer'")
    assert place.call("verify").exit_code == 0
