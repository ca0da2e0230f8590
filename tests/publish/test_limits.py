"""What somebody's SQL cannot do: fill the memory of the server, or look beyond the snapshot."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from jobscraper.publish.limits import LARGEST_RESULT, LONGEST_VALUE
from jobscraper.publish.site.plugin.connection import ResultTooLarge, prepare_connection
from tests.publish.conftest import Get, real_server

MEGABYTE = 1_000_000
MOST_MEMORY = 600 * MEGABYTE
COLUMNS = 110


def peak(process: int) -> int:
    """The most memory that a process has held so far, in bytes."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


ASCII = "hex(zeroblob(499000))"
ESCAPED = f"replace({ASCII}, '0', char(1))"
WIDE = f"{ASCII} || char(128512)"
HUNGRY = {
    "blobs as first reported": "select zeroblob(4900000) from advert a, advert b limit 60",
    "blobs": "select zeroblob(999000) from advert a, advert b limit 400",
    "text": f"select {ASCII} from advert a, advert b limit 400",
    "text that JSON escapes": f"select {ESCAPED} from advert a, advert b limit 400",
    "text just below the limit": f"select {ESCAPED} from advert a limit 14",
    "text of four bytes a character": f"select {WIDE} from advert a, advert b limit 400",
    "one row of text": "select " + ", ".join(f"{ASCII} || char({128512 + n})" for n in range(COLUMNS)),
    "one row of blobs": "select " + ", ".join(f"zeroblob({999000 + n})" for n in range(COLUMNS)),
    "more columns": "select " + ", ".join(f"zeroblob({990000 + n})" for n in range(2000)),
    "small values": "with recursive n(i) as (select 1 union all select i + 1 from n) select i, i, i, i from n",
}


@pytest.mark.parametrize("sql", HUNGRY.values(), ids=HUNGRY)
def test_no_request_fills_the_memory(site: Path, sql: str) -> None:
    with real_server(site) as (process, port):
        answer = httpx.get(f"http://127.0.0.1:{port}/archive.json?{urlencode({'sql': sql})}", timeout=60)
        assert answer.status_code in (200, 400)
        assert peak(process.pid) < MOST_MEMORY


def test_a_result_that_is_too_large_is_refused_in_words(get: Get) -> None:
    answer = get(f"/archive.json?{urlencode({'sql': HUNGRY['blobs']})}")
    assert answer.status_code == 400
    assert answer.json()["error"] == "The result is larger than 15 MB; ask for fewer rows or columns"
    answer = get(f"/archive.json?{urlencode({'sql': HUNGRY['blobs as first reported']})}")
    assert answer.status_code == 400
    assert "too big" in answer.json()["error"]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A connection as Datasette gets it."""
    connection = sqlite3.connect(":memory:")
    prepare_connection(connection)
    yield connection
    connection.close()


ROWS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) SELECT {} FROM n"


@pytest.mark.parametrize("value", ["zeroblob(900000)", "hex(zeroblob(450000))"])
def test_each_query_may_be_large_but_none_too_large(connection: sqlite3.Connection, value: str) -> None:
    for _ in range(3):
        assert len(connection.execute(ROWS.format(15, value)).fetchall()) == 15
        with pytest.raises(ResultTooLarge):
            connection.execute(ROWS.format(18, value)).fetchall()
    row = connection.execute("SELECT 'ä' AS name, 7 AS n, NULL AS nought").fetchone()
    assert (row["name"], row["n"], row["nought"]) == ("ä", 7, None)


def test_one_row_can_be_too_large(connection: sqlite3.Connection) -> None:
    wide = ", ".join(["hex(zeroblob(450000))"] * 30)
    with pytest.raises(ResultTooLarge):
        connection.execute(f"SELECT {wide}").fetchone()
    assert connection.execute("SELECT hex(zeroblob(450000))").fetchone()


def test_the_limits_suit_each_other() -> None:
    assert LONGEST_VALUE * 10 <= LARGEST_RESULT


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM pragma_database_list",
        "SELECT count(*) FROM PRAGMA_Database_List()",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM pragma_database_list WHERE file LIKE '/%')",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = 1",
        "PRAGMA schema_version = 7",
        "PRAGMA query_only = 0",
        "PRAGMA temp_store_directory",
        "PRAGMA user_version = 3",
    ],
)
def test_denied(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
        connection.execute(sql).fetchall()


def test_no_extension_is_loaded(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.DatabaseError, match=r"not authorized to use function: load_extension"):
        connection.execute("SELECT load_extension('nothing')")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name FROM pragma_table_info('advert')",
        "SELECT name FROM pragma_index_list('advert')",
        "SELECT \"from\" FROM pragma_foreign_key_list('advert')",
        "SELECT name FROM sqlite_master",
        "SELECT a.*, b.* FROM advert a, advert b LIMIT 2",
    ],
)
def test_not_denied(get: Get, sql: str) -> None:
    answer = get(f"/archive.json?{urlencode({'sql': sql})}")
    assert answer.status_code == 200
    assert answer.json()["rows"]


@pytest.mark.parametrize(
    "path",
    [
        "/archive.json?sql=select+*+from+pragma_database_list",
        "/archive?sql=select+*+from+pragma_database_list",
        "/archive/advert?_where=(select+file+from+pragma_database_list)+is+not+null",
        "/archive/advert.json?_where=(select+file+from+pragma_database_list)+is+not+null",
    ],
)
def test_nobody_is_told_where_the_file_lies(get: Get, site: Path, path: str) -> None:
    answer: Any = get(path)
    assert answer.status_code == 400
    assert str(site.parent) not in answer.text
    assert "not authorized" in answer.text


def test_a_query_that_takes_too_long(get: Get) -> None:
    sql = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    for path in ("/archive", "/archive.json"):
        answer = get(f"{path}?{urlencode({'sql': sql})}")
        assert answer.status_code == 400
        assert "took too long" in answer.text
        assert "sql_time_limit_ms" not in answer.text, "Datasette's own words, with a script"
