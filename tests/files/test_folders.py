"""No command writes into what is something else, nor lets one of its places lie in another: one line says so, and nothing is done."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from jobscraper.files.folders import BACKUP_MARK, FolderError, check_folder_for, kind_of
from jobscraper.operate.backup import back_up
from jobscraper.publish.build.snapshot import publish
from tests.publish.conftest import make_archive

NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)
Make = Callable[[Path], None]


def a_site(folder: Path) -> None:
    with closing(open_archive(folder.parent / "for-the-site.db")):
        pass
    publish(folder.parent / "for-the-site.db", folder)


def captures(folder: Path) -> None:
    (folder / "wmjobs").mkdir(parents=True)
    (folder / "wmjobs" / "wmjobs-20261126T060000Z.warc.gz").write_bytes(b"\x1f\x8b")


def somebody_elses_captures(folder: Path) -> None:
    folder.mkdir()
    (folder / "crawl.wacz").write_bytes(b"PK")


def captures_packed_with_zstandard(folder: Path) -> None:
    folder.mkdir()
    (folder / "crawl.warc.zst").write_bytes(b"\x28")


def a_backup(folder: Path) -> None:
    captures(folder.parent / "for-the-backup")
    open_archive(folder.parent / "for-the-backup.db").close()
    back_up(folder.parent / "for-the-backup.db", folder.parent / "for-the-backup", folder, NOW)


def an_unfinished_backup(folder: Path) -> None:
    a_backup(folder)
    (folder / "manifest.json").unlink()


def a_backup_of_an_older_version(folder: Path) -> None:
    a_backup(folder)
    (folder / BACKUP_MARK).unlink()


def an_archive(folder: Path) -> None:
    folder.mkdir()
    open_archive(folder / "mine.db").close()


def a_project(folder: Path) -> None:
    folder.mkdir()
    (folder / "pyproject.toml").touch()


def a_repository(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)


def adverts(folder: Path) -> None:
    (folder / "_done").mkdir(parents=True)


def nothing_in_particular(folder: Path) -> None:
    folder.mkdir()
    (folder / "lost+found").mkdir()
    (folder / "notes.txt").write_text("SQLite format 3 is what archives are")


def nothing_yet(_: Path) -> None:
    """There is no such folder."""


KINDS: tuple[tuple[Make, str | None], ...] = (
    (a_site, "site"),
    (captures, "captures"),
    (somebody_elses_captures, "captures"),
    (captures_packed_with_zstandard, "captures"),
    (a_backup, "backup"),
    (an_unfinished_backup, "backup"),
    (a_backup_of_an_older_version, "backup"),
    (an_archive, "archive"),
    (a_project, "project"),
    (a_repository, "project"),
    (adverts, "adverts"),
    (nothing_in_particular, None),
    (nothing_yet, None),
)


@pytest.mark.parametrize(("make", "kind"), KINDS, ids=lambda it: getattr(it, "__name__", it))
def test_what_a_folder_is(make: Make, kind: str | None, tmp_path: Path) -> None:
    make(tmp_path / "it")
    assert kind_of(tmp_path / "it") == kind
    (tmp_path / "link").symlink_to(tmp_path / "it")
    assert kind_of(tmp_path / "link") == kind


def test_homes_and_folders_of_the_system_are_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kind_of(tmp_path) == "home"
    assert {kind_of(Path(name)) for name in ("/", "/etc", "/usr", "/var", "/home", "/tmp/../etc")} == {"system"}


@pytest.fixture(scope="module")
def of_an_operator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, captures and a site, to be copied."""
    folder = tmp_path_factory.mktemp("operator")
    make_archive(folder / "archive.db")
    captures(folder / "captures")
    publish(folder / "archive.db", folder / "site")
    return folder


