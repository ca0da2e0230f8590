"""What the page of the crawls asks the snapshot for."""

from __future__ import annotations

RUNS = """
SELECT run.*, source.title AS source_title FROM run JOIN source ON source.id = source_id
ORDER BY started DESC LIMIT 50"""

INCIDENTS = """
SELECT incident.*, source.title AS source_title FROM incident JOIN source ON source.id = source_id
ORDER BY since DESC LIMIT 50"""

# The issues of the last run of each source: what is wrong now, not what ever was.
ISSUES = """
WITH last AS (SELECT source_id, max(started) AS started FROM run GROUP BY source_id)
SELECT source.title AS source_title, run.source_id, kind, count(*) AS issues, min(text) AS example
FROM last JOIN run USING (source_id, started) JOIN issue ON issue.run_id = run.id
JOIN source ON source.id = run.source_id GROUP BY run.source_id, kind ORDER BY issues DESC LIMIT 100"""
