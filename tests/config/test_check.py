"""`jobscraper check-config`: what is set and where, and what is wrong that types cannot tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from jobscraper.cli.main import main
from jobscraper.config.check import problems
from jobscraper.config.read import read

FINE = 'contact = "jobs@example.org"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "contact: not set, so no board is crawled"),
        (FINE + 'archive = "nowhere/archive.db"', "archive: there is no folder"),
        (FINE + 'certificates = "nowhere"', "certificates: there is no folder"),
        (FINE + '[politeness.hosts."jobs.example.uk"]\ndelay_seconds = 2', ":2: politeness.hosts.jobs.example.uk: no source"),
        (FINE + '[notices]\nwebhook = "https://hooks.example.org/x"', "holds secrets that other users of this machine can read"),
    ],
)  # fmt: skip
def test_what_is_wrong(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "jobscraper.toml"
    path.write_text(text, encoding="utf-8")
    (found,) = problems(read(path, {}), {"www.wmjobs.co.uk"})
    assert problem in found


def test_nothing_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "jobscraper.toml"
    path.write_text(
        FINE
        + '[politeness.hosts."www.wmjobs.co.uk"]\ndelay_seconds = 2\n[notices]\nwebhook = "https://h.example.org/x"',
        encoding="utf-8",
    )
    path.chmod(0o600)
    assert list(problems(read(path, {}), {"www.wmjobs.co.uk"})) == []


def test_the_command_says_what_is_set_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBSCRAPER_WEBHOOK", "https://hooks.example.org/secret")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobscraper.toml").write_text(FINE, encoding="utf-8")
    done = CliRunner().invoke(main, ["check-config"])
    assert done.exit_code == 0, done.output
    assert [line.split() for line in done.stdout.splitlines() if "contact" in line] == [
        ["contact", "jobs@example.org", "jobscraper.toml:1"]
    ]
    assert "JOBSCRAPER_WEBHOOK" in done.stdout
    assert "hooks.example.org" not in done.output


def test_the_command_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FINE + "minutes = 5", encoding="utf-8")
    done = CliRunner().invoke(main, ["check-config", str(path)])
    assert done.exit_code == 1
    assert f"Error: {path}:2: minutes: no such setting; there are contact, archive" in done.stderr
