"""Which code a result was made by: other code may read otherwise."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import jobscraper
import spiders
from jobscraper.model.errors import JobscraperError
from jobscraper.normalise.version import normaliser_version

_APART = frozenset({"operate", "publish", "quality", "sample"})
_ENDINGS = frozenset({".py", ".csv", ".toml", ".json"})


class OtherCodeError(JobscraperError):
    """A worker that has other code, or other registers, than whoever gave it its task."""


@cache
def code_digest() -> str:
    """Sixteen hex digits that change with the code and the registers that anything is read by; the user's own count too."""
    total = hashlib.sha256(normaliser_version().encode())
    for package in (jobscraper, spiders):
        for folder in map(Path, package.__path__):
            for file in sorted(folder.rglob("*")):
                inside = file.relative_to(folder)
                if file.suffix in _ENDINGS and inside.parts[0] not in _APART:
                    total.update(inside.as_posix().encode() + file.read_bytes())
    return total.hexdigest()[:16]


def require(version: str) -> None:
    """Let nobody read for somebody who has another version.

    :raises OtherCodeError: this process has other code.
    """
    if version != code_digest():
        raise OtherCodeError(
            f"a worker has version {code_digest()} of the code and the registers, not {version}; install the same on all"
        )
