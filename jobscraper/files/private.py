"""Files and folders that only their owner can read: captures, archives and what is noted beside them. And what is published."""

from __future__ import annotations

import os
from pathlib import Path


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner only; what is there stays as it is."""
    if not path.is_dir():
        make_private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner only; one that is there stays as it is.

    :raises OSError: it cannot be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def make_public(*paths: Path) -> None:
    """Let everybody read files and enter folders, and nobody but their owner write, whatever the umask: the server is
    another user than the one who publishes.
    """
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
