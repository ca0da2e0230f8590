"""Whatever the locale, arguments, file names and what is printed are UTF-8."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobscraper.publish.build.snapshot import publish
from tests.publish.conftest import make_archive

C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def call(folder: Path, environment: dict[str, str], *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("JOBSCRAPER_", "LC_", "LANG"))
    }
    command = [sys.executable, "-m", "jobscraper", *arguments]
    return subprocess.run(command, cwd=folder, env=inherited | environment, capture_output=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encodings")
    publish(make_archive(folder / "archive.db"), folder / "sité")
    return folder


@pytest.mark.parametrize("environment", [C, {}], ids=["C", "default"])
def test_a_query_and_its_files_may_have_any_letter(environment: dict[str, str], folder: Path) -> None:
    sql = "SELECT title FROM advert WHERE title LIKE 'Café%'"
    done = call(folder, environment, "export", "--site", "sité", "--sql", sql, "--to", "tê.jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "tê.jsonl: 1 rows\n"
    assert json.loads((folder / "tê.jsonl").read_text(encoding="utf-8")) == {"title": "Café Assistant (30 hours)"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check-config"], 0, "–"),
        (["publish", "--site", "Sŵn"], 0, "Sŵn"),
        (["crawl", "é"], 2, "no source is called 'é'"),
        (["export", "--table", "é", "--to", "x.csv"], 2, "no table is called 'é'"),
        (["runs", "--archive", "é.db"], 1, "é.db: no archive here yet"),
    ],
)
def test_no_letter_is_lost_in_what_is_said(arguments: list[str], code: int, said: str, folder: Path) -> None:
    done = call(folder, C | {"JOBSCRAPER_CONTACT": "jobs@example.org"}, *arguments)
    told = (done.stdout + done.stderr).decode()
    assert (done.returncode, said in told, "Traceback" in told) == (code, True, False), told


@pytest.mark.parametrize("environment", [C, {}], ids=["C", "default"])
def test_bytes_that_are_no_utf8_are_named_in_a_line(environment: dict[str, str], folder: Path) -> None:
    done = call(folder, environment, "export", "--site", "sité", "--sql", b"SELECT '\xff'", "--to", "x.csv")
    assert (done.returncode, done.stderr) == (1, b"Error: an argument is not UTF-8; write it in UTF-8\n")
