"""Forgetting an advert: its tombstone first, then the captures, then the archive; begun again, it goes on where it stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import attrs

from jobscraper.archive.locks import rebuilding
from jobscraper.archive.store import ArchiveError, in_words, open_archive, writing
from jobscraper.archive.tombstones import Tombstone, add_to_file, bury, enter, tombstones_in, tombstones_of
from jobscraper.capture.read import entries
from jobscraper.capture.record import Capture, CapturedResponse, instant
from jobscraper.capture.run_info import run_info
from jobscraper.capture.verify import warc_files
from jobscraper.capture.warc import BrokenCaptureError
from jobscraper.files.endings import without_ending
from jobscraper.forget.captures import Rewriter
from jobscraper.forget.pages import GONE, without
from jobscraper.model.errors import JobscraperError


class ForgetError(JobscraperError):
    """There is nothing to forget; nothing was done."""


@attrs.frozen(kw_only=True)
class Forgotten:
    """What was done: how many records of captures were changed, and of how many of these nothing could be kept."""

    advert_id: str
    records: int
    given_up: int


def forget(
    archive: Path, captures: Path, wanted: str, reason: str, now: datetime, *, older: Path | None = None
) -> Forgotten:
    """Remove an advert's text from the captures of its source and from the archive, and put a tombstone in its place.

    :param older: a second folder of captures, of those that were moved out of the first.
    :param wanted: its id, `SOURCE:REFERENCE`, or one of its URLs.
    :raises ForgetError: the archive knows of no such advert.
    :raises ArchiveInUseError: somebody writes to the archive.
    """
    with rebuilding(archive), closing(open_archive(archive)) as db:
        try:
            tombstone = _found(db, captures, wanted, reason, instant(now))
            done = Forgotten(advert_id=tombstone.advert_id, records=0, given_up=0)
            # Its later references first: while the advert is there, a forgetting that is begun again finds them.
            for one in (*_under_other_references(db, tombstone), tombstone):
                add_to_file(captures, one)
                records, given_up = clean_captures(db, [root for root in (older, captures) if root], one)
                done = attrs.evolve(done, records=done.records + records, given_up=done.given_up + given_up)
            db.execute("PRAGMA secure_delete = ON")
            bury(db, tombstone)
            enter(db, tombstones_in(captures))
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise ArchiveError(f"{archive}: {in_words(error)}; then forget it again: it is not done") from error
    # What a rebuild left beside still tells.
    archive.with_name(f"{archive.name}-before-rebuild").unlink(missing_ok=True)
    return done


def _found(db: sqlite3.Connection, captures: Path, wanted: str, reason: str, at: str) -> Tombstone:
    """The tombstone of what is wanted, new or as it was begun; of an advert that is still there, its own, not that of a later reference."""
    row = db.execute(
        "SELECT id, url FROM advert WHERE id = ?1 OR url = ?1"
        " OR id = (SELECT advert_id FROM advert_url WHERE url = ?1 LIMIT 1)"
        " OR id = (SELECT advert_id FROM advert_reference WHERE source_id || ':' || source_ref = ?1) LIMIT 1",
        (wanted,),
    ).fetchone()
    name = row["id"] if row else wanted
    for old in (*tombstones_in(captures), *tombstones_of(db)):
        if name in (old.advert_id, old.url):
            return old
    if row is None:
        raise ForgetError(f"no advert here is {wanted!r}; give SOURCE:REFERENCE as in the column id, or its URL")
    return Tombstone(advert_id=row["id"], url=row["url"], reason=reason, forgotten_at=at)


def _under_other_references(db: sqlite3.Connection, tombstone: Tombstone) -> list[Tombstone]:
    """The tombstones of an advert under the references that its board gave it later: it must not come back under one."""
    rows = db.execute(
        "SELECT source_id || ':' || source_ref AS id FROM advert_reference WHERE advert_id = ?", (tombstone.advert_id,)
    )
    return [attrs.evolve(tombstone, advert_id=row["id"], url=None) for row in rows.fetchall()]


def clean_captures(db: sqlite3.Connection, roots: Sequence[Path], tombstone: Tombstone) -> tuple[int, int]:
    """Take an advert out of the captures; how many records were changed, and of how many nothing could be kept."""
    source_id, _, source_ref = tombstone.advert_id.partition(":")
    known = [
        row[0] for row in db.execute("SELECT description FROM advert_text WHERE advert_id = ?", (tombstone.advert_id,))
    ]
    given_up = 0

    def clean(response: CapturedResponse, capture: Capture) -> CapturedResponse | None:
        nonlocal given_up
        kept = without(response, capture, source_ref, known)
        given_up += kept is GONE
        return kept

    rewriter = Rewriter(clean, tombstone.forgotten_at)
    changed = 0
    for path in _files_of([root / source_id for root in roots]):
        changed += rewriter.rewrite(path)
        index_again(db, path)
    return changed, given_up


def _files_of(folders: Iterable[Path]) -> Iterator[Path]:
    """Our own files of a source, in the order of their runs, whatever folder they lie in: a later one refers to earlier ones."""
    paths = [path for folder in folders if folder.is_dir() for path in warc_files(folder)]
    for path in sorted(paths, key=lambda path: without_ending(path.name)):
        if path.name.endswith(".gz") and run_info(path).run_id:
            yield path


def index_again(db: sqlite3.Connection, path: Path) -> None:
    """Bring the index of a file up to what is in it; after a kill it may be behind."""
    found: list[Capture] = []
    with suppress(BrokenCaptureError):
        found.extend(entry.capture for entry in entries(path))
    with writing(db):
        db.executemany(
            "UPDATE capture SET offset = ?, length = ?, digest = ?, status = ? WHERE id = ?"
            " AND (offset, length, digest, status) IS NOT (?, ?, ?, ?)",
            [(*told, one.id, *told) for one in found for told in [(one.offset, one.length, one.digest, one.status)]],
        )
