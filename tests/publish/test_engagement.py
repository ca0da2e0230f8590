"""Only employees' pay is compared: what is told of others' leaves every statistic as it was, and is counted beside it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from jobscraper.archive.store import open_archive
from jobscraper.publish.build.build import build
from jobscraper.publish.questions import questions
from jobscraper.publish.site.application import datasette_for
from jobscraper.publish.sql.functions import add_to
from jobscraper.publish.words import as_match
from tests.publish.conftest import insert

OTHERS = ("agency", "contractor", "retained", "apprentice", "volunteer")
SUMMARIES = ("pay_summary", "employer_summary", "place_summary", "grade_summary")


def _site(folder: Path, others: tuple[str, ...]) -> sqlite3.Connection:
    """A snapshot of three posts of employees, advertised twice each, and one for each of `others` that pays far more."""
    folder.mkdir()
    with closing(open_archive(folder / "archive.db")) as db:
        db.execute("BEGIN")
        insert(db, "source", id="s", title="S", publisher="S", homepage="https://s.example/", confirmed=1,
               lists_everything=1)  # fmt: skip
        insert(db, "run", id="s", source_id="s", verdict="complete", started="2026-11-20T06:00:00Z", code_version="1")
        insert(db, "capture", id="s", run_id="s", url="https://s.example/", method="GET", status=200, digest="d",
               fetched_at="2026-11-20T06:00:00Z", warc_file="w", offset=0, length=1)  # fmt: skip
        insert(db, "employer", id="leeds", name="Leeds City Council", kind="council")
        told = [("employee", 30000.0), (None, 34000.0), ("employee", 38000.0), *((other, 90000.0) for other in others)]
        for number, (engagement, pay) in enumerate(told):
            for day in ("2026-02-01", "2026-11-20"):
                seen = f"{day}T06:00:00Z"
                insert(db, "advert", id=f"s:{number}-{day}", source_id="s", source_ref=f"{number}-{day}",
                       title=f"Planner {number % 3}", employer_text="Leeds", employer_id="leeds", region="London",
                       lad_code="E09000001", pay_scale="NJC", pay_point_min="18", salary_currency="GBP",
                       salary_annual_min=pay, engagement=engagement, status="live", first_seen=seen, last_seen=seen,
                       capture_id="s", evidence="{}", normaliser_version="1")  # fmt: skip
        db.execute("COMMIT")
    (folder / "site").mkdir()
    snapshot = folder / "site" / "archive.db"
    build(folder / "archive.db", snapshot, identity="x", published_at="2026-11-26T12:00:00Z")
    site = sqlite3.connect(snapshot)
    site.create_function("escape_fts", 1, as_match, deterministic=True)
    add_to(site)
    return site


def _page(path: str, site: sqlite3.Connection) -> str:
    (file,) = [Path(file) for _, name, file in site.execute("PRAGMA database_list") if name == "main"]
    return str(asyncio.run(datasette_for(file.parent).client.get(path)).text)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return _site(tmp_path_factory.mktemp("alone") / "a", ())


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return _site(tmp_path_factory.mktemp("together") / "a", OTHERS)


@pytest.mark.parametrize("table", SUMMARIES)
def test_quartiles_are_those_of_employees(table: str, alone: sqlite3.Connection, together: sqlite3.Connection) -> None:
    query = f"SELECT n, lower_quartile, median, upper_quartile FROM {table} WHERE n > 0 ORDER BY rowid"
    assert together.execute(query).fetchall() == alone.execute(query).fetchall() != []


@pytest.mark.parametrize("table", SUMMARIES)
def test_the_others_are_counted_beside_it(table: str, together: sqlite3.Connection) -> None:
    found = together.execute(f"SELECT adverts, n, other_engagement FROM {table} WHERE period = 'all'").fetchall()
    assert set(found) == {(16, 6, 10)}


def test_posts_of_others_are_no_post(alone: sqlite3.Connection, together: sqlite3.Connection) -> None:
    query = "SELECT * FROM post ORDER BY title"
    assert together.execute(query).fetchall() == alone.execute(query).fetchall() != []


@pytest.mark.parametrize(
    "path", ["/pay?period=all", "/pay?period=all&q=planner", "/archive/employer/leeds", "/place/E09000001"]
)
def test_pages_say_how_many_are_not_compared(path: str, together: sqlite3.Connection) -> None:
    assert "10 of the adverts are not for employees" in _page(path, together)


@pytest.mark.parametrize("name", ["pay_most", "pay_by_region"])
def test_questions_compare_employees(name: str, alone: sqlite3.Connection, together: sqlite3.Connection) -> None:
    query, given = questions()[name].sql, {"words": "planner", "region": ""}
    assert together.execute(query, given).fetchall() == alone.execute(query, given).fetchall() != []


def test_the_query_to_begin_with_compares_employees(alone: sqlite3.Connection, together: sqlite3.Connection) -> None:
    page = _page("/archive", together)
    query = unescape(page.partition('name="sql" rows="7">')[2].partition("</textarea>")[0])
    assert together.execute(query).fetchall() == alone.execute(query).fetchall() == [("Leeds", 6, 30000.0, None)]


def test_a_search_still_finds_them_by_pay_and_by_engagement(together: sqlite3.Connection) -> None:
    query = """SELECT count(*) FROM listing JOIN code ON code.field = 'engagement' AND code.code = listing.engagement
        WHERE code.value = 'agency' AND lowest_pay = 90000 AND starting_pay IS NULL"""
    assert together.execute(query).fetchone() == (2,)
