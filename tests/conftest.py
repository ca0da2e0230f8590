"""What tests share: the real responses beside the project, where they are, and archives to write to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from jobscraper.crawl.project import load_readers

ROOT = Path(__file__).parent.parent
# Who has fetched registers of their own would have other answers than the tests expect.
os.environ["JOBSCRAPER_REGISTERS"] = str(ROOT / "no-registers-here")


# Bytecode is kept: or each worker, and each process that a test starts, would compile all modules and all tests anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: many tests wait, for a server or for the next second."""
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    """Have every page object at hand, as every command that reads has: what is collected asks them already."""
    load_readers()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with whole responses of boards; it stands beside the project where it is to be had."""
    folder = Path(os.environ.get("JOBSCRAPER_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs whole responses of boards, which are not ours to share: CONTRIBUTING.md says what for")
    return folder
