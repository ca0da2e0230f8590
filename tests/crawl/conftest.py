"""Crawling a local board into an archive of a temporary folder."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., list[str]]:
    """The command that crawls a URL into the temporary folder."""

    def make(url: str, **options: object) -> list[str]:
        places = [str(tmp_path / "archive.db"), str(tmp_path / "captures")]
        return [
            sys.executable,
            "-m",
            "tests.crawl.local_crawl",
            url,
            *places,
            *(f"{k}={v}" for k, v in options.items()),
        ]

    return make


@pytest.fixture
def crawl(command: Callable[..., list[str]]) -> Callable[..., dict[str, Any]]:
    """Crawl a URL and return the outcome."""

    def run(url: str, **options: object) -> dict[str, Any]:
        done = subprocess.run(
            command(url, **options), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        outcome: dict[str, Any] = json.loads(done.stdout)
        return outcome

    return run


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """Ask the archive in the temporary folder."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        db = sqlite3.connect(tmp_path / "archive.db")
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    return ask
