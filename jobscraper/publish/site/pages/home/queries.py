"""What the home page asks the snapshot for."""

from __future__ import annotations

NEWEST = """
    SELECT id, title, employer_text, location_text, salary_text, salary_annual_min, salary_annual_max, salary_currency,
           status, open, closes_at, first_seen
    FROM advert WHERE rowid IN (SELECT advert FROM listing WHERE open = 1 ORDER BY advert DESC LIMIT 8)
    ORDER BY rowid DESC"""

SOURCES = """
    SELECT source.id, source.title, source.licence, source.may_republish, run.verdict, run.started, run.finished,
           coalesce(fill_rate.adverts, 0) AS adverts, coalesce(fill_rate.open, 0) AS open
    FROM source LEFT JOIN fill_rate ON fill_rate.source_id = source.id LEFT JOIN run ON run.id =
        (SELECT id FROM run WHERE source_id = source.id ORDER BY started DESC LIMIT 1)
    ORDER BY source.title COLLATE NOCASE"""

# The seven days that end with the last one that the archive saw.
WEEK_BEGINS = "SELECT date(as_of, '-6 days') FROM snapshot"
# `+`, so that the index by time is used and not the one by kind.
LAST_WEEK = f"SELECT kind, count(*) AS events FROM event WHERE at >= ({WEEK_BEGINS}) GROUP BY +kind"
