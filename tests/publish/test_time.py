"""Time is the archive's: an archive of 2020 shows 2020 whenever it is published and read, and `open` is one number."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.publish.build.build import build
from jobscraper.publish.build.pictures.svg import BAR_PART
from jobscraper.publish.site.application import datasette_for
from jobscraper.publish.site.pages.health.handler import punctuality
from tests.publish.conftest import Get, insert, text
from tests.publish.old import ADVERTS, OPEN

AS_OF = "As of the last crawl, 19 November 2020 ."
NOTHING_LATER = ("/", "/search", "/search?status=open", "/pay", "/pay?by=time", "/archive/employer/leeds", "/place/E08000035",
                 "/archive/most_open")  # fmt: skip


@pytest.fixture(scope="module")
def ask(old_site: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(old_site / "archive.db")) as db:
        yield db


@pytest.mark.parametrize("path", NOTHING_LATER)
def test_a_page_that_counts_says_once_as_of_when(path: str, get_old: Get) -> None:
    assert text(get_old(path).text).count(AS_OF) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "The week to 19 November 2020 4 listed"),
        ("/", "of the adverts of the 12 months to 19 November 2020 start"),
        ("/pay", f"Of {ADVERTS} adverts, {ADVERTS} print a starting pay."),
        ("/pay?q=planner", f"Of {ADVERTS} adverts with planner in the title, {ADVERTS} print a starting pay."),
        ("/archive/employer/leeds", "Median starting pay, last 12 months £30,0"),
        ("/place/E08000035", "Median starting pay, last 12 months £30,0"),
        ("/search?sort=closing", "7 adverts "),
        ("/archive/closing_soon?words=planner&days=30", "10 Dec 2020, 12:00"),
        ("/archive/live_on?day=", "19 Nov 2020, 06:00"),
        ("/download", "as of the last crawl, 19 November 2020 (published "),
        ("/archive/advert/board~3A39", "open as of the last crawl, 19 November 2020"),
        ("/archive/advert/board~3A36", "closing date passed closed 18 Nov 2020, 12:00"),
    ],
)
def test_an_archive_of_2020_shows_2020(path: str, words: str, get_old: Get) -> None:
    assert words in text(get_old(path).text)


def test_rows_of_pay_lead_to_the_twelve_months_that_they_count(get_old: Get) -> None:
    assert "?region=Wales&amp;since=2019-11-21&amp;until=2020-11-19" in get_old("/pay").text


def test_the_week_of_the_last_crawl_is_not_over(ask: sqlite3.Connection) -> None:
    pictures = dict(ask.execute("SELECT name, svg FROM picture"))
    assert list(pictures) == ["pay_map", "pay_by_kind", "adverts_by_week"]
    assert pictures["adverts_by_week"].count(BAR_PART) == 2, "the first week and the last"
    assert "Oct to Dec 2020 so far" in pictures["pay_by_kind"]


OF_SQL = {
    "snapshot": "SELECT open FROM snapshot",
    "advert": "SELECT count(*) FROM advert WHERE open",
    "status and closing time": "SELECT count(*) FROM advert, snapshot WHERE status = 'live'"
    " AND (closes_at IS NULL OR closes_at > as_of)",
    "listing": "SELECT sum(open) FROM listing",
    "employers": "SELECT sum(open) FROM employer_summary WHERE period = 'all'",
    "places": "SELECT sum(open) FROM place_summary WHERE period = 'all' AND kind = 'all'",
    "sources": "SELECT sum(open) FROM fill_rate",
    "last week": "SELECT open FROM week ORDER BY week DESC LIMIT 1",
}


@pytest.mark.parametrize("query", OF_SQL.values(), ids=OF_SQL)
def test_open_is_one_number_in_sql(query: str, ask: sqlite3.Connection) -> None:
    assert ask.execute(query).fetchone() == (OPEN,)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", f"Open adverts {OPEN} "),
        ("/", f"Board {OPEN} open"),
        ("/search?status=open", f"{OPEN} adverts "),
        ("/search?status=live", f"{OPEN} adverts "),
        ("/search?status=ended", f"{ADVERTS - OPEN} adverts "),
        ("/place/E08000035", f"Open adverts {OPEN} "),
        ("/archive/employer/leeds", "Open adverts 8 "),
        ("/archive/employer/trust", "Open adverts 15 "),
        ("/archive/most_open", "Leeds Teaching Hospitals NHS Trust NHS trust 15"),
        ("/sources", f"{ADVERTS} adverts , {OPEN} open"),
    ],
)
def test_open_is_one_number_on_pages(path: str, words: str, get_old: Get) -> None:
    assert words.lower() in text(get_old(path).text).lower()


@pytest.mark.parametrize("query", ["", "?status=open", "?q=planner&status=open"])
def test_open_is_one_number_in_files(query: str, get_old: Get) -> None:
    rows = csv.DictReader(io.StringIO(get_old(f"/search.csv{query}").text))
    assert sum(row["open"] == "1" for row in rows) == OPEN
    adverts = get_old(f"/search.json{query}").json()["adverts"]
    assert sum(advert["open"] for advert in adverts) == OPEN


def test_open_is_one_number_in_feeds_and_for_robots(old_site: Path, get_old: Get) -> None:
    feed = ET.fromstring(get_old("/search.atom?status=open").text)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == OPEN
    client = datasette_for(old_site, "https://jobs.example.org").client
    assert asyncio.run(client.get("/sitemap.xml")).text.count("/archive/advert/") == OPEN


def test_a_feed_that_found_nothing_is_as_old_as_the_archive(get_old: Get) -> None:
    feed = ET.fromstring(get_old("/search.atom?q=nothingofthekind").text)
    assert feed.findtext("{http://www.w3.org/2005/Atom}updated") == "2020-11-19T06:10:00Z"


NOTHING: tuple[str | None, str, int] = ("complete", "2020-11-02T06:00:00Z", 0)


@pytest.mark.parametrize(
    ("runs", "as_of"),
    [
        ([], "2026-11-26T12:00:00Z"),
        ([NOTHING], "2026-11-26T12:00:00Z"),
        ([("complete", "2020-11-01T06:00:00Z", 3), NOTHING], "2020-11-01T06:00:00Z"),
        ([("complete", "2020-11-01T06:00:00Z", 3), ("partial", "2020-11-03T06:00:00Z", 1)], "2020-11-03T06:00:00Z"),
        ([("complete", "2020-11-01T06:00:00Z", 3), (None, "2020-11-03T06:00:00Z", 1)], "2020-11-01T06:00:00Z"),
    ],
    ids=["no run", "a run that saw nothing", "a later run that saw nothing", "a partial run", "a run under way"],
)
def test_the_last_moment_that_an_archive_saw(
    runs: Sequence[tuple[str | None, str, int]], as_of: str, tmp_path: Path
) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db, db:
        insert(
            db,
            "source",
            id="s",
            title="S",
            publisher="S",
            homepage="https://s.example/",
            confirmed=1,
            lists_everything=1,
        )
        for number, (verdict, finished, seen) in enumerate(runs):
            insert(db, "run", id=f"s-{number}", source_id="s", verdict=verdict, started="2020-10-01T06:00:00Z",
                   finished=finished, adverts_seen=seen, code_version="1")  # fmt: skip
    build(tmp_path / "archive.db", tmp_path / "site.db", identity="x", published_at="2026-11-26T12:00:00Z")
    with closing(sqlite3.connect(tmp_path / "site.db")) as site:
        assert site.execute("SELECT as_of FROM snapshot").fetchone() == (as_of,)


DAILY = {"cadence_hours": 24.0, "last_started": "2020-11-19T06:00:00Z", "last_asked": "2020-11-19T06:00:00Z"}


@pytest.mark.parametrize(
    ("source", "now", "said"),
    [
        (DAILY, datetime(2020, 11, 21, 6, tzinfo=UTC), "in time"),
        (DAILY, datetime(2020, 11, 21, 7, tzinfo=UTC), "late"),
        (DAILY | {"cadence_hours": 168.0}, datetime(2020, 11, 21, 7, tzinfo=UTC), "in time"),
        (DAILY | {"cadence_hours": None}, datetime(2020, 11, 21, 7, tzinfo=UTC), "late"),
        (DAILY | {"last_asked": None}, datetime(2020, 11, 19, 7, tzinfo=UTC), "replayed, never crawled"),
        (DAILY | {"last_asked": None, "last_started": None}, datetime(2020, 11, 19, 7, tzinfo=UTC), "never crawled"),
    ],
)
def test_a_source_goes_late_by_the_clock_of_the_reader(source: dict[str, Any], now: datetime, said: str) -> None:
    assert punctuality(source, now) == said


def test_health_says_what_was_so_when_published_and_what_is_so_now(get_old: Get) -> None:
    said = text(get_old("/health").text)
    assert "States are as of publishing, " in said
    assert "late no crawl since 24 Dec 2020, meant to be every 24 hours" in said
    assert "Files – replayed, never crawled 2 Nov 2020" in said
