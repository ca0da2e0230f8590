"""Publish: build a snapshot beside the last one, check it, swap it in. Whatever fails, the last good one stays.

The counts file is only a help to start quickly. It names the snapshot that it counts, so that a crash between the two
renames leaves a snapshot without counts, never one with the counts of another.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import attrs

from jobscraper.archive.store import in_words, in_words_of, is_damage, open_brought_forward
from jobscraper.files.private import make_public
from jobscraper.model.errors import JobscraperError
from jobscraper.publish.build.build import Built, build, is_snapshot, missing_in, table_rows
from jobscraper.publish.build.checks import first_failure
from jobscraper.publish.build.exports import PACKAGE, SUMS, export_all
from jobscraper.publish.build.left_out import LeftOut, note, too_many, with_values

SNAPSHOT_FILE = "archive.db"
COUNTS_FILE = "inspect-data.json"
EXPORTS_FOLDER = "exports"
_LOCK_FILE = ".publish.lock"
_BUILDING = ".building"
_LAST = ".last"
_KEPT = "the last good snapshot is untouched"


class PublishError(JobscraperError):
    """No new snapshot was published; the last good one is as it was."""


@attrs.frozen(kw_only=True)
class Snapshot:
    """What was published: where, how many adverts, how large, and how long it took.

    `masked`: e-mail addresses that were taken out of web addresses and issues. `left_out`: a line for each advert that is not in
    it, because a check found what nobody may see.
    """

    path: Path
    adverts: int
    open: int
    bytes: int
    seconds: float
    masked: int
    left_out: tuple[str, ...] = ()


def publish(archive: Path, site: Path) -> Snapshot:
    """Publish what `archive` holds now as `site/archive.db`; waits where another publish of this site is under way.

    :raises ArchiveError: there is no archive, or it is not ours.
    :raises PublishError: the snapshot could not be built or failed a check; what, and what to do, is in the message.
    """
    started = time.monotonic()
    _check_archive(archive)
    _check_target(archive, site)
    with _in_words(archive, site), _alone(site):
        building, counts = site / (SNAPSHOT_FILE + _BUILDING), site / (COUNTS_FILE + _BUILDING)
        _remove(building, counts)
        try:
            published_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            built, left_out = _build_without_bad(archive, building, published_at)
            adverts, is_open = _count(building, counts)
            size = building.stat().st_size
            exports = site / (EXPORTS_FOLDER + _BUILDING)
            shutil.rmtree(exports, ignore_errors=True)
            export_all(building, exports)
            make_public(building, counts, exports, *exports.iterdir())
            _swap(building, site / SNAPSHOT_FILE)
            _swap(counts, site / COUNTS_FILE)
            _swap_folder(exports, site / EXPORTS_FOLDER)
            note(archive, left_out)
        finally:
            _remove(building, counts)
            shutil.rmtree(site / (EXPORTS_FOLDER + _BUILDING), ignore_errors=True)
    return Snapshot(
        path=site / SNAPSHOT_FILE,
        adverts=adverts,
        open=is_open,
        bytes=size,
        seconds=time.monotonic() - started,
        masked=built.masked,
        left_out=tuple(left_out.lines()),
    )


def _build_without_bad(archive: Path, building: Path, published_at: str) -> tuple[Built, LeftOut]:
    """Build a snapshot that passes its checks: where single values fail them, once more without their adverts.

    :raises PublishError: a check that concerns the whole file failed, or too many adverts would be left out.
    """
    left_out, first = LeftOut(), ""
    for _ in range(_MOST_BUILDS):
        # Two checks of one advert may fail one after the other.
        without = {"without": tuple(left_out.keys())} if left_out else {}
        built = build(archive, building, identity=secrets.token_hex(8), published_at=published_at, **without)
        wrong = first_failure(building, built.rows)
        if wrong is None:
            return built, left_out
        first = first or wrong.text
        more = with_values(left_out, building, wrong.values)
        many = too_many(len(more.adverts), built.rows["advert"] + len(left_out.adverts))
        if many or more == left_out:
            first = f"{many}: {first}" if many else wrong.text
            break
        left_out = more
        _remove(building)
    raise PublishError(f"{archive}: not published: {first} ({_KEPT})")


_MOST_BUILDS = 3


def counts_of(site: Path) -> dict[str, object] | None:
    """The counts file of a site in the shape of `datasette inspect`; None where it does not belong to the snapshot."""
    try:
        counts = json.loads((site / COUNTS_FILE).read_text(encoding="utf-8"))
        with closing(sqlite3.connect(f"{(site / SNAPSHOT_FILE).resolve().as_uri()}?mode=ro", uri=True)) as connection:
            identity = connection.execute("SELECT id FROM snapshot").fetchone()[0]
        return counts if counts["archive"]["snapshot"] == identity else None
    except (OSError, ValueError, LookupError, TypeError, sqlite3.Error):
        return None


def _check_archive(archive: Path) -> None:
    with in_words_of(archive), closing(open_brought_forward(archive)) as connection:
        missing = missing_in(connection)
    if missing:
        raise PublishError(
            f"{archive}: has no {', '.join(missing)}: made by an older jobscraper; "
            "run any `jobscraper crawl` to bring it up to date, then publish again"
        )


def _check_target(archive: Path, site: Path) -> None:
    """Before anything is written: nothing that publishing writes, renames over or removes may be somebody's data."""
    written = (SNAPSHOT_FILE, COUNTS_FILE)
    for name in (*written, *(file + _BUILDING for file in written), _LOCK_FILE):
        path = site / name
        if path.exists() and path.samefile(archive):
            raise PublishError(
                f"{path}: this is the archive itself; name another folder with --site (nothing was done)"
            )
    for folder in (site / EXPORTS_FOLDER, site / (EXPORTS_FOLDER + _BUILDING), site / (EXPORTS_FOLDER + _LAST)):
        if os.path.lexists(folder) and not _is_of_exports(folder):
            raise PublishError(
                f"{folder}: there is something here that no export made; "
                "move it away, or name another folder with --site (nothing was done)"
            )
    target = site / SNAPSHOT_FILE
    if os.path.lexists(target) and not is_snapshot(target):
        raise PublishError(
            f"{target}: there is a file here that is not a snapshot of jobscraper; "
            "move it away, or name another folder with --site (nothing was done)"
        )


