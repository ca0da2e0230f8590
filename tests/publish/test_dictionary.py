"""The data dictionary says what is there: no column without a meaning, no meaning without a column."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jobscraper.publish.dictionary import Table, archive_tables, as_markdown, tables
from jobscraper.publish.site.configuration import metadata

NOT_PUBLISHED = {"advert_part", "tombstone", "_sqlite_migrations"}


def columns(database: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def test_every_table_of_the_archive_is_published_or_kept_on_purpose(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert there - NOT_PUBLISHED == set(archive_tables())


@pytest.mark.parametrize("table", tables().values(), ids=tables())
def test_every_published_column_is_described(site: Path, table: Table) -> None:
    there = columns(site / "archive.db", table.name)
    assert there == list(table.columns)


@pytest.mark.parametrize("table", tables().values(), ids=tables())
def test_columns_named_in_the_configuration_exist(table: Table) -> None:
    used = {table.label, table.sort, table.sort_desc, *table.facets, *table.units} - {None}
    assert used <= set(table.columns)
    assert not (table.sort and table.sort_desc)


def test_the_site_shows_the_same_words() -> None:
    shown = metadata()["databases"]["archive"]["tables"]
    assert list(shown) == list(tables())
    assert (
        shown["advert"]["columns"]["hours_per_week"]
        == "Hours a week as printed. NULL where a range is printed (hours)."
    )
    assert shown["advert"]["sort_desc"] == "last_seen"
    assert not [text for table in shown.values() for text in table["columns"].values() if "`" in text]


def test_the_page_in_docs_is_in_step() -> None:
    page = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    again = "python -m jobscraper.publish.dictionary > docs/data-dictionary.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), f"make it again: {again}"
