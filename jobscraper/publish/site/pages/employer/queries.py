"""What the page of an employer asks the snapshot for."""

from __future__ import annotations

OF_EMPLOYER = "employer = (SELECT rowid FROM employer WHERE id = :code)"
ALIASES = "SELECT employer_text FROM employer_alias WHERE employer_id = ? ORDER BY employer_text LIMIT 30"
EMPLOYER_SUMMARY = "SELECT * FROM employer_summary WHERE employer_id = ? ORDER BY period"
