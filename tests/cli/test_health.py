"""`jobscraper health`: a line a source, and an exit code for whatever watches."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from tests.publish.conftest import insert


def archive_of(folder: Path, verdict: str, reason: str | None) -> Path:
    """An archive with one source and one run, which ended just now as far as anybody can tell."""
    path = folder / "archive.db"
    with closing(open_archive(path)) as db:
        insert(db, "source", id="board", title="Board", publisher="B", homepage="https://b.example/", confirmed=1,
               lists_everything=1, cadence_hours=1e6)  # fmt: skip
        insert(db, "run", id="board-1", source_id="board", verdict=verdict, started="2026-11-22T06:00:00Z",
               code_version="1", stop_reason=reason, adverts_seen=20)  # fmt: skip
        insert(db, "run", id="board-replay-1", source_id="board", verdict="broken", started="2026-11-23T06:00:00Z",
               code_version="1")  # fmt: skip
    return path


@pytest.mark.parametrize(
    ("verdict", "reason", "state", "code"),
    [
        ("complete", None, "ok", 0),
        ("partial", "found 4 of the 9 adverts", "degraded", 0),
        ("blocked", "the board refused: 403", "blocked", 1),
        ("broken", "no page could be read", "broken", 1),
    ],
)
def test_how_a_source_does(tmp_path: Path, verdict: str, reason: str | None, state: str, code: int) -> None:
    done = CliRunner().invoke(main, ["health", "--json", "--archive", str(archive_of(tmp_path, verdict, reason))])
    since = None if state == "ok" else "2026-11-22T06:00:00+00:00"
    assert json.loads(done.stdout) == {"source": "board", "state": state, "since": since, "first": reason}
    assert done.exit_code == code


def test_for_people(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["health", "--archive", str(archive_of(tmp_path, "broken", "no page could be read"))]
    )
    assert "board" in done.stdout
    assert "broken" in done.stdout
    assert "2026-11-22 06:00" in done.stdout


def test_before_any_crawl(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db").close()
    done = CliRunner().invoke(main, ["health", "--archive", str(tmp_path / "archive.db")])
    assert "no board has been crawled yet; run `jobscraper crawl SOURCE`" in done.stdout
    assert done.exit_code == 0
