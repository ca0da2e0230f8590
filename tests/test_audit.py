"""The audit of what is installed fails on a known vulnerability, and says so where nobody could tell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

AUDIT = Path(__file__).parent.parent / ".ci" / "audit"
GOOD = {"name": "attrs", "version": "26.1.0", "vulns": []}
BAD = {"name": "lxml", "version": "1.0", "vulns": [{"id": "PYSEC-2021-19"}]}
UNKNOWN = {"name": "jobscraper", "skip_reason": "Dependency not found on PyPI and could not be audited"}
NO_ANSWER = "audit not possible: no answer from the vulnerability service\n"


def listed(*packages: dict[str, Any]) -> str:
    return f"print({json.dumps(json.dumps({'dependencies': packages}))})"


@pytest.mark.parametrize(
    ("says", "code", "told"),
    [
        (listed(GOOD), 0, "audited: 1 packages without a known vulnerability\n"),
        (listed(GOOD, UNKNOWN), 0, "without a known vulnerability; not known there: jobscraper\n"),
        (listed(GOOD, BAD), 1, "vulnerable packages:\nlxml 1.0: PYSEC-2021-19\n"),
        (listed(UNKNOWN), 0, NO_ANSWER),
        ("raise ConnectionError('Max retries exceeded with url: /pypi/attrs/26.1.0/json')", 0, NO_ANSWER),
        ("raise KeyError('dependencies')", 1, "KeyError: 'dependencies'\n"),
    ],
    ids=["all is well", "one is not known", "one is vulnerable", "none is known", "no connection", "pip-audit fails"],
)
def test_an_audit_is_never_silent(says: str, code: int, told: str) -> None:
    done = subprocess.run(
        [sys.executable, AUDIT, sys.executable, "-c", says], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert (done.stdout + done.stderr).endswith(told)
