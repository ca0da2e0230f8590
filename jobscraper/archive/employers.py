"""The rows of employers: none is ever removed, because people have cited its id.

A printed name that was in no register has a row of its own, `unresolved:x`. When a register comes to know the body, its
adverts move to the register's row as they are read again; the old row stays and says in `merged_into` where they went.
"""

from __future__ import annotations

import sqlite3

from jobscraper.normalise.employer.employer import Employer


def add_employer(db: sqlite3.Connection, employer: Employer) -> None:
    """Write the employer's row and the printed name that was taken for it; an old row that nobody means now points on."""
    row = (employer.employer_id, employer.employer_name, employer.employer_kind)
    db.execute(
        "INSERT INTO employer (id, name, kind) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET name = excluded.name, kind = excluded.kind, merged_into = NULL"
        " WHERE kind != 'unresolved' OR merged_into IS NOT NULL",
        row,
    )
    if employer.alias is None:
        return
    before = db.execute("SELECT employer_id FROM employer_alias WHERE employer_text = ?", (employer.alias,)).fetchone()
    db.execute(
        "INSERT INTO employer_alias (employer_text, employer_id) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET employer_id = excluded.employer_id",
        (employer.alias, employer.employer_id),
    )
    if before is not None and before["employer_id"] != employer.employer_id:
        _merge(db, before["employer_id"], str(employer.employer_id))


def _merge(db: sqlite3.Connection, old: str, new: str) -> None:
    """Let an `unresolved` row point to the one that took its last printed name; rows that pointed to it point there too.

    A row of the register never points on: a name that was taken for the wrong body says nothing about that body.
    """
    if not old.startswith("unresolved:"):
        return
    if db.execute("SELECT 1 FROM employer_alias WHERE employer_id = ?", (old,)).fetchone():
        return
    db.execute(
        "UPDATE employer SET merged_into = ? WHERE (id = ? OR merged_into = ?) AND id != ?", (new, old, old, new)
    )
