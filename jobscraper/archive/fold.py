"""Folding: the only way into the archive. Folding the same thing twice changes nothing.

A page is folded whole or not at all: its adverts, their history and its problems are one transaction. An advert that cannot
be folded, whatever is wrong with it, costs itself: it is an issue, and the others of its page are folded one by one. What an advert was
printed as decides what is done: new, seen again unchanged (two small updates), or changed (read anew).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs

from jobscraper.archive import moves, write
from jobscraper.archive.ledger import add_issue
from jobscraper.archive.prepare import PreparedAdvert, prepare
from jobscraper.archive.reread import complete, read_again, update, was_there_before
from jobscraper.archive.sighting import Sighting
from jobscraper.archive.store import apart, is_of_the_archive, writing
from jobscraper.capture.record import Capture, instant
from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import Part, RawAdvert, Reading
from jobscraper.normalise.contacts import private_reference
from jobscraper.normalise.contacts.messages import private
from jobscraper.normalise.version import normaliser_version

LONGEST_REFERENCE = 400
"""Characters of a board's own reference. No board has longer ones: they begin ids, and stand in addresses of the site."""


class UnusableAdvertError(JobscraperError):
    """An advert that cannot be kept as it is; the message says what of it."""


@attrs.define
class RunFold:
    """A run, as far as folding must know it: `printed` holds what it has printed so far, by advert and part.

    Two different prints under one reference in one run are not a change; taking them for one would forge history anew
    with every run. `forgotten`: adverts that count as seen, since the board lists them, and are not stored. `references`: the
    ids of renamed adverts by their later references; `moved`: where addresses lead, with the captures that say so.
    """

    run_id: str
    source_id: str
    forgotten: frozenset[str] = frozenset()
    references: dict[str, str] = attrs.field(factory=dict)
    moved: dict[str, tuple[Capture, str]] = attrs.field(factory=dict)
    printed: dict[tuple[str, Part], str] = attrs.field(factory=dict)
    seen: set[str] = attrs.field(factory=set)
    pages: int = 0


@attrs.define
class Folded:
    """What folding a page did."""

    new: int = 0
    changed: int = 0
    contacts_removed: int = 0

    def add(self, more: Folded) -> None:
        """Count what more was folded."""
        self.new += more.new
        self.changed += more.changed
        self.contacts_removed += more.contacts_removed


def fold_page(
    db: sqlite3.Connection,
    run: RunFold,
    capture: Capture,
    reading: Reading,
    ready: Mapping[str, PreparedAdvert] = {},
) -> Folded:
    """Fold all that a page gave, in one transaction; its capture is in the archive already.

    :param ready: prints that have been made ready already, by digest; the others are made ready if they are new.
    :raises sqlite3.Error: nothing of the page was written (a full disk, a lock that does not end).
    """
    folded = Folded()
    with writing(db):
        _fold_adverts(db, run, capture, reading, ready, folded)
        for problem in reading.problems:
            text = private(problem.text if problem.of_the_board else f"{capture.url}: {problem.text}")
            add_issue(db, run.run_id, None, problem.field, problem.kind, text)
        run.pages += 1
        db.execute(
            "UPDATE run SET pages = ?, adverts_seen = ?, adverts_new = adverts_new + ?,"
            " adverts_changed = adverts_changed + ?, contacts_removed = contacts_removed + ? WHERE id = ?",
            (run.pages, len(run.seen), folded.new, folded.changed, folded.contacts_removed, run.run_id),
        )
    return folded


def note_move(run: RunFold, capture: Capture, to: str) -> None:
    """Note that the address of a capture leads to another; `fold_moves` folds what that comes to."""
    run.moved[capture.url] = (capture, to)


def fold_moves(db: sqlite3.Connection, run: RunFold) -> Folded:
    """Make adverts one that their board renamed, as the redirects of a run tell, once all of it is folded.

    Not before: a list that is read later may have both, and then they are two.

    :raises sqlite3.Error: nothing more was written.
    """
    folded = Folded()
    for url in sorted(run.moved):
        capture, _ = run.moved[url]
        old = moves.advert_at(db, run.source_id, url)
        new = moves.advert_at(db, run.source_id, _end_of(db, run, url)) if old else None
        if old is None or new is None or old.id == new.id:
            continue
        before = moves.up_to(db, old, new, run.run_id)
        with writing(db):
            if moves.tell_apart(run.printed, old, new) or not moves.is_same_advert(before, new):
                moves.doubt(db, run.run_id, old, new)
            else:
                folded.add(_join(db, run, old, new, capture))
    return folded


def _end_of(db: sqlite3.Connection, run: RunFold, url: str) -> str:
    """Where an address leads in the end: to that of an advert, or where nothing leads further."""
    passed = set()
    while url in run.moved and url not in passed:
        passed.add(url)
        _, url = run.moved[url]
        if moves.advert_at(db, run.source_id, url):
            break
    return url


def _join(db: sqlite3.Connection, run: RunFold, old: moves.Listing, new: moves.Listing, capture: Capture) -> Folded:
    """Fold what an advert printed under its new reference as prints of the old one, and put the reference in its place."""
    was_new = moves.began_in(db, new, run.run_id)
    source_ref = db.execute("SELECT source_ref FROM advert WHERE id = ?", (new.id,)).fetchone()[0]
    folded = Folded(new=-was_new)
    for sighting in moves.sightings_as(db, new, old, run.run_id, run.source_id):
        folded.add(_fold_together(db, {old.id: sighting}, {}))
    folded.changed = min(folded.changed, 1)
    moves.take_over(db, run.source_id, new, old, capture.id)
    run.references[source_ref] = old.id
    run.seen = {old.id if seen == new.id else seen for seen in run.seen}
    run.printed = {(old.id if key[0] == new.id else key[0], key[1]): digest for key, digest in run.printed.items()}
    db.execute(
        "UPDATE run SET adverts_seen = ?, adverts_new = adverts_new + ?, adverts_changed = adverts_changed + ? WHERE id = ?",
        (len(run.seen), folded.new, folded.changed, run.run_id),
    )
    return folded


