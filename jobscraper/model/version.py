"""Which code this is: the released version, and in a checkout the commit."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import jobscraper


@cache
def code_version() -> str:
    """`0.2.0`, or `0.2.0+1a2b3c4d5e6f` of a checkout, with `.changed` where its files are not those of the commit."""
    root = Path(jobscraper.__file__).parents[1]
    if not (root / ".git").exists():
        return jobscraper.__version__
    asked = ["git", "-C", str(root), "describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=.changed"]
    try:
        commit = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):  # No git here, or a checkout of somebody else's that it refuses.
        return jobscraper.__version__
    return f"{jobscraper.__version__}+{commit}"
