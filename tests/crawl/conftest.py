"""Crawling a local board into an archive of a temporary folder."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.forked import python_m
from tests.waiting import wait_for_the_next_run

ROOT = Path(__file__).parent.parent.parent


def command_into(folder: Path, url: str, **options: object) -> list[str]:
    """The command that crawls a URL into a folder."""
    places = [str(folder / "archive.db"), str(folder / "captures")]
    return [sys.executable, "-m", "tests.crawl.local_crawl", url, *places, *(f"{k}={v}" for k, v in options.items())]


def crawl_into(folder: Path, url: str, **options: object) -> dict[str, Any]:
    """Crawl a URL into a folder and return the outcome."""
    wait_for_the_next_run(folder / "captures")
    _, _, module, *arguments = command_into(folder, url, **options)
    done = python_m(module, *arguments, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., list[str]]:
    """The command that crawls a URL into the temporary folder."""
    return partial(command_into, tmp_path)


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Crawl a URL into the temporary folder and return the outcome."""
    return partial(crawl_into, tmp_path)


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
