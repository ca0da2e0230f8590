"""The files beside a snapshot: the same rows as in it, each column described, and the sums right."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jobscraper.model.errors import JobscraperError
from jobscraper.publish.build.exports import export_query
from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.dictionary import tables
from jobscraper.publish.formulas import harmless

TABLES = sorted(name for name in tables() if name not in ("live_on_day", "listing", "code", "picture"))


def rows(site: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(site / "archive.db")) as db:
        return sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)


def files(site: Path, table: str, ending: str) -> list[Path]:
    package = json.loads((site / "exports" / "datapackage.json").read_text("utf-8"))
    return [
        site / "exports" / it["path"]
        for it in package["resources"]
        if it["path"].endswith(ending) and it["title"] == tables()[table].title
    ]


@pytest.mark.parametrize("table", [name for name in TABLES if name != "advert_with_text"])
class TestTheSameRows:
    def test_parquet(self, table: str, site: Path) -> None:
        found = [
            tuple(row.values()) for path in files(site, table, ".parquet") for row in pq.read_table(path).to_pylist()
        ]
        assert sorted(found, key=repr) == rows(site, table)

    def test_jsonl(self, table: str, site: Path) -> None:
        (path,) = files(site, table, ".jsonl.gz")
        found = [tuple(json.loads(line).values()) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
        assert sorted(found, key=repr) == rows(site, table)

    def test_csv(self, table: str, site: Path) -> None:
        (path,) = files(site, table, ".csv.gz")
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            _, *found = csv.reader(lines)
        as_text = [["" if value is None else str(harmless(value)) for value in row] for row in rows(site, table)]
        assert sorted(found, key=repr) == sorted(as_text, key=repr)


def test_every_column_of_the_package_is_described(site: Path) -> None:
    package = json.loads((site / "exports" / "datapackage.json").read_text("utf-8"))
    described = [field["description"] for it in package["resources"] for field in it["schema"]["fields"]]
    assert described
    assert all(described)


def test_a_licence_is_declared_for_the_source_that_states_it_and_for_nothing_else(site: Path) -> None:
    package = json.loads((site / "exports" / "datapackage.json").read_text("utf-8"))
    assert {source["name"]: source.get("licenses") for source in package["sources"]} == {
        "localgov": None,
        "teaching_vacancies": [{"title": "OGL-3.0"}],
    }
    assert not any("licenses" in described for described in (package, *package["resources"]))


def test_the_sums_are_those_of_the_files(site: Path) -> None:
    lines = (site / "exports" / "SHA256SUMS").read_text("utf-8").splitlines()
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((site / "exports" / name).read_bytes()).hexdigest() == digest
    assert len(lines) + 1 == len(list((site / "exports").iterdir()))


def test_a_second_time_takes_the_place_of_the_first_and_leaves_nothing_else(archive: Path, tmp_path: Path) -> None:
    for _ in range(2):
        publish(archive, tmp_path / "site")
    assert sorted(path.name for path in (tmp_path / "site").iterdir() if "exports" in path.name) == ["exports"]


def test_a_folder_of_somebody_elses_is_not_replaced(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "site" / "exports").mkdir(parents=True)
    (tmp_path / "site" / "exports" / "thesis.txt").write_text("mine")
    with pytest.raises(JobscraperError, match="exports: there is something here that no export made"):
        publish(archive, tmp_path / "site")
    assert [path.name for path in (tmp_path / "site").rglob("*")] == ["exports", "thesis.txt"]


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("SELECT 1 AS a, 1.5 AS b, 'x' AS c, NULL AS d", ["int64", "double", "string", "string"]),
        ("SELECT 1 AS a UNION ALL SELECT 2.5", ["double"]),
        ("SELECT 1 AS a UNION ALL SELECT 'x';", ["string"]),
        ("SELECT 1 AS a WHERE 0", ["string"]),
    ],
    ids=["one of each", "numbers", "mixed", "no row"],
)
def test_the_columns_of_a_query_have_the_widest_type_of_their_values(
    query: str, types: list[str], site: Path, tmp_path: Path
) -> None:
    export_query(site / "archive.db", query, tmp_path / "out.parquet")
    assert [str(kind) for kind in pq.read_schema(tmp_path / "out.parquet").types] == types


@pytest.mark.parametrize(
    ("query", "name", "told"),
    [
        ("SELECT 1", "out.xlsx", "out.xlsx: no such kind of file is written; name one that ends in .parquet"),
        ("SELECT sallary FROM advert", "out.csv", "the query cannot be answered: no such column: sallary"),
        ("DELETE FROM advert", "out.csv", "the query cannot be answered"),
        ("SELECT 1; SELECT 2", "out.csv", "the query cannot be answered"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_no_file(
    query: str, name: str, told: str, site: Path, tmp_path: Path
) -> None:
    with pytest.raises(JobscraperError, match=told):
        export_query(site / "archive.db", query, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
