"""What a person sees of a round: bars on a terminal, lines in a log."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from jobscraper.archive.store import open_archive
from jobscraper.operate.progress import RoundProgress
from jobscraper.operate.round import Crawled
from tests.publish.conftest import insert

ENDED = Crawled(name="board", seconds=3, is_good=False, said="board: blocked: the board refused [403]")


def test_a_log_gets_a_line_per_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with RoundProgress(["board"], tmp_path / "archive.db", Console(file=StringIO())) as progress:
        progress.told(ENDED)
    assert capsys.readouterr().out[9:] == "board: failed in 3 s: board: blocked: the board refused [403]\n"


def test_a_terminal_gets_a_bar_per_source_by_the_ledger(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    db = open_archive(archive)
    insert(db, "source", id="board", title="B", publisher="B", homepage="https://b.example/", confirmed=1,
           lists_everything=1)  # fmt: skip
    insert(db, "run", id="b-1", source_id="board", verdict="complete", started="2026-01-01T00:00:00Z", adverts_seen=40,
           code_version="1")  # fmt: skip
    seen = StringIO()
    with RoundProgress(["board", "other"], archive, Console(file=seen, force_terminal=True, width=100)) as progress:
        insert(db, "run", id="b-2", source_id="board", started="2999-01-01T00:00:00Z", adverts_seen=7, pages=3,
               code_version="1")  # fmt: skip
        progress.look()
        progress.told(ENDED)
    db.close()
    assert "7/40" in seen.getvalue()
    assert "adverts, 3 pages" in seen.getvalue()
    assert "the board refused [403]" in seen.getvalue()
