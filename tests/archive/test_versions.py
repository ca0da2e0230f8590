"""An archive of any version before opens, keeps what is in it, and has what newer code reads once it is rebuilt."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from tests.archive.kept import BOARD, NEWEST, crawl, kept, restore

# Told by runs of the ledger, in the order in which they were: a rebuild enters what newer code reads otherwise, too.
_OF_RUNS = {"change", "event", "issue"}


@pytest.fixture(params=kept(), ids=lambda dump: dump.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return restore(request.param, tmp_path / "archive.db")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawl(tmp_path_factory.mktemp("fresh") / "archive.db")


def rows(archive: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, by column: migrations add columns, and may put them anywhere."""
    with closing(sqlite3.connect(archive)) as db:
        db.row_factory = sqlite3.Row
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in db.execute(f'SELECT * FROM "{name}" ORDER BY rowid')] for name in names}


def call(*arguments: str) -> str:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, (arguments, done.output, done.exception)
    return done.stdout


def test_one_of_this_version_is_kept() -> None:
    assert kept()[-1].stem == NEWEST, "write it: python -m tests.archive.kept"


def test_what_is_in_it_is_kept_when_it_opens(old: Path) -> None:
    before = rows(old)
    with closing(open_archive(old)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    after = rows(old)
    for table, kept_rows in before.items():
        now = [{name: row[name] for name in kept_rows[0]} for row in after[table]] if kept_rows else []
        assert now[: len(kept_rows)] == kept_rows, table


def test_its_schema_is_that_of_a_new_archive(old: Path, fresh: Path) -> None:
    open_archive(old).close()
    then, now = (
        {name: sorted(row["name"] for row in map(dict, _columns(archive, name))) for name in rows(fresh)}
        for archive in (old, fresh)
    )
    assert then == now


def _columns(archive: Path, table: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(archive)) as db:
        db.row_factory = sqlite3.Row
        return db.execute(f'PRAGMA table_info("{table}")').fetchall()


def test_rebuilt_it_says_of_every_advert_what_a_new_archive_says(old: Path, fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "captures").mkdir()
    call(
        "rebuild",
        "--archive",
        str(old),
        "--captures",
        str(tmp_path / "captures"),
        "--replay",
        str(BOARD),
        "--workers",
        "1",
    )
    rebuilt, new = rows(old), rows(fresh)
    of_adverts = {
        name for name, several in new.items() if name == "advert" or any("advert_id" in row for row in several)
    }
    assert of_adverts >= {"advert", "advert_text", "advert_place", "advert_part", "live_period"}
    for table in of_adverts - _OF_RUNS:
        assert rebuilt[table] == new[table], table


@pytest.mark.parametrize("old", [kept()[0], kept()[-2]], ids=lambda dump: dump.stem, indirect=True)
def test_every_command_that_reads_an_archive_takes_it(old: Path, tmp_path: Path) -> None:
    (tmp_path / "captures").mkdir()
    places = ["--archive", str(old), "--captures", str(tmp_path / "captures")]
    for number, command in enumerate((
        ["rebuild", "--diff", *places, "--replay", str(BOARD), "--workers", "1"],
        ["as-of", "2026-11-25", "--to", str(tmp_path / "then.db"), *places, "--replay", str(BOARD), "--workers", "1"],
        ["publish", "--archive", str(old), "--site", str(tmp_path / "site")],
        ["captures", "verify", *places, "--older", str(BOARD.parent)],
        ["captures", "index", *places],
        ["captures", "prune", "--older-than", "5", "--drop", "--dry-run", *places],
        ["backup", str(tmp_path / "backup"), *places],
        ["health", "--archive", str(old)],
        ["runs", "--archive", str(old)],
        ["crawl", "localgov", "--dry-run", "--archive", str(old)],
        ["run", "--dry-run", "--archive", str(old)],
        ["forget", rows(old)["advert"][0]["id"], "--reason", "a wish", *places, "--site", str(tmp_path / "site")],
    )):  # fmt: skip
        # Each finds it as it was: the first one would bring it forward for all.
        archive = tmp_path / f"{number}.db"
        archive.write_bytes(old.read_bytes())
        call(*(str(archive) if word == str(old) else word for word in command))
