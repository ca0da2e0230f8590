"""Rebuilding: the same code gives the same rows; other code gives changes of ours; nothing is swapped in half made."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import jobscraper.sample
from jobscraper.archive.ledger import SourceRow
from jobscraper.archive.locks import crawling, rebuilding
from jobscraper.archive.run_recorder import source_row
from jobscraper.archive.store import open_archive
from jobscraper.capture.warc import CaptureError
from jobscraper.crawl.sources import known_sources
from jobscraper.model.errors import JobscraperError
from jobscraper.quality.expectations import Expectations
from jobscraper.rebuild.rebuild import Rebuilt, plan, rebuild
from tests.crawl.board import Answer, Board, entry, feed, serving
from tests.crawl.conftest import crawl_into
from tests.rebuild.local_readers import reading_pages_of

Crawl = Callable[..., dict[str, Any]]
NOW = datetime(2099, 1, 1, tzinfo=UTC)
SOURCE = SourceRow(
    id="local_board", title="Local board", publisher="A test", homepage="http://127.0.0.1/",
    licence=None, licence_url=None, confirmed=True, lists_everything=True, cadence_hours=24,
    expectations=Expectations().to_json(),
)  # fmt: skip


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables; running numbers of rows left out, which say only in what order they were written."""
    with closing(sqlite3.connect(path)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in tables:
            if table.startswith(("sqlite_", "_sqlite")):
                continue
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            kept = [name for name in columns if not (name == "id" and table in ("change", "event", "issue"))]
            found[table] = sorted(db.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall(), key=repr)
    return found


def rebuild_here(folder: Path, *, workers: int = 1, swap: bool = True, **options: Any) -> Rebuilt:
    archive = folder / "archive.db"
    planned = plan(
        archive,
        folder / "captures",
        options.pop("replayed", ()),
        {SOURCE.id: SOURCE},
        without=options.pop("without", False),
    )
    return rebuild(archive, planned, NOW, workers=workers, swap=swap, **options)


def pages(count: int, **fields: Any) -> dict[str, Answer]:
    return {"/feed?page=1": feed([entry(f"job-{number}", **fields) for number in range(count)])}


def crawl_a_history(folder: Path, board: Board) -> None:
    """A few days at a board: new, changed, gone, a wall, a server that fails and a page that cannot be read."""
    days = [
        pages(8),
        {
            "/feed?page=1": feed([entry(f"job-{number}") for number in range(8)], following="/feed?page=2"),
            "/feed?page=2": Answer(b'{"data": [{"title": "cut o'),
        },
        pages(8, validThrough="2099-03-01T12:00:00+00:00"),
        {"/feed?page=1": Answer(b"<html><title>Just a moment...</title></html>")},
        pages(7, title="Teacher of Drama, full time"),
        {"/feed?page=1": Answer(b"oops", 500)},
        {"/feed?page=1": Answer(b"{", 200)},
        pages(7),
    ]
    for day in days:
        board.answers.clear()
        board.answers.update(day)
        crawl_into(folder, board.url, RETRY_TIMES=1)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the archive and the captures of a history, and the address of its board."""
    folder = tmp_path_factory.mktemp("history")
    with serving({}) as board:
        crawl_a_history(folder, board)
        return folder, board.url


@pytest.fixture
def history(crawled: tuple[Path, str], tmp_path: Path) -> Iterator[Path]:
    """A copy of the history for one test to harm."""
    folder, url = crawled
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with reading_pages_of(url):
        yield tmp_path


def test_the_same_code_gives_the_same_rows(history: Path) -> None:
    before = rows(history / "archive.db")
    done = rebuild_here(history)
    assert rows(history / "archive.db") == before
    assert rows(history / "archive.db-before-rebuild") == before
    assert (done.runs, done.changed) == (8, 0)
    assert {row[2] for row in before["run"]} == {"complete", "partial", "blocked", "broken"}


def test_what_newer_code_reads_otherwise_is_put_down_to_us(history: Path) -> None:
    with closing(sqlite3.connect(history / "archive.db")) as db, db:
        db.execute("UPDATE advert SET salary_annual_min = 1, normaliser_version = 'older' WHERE source_ref = 'job-3'")
    done = rebuild_here(history)
    with closing(sqlite3.connect(history / "archive.db")) as db:
        found = db.execute(
            "SELECT advert_id, field, old, new, observed_at FROM change WHERE cause = 'normaliser'"
        ).fetchall()
        events = db.execute("SELECT count(*) FROM event WHERE kind = 'resalaried'").fetchone()
    assert found == [("local_board:job-3", "salary_annual_min", "1.0", "32916.0", "2099-01-01T00:00:00Z")]
    assert events == (0,)
    assert [(one.field, one.rule, one.adverts) for one in done.summary] == [
        ("salary_annual_min", "annual:as printed", 1)
    ]


def test_what_older_code_changed_stays_in_the_history(history: Path) -> None:
    with closing(sqlite3.connect(history / "archive.db")) as db, db:
        db.execute(
            "INSERT INTO change (advert_id, run_id, observed_at, field, old, new, cause)"
            " SELECT 'local_board:job-3', id, started, 'region', 'London', 'North West', 'normaliser' FROM run LIMIT 1"
        )
    before = rows(history / "archive.db")
    rebuild_here(history)
    assert rows(history / "archive.db") == before


def test_a_difference_alone_swaps_nothing_in(history: Path) -> None:
    with closing(sqlite3.connect(history / "archive.db")) as db, db:
        db.execute("UPDATE advert SET region = 'Mars'")
    before = rows(history / "archive.db")
    assert rebuild_here(history, swap=False).changed == 8
    assert rows(history / "archive.db") == before
    assert not list(history.glob("archive.db-rebuilding*"))


def test_where_the_file_system_has_no_links_the_old_archive_is_copied(
    history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    before = rows(history / "archive.db")
    rebuild_here(history)
    assert rows(history / "archive.db-before-rebuild") == before


def test_without_an_archive_one_is_made(history: Path) -> None:
    before = rows(history / "archive.db")
    (history / "archive.db").unlink()
    rebuild_here(history)
    assert rows(history / "archive.db") == before


def test_a_run_without_its_captures_is_named_and_the_archive_stays(history: Path) -> None:
    before = rows(history / "archive.db")
    lost = min(history.glob("captures/local_board/*.warc.gz"))
    lost.unlink()
    with pytest.raises(JobscraperError, match=lost.name.removesuffix(".warc.gz")):
        rebuild_here(history)
    assert rows(history / "archive.db") == before
    assert rebuild_here(history, without=True).runs == 7


def flip_some_bytes(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3] = b"\0\0\0"
    file.write_bytes(data)


def cut_short(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("harm", [flip_some_bytes, cut_short])
def test_a_file_that_lost_captures_is_named_and_the_archive_stays(history: Path, harm: Callable[[Path], None]) -> None:
    """Rebuilt from what is left of it, adverts and their history would be gone without a word."""
    before = rows(history / "archive.db")
    harmed = min(history.glob("captures/local_board/*.warc.gz"))
    harm(harmed)
    for swap in (False, True):
        with pytest.raises(JobscraperError, match=f"captures of it could not be found.*{harmed.name}"):
            rebuild_here(history, swap=swap)
    assert rows(history / "archive.db") == before
    assert rebuild_here(history, without=True).left_out > 0


def as_it_is(path: Path, content: bytes) -> Path:
    path.mkdir()
    (path / "sample.warc.gz").write_bytes(content)
    return path / "sample.warc.gz"


def in_a_wacz(path: Path, content: bytes) -> Path:
    path.mkdir()
    with ZipFile(path / "sample.wacz", "w") as made:
        made.writestr("archive/sample.warc.gz", content)
    return path / "sample.wacz"


@pytest.mark.parametrize("give", [as_it_is, in_a_wacz])
def test_another_file_of_the_same_name_is_no_replay_of_the_first(
    give: Callable[[Path, bytes], Path], tmp_path: Path
) -> None:
    content = (Path(jobscraper.sample.__file__).parent / "sample.warc.gz").read_bytes()
    archive, given, other = tmp_path / "archive.db", give(tmp_path / "1", content), give(tmp_path / "2", content[:9000])
    places = ["--archive", str(archive), "--captures", str(tmp_path / "captures")]
    crawled = [sys.executable, "-m", "jobscraper", "crawl", "localgov", "--replay", str(given), *places]
    subprocess.run(crawled, check=True, capture_output=True)
    before = rows(archive)
    known = {name: source_row(source) for name, source in known_sources().items()}
    with pytest.raises(JobscraperError, match="captures of it could not be found"):
        rebuild(archive, plan(archive, tmp_path / "captures", [other], known, without=False), NOW, workers=1)
    rebuild(archive, plan(archive, tmp_path / "captures", [given], known, without=False), NOW, workers=1)
    assert rows(archive) == before


def test_an_archive_that_somebody_has_open_is_left_alone_before_any_work(history: Path) -> None:
    with closing(sqlite3.connect(history / "archive.db")) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM advert").fetchone()
        with pytest.raises(JobscraperError, match=r"archive.db: something has it open, such as Datasette"):
            rebuild_here(history)


def test_a_copy_of_a_runs_file_is_named_and_the_archive_stays(history: Path) -> None:
    before = rows(history / "archive.db")
    (first, *_) = sorted((history / "captures" / "local_board").glob("*.warc.gz"))
    (history / "captures" / "backup").mkdir()
    (history / "captures" / "backup" / first.name).write_bytes(first.read_bytes())
    with pytest.raises(CaptureError, match="are both of the run"):
        rebuild_here(history)
    assert rows(history / "archive.db") == before


def test_a_folder_that_may_not_be_entered_is_named(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def forbidden(path: Any) -> Any:
        if str(path).endswith("local_board"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    with pytest.raises(CaptureError, match="local_board: Permission denied; let it be read"):
        rebuild_here(history)


def test_behind_a_link_the_archive_itself_is_rebuilt(history: Path) -> None:
    real = history / "real.db"
    (history / "archive.db").rename(real)
    (history / "archive.db").symlink_to(real)
    before = rows(real)
    rebuild_here(history)
    assert (history / "archive.db").is_symlink()
    assert rows(real) == before
    assert (history / "real.db-before-rebuild").is_file()


def test_a_run_that_captured_nothing_stays(history: Path) -> None:
    with closing(sqlite3.connect(history / "archive.db")) as db, db:
        db.execute(
            "INSERT INTO run (id, source_id, started, finished, verdict, code_version)"
            " VALUES ('local_board-replay-0', 'local_board', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'broken', 'x')"
        )
    rebuild_here(history)
    with closing(sqlite3.connect(history / "archive.db")) as db:
        assert db.execute("SELECT verdict FROM run WHERE id = 'local_board-replay-0'").fetchall() == [("broken",)]


def test_a_damaged_archive_is_named_with_its_remedy(history: Path) -> None:
    with (history / "archive.db").open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xaa" * 400_000)
    with pytest.raises(JobscraperError, match=r"archive.db: .*damaged.*move it away"):
        rebuild_here(history)
    (history / "archive.db").unlink()
    assert rebuild_here(history).adverts == 8


def test_an_archive_that_is_crawled_into_is_not_rebuilt(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from jobscraper.archive.locks import rebuilding\n"
        "with rebuilding(Path(sys.argv[1])): pass"
    )
    # Another process, because a process shares its own locks.
    command = [sys.executable, "-c", code, str(tmp_path / "archive.db")]
    with crawling(tmp_path / "archive.db", "local_board"):
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "a crawl or a rebuild is writing to it; wait for that to end" in refused.stderr
    assert subprocess.run(command, check=False).returncode == 0


def test_a_source_is_crawled_by_one_at_a_time_and_sources_side_by_side(crawl: Crawl, tmp_path: Path) -> None:
    with serving(pages(1)) as board:
        with crawling(tmp_path / "archive.db", "another_board"):
            assert crawl(board.url)["verdict"] == "complete"
        board.asked.clear()
        with (
            crawling(tmp_path / "archive.db", "local_board"),
            pytest.raises(AssertionError, match="local_board is being crawled into it already"),
        ):
            crawl(board.url)
        assert board.asked == []


def test_an_archive_that_is_being_rebuilt_is_not_crawled_into(crawl: Crawl, tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db").close()
    with serving(pages(1)) as board, rebuilding(tmp_path / "archive.db"):
        with pytest.raises(AssertionError, match="it is being rebuilt; wait for that to end"):
            crawl(board.url)
        assert board.asked == []


def test_a_bad_advert_costs_itself_in_a_rebuild_too(crawl: Crawl, tmp_path: Path) -> None:
    bad = (
        entry("never", datePosted="9999-12-31T23:59:59-23:59"),
        entry("endless", baseSalary={"currency": "GBP", "value": {"minValue": float("nan"), "unitText": "YEAR"}}),
        entry("long", url="http://127.0.0.1/jobs/" + "a" * 5000),
    )
    page = feed([entry("first"), *bad, entry("last")], following="http://[::bad/", count=5)
    with serving({"/feed?page=1": page}) as board, reading_pages_of(board.url):
        crawl(board.url)
        before = rows(tmp_path / "archive.db")
        rebuild_here(tmp_path)
    assert rows(tmp_path / "archive.db") == before
    assert len(before["advert"]) == 4
