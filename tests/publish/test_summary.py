"""The small tables of a snapshot: counted and ranked by hand over a few adverts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.archive.store import open_archive
from jobscraper.publish.build.build import build
from jobscraper.publish.build.summary import periods
from jobscraper.publish.quantiles import quartiles
from jobscraper.publish.sql.functions import add_to
from tests.publish.conftest import insert

Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([], (None, None, None)),
        ([5], (5, 5, 5)),
        ([1, 2], (1, 2, 2)),
        ([28051.92], (28052, 28052, 28052)),
        ([1, 2, 3], (2, 2, 3)),
        ([10, 20, 30, 40], (18, 25, 33)),
        ([1, 2, 3, 4, 5], (2, 3, 4)),
    ],
)
def test_quartiles_are_in_proportion_and_rounded(amounts: list[float], expected: tuple[int | None, ...]) -> None:
    found = quartiles(amounts)
    assert (found.lower, found.median, found.upper) == expected


@given(st.lists(st.integers(0, 10**8).map(lambda pence: pence / 100), min_size=1))
def test_quartiles_are_those_of_sql(amounts: list[float]) -> None:
    found = quartiles(sorted(amounts))
    with closing(sqlite3.connect(":memory:")) as db:
        add_to(db)
        asked = (
            "SELECT round(quantile(value, 0.25)), round(median(value)), round(quantile(value, 0.75)) FROM json_each(?)"
        )
        assert db.execute(asked, [json.dumps(amounts)]).fetchone() == (found.lower, found.median, found.upper)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-26", ["all", "2026", "2026-Q4", "last 12 months"]),
        ("2025-11-27", ["all", "2025", "2025-Q4", "last 12 months"]),
        ("2025-11-26", ["all", "2025", "2025-Q4"]),
        ("2027-01-01", ["all", "2027", "2027-Q1"]),
        ("2026-03-31", ["all", "2026", "2026-Q1", "last 12 months"]),
    ],
)
def test_periods_of_a_day(day: str, expected: list[str]) -> None:
    assert list(periods(date.fromisoformat(day), date(2026, 11, 26))) == expected


ADVERTS: tuple[dict[str, object], ...] = (
    {"salary_annual_min": 30000.0, "salary_annual_max": 34000.0, "pay_scale": "NJC", "pay_point_min": "18"},
    {"salary_annual_min": 40000.0, "first_seen": "2025-02-01T06:00:00Z", "ended_at": "2025-02-22T06:00:00Z"},
    {"salary_annual_min": 50000.4, "working_pattern": "part_time, job_share"},
    {"salary_annual_max": 60000.0},
    {"salary_min": 120.0, "salary_period": "session"},
    {"salary_annual_min": 41200.0, "salary_currency": "EUR"},
    {"salary_currency": None, "region": None},
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the snapshot of seven adverts of one council, first seen on one day but for the second."""
    folder = tmp_path_factory.mktemp("summary")
    with closing(open_archive(folder / "archive.db")) as db:
        db.execute("BEGIN")
        _fill(db)
        db.execute("COMMIT")
    build(folder / "archive.db", folder / "site.db", identity="x", published_at="2026-11-26T12:00:00Z")
    with closing(sqlite3.connect(folder / "site.db")) as site:
        add_to(site)
        yield lambda sql: site.execute(sql).fetchall()


def _fill(db: sqlite3.Connection) -> None:
    insert(
        db, "source", id="s", title="S", publisher="S", homepage="https://s.example/", confirmed=1, lists_everything=1
    )
    insert(db, "source", id="t", title="T", publisher="T", homepage="https://t.example/", confirmed=1,
           lists_everything=1, may_republish=0)  # fmt: skip
    for source in ("s", "t"):
        insert(
            db, "run", id=source, source_id=source, verdict="complete", started="2026-11-20T06:00:00Z", code_version="1"
        )
        insert(db, "capture", id=source, run_id=source, url="https://s.example/", method="GET", status=200, digest="d",
               fetched_at="2026-11-20T06:00:00Z", warc_file="w", offset=0, length=1)  # fmt: skip
    insert(db, "employer", id="leeds", name="Leeds City Council", kind="council")
    usual = {"title": "Planner", "employer_id": "leeds", "region": "London", "salary_currency": "GBP", "status": "live",
             "first_seen": "2026-11-20T06:00:00Z", "evidence": "{}", "normaliser_version": "1"}  # fmt: skip
    for number, advert in enumerate(ADVERTS):
        row = {**usual, **advert}
        insert(db, "advert", id=f"s:{number}", source_id="s", source_ref=str(number), last_seen=row["first_seen"],
               capture_id="s", **row)  # fmt: skip
        insert(db, "live_period", advert_id=f"s:{number}", live_from=row["first_seen"], live_to=row.get("ended_at"))
    for at in ("2026-11-21T06:00:00Z", "2026-11-22T06:00:00Z"):
        insert(db, "event", advert_id="s:0", run_id="s", at=at, kind="extended", detail="closes 20 Aug → 27 Aug")
    insert(db, "advert", id="t:1", source_id="t", source_ref="1", last_seen="2026-11-20T06:00:00Z", capture_id="t",
           **{**usual, "salary_annual_min": 99999.0})  # fmt: skip
    insert(db, "advert_text", advert_id="t:1", description="not to be published", part="page")
    insert(db, "event", advert_id="t:1", run_id="t", at="2026-11-20T06:00:00Z", kind="listed")
    insert(db, "issue", advert_id="t:1", run_id="t", kind="k", text="not to be published")


