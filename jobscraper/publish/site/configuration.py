"""The Datasette site as configuration: titles, meanings of columns, order, facets and limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jobscraper.publish.dictionary import Table, tables
from jobscraper.publish.questions import Question, questions

HERE = Path(__file__).parent
STATIC = HERE / "static"
DATABASE = "archive"
EXPORTS_MOUNT = "exports"
"""Where the files of the download page lie, in the site's folder and in its addresses."""


def metadata() -> dict[str, Any]:
    """Datasette's metadata, made from the data dictionary."""
    entries = {table.name: _table(table) for table in tables().values()}
    return {
        "title": "UK public-sector job adverts",
        "description": (
            "Adverts as job boards print them, with their history, and with pay, employers and places turned into values that "
            "can be compared. Every value can be traced back to the words it was read from."
        ),
        "databases": {
            DATABASE: {
                "title": "Archive of adverts",
                "tables": entries,
                "queries": {question.name: _query(question) for question in questions().values()},
            }
        },
    }


def _query(question: Question) -> dict[str, Any]:
    return {
        "title": question.title,
        "description": question.description,
        "sql": question.sql,
        "params": list(question.defaults),
    }


def _table(table: Table) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "title": table.title,
        "description": _plain(table.description),
        "columns": {column: _plain(table.column_in_words(column)) for column in table.columns},
        "facets": list(table.facets),
    }
    optional = {"label_column": table.label, "sort": table.sort, "sort_desc": table.sort_desc}
    entry |= {key: value for key, value in optional.items() if value}
    if table.name == "advert":
        # Datasette looks for an index over the table itself; ours is over the view that adds the description.
        entry["fts_table"] = "advert_fts"
    return entry


def _plain(markdown: str) -> str:
    return markdown.replace("`", "")
