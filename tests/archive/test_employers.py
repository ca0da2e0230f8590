"""Rows of employers: an id that somebody cited stays, and leads to the row that took its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobscraper.archive.employers import add_employer
from jobscraper.archive.store import open_archive, writing
from jobscraper.normalise.employer.employer import Employer, read_employer
from jobscraper.normalise.result import Evidence


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_archive(tmp_path / "archive.db")
    yield connection
    connection.close()


def employer(text: str, employer_id: str, rule: str = "name: whole") -> Employer:
    evidence = {"employer_id": Evidence(rule, text, 0, len(text))}
    kind = "council" if employer_id.startswith("gss:") else "unresolved"
    return Employer(
        employer_text=text, employer_id=employer_id, employer_name=text, employer_kind=kind, evidence=evidence
    )  # type: ignore[arg-type]


def fold(db: sqlite3.Connection, *read: Employer) -> dict[str, str | None]:
    """Fold what was read, in order; return where each row of employers leads."""
    with writing(db):
        for one in read:
            add_employer(db, one)
    return dict(tuple(row) for row in db.execute("SELECT id, merged_into FROM employer"))


NEW, OLD = "gss:E06000067", "unresolved:east surrey council"


def test_a_row_that_joins_the_register_stays_and_leads_there(db: sqlite3.Connection) -> None:
    assert fold(db, employer("East Surrey Council", OLD)) == {OLD: None}
    assert fold(db, employer("East Surrey Council", NEW)) == {OLD: NEW, NEW: None}
    # Again: nothing changes.
    assert fold(db, employer("East Surrey Council", NEW)) == {OLD: NEW, NEW: None}


def test_a_row_that_some_name_still_means_does_not_lead_on(db: sqlite3.Connection) -> None:
    fold(db, employer("East Surrey Council", OLD), employer("East Surrey Council (7)", OLD))
    assert fold(db, employer("East Surrey Council", NEW))[OLD] is None
    assert fold(db, employer("East Surrey Council (7)", NEW))[OLD] == NEW


def test_a_row_that_is_meant_again_is_itself_again(db: sqlite3.Connection) -> None:
    fold(db, employer("East Surrey Council", OLD), employer("East Surrey Council", NEW))
    assert fold(db, employer("East Surrey Council", OLD)) == {OLD: None, NEW: None}


def test_rows_lead_to_the_last_one_without_chains(db: sqlite3.Connection) -> None:
    noisy = "unresolved:east surrey council jobs"
    fold(db, employer("East Surrey", noisy))
    fold(db, employer("East Surrey", OLD))
    assert fold(db, employer("East Surrey", NEW)) == {noisy: NEW, OLD: NEW, NEW: None}


def test_a_row_of_the_register_never_leads_on(db: sqlite3.Connection) -> None:
    fold(db, employer("Surrey", "gss:E10000030"))
    assert fold(db, employer("Surrey", NEW))["gss:E10000030"] is None


def test_a_number_says_nothing_about_the_name(db: sqlite3.Connection) -> None:
    named = "unresolved:christs college"
    rows = fold(
        db, employer("Christ's College", named), employer("Christ's College", "urn:108869", "number: urn:108869")
    )
    assert rows == {named: None, "urn:108869": None}
    aliases = db.execute("SELECT employer_id FROM employer_alias").fetchall()
    assert [row["employer_id"] for row in aliases] == [named]


def test_a_body_from_the_title_does_not_take_the_advertisers_name(db: sqlite3.Connection) -> None:
    fold(db, read_employer("Essex County Council", title="Planner - Braintree District Council"))
    aliases = dict(tuple(row) for row in db.execute("SELECT employer_text, employer_id FROM employer_alias"))
    assert aliases == {"Braintree District Council": "gss:E07000067"}


def test_an_archive_from_before_gets_the_columns(tmp_path: Path) -> None:
    """The first archives have no `merged_into`: they get it, and keep their rows."""
    path = tmp_path / "old.db"
    open_archive(path).close()
    old = sqlite3.connect(path)
    old.executescript(
        "DROP INDEX employer_merged_into; ALTER TABLE employer DROP COLUMN merged_into;"
        "ALTER TABLE advert DROP COLUMN advertiser_text;"
        "DELETE FROM _sqlite_migrations WHERE name = 'm003_advertisers_and_merged_employers';"
        "INSERT INTO employer VALUES ('unresolved:x', 'X', 'unresolved')"
    )
    old.close()
    again = open_archive(path)
    assert [tuple(row) for row in again.execute("SELECT * FROM employer")] == [
        ("unresolved:x", "X", "unresolved", None)
    ]
    assert "advertiser_text" in [row["name"] for row in again.execute("PRAGMA table_info(advert)")]
    again.close()
