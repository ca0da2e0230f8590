"""The manifest of a backup: which files it has, as they were copied, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from jobscraper.model.errors import JobscraperError
from jobscraper.model.version import code_version
from jobscraper.operate.copying import Copied, fresh_beside, put_in_place

ARCHIVE = "archive.db"
BEFORE = "archive-before.db"
NOTICES = "notices.json"
CAPTURES = "captures"
_NAME = "manifest.json"


class BackupError(JobscraperError):
    """The backup could not be made, or is none; nothing was put back."""


@attrs.frozen(kw_only=True)
class Manifest:
    """The files of a backup by their names in its folder. `made_at` is when its archive was copied, `before_made_at` when
    the one before was.
    """

    made_at: str = ""
    before_made_at: str = ""
    files: Mapping[str, Copied] = attrs.field(factory=dict)

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a folder has one."""
        return (folder / _NAME).is_file()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder.

    :raises BackupError: there is none, or it is damaged, or names files that lie elsewhere.
    """
    path = folder / _NAME
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files = {name: Copied(**copied) for name, copied in told["files"].items()}
        made_at, before_made_at = str(told["made_at"]), str(told.get("before_made_at", ""))
    except FileNotFoundError:
        raise BackupError(f"{folder}: no backup here, or one that was never finished; it has no {_NAME}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError(f"{path}: damaged; use another backup") from None
    if ARCHIVE not in files or any(".." in Path(name).parts or Path(name).is_absolute() for name in files):
        raise BackupError(f"{path}: not the manifest of a backup; use another one")
    return Manifest(made_at=made_at, before_made_at=before_made_at, files=files)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder; it is on the disk when this returns.

    :raises OSError: there is no room, or no right.
    """
    told = {**attrs.asdict(manifest), "code_version": code_version()}
    new = fresh_beside(folder / _NAME)
    new.write_bytes(json.dumps(told, indent=1, sort_keys=True).encode())
    put_in_place(new, folder / _NAME)
