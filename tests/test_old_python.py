"""An older Python is told in one line, before anything is installed or run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# As Python 3.10 it answers what it is asked with -c; whatever else is asked of it is noted.
_STAND_IN = """#!/bin/sh
if [ "$1" = -c ]; then exec "{python}" -c "import sys; sys.version_info = (3, 10, 12, 'final', 0); $2"; fi
echo "$@" >> "{noted}"
exit 1
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    path = tmp_path / "python3.10"
    path.write_text(_STAND_IN.format(python=sys.executable, noted=tmp_path / "noted"))
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("goal", ["install", "demo", "test", "lint", "soak", "docs", "sample"])
def test_make_says_so_before_anything_is_installed(goal: str, stand_in: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, clone)
    (clone / "tests" / "capture").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "capture" / "pywb.txt", clone / "tests" / "capture")
    done = subprocess.run(
        ["make", "-C", str(clone), "--no-print-directory", goal, f"PYTHON={stand_in}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"jobscraper needs Python 3.11 or newer, and {stand_in} is 3.10; name another" in done.stderr
    assert f"make {goal} PYTHON=" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (clone / ".venv").exists()
    assert not (tmp_path / "noted").exists()


def test_make_says_so_where_there_is_no_python(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    done = subprocess.run(["make", "-C", str(tmp_path), "--no-print-directory", "install", "PYTHON=no-such-python"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert "and no-such-python is not there; name another" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("module", ["jobscraper", "jobscraper.cli.main", "jobscraper.crawl.settings"])
def test_whatever_imports_the_package_says_so_too(module: str, stand_in: Path) -> None:
    done = subprocess.run([stand_in, "-c", f"import {module}"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "jobscraper needs Python 3.11 or newer, and this is 3.10\n"