def _is_of_exports(folder: Path) -> bool:
    """Whether a folder holds only what an export writes: what is not ours is never replaced."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    endings = (".parquet", ".csv.gz", ".jsonl.gz")
    return all(it.name in (PACKAGE, SUMS) or it.name.endswith(endings) for it in folder.iterdir())


@contextmanager
def _alone(site: Path) -> Iterator[None]:
    """One publish of a site at a time; the lock goes with the process that holds it, however that ends."""
    if not site.is_dir():
        site.mkdir(parents=True, exist_ok=True)
        make_public(site)
    with (site / _LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _count(building: Path, counts: Path) -> tuple[int, int]:
    """Write the counts file of a finished snapshot; returns its adverts, and how many of them are open."""
    with closing(sqlite3.connect(f"{building.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM snapshot").fetchone()
        rows = table_rows(connection)
    size = building.stat().st_size
    with building.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    entry = {"hash": digest, "size": size, "file": SNAPSHOT_FILE, "snapshot": row["id"]}
    tables = {name: {"count": count} for name, count in rows.items()}
    counts.write_text(json.dumps({"archive": {**entry, "tables": tables}}), encoding="utf-8")
    return row["adverts"], row["open"]


def _swap(new: Path, final: Path) -> None:
    """Rename over the old file once the new one is on the disk, so that a power cut leaves one of them whole."""
    _sync(new)
    os.replace(new, final)
    _sync(final.parent)


def _swap_folder(new: Path, final: Path) -> None:
    """Put a folder in the place of the last one; what somebody reads in that meanwhile stays whole until it is closed."""
    last = final.with_name(final.name + _LAST)
    shutil.rmtree(last, ignore_errors=True)
    if final.exists():
        os.replace(final, last)
    os.replace(new, final)
    shutil.rmtree(last, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


@contextmanager
def _in_words(archive: Path, site: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if is_damage(error):
            raise PublishError(f"{archive}: {in_words(error)} ({_KEPT})") from error
        full = "disk is full" in str(error) or "disk I/O error" in str(error)
        raise PublishError(f"{site}: {_FULL if full else f'SQLite says: {error}'} ({_KEPT})") from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise PublishError(f"{site}: {_FULL if full else _CANNOT.format(error.strerror)} ({_KEPT})") from error


_FULL = "the disk is full; free some space and publish again"
_CANNOT = "cannot write the snapshot here: {}; check the folder and its permissions"