def _fold_adverts(
    db: sqlite3.Connection,
    run: RunFold,
    capture: Capture,
    reading: Reading,
    ready: Mapping[str, PreparedAdvert],
    folded: Folded,
) -> None:
    sightings, other_prints = _sightings(run, capture, reading.part, reading.adverts)
    run.seen.update(sightings)
    if run.forgotten:
        sightings = {advert_id: one for advert_id, one in sightings.items() if advert_id not in run.forgotten}
        other_prints = [one for one in other_prints if one.advert_id not in run.forgotten]
    try:
        with apart(db):
            folded.add(_fold_together(db, sightings, ready))
    except Exception as error:
        if is_of_the_archive(error):
            raise
        for sighting in sightings.values():
            folded.add(_fold_alone(db, sighting, ready))
    kept = _known(db, {sighting.advert_id: sighting for sighting in other_prints})
    for sighting in other_prints:
        text = private(f"another print in the same run is left out: {sighting.raw.title!r} ({capture.url})")
        known = sighting.advert_id if sighting.advert_id in kept else None
        add_issue(db, run.run_id, known, None, "same_reference_twice", text)


def _fold_alone(db: sqlite3.Connection, sighting: Sighting, ready: Mapping[str, PreparedAdvert]) -> Folded:
    """Fold one advert of a page of which some cannot be folded; that one is set aside with an issue, and is not gone."""
    try:
        with apart(db):
            return _fold_together(db, {sighting.advert_id: sighting}, ready)
    except Exception as error:
        if is_of_the_archive(error):
            raise
        write.set_aside(db, sighting, f"{type(error).__name__}: {error}")
        return Folded()


def _fold_together(
    db: sqlite3.Connection, sightings: Mapping[str, Sighting], ready: Mapping[str, PreparedAdvert]
) -> Folded:
    """Fold adverts of one page, by few statements; all of them or none."""
    folded = Folded()
    known = _known(db, sightings)
    new = [
        (sighting, _prepared(sighting, ready)) for advert_id, sighting in sightings.items() if advert_id not in known
    ]
    write.add_adverts(db, new)
    folded.new = len(new)
    folded.contacts_removed = sum(prepared.contacts_removed for _, prepared in new)
    seen_again = [(sightings[advert_id], row) for advert_id, row in known.items()]
    current = [(sighting, row) for sighting, row in seen_again if not _is_late(sighting, row)]
    for sighting, row in seen_again:
        if _is_late(sighting, row):
            was_there_before(db, sighting)
    for sighting, row in current:
        if row["normaliser_version"] != normaliser_version():
            read_again(db, sighting)
        if row["digest"] is None:
            folded.contacts_removed += complete(db, sighting)
        elif row["digest"] != sighting.digest:
            changed, removed = update(db, sighting)
            folded.changed += changed
            folded.contacts_removed += removed
    write.touch(db, current)
    for sighting, row in current:
        if row["status"] != "live":
            write.relist(db, sighting)
    return folded


def _prepared(sighting: Sighting, ready: Mapping[str, PreparedAdvert]) -> PreparedAdvert:
    """A new advert, made ready.

    :raises UnusableAdvertError: its reference is none that could stand in an id and in the address of a page.
    """
    length = len(sighting.raw.source_ref)
    if length > LONGEST_REFERENCE:
        raise UnusableAdvertError(f"its reference has {length:,} characters or more")
    return ready.get(sighting.digest) or prepare(sighting.raw, datetime.fromisoformat(sighting.at))


def _sightings(
    run: RunFold, capture: Capture, part: Part, adverts: Iterable[RawAdvert]
) -> tuple[dict[str, Sighting], list[Sighting]]:
    """The adverts of a page by id, and the other prints under references that this run has printed already."""
    found: dict[str, Sighting] = {}
    others: list[Sighting] = []
    for raw in adverts:
        reference = private_reference(raw.source_ref)
        sighting = Sighting(
            advert_id=run.references.get(reference) or f"{run.source_id}:{reference}",
            run_id=run.run_id,
            source_id=run.source_id,
            capture_id=capture.id,
            at=instant(capture.fetched_at),
            part=part,
            raw=raw,
            digest=raw.digest,
        )
        if run.printed.setdefault((sighting.advert_id, part), sighting.digest) == sighting.digest:
            found[sighting.advert_id] = sighting
        else:
            others.append(sighting)
    return found, others


def _known(db: sqlite3.Connection, sightings: Mapping[str, Sighting]) -> dict[str, sqlite3.Row]:
    """What the archive knows of the adverts of a page, as far as folding depends on it."""
    rows = db.execute(
        "SELECT a.id, a.rowid AS advert_row, p.rowid AS part_row, p.digest, p.observed_at, a.normaliser_version,"
        " a.status, a.url FROM json_each(?) wanted JOIN advert a ON a.id = wanted.value"
        " LEFT JOIN advert_part p ON p.advert_id = a.id AND p.part = ?",
        (json.dumps(list(sightings)), next((one.part for one in sightings.values()), None)),
    )
    return {row["id"]: row for row in rows.fetchall()}


def _is_late(sighting: Sighting, row: sqlite3.Row) -> bool:
    """An old capture, replayed late, tells nothing new but when the advert was already there."""
    return bool(row["observed_at"] and sighting.at < row["observed_at"])
