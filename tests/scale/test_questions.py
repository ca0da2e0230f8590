"""The questions of the site in DuckDB, over exported Parquet files, have the answers that the site gives."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from jobscraper.archive.store import open_archive
from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.questions import questions
from jobscraper.publish.sql.functions import add_to
from jobscraper.publish.words import as_match
from tests.publish.test_questions import fill

DOCS = Path(__file__).parents[2] / "docs"
SQL = (DOCS / "questions.sql").read_text("utf-8")
SETUP, *_ASKED = re.split(r"^-- question: ", SQL, flags=re.MULTILINE)
ASKED = {text.split("\n", 1)[0]: text.split("\n", 1)[1] for text in _ASKED}

# So that each has something to answer.
FILLED_IN: dict[str, dict[str, str]] = {
    "pay_most": {"words": "planner"},
    "pay_by_region": {"words": "planner"},
    "resalaried": {"days": "9999"},
    "extended_often": {"times": "2"},
    "days_open": {"period": ""},
    "withdrawn_most": {"period": "", "least": "1"},
    "live_on": {"day": "2024-12-03"},
    "closing_soon": {"words": "nurse", "days": "9999"},
    "pay_printed": {"period": ""},
}
Answer = list[tuple[Any, ...]]


class Site:
    """A published site: its snapshot for SQLite, its exports for DuckDB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sqlite = sqlite3.connect(folder / "archive.db")
        self.sqlite.create_function("escape_fts", 1, as_match)
        add_to(self.sqlite)
        self.duckdb = duckdb.connect()
        self.duckdb.execute(SETUP.replace("FROM '", f"FROM '{folder}/exports/"))

    def answers(self, name: str, **given: str) -> tuple[Answer, Answer]:
        """What SQLite and DuckDB say, in an order that ties do not change; for the same reason, all of it."""
        filled = questions()[name].defaults | given
        named = {key: value for key, value in filled.items() if f"${key}" in ASKED[name]}
        found = (
            self.sqlite.execute(whole(questions()[name].sql), filled).fetchall(),
            self.duckdb.execute(whole(ASKED[name]), named).fetchall(),
        )
        return tuple(sorted((tuple(map(plain, row)) for row in rows), key=repr) for rows in found)  # type: ignore[return-value]


def whole(sql: str) -> str:
    """A question without the limit at its end, which cuts between rows of the same rank anywhere."""
    return re.sub(r"LIMIT \d+;?\s*$", "", sql)


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, int | float) else value


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two years of a few adverts, with all that can happen to them."""
    folder = tmp_path_factory.mktemp("history")
    with closing(open_archive(folder / "archive.db")) as db:
        db.execute("BEGIN")
        fill(db)
        db.execute("COMMIT")
    publish(folder / "archive.db", folder / "site")
    site = Site(folder / "site")
    yield site
    site.sqlite.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The snapshot that `jobscraper demo` serves."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "jobscraper", "demo", "--no-serve"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    site = Site(folder / "site")
    yield site
    site.sqlite.close()


def test_every_question_is_asked() -> None:
    assert list(ASKED) == list(questions())


@pytest.mark.parametrize("name", ASKED)
def test_a_history_gives_the_same_answers(name: str, history: Site) -> None:
    of_sqlite, of_duckdb = history.answers(name, **FILLED_IN.get(name, {}))
    assert of_duckdb == of_sqlite
    assert of_sqlite


@pytest.mark.slow
@pytest.mark.parametrize("name", ASKED)
def test_the_demo_gives_the_same_answers(name: str, demo: Site) -> None:
    # A word that the stemmer of the site leaves as it is.
    given = {"words": "manager"} if "words" in questions()[name].defaults else {}
    of_sqlite, of_duckdb = demo.answers(name, **given)
    assert of_duckdb == of_sqlite


def test_adverts_are_parted_by_year_and_source(history: Site, tmp_path: Path) -> None:
    guide = (DOCS / "scale.md").read_text("utf-8")
    (copy,) = re.findall(r"```sql\n(COPY .*?)```", guide, re.DOTALL)
    exports = history.folder / "exports"
    history.duckdb.execute(copy.replace("FROM '", f"FROM '{exports}/").replace("TO '", f"TO '{tmp_path}/"))
    folders = sorted(folder.relative_to(tmp_path / "adverts").as_posix() for folder in tmp_path.glob("adverts/*/*"))
    assert folders == ["year=2024/source_id=s", "year=2026/source_id=s"]
    parted = f"read_parquet('{tmp_path}/adverts/*/*/*.parquet', hive_partitioning = true)"
    counted = history.duckdb.execute(f"SELECT year, count(*) FROM {parted} GROUP BY year ORDER BY year").fetchall()
    assert [(int(year), count) for year, count in counted] == [(2024, 1), (2026, 5)]
