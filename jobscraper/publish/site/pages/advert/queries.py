"""What the page of an advert asks the snapshot for."""

from __future__ import annotations

ADVERT = """
    SELECT advert.*, employer.name AS employer_name, source.title AS source_title, description,
           capture.fetched_at, capture.digest, capture.url AS capture_url
    FROM advert JOIN source ON source.id = source_id JOIN capture ON capture.id = capture_id
    LEFT JOIN employer ON employer.id = employer_id LEFT JOIN advert_text ON advert_text.advert_id = advert.id
    WHERE advert.id = ?"""

EVENTS = "SELECT at, kind, detail FROM event WHERE advert_id = ? ORDER BY at, id LIMIT 100"
CHANGES = (
    "SELECT observed_at, field, old, new, cause FROM change WHERE advert_id = ? ORDER BY observed_at, id LIMIT 100"
)
PLACES = "SELECT text, region FROM advert_place WHERE advert_id = ? ORDER BY position LIMIT 50"