@pytest.fixture
def ours(of_an_operator: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive, captures and a site, as an operator has it; it is the current one."""
    folder = shutil.copytree(of_an_operator, tmp_path / "ours")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def everything(folder: Path) -> dict[str, int]:
    """Every file with the time of its last change; locks are no matter."""
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and not {"-locks", "-shm", "-wal"} & {str(path.parent)[-6:], path.name[-4:]}
    }


WRITERS: dict[str, tuple[str, str | None]] = {
    "publish --site": ("publish --site {}", "site"),
    "backup": ("backup {}", "backup"),
    "captures prune --to": ("captures prune --older-than 1 --to {}", "captures"),
    "crawl --captures": ("crawl wmjobs --captures {}", "captures"),
    "run --captures": ("run wmjobs --captures {}", "captures"),
    "run --site": ("run wmjobs --site {}", "site"),
    "extract --to": ("extract captures/wmjobs/wmjobs-20261126T060000Z.warc.gz --to {}", "adverts"),
    "restore --captures": ("restore ../bk --over --archive ../new.db --captures {}", "captures"),
    "update-registers": ("update-registers --only nhs --url nhs=http://127.0.0.1:1/ --dir {}", None),
    "demo --site": ("demo --no-serve --archive ../demo.db --site {}", "site"),
}


@pytest.mark.parametrize(("command", "kind"), WRITERS.values(), ids=WRITERS)
def test_what_is_something_else_is_not_written_into(command: str, kind: str | None, ours: Path) -> None:
    others = ours.parent / "others"
    others.mkdir()
    for make, found in KINDS:
        if found in (None, kind) or (found == "backup" and make is not a_backup):
            continue
        folder = others / f"{make.__name__}"
        make(folder)
        before = everything(ours.parent)
        done = call(*command.format(folder).split())
        assert done.exit_code == 1, (make.__name__, done.output)
        assert done.stderr.startswith(f"Error: {folder}: "), done.stderr
        assert done.stderr.count("\n") == 1
        assert "name another" in done.stderr
        assert everything(ours.parent) == before


WRONG = [
    "publish --site .",
    "publish --site captures",
    "publish --site captures/site",
    "publish --site ..",
    "publish --site ../home",
    "publish --site /etc",
    "publish --site ../bk/site",
    "publish --site site/site",
    "backup .",
    "backup ..",
    "backup captures",
    "backup captures/bk",
    "backup site",
    "backup site/bk",
    "backup ../home",
    "backup link",
    "captures prune --older-than 1 --to captures",
    "captures prune --older-than 1 --to ./captures/../captures",
    "captures prune --older-than 1 --to captures/wmjobs",
    "captures prune --older-than 1 --to .",
    "captures prune --older-than 1 --to ..",
    "captures prune --older-than 1 --to site",
    "captures prune --older-than 1 --to ../bk/captures",
    "captures prune --older-than 1 --to link",
    "crawl wmjobs --captures site",
    "crawl wmjobs --captures .",
    "crawl wmjobs --captures site/captures",
    "crawl wmjobs --archive captures/new.db",
    "crawl wmjobs --archive site/new.db",
    "crawl wmjobs --archive ../bk/archive.db",
    "extract captures/wmjobs/wmjobs-20261126T060000Z.warc.gz --to captures",
    "extract captures/wmjobs/wmjobs-20261126T060000Z.warc.gz --to captures/adverts",
    "extract captures/wmjobs/wmjobs-20261126T060000Z.warc.gz --to site",
    "extract captures/wmjobs/wmjobs-20261126T060000Z.warc.gz --to .",
    "export --table advert --to captures/advert.csv",
    "export --table advert --to site/exports/advert.csv.gz",
    "export --table advert --to ../bk/advert.parquet",
    "as-of 2026-11-23 --to captures/then.db",
    "as-of 2026-11-23 --to site/then.db",
    "as-of 2026-11-23 --to ../bk/then.db",
    "restore ../bk --over --archive ../bk/archive.db",
    "restore ../bk --over --captures ../bk/captures",
    "restore ../bk --over --archive site/archive.db",
    "restore ../bk --over --captures site",
    "rebuild --archive ../bk/archive.db --captures ../bk/captures",
    "rebuild --captures site",
    "demo --no-serve",
    "demo --no-serve --archive ../demo.db",
    "demo --no-serve --site ../new-site",
    "demo --no-serve --archive ../demo.db --site captures",
]


@pytest.mark.parametrize("command", WRONG)
def test_what_does_not_go_together_is_refused_in_a_line(command: str, ours: Path) -> None:
    a_backup(ours.parent / "bk")
    (ours / "link").symlink_to(ours / "captures")
    (ours.parent / "home").mkdir()
    before = everything(ours.parent)
    done = call(*command.split())
    assert done.exit_code == 1, done.output
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert " name " in done.stderr or "names" in done.stderr or "beside" in done.stderr
    assert everything(ours.parent) == before


@pytest.mark.usefixtures("ours")
def test_what_does_go_together_is_done() -> None:
    for command in (
        "publish",
        "publish --site ../new-site",
        "backup ../bk",
        "backup ../bk",
        "captures prune --older-than 1 --to ../older",
        "export --table advert --to adverts.csv",
        "publish --archive ../bk/archive.db --site ../from-a-backup",
        "restore ../bk --archive ../back.db --captures ../back",
    ):
        done = call(*command.split())
        assert done.exit_code == 0, (command, done.output)


def test_a_backup_that_was_cut_off_goes_on_but_no_folder_of_an_archive_is_taken_for_one(ours: Path) -> None:
    an_unfinished_backup(ours.parent / "bk")
    assert call("backup", "../bk").exit_code == 0
    other = ours.parent / "another-installation"
    shutil.copytree(ours, other)
    before = everything(other)
    assert "is the folder of an archive" in call("backup", str(other)).stderr
    assert everything(other) == before


def test_the_backup_of_another_archive_is_left_alone(ours: Path) -> None:
    assert call("backup", "../bk").exit_code == 0
    other = ours.parent / "another"
    other.mkdir()
    make_archive(other / "archive.db")
    with closing(sqlite3.connect(other / "archive.db")) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE run SET id = 'other-' || id")
        db.commit()
    captures(other / "captures")
    before = everything(ours.parent / "bk")
    done = call("backup", "../bk", "--archive", str(other / "archive.db"), "--captures", str(other / "captures"))
    assert done.stderr == "Error: ../bk: is the backup of another archive; name another folder (nothing was done)\n"
    assert everything(ours.parent / "bk") == before
    assert call("backup", "../bk").exit_code == 0


def test_a_file_is_not_moved_onto_itself_whatever_it_is_called(ours: Path) -> None:
    """Two paths to one file that no name tells apart, as bind mounts are; here a hard link."""
    from jobscraper.operate.prune import Prunable, PruneError, move

    (path,) = (ours / "captures").rglob("*.warc.gz")
    twin = ours.parent / "mount" / "wmjobs" / path.name
    twin.parent.mkdir(parents=True)
    os.link(path, twin)
    with pytest.raises(PruneError, match="is the very file that is to be moved"):
        move(ours / "archive.db", ours / "captures", Prunable(files=(path,), needed=0, adverts=0), twin.parent.parent)
    assert path.is_file()


def test_a_folder_that_may_not_be_looked_into_is_left_to_whoever_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert kind_of(tmp_path) is None
    monkeypatch.undo()
    (tmp_path / "x.warc").touch()
    with pytest.raises(FolderError, match="holds WARC files"):
        check_folder_for("site", tmp_path, "--site")