def test_pay_of_a_period_with_what_is_left_out(ask: Ask) -> None:
    rows = ask("SELECT * FROM pay_summary WHERE period = 'last 12 months' AND region = 'all' AND kind = 'council'")
    assert rows == [("last 12 months", "all", "council", 6, 2, 35000, 40000, 45000, 1, 1, 1, 1, 0)]


def test_an_advert_counts_in_its_region_and_in_all(ask: Ask) -> None:
    rows = ask("SELECT region, adverts, n, median FROM pay_summary WHERE period = 'all' AND kind = 'all' ORDER BY 1")
    assert rows == [("London", 6, 3, 40000), ("all", 7, 3, 40000)]


def test_quarters_and_years(ask: Ask) -> None:
    rows = ask(
        "SELECT period, n FROM pay_summary WHERE region = 'all' AND kind = 'all' AND period LIKE '20%' ORDER BY 1"
    )
    assert rows == [("2025", 1), ("2025-Q1", 1), ("2026", 2), ("2026-Q4", 2)]


def test_grades(ask: Ask) -> None:
    assert ask("SELECT pay_scale, point, adverts, n, median FROM grade_summary WHERE period = 'all'") == [
        ("NJC", "18", 1, 1, 30000)
    ]


def test_days_open(ask: Ask) -> None:
    assert ask("SELECT n, median FROM open_summary WHERE period = 'all' AND region = 'London' AND kind = 'all'") == [
        (1, 21)
    ]


def test_weeks_begin_on_mondays_and_count_up(ask: Ask) -> None:
    assert ask("SELECT * FROM week ORDER BY week") == [
        ("2025-01-27", 1, 0, 1), ("2025-02-17", 0, 1, 0), ("2026-11-16", 6, 0, 6)
    ]  # fmt: skip


def test_a_post_that_was_advertised_again(ask: Ask) -> None:
    (row,) = ask("SELECT * FROM post")
    assert row[:7] == ("leeds", "Planner", 3, "2025-02-01", 40000, "2026-11-20", 50000)


def test_the_change_of_a_post_a_year_is_that_of_all_its_adverts(ask: Ask) -> None:
    """£40,000 first; 657 days later, on one day, £30,000 and £50,000, the middle of whose logarithms is £38,730."""
    ((change,),) = ask("SELECT change_a_year_percent FROM post")
    assert change == pytest.approx(100 * ((38729.9 / 40000) ** (365.25 / 657) - 1), abs=0.01)


def test_the_listing_stands_in_order_of_time(ask: Ask) -> None:
    rows = ask("SELECT id, starting_pay, top_pay, listed, days_open, extended FROM listing JOIN advert ON"
               " advert.rowid = listing.advert ORDER BY listing.advert LIMIT 3")  # fmt: skip
    assert rows == [
        ("s:1", 40000, 40000, 20250201, 21, 0),
        ("s:0", 30000, 34000, 20261120, None, 2),
        ("s:2", 50000.4, 50000, 20261120, None, 0),
    ]


def test_patterns_are_bits(ask: Ask) -> None:
    rows = ask("SELECT value FROM code JOIN listing ON field = 'pattern' AND pattern & code ORDER BY 1")
    assert rows == [("job_share",), ("part_time",)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM advert WHERE source_id = 't'",
        "SELECT count(*) FROM advert_text",
        "SELECT count(*) FROM event WHERE advert_id = 't:1'",
        "SELECT count(*) FROM issue",
        "SELECT count(*) FROM listing WHERE starting_pay = 99999",
    ],
)
def test_nothing_is_published_of_a_source_whose_terms_forbid_it(query: str, ask: Ask) -> None:
    assert ask(query) == [(0,)]


def test_that_it_is_there_and_was_crawled_is_published(ask: Ask) -> None:
    assert ask("SELECT source.id, run.verdict FROM source JOIN run ON source_id = source.id ORDER BY 1") == [
        ("s", "complete"), ("t", "complete")
    ]  # fmt: skip


def test_an_empty_archive_can_be_summarised(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db").close()
    build(tmp_path / "archive.db", tmp_path / "site.db", identity="x", published_at="2026-11-26T12:00:00Z")


def test_the_medians_of_a_snapshot_are_those_that_sql_gives(ask: Ask) -> None:
    told = "SELECT lower_quartile, median, upper_quartile FROM pay_summary WHERE period = 'all' AND region = 'all' AND kind = 'all'"
    asked = (
        "SELECT round(quantile(salary_annual_min, 0.25)), round(median(salary_annual_min)), round(quantile(salary_annual_min, 0.75))"
        " FROM advert WHERE salary_currency = 'GBP' AND coalesce(engagement, 'employee') = 'employee'"
    )
    assert ask(told) == ask(asked)
