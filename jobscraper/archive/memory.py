"""What the archive remembers for the next crawl: when an advert's own page was read, and the validators of each URL."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jobscraper.archive.ledger import REPLAY
from jobscraper.capture.record import Capture


def page_of(db: sqlite3.Connection, advert_id: str) -> dict[str, Any] | None:
    """When an advert's own page was last seen, what its card printed and since when; None if the advert is not known."""
    row = db.execute(
        "SELECT page.observed_at AS page_seen, card.digest AS card_digest, capture.fetched_at AS card_changed"
        " FROM advert LEFT JOIN advert_part page ON page.advert_id = advert.id AND page.part = 'page'"
        " LEFT JOIN advert_part card ON card.advert_id = advert.id AND card.part = 'card'"
        " LEFT JOIN capture ON capture.id = card.capture_id WHERE advert.id = ?",
        (advert_id,),
    ).fetchone()
    if row is None:
        return None
    return {
        "page_seen": _moment(row["page_seen"]),
        "card_digest": row["card_digest"],
        "card_changed": _moment(row["card_changed"]),
    }


def newest_answer(db: sqlite3.Connection, url: str) -> tuple[Capture, str | None, str | None] | None:
    """The capture with the body of the newest good answer to a GET of `url`, with its ETag and Last-Modified."""
    row = db.execute(
        "SELECT body.*, coalesce(newest.etag, body.etag) AS newest_etag,"
        " coalesce(newest.last_modified, body.last_modified) AS newest_modified"
        " FROM capture newest JOIN capture body ON body.id = coalesce(newest.refers_to, newest.id)"
        " WHERE newest.url = ? AND newest.method = 'GET' AND newest.status IN (200, 304) AND body.refers_to IS NULL"
        " ORDER BY newest.fetched_at DESC, newest.rowid DESC LIMIT 1",
        (url,),
    ).fetchone()
    if row is None:
        return None
    told = {name: row[name] for name in row.keys() if not name.startswith("newest_") and name != "run_id"}  # noqa: SIM118
    capture = Capture(**{**told, "fetched_at": _moment(row["fetched_at"])})
    return capture, row["newest_etag"], row["newest_modified"]


def asked_on(db: sqlite3.Connection, host: str, day: date) -> int:
    """How many requests to a host were answered on a day (UTC), robots.txt included."""
    row = db.execute(
        "SELECT count(*) FROM capture WHERE run_id IN (SELECT id FROM run WHERE started >= ?1 AND instr(id, ?2) = 0)"
        " AND fetched_at >= ?3 AND fetched_at < ?4"
        " AND substr(url, instr(url, '://') + 3, length(?5) + 1) IN (?5 || '/', ?5 || ':')",
        (str(day - timedelta(days=1)), REPLAY, str(day), str(day + timedelta(days=1)), host),
    ).fetchone()
    return int(row[0])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
