"""Tables that help to ask about adverts: days to count by, and the register of pay scales to join with."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from jobscraper.registers.pay_scales import pay_points


def add_days(db: sqlite3.Connection, up_to: date) -> None:
    """Let the table `day` reach to a day without a gap, also where that is before the first one it has."""
    first, last = (
        date.fromisoformat(day) if day else up_to for day in db.execute("SELECT min(day), max(day) FROM day").fetchone()
    )
    first, last = min(first, up_to), max(last, up_to)
    days = [(str(first + timedelta(days=count)),) for count in range((last - first).days + 1)]
    if db.execute("SELECT count(*) FROM day").fetchone()[0] != len(days):
        db.executemany("INSERT INTO day VALUES (?) ON CONFLICT DO NOTHING", days)


def sync_pay_scales(db: sqlite3.Connection) -> None:
    """Make `pay_scale_point` what this version's register says."""
    columns = ", ".join(_POINT_COLUMNS)
    there = {tuple(row) for row in db.execute(f"SELECT {columns} FROM pay_scale_point")}
    if there != _points():
        db.execute("DELETE FROM pay_scale_point")
        marks = ", ".join("?" * len(_POINT_COLUMNS))
        db.executemany(f"INSERT INTO pay_scale_point ({columns}) VALUES ({marks})", sorted(_points()))


_POINT_COLUMNS = ("pay_scale", "area", "point", "annual_min", "annual_max", "valid_from", "valid_to", "source")


def _points() -> set[tuple[str | float, ...]]:
    return {
        (
            *(point.pay_scale, point.area, point.point),
            *(float(point.annual_min), float(point.annual_max)),
            *(point.valid_from.isoformat(), point.valid_to.isoformat(), point.source),
        )
        for points in pay_points().values()
        for point in points
    }
