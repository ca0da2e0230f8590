"""Where the locks of an archive lie: `archive.db-locks/`, beside it. What is in there is only what is locked."""

from __future__ import annotations

import shutil
from pathlib import Path

from jobscraper.files.private import make_private_folder


def lock_path(archive: Path, name: str) -> Path:
    """The file to lock, in a folder that is there when this returns. What older versions left beside the archive goes.

    :raises OSError: the folder cannot be made.
    """
    folder = lock_folder(archive)
    if not folder.is_dir():
        for path in folder.parent.iterdir():
            if _is_left(path.name, archive.resolve().name):
                path.unlink(missing_ok=True)
        # Last: whoever is killed before has it done again.
        make_private_folder(folder)
    return folder / name


def lock_folder(archive: Path) -> Path:
    """The folder of an archive's locks, which may not be there; of all names of one file it is the same."""
    real = archive.resolve()
    return real.with_name(f"{real.name}-locks")


def remove_locks(archive: Path) -> None:
    """Remove the locks of an archive that nobody but this process has opened."""
    shutil.rmtree(lock_folder(archive), ignore_errors=True)


def _is_left(name: str, archive: str) -> bool:
    return name in (f"{archive}-lock", f".{archive}.round-lock") or name.startswith(f"{archive}-lock-")
