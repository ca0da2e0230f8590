"""What the page of a place asks the snapshot for."""

from __future__ import annotations

from jobscraper.publish.site.shared.profile import COUNTED

OF_PLACE = "lad = (SELECT code FROM code WHERE field = 'lad' AND value = :code)"
PLACE_SUMMARY = "SELECT * FROM place_summary WHERE lad_code = ? ORDER BY period, kind"
EMPLOYERS = f"""
SELECT id, name, kind, adverts FROM
    (SELECT employer, count(*) AS adverts FROM
        (SELECT employer FROM listing WHERE lad = (SELECT code FROM code WHERE field = 'lad' AND value = ?)
         AND employer IS NOT NULL ORDER BY advert DESC LIMIT {COUNTED})
     GROUP BY employer ORDER BY adverts DESC LIMIT 12)
JOIN employer ON employer.rowid = employer"""
