"""The table of columns and what follows from it: whoever adds a column is told by these which file still lacks it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest

from jobscraper.archive.rows import advert_columns
from jobscraper.archive.store import open_archive
from jobscraper.model.columns import ADVERT, BY_NAME, UNESCAPED, facts
from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import normalise
from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.site.application import datasette_for
from jobscraper.read.labels import Labels
from jobscraper.scale.extract import parquet_type
from tests.publish.conftest import make_archive, text

OBSERVED = datetime(2026, 11, 23, 12, tzinfo=UTC)
READ = {column.name for column in ADVERT if column.origin == "read"}
TABLE, SCHEMA, HERE = "jobscraper/model/columns.py", "jobscraper/archive/schema.py", "tests/test_columns.py"
READERS = "jobscraper/normalise/terms/contract.py, or for what is no term jobscraper/archive/rows.py"

PLACED = {"location": "Cardiff, CF10 3NQ"}
BOTH_PAID = {"salary": "£30,000 - £32,000 per annum FTE, actual salary £15,000 - £16,000"}
ON_POINTS = {"grade": "NJC Grade 7, SCP 19-22"}
TERMS = {
    "contract": "Fixed term",
    "working_pattern": "Part time",
    "hours": "18.5 hours per week, 39 weeks per year, 0.5 FTE",
}
BY_ANOTHER = {"employer": "Hays", "title": "Planner - Leeds City Council"}
# Column → what a board prints, by field of `RawAdvert`, and the value that the column comes to have.
EXAMPLES: dict[str, tuple[dict[str, Any], Any]] = {
    "title": ({"title": "Planner"}, "Planner"),
    "employer_text": ({"employer": "Leeds City Council"}, "Leeds City Council"),
    "location_text": (PLACED, "Cardiff, CF10 3NQ"),
    "salary_text": ({"salary": "£30,000"}, "£30,000"),
    "salary_annual_min": (BOTH_PAID, 30000.0),
    "salary_annual_max": (BOTH_PAID, 32000.0),
    "closes_at": ({"closes": "1 December 2026 12:00"}, "2026-12-01T12:00:00Z"),
    "url": ({"url": "https://jobs.example.org/1"}, "https://jobs.example.org/1"),
    "employer_id": ({"employer": "Leeds City Council"}, "gss:E08000035"),
    "department": ({"department": "Roads"}, "Roads"),
    "category": ({"category": "Planning"}, "Planning"),
    "lad_code": (PLACED, "W06000015"),
    "lad_name": (PLACED, "Cardiff"),
    "region": (PLACED, "Wales"),
    "nation": (PLACED, "Wales"),
    "postcode": (PLACED, "CF10 3NQ"),
    "latitude": (PLACED, 51.4792),
    "longitude": (PLACED, -3.1834),
    "workplace": ({"workplace": "Hybrid"}, "hybrid"),
    "salary_min": (BOTH_PAID, 30000.0),
    "salary_max": (BOTH_PAID, 32000.0),
    "salary_currency": (BOTH_PAID, "GBP"),
    "salary_period": (BOTH_PAID, "year"),
    "salary_basis": (BOTH_PAID, "fte"),
    "salary_actual_min": (BOTH_PAID, 15000.0),
    "salary_actual_max": (BOTH_PAID, 16000.0),
    "salary_qualifier": ({"salary": "from £30,000 a year"}, "from"),
    "salary_extras": (
        {"salary": "£30,000 plus £500 market supplement"},
        '[{"kind": "supplement", "text": "plus £500 market supplement", "amount": 500.0}]',
    ),
    "salary_source": (BOTH_PAID, "text"),
    "grade_text": (ON_POINTS, "NJC Grade 7, SCP 19-22"),
    "pay_scale": (ON_POINTS, "NJC"),
    "pay_point_min": (ON_POINTS, "19"),
    "pay_point_max": (ON_POINTS, "22"),
    "contract_type": (TERMS, "fixed_term"),
    "working_pattern": (TERMS, "part_time"),
    "hours_per_week": (TERMS, 18.5),
    "posted_on": ({"posted": "23 November 2026"}, "2026-11-23"),
    "reference": ({"reference": "R 7"}, "R 7"),
    "apply_url": ({"apply_url": "https://jobs.example.org/apply"}, "https://jobs.example.org/apply"),
    "evidence": (
        {"working_pattern": "Part time"},
        '{"working_pattern":{"rule":"working_pattern:list","text":"Part time","start":0,"end":9}}',
    ),
    "fixed_term_months": ({"labels": {"Duration": "12 months"}}, 12.0),
    "weeks_per_year": (TERMS, 39.0),
    "fte": (TERMS, 0.5),
    "advertiser_text": (BY_ANOTHER, "Hays"),
    "engagement": (TERMS, "employee"),
}


def read(**printed: Any) -> dict[str, Any]:
    return advert_columns(normalise(RawAdvert(source_ref="1", **printed), observed=OBSERVED))


def test_a_new_archive_has_these_columns_in_this_order(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db:
        there = {row["name"]: row["type"] for row in db.execute("PRAGMA table_info(advert)")}
    said = {column.name: column.type for column in ADVERT if column.origin != "snapshot"}
    assert not (lost := [*said.keys() - there]), f"{SCHEMA}: no migration adds {lost}, of which {TABLE} tells"
    assert not (lost := [*there.keys() - said]), f"{TABLE}: it does not tell of {lost}, which {SCHEMA} makes"
    assert [*said.items()] == [*there.items()], f"{TABLE}: other order or types than {SCHEMA} makes"


def test_what_is_read_fills_the_columns_that_are_told_to_be_read() -> None:
    filled = read().keys()
    assert not (lost := [*READ - filled]), f"{READERS}: nothing reads {lost}, of which {TABLE} tells"
    assert not (lost := [*filled - READ]), f"{TABLE}: it does not tell of {lost}, which are read"


def test_every_column_that_is_read_has_an_example() -> None:
    assert not (lost := [*READ - EXAMPLES.keys()]), f"{HERE}: EXAMPLES has none of {lost}"


@pytest.mark.parametrize(("name", "printed", "value"), [(name, *example) for name, example in EXAMPLES.items()])
def test_what_is_printed_becomes_the_value(name: str, printed: dict[str, Any], value: object) -> None:
    problems = Labels.of({}).sort(printed.get("labels", {}).items(), "any board").problems
    assert not problems, f"{TABLE}: no column is printed as {[*printed['labels']]}"
    assert read(**printed).get(name) == value, f"{READERS}: {name} is read otherwise"


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, (_, value) in EXAMPLES.items()])
def test_the_value_fits_its_column_everywhere(name: str, value: object) -> None:
    table = pa.Table.from_pylist([{name: value}], pa.schema([(name, parquet_type(name))]))
    assert table.to_pylist() == [{name: value}]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE TABLE advert (value {BY_NAME[name].type}) STRICT")
        db.execute("INSERT INTO advert VALUES (?)", [value])
        assert db.execute("SELECT value FROM advert").fetchall() == [(value,)]


def test_fields_that_are_unescaped_are_fields_of_a_raw_advert() -> None:
    assert {field.name for field in attrs.fields(RawAdvert)} >= UNESCAPED


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Ask a site for a page, where every advert has the columns with a label."""
    folder = tmp_path_factory.mktemp("labelled")
    archive = make_archive(folder / "archive.db")
    values = {column.name: EXAMPLES[column.name][1] for column in facts()}
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute(f"UPDATE advert SET {', '.join(f'{name} = ?' for name in values)}", [*values.values()])
    publish(archive, folder / "site")
    datasette = datasette_for(folder / "site")
    return lambda path, **params: asyncio.run(datasette.client.get(path, params=params))


def test_an_adverts_page_shows_every_column_with_a_label(page: Callable[..., Any]) -> None:
    html = page("/archive/advert/localgov~3A0000").text
    said = text(html.split('<dl class="record">')[1].split("</dl>")[0])
    assert "Contract Fixed term" in said
    assert "Hours a week 18.5" in said
    assert [column.label for column in facts() if f"{column.label} " not in said] == []


def test_two_adverts_can_be_compared_in_one_row(page: Callable[..., Any]) -> None:
    answer = page("/archive.json", sql="SELECT a.*, b.* FROM advert a JOIN advert b ON b.id = a.id LIMIT 1").json()
    assert answer["ok"], answer
