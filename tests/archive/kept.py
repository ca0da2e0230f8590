"""One archive of each version, as SQL, and the captures that all of them were made of: `tests/fixtures/archives/`.

Each was written by the code of its day, which crawled `board.warc`. Whoever adds a migration writes the next one:

    python -m tests.archive.kept
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from jobscraper.archive.schema import APPLICATION_ID
from jobscraper.archive.store import known_migrations

FOLDER = Path(__file__).parent.parent / "fixtures" / "archives"
BOARD = FOLDER / "board.warc"
NEWEST = known_migrations()[-1]
# What a register says is no part of what was crawled, and longer than all the rest.
_OF_REGISTERS = ('INSERT INTO "pay_scale_point"',)


def kept() -> list[Path]:
    """The archives, the oldest first; each is called by the last migration of its version."""
    return sorted(FOLDER.glob("m*.sql"))


def restore(dump: Path, target: Path) -> Path:
    """An archive as it was, at `target`."""
    with closing(sqlite3.connect(target)) as db:
        db.executescript(dump.read_text(encoding="utf-8"))
        # SQLite's dumps leave it out.
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return target


def crawl(target: Path) -> Path:
    """An archive that the code of today makes of the same captures, at `target`."""
    command = [
        sys.executable,
        "-m",
        "jobscraper",
        "crawl",
        "localgov",
        "--replay",
        str(BOARD),
        "--archive",
        str(target),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return target


def dump(archive: Path, target: Path) -> None:
    """Write an archive as SQL."""
    with closing(sqlite3.connect(archive)) as db:
        lines = [line for line in db.iterdump() if not line.startswith(_OF_REGISTERS)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        dump(crawl(Path(folder) / "archive.db"), FOLDER / f"{NEWEST}.sql")
    print(f"Wrote {FOLDER / NEWEST}.sql")
