"""Which code wrote something can be told afterwards."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import jobscraper
from jobscraper.model.version import code_version

ROOT = Path(__file__).parents[2]


def test_a_checkout_names_its_commit() -> None:
    head = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    if head.returncode:
        assert code_version() == jobscraper.__version__
    else:
        assert re.fullmatch(rf"{re.escape(jobscraper.__version__)}\+{head.stdout[:12]}(\.changed)?", code_version())
