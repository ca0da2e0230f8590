"""A damaged archive is said to be that, in a line that names what is damaged and the remedy; never in a traceback."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobscraper.archive.store import ArchiveError
from jobscraper.archive.whole import check, check_pages
from jobscraper.cli.main import main
from tests.archive.damage import DAMAGE, large_archive


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "archive.db"
    large_archive(path)
    return path


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "archive.db"))


def test_a_whole_archive_is_whole(archive: Path) -> None:
    check(archive)
    check_pages(archive)


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_named_with_the_remedy(archive: Path, kind: str) -> None:
    damage, said = DAMAGE[kind]
    damage(archive)
    with pytest.raises(ArchiveError, match=said) as raised:
        check(archive)
    assert "\n" not in str(raised.value)


def test_an_archive_of_an_older_version_is_not_said_to_lack_what_came_later(archive: Path) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as db:
        newest = db.execute("SELECT name FROM _sqlite_migrations ORDER BY name DESC LIMIT 1").fetchone()[0]
        db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (newest,))
    check(archive)


@pytest.mark.parametrize("kind", [kind for kind in DAMAGE if kind != "rows point to nothing"])
@pytest.mark.parametrize(
    "command",
    [
        ["health"],
        ["health", "--json"],
        ["runs"],
        ["publish", "--site", "site"],
        ["run", "--dry-run"],
        ["crawl", "teaching_vacancies", "--dry-run"],
        ["captures", "verify"],
        ["captures", "prune", "--before", "2020-01-01", "--dry-run", "--to", "older"],
        ["backup", "copy"],
        ["rebuild"],
    ],
    ids=" ".join,
)
def test_no_command_ends_in_a_traceback(
    archive: Path, kind: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a command does not read what is damaged, it may do its work; only `health` and `backup` look at all of it."""
    monkeypatch.chdir(archive.parent)
    (archive.parent / "captures").mkdir()
    DAMAGE[kind][0](archive)
    done = CliRunner().invoke(main, [*command, "--archive", "archive.db"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    if command[0] in ("health", "backup"):
        assert done.exit_code == 1
    if done.exit_code:
        assert [line for line in done.stderr.splitlines() if line.startswith("Error: ")], done.output
