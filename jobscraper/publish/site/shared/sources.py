"""The sources with their crawls and what they print, which more than one page shows."""

from __future__ import annotations

SOURCES = """
SELECT source.*, fill_rate.adverts, fill_rate.open, employer, place, pay_text, pay, closing, fill_rate.description,
    incident.state, incident.since, incident.what, last.started AS last_started, last.verdict AS last_verdict, last.stop_reason AS last_reason,
    (SELECT max(started) FROM run WHERE source_id = source.id AND verdict = 'complete') AS last_complete,
    (SELECT max(started) FROM run WHERE source_id = source.id AND verdict IS NOT NULL AND instr(id, '-replay-') = 0) AS last_asked
FROM source LEFT JOIN fill_rate ON fill_rate.source_id = source.id
LEFT JOIN incident ON incident.source_id = source.id AND incident.until IS NULL
LEFT JOIN run AS last ON last.id = (SELECT id FROM run WHERE source_id = source.id ORDER BY started DESC LIMIT 1)
ORDER BY source.title COLLATE NOCASE"""
