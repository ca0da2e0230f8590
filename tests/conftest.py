"""What tests share: the real responses beside the project, where they are, and archives to write to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Who has fetched registers of their own would have other answers than the tests expect.
os.environ["JOBSCRAPER_REGISTERS"] = str(ROOT / "no-registers-here")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real responses and labelled strings; it stands beside the project where it is to be had."""
    folder = Path(os.environ.get("JOBSCRAPER_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder ../shared with real responses is not here")
    return folder
