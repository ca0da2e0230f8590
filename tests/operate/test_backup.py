"""A backup holds everything that cannot be had again, and comes back as it was, or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jobscraper.capture.warc import CaptureError
from jobscraper.cli.main import main
from jobscraper.operate.backup import BackupError, back_up, restore
from tests.archive.damage import DAMAGE, large_archive
from tests.crawl.board import entry, feed, serving
from tests.crawl.conftest import ROOT, command_into, crawl_into

NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, captures, and a note of what was told."""
    folder = tmp_path_factory.mktemp("crawled")
    with serving({"/feed?page=1": feed([entry("a"), entry("b")])}) as board:
        crawl_into(folder, board.url)
    (folder / "archive.db-notices.json").write_text("[]")
    return folder


@pytest.fixture
def live(crawled: Path, tmp_path: Path) -> Path:
    """A copy of that, to destroy."""
    return Path(shutil.copytree(crawled, tmp_path / "live"))


def tables(archive: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(archive)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {
            name: db.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
            for name in names
            if name != "employer_alias"
        }


def captures(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.warc.gz")}


def saved(live: Path) -> Path:
    folder = live.parent / "backup"
    back_up(live / "archive.db", live / "captures", folder, NOW)
    return folder


def test_captures_that_are_not_where_they_are_looked_for_are_no_backup_without_any(live: Path) -> None:
    with pytest.raises(CaptureError, match="capturs: no such folder; name that of the captures with --captures"):
        back_up(live / "archive.db", live / "capturs", live.parent / "backup", NOW)
    assert not (live.parent / "backup").exists()


@pytest.mark.parametrize("name", ["archive.db", "archive-before.db", "notices.json", "captures"])
def test_what_no_backup_made_is_not_written_over(name: str, live: Path) -> None:
    theirs = live.parent / "backup" / name
    theirs.parent.mkdir()
    theirs.write_text("somebody's")
    with pytest.raises(BackupError, match=f"{name}: is here, and no backup made it; move it away"):
        saved(live)
    assert theirs.read_text() == "somebody's"
    assert list(theirs.parent.iterdir()) == [theirs]


def test_what_was_destroyed_comes_back(live: Path) -> None:
    before, files = tables(live / "archive.db"), captures(live / "captures")
    folder = saved(live)
    shutil.rmtree(live)
    live.mkdir()
    assert restore(folder, live / "archive.db", live / "captures") == 3
    assert tables(live / "archive.db") == before
    assert captures(live / "captures") == files
    assert (live / "archive.db-notices.json").read_text() == "[]"
    options = ["--archive", str(live / "archive.db"), "--captures", str(live / "captures")]
    verified = CliRunner().invoke(main, ["captures", "verify", *options])
    assert verified.exit_code == 0, verified.output


def test_what_is_there_already_is_not_copied_again(live: Path) -> None:
    folder = live.parent / "backup"
    first = back_up(live / "archive.db", live / "captures", folder, NOW)
    second = back_up(live / "archive.db", live / "captures", folder, NOW)
    assert (first.files, first.copied) == (3, 3)
    assert second.copied <= 1  # The copy of the archive may differ in its counters.


def test_a_capture_that_was_written_anew_is(live: Path) -> None:
    folder = saved(live)
    (path,) = (live / "captures").rglob("*.warc.gz")
    path.write_bytes(path.read_bytes()[::-1])
    saved(live)
    assert captures(folder / "captures") == captures(live / "captures")


def test_a_capture_that_is_gone_here_stays_there(live: Path) -> None:
    saved(live)
    shutil.rmtree(live / "captures")
    (live / "captures").mkdir()
    folder = saved(live)
    restore(folder, live / "archive.db", live / "captures", over=True)
    assert len(captures(live / "captures")) == 1


def _cut(folder: Path) -> None:
    path = next(folder.rglob("*.warc.gz"))
    path.write_bytes(path.read_bytes()[:-1])


def _remove(folder: Path) -> None:
    next(folder.rglob("*.warc.gz")).unlink()


def _change(folder: Path) -> None:
    data = bytearray((folder / "archive.db").read_bytes())
    data[5000] ^= 1
    (folder / "archive.db").write_bytes(data)


def _no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _torn_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text((folder / "manifest.json").read_text()[:-20])


def _escape(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    told["files"]["captures/../../x"] = told["files"]["archive.db"]
    (folder / "manifest.json").write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "not what was backed up"),
        (_remove, "missing, although the manifest has it"),
        (_change, "not what was backed up"),
        (_no_manifest, "no backup here, or one that was never finished"),
        (_torn_manifest, "damaged; use another backup"),
        (_escape, "not the manifest of a backup"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(spoil: Any, said: str, live: Path) -> None:
    folder = saved(live)
    spoil(folder)
    before = tables(live / "archive.db")
    with pytest.raises(BackupError, match=said):
        restore(folder, live / "archive.db", live / "captures", over=True)
    assert tables(live / "archive.db") == before


def test_nothing_is_put_over_what_is_there_unless_told(live: Path) -> None:
    folder = saved(live)
    with pytest.raises(BackupError, match="there is already an archive, or there are captures"):
        restore(folder, live / "archive.db", live / "captures")


def test_a_backup_does_not_lie_among_the_captures(live: Path) -> None:
    with pytest.raises(BackupError, match="lies among the captures themselves"):
        back_up(live / "archive.db", live / "captures", live / "captures" / "backup", NOW)


def test_it_is_private(live: Path) -> None:
    folder = saved(live)
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*")} == {0}


@pytest.fixture
def crawling(live: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A crawl that goes on."""
    pages = {
        f"/feed?page={n}": feed([entry(f"n{n}")], following=f"/feed?page={n + 1}", count=9999) for n in range(1, 3000)
    }
    with (
        serving(pages) as board,
        subprocess.Popen(command_into(live, board.url), cwd=ROOT, stderr=subprocess.DEVNULL) as crawl,
    ):
        yield crawl
        crawl.kill()


def test_a_backup_during_a_crawl_holds_all_that_its_archive_knows(
    live: Path, crawling: subprocess.Popen[bytes]
) -> None:
    before = len(tables(live / "archive.db")["capture"])
    while len(tables(live / "archive.db")["capture"]) < before + 5:
        assert crawling.poll() is None
    folder = saved(live)
    assert crawling.poll() is None
    crawling.kill()
    crawling.wait()
    elsewhere = live.parent / "elsewhere"
    elsewhere.mkdir()
    restore(folder, elsewhere / "archive.db", elsewhere / "captures")
    options = ["--archive", str(elsewhere / "archive.db"), "--captures", str(elsewhere / "captures")]
    verified = CliRunner().invoke(main, ["captures", "verify", *options])
    assert "0 missing, 0 damaged" in verified.output, verified.output
    assert len(tables(elsewhere / "archive.db")["capture"]) >= before + 5


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Path]:
    """A large archive that was backed up, to damage, and the folder of its backup."""
    live = tmp_path / "live"
    (live / "captures").mkdir(parents=True)
    large_archive(live / "archive.db")
    (live / "captures" / "x.warc.gz").write_bytes(b"x")
    return live, saved(live)


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_archive_takes_the_place_of_no_good_copy(kept: tuple[Path, Path], kind: str) -> None:
    live, folder = kept
    before = (folder / "archive.db").read_bytes()
    damage, said = DAMAGE[kind]
    damage(live / "archive.db")
    (live / "captures" / "y.warc.gz").write_bytes(b"y")
    with pytest.raises(BackupError, match=f"{said}.*keeps the copy of the archive of 2026-11-26T06:00:00Z"):
        saved(live)
    assert (folder / "archive.db").read_bytes() == before
    assert not (folder / "archive.db.new").exists()
    assert (folder / "captures" / "y.warc.gz").read_bytes() == b"y"
    restore(folder, live / "archive.db", live / "captures", over=True)
    assert (live / "archive.db").read_bytes() == before


def _register(folder: Path) -> None:
    """Let the manifest fit, as that of a backup did that nobody had checked."""
    told = json.loads((folder / "manifest.json").read_text())
    data = (folder / "archive.db").read_bytes()
    told["files"]["archive.db"] |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(told))


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_copy_is_not_put_back(kept: tuple[Path, Path], kind: str) -> None:
    live, folder = kept
    damage, said = DAMAGE[kind]
    damage(folder / "archive.db")
    _register(folder)
    before = (live / "archive.db").read_bytes()
    with pytest.raises(BackupError, match=rf"{said}.*nothing was put back.*jobscraper rebuild"):
        restore(folder, live / "archive.db", live / "captures", over=True)
    assert (live / "archive.db").read_bytes() == before


def test_the_copy_before_the_last_one_is_kept_and_can_be_put_back(kept: tuple[Path, Path]) -> None:
    live, folder = kept
    first = (folder / "archive.db").read_bytes()
    with closing(sqlite3.connect(live / "archive.db")) as db, db:
        db.execute("DELETE FROM advert_text")
    back_up(live / "archive.db", live / "captures", folder, NOW + timedelta(days=1))
    DAMAGE["truncated"][0](folder / "archive.db")
    with pytest.raises(BackupError, match="the copy of 2026-11-26T06:00:00Z is put back with --before"):
        restore(folder, live / "archive.db", live / "captures", over=True)
    restore(folder, live / "archive.db", live / "captures", over=True, before=True)
    assert (live / "archive.db").read_bytes() == first


def test_a_backup_that_was_killed_between_its_two_renames_is_one_still(kept: tuple[Path, Path]) -> None:
    live, folder = kept
    first = (folder / "archive.db").read_bytes()
    (folder / "archive.db").rename(folder / "archive-before.db")
    restore(folder, live / "archive.db", live / "captures", over=True)
    assert (live / "archive.db").read_bytes() == first


def test_the_command_exits_with_1(kept: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    live, folder = kept
    monkeypatch.chdir(live)
    DAMAGE["pages"][0](live / "archive.db")
    done = CliRunner().invoke(main, ["backup", str(folder)])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "in its table advert_text" in done.stderr
