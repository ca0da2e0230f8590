"""What visitors' SQL can do: read the tables, and nothing else. Whatever is asked, the site goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from jobscraper.publish.site.plugin.connection import prepare_connection
from jobscraper.publish.sql import allowed
from tests.publish.conftest import Get

N = "with recursive n(i) as (select 1 union all select i + 1 from n limit {}) "
ANSWERED = {
    "a count": "select count(*) from advert",
    "a constant": "select 1",
    "a join": "select a.title, e.name from advert a join employer e on e.id = a.employer_id",
    "groups": "select status, count(*), avg(salary_annual_min) from advert group by status having count(*) > 1",
    "a view": "select title, description from advert_with_text limit 3",
    "a count of a view": "select count(*) from advert_with_text",
    "WITH": "with live as (select * from advert where status = 'live') select title from live",
    "a count of WITH": "with live as (select * from advert) select count(*) from live",
    "WITH in capitals": "WITH Live AS (SELECT * FROM Advert) SELECT COUNT(*) FROM LIVE",
    "WITH that nobody uses": "with unused as (select fts3_tokenizer('simple')) select 1",
    "recursion": N.format(100) + "select sum(i) from n",
    "materialized": "with t as materialized (select id from advert) select count(*) from t",
    "a subquery": "select (select max(closes_at) from advert), exists (select 1 from advert)",
    "a window": "select title, rank() over (partition by status order by salary_annual_min desc) from advert",
    "a running total": "select first_seen, sum(1) over (order by first_seen rows between 6 preceding and current row) from advert",
    "JSON": "select json_extract(evidence, '$.salary_min.rule'), evidence ->> '$.salary_min.text' from advert",
    "JSON in rows": "select advert.id, e.key from advert, json_each(evidence) e",
    "JSON_EACH in capitals": "select count(*) from JSON_EACH('[1, 2]')",
    "a tree of JSON": "select fullkey, atom from json_tree('{\"a\": [1, 2]}')",
    "JSON made": "select json_group_array(json_object('title', title, 'pay', salary_annual_min)) from advert",
    "words": "select rowid, rank from advert_fts where advert_fts match 'engineer OR planning' order by rank",
    "words near": "select count(*) from advert_fts where advert_fts match 'NEAR(planning officer, 5)'",
    "a snippet": "select snippet(advert_fts, 0, '[', ']', '…', 8), bm25(advert_fts) from advert_fts where advert_fts match 'teach*'",
    "words as a call": "select count(*) from advert_fts('planning')",
    "dates": "select date('2026-11-01', '+1 month'), strftime('%Y-%W', first_seen), julianday(closes_at) from advert",
    "mathematics": "select round(sqrt(16.0), 1), pow(2, 10), ln(2.7), floor(-1.5), ceil(1.2), 7 % 3",
    "text": "select upper(title), substr(title, 1, 5), trim(title), instr(title, 'Plan'), length(title) from advert",
    "replaced": "select replace(salary_text, '£', '') from advert",
    "printf": "select printf('%,d and %.2f', 1234567, 3.14159), format('%05d', 42)",
    "like and glob": "select title from advert where title like '%officer%' or title glob 'Head*'",
    "a median": "select median(salary_annual_min) from advert",
    "quantiles": "select status, quantile(salary_annual_min, 0.25), quantile(salary_annual_min, 0.75) from advert group by 1",
    "a median so far": "select median(salary_annual_min) over (order by first_seen) from advert",
    "a median of the last": "select median(salary_annual_min) over (order by first_seen rows 2 preceding) from advert",
    "columns of a table": "select name, type from pragma_table_info('advert')",
    "indexes of a table": "select name from pragma_index_list('advert')",
    "the schema": "select type, name from sqlite_master",
    "the schema by its other name": "select count(*) from sqlite_schema",
    "explained": "explain select * from advert",
    "a plan": "explain query plan select * from advert where id = 'x'",
    "union": "select title from advert union select name from employer",
    "a cast": "select cast('7' as integer) + 1, typeof(1.5), 'a' || 'b', x'41', null is null",
    "numbers beyond": "select 9e999, -9e999, 1 / 0",
    "a comment": "-- titles\nselect /* all */ title from advert",
    "a lone surrogate": "select char(55296)",
    "a sample": "select title from advert order by random() limit 3",
    "many values": "select 1 where 1 in (" + ",".join(map(str, range(9000))) + ")",
    "the tokens of the search index": "select count(*) from advert_fts_config",
    "values": "select * from (values (1, 'a'), (2, 'b'))",
    "a left join on nothing": "select count(*) from advert left join employer on 0",
}  # fmt: skip
REFUSED = {
    "a pointer": "select fts3_tokenizer('simple')",
    "a pointer given": "select fts3_tokenizer('simple', x'4141414141414141')",
    "a pointer in capitals": "select FTS3_Tokenizer('simple')",
    "a pointer, quoted": "select \"fts3_tokenizer\"('simple')",
    "a pointer in a condition": "select 1 from advert where fts3_tokenizer('simple') is not null",
    "a pointer in an order": "select 1 from advert order by fts3_tokenizer('simple')",
    "a pointer in a limit": "select 1 limit length(fts3_tokenizer('simple'))",
    "a pointer in WITH": "with t as (select fts3_tokenizer('simple') x) select x from t",
    "a pointer in a window": "select first_value(fts3_tokenizer('simple')) over () from advert",
    "a pointer in a filter": "select count(*) filter (where fts3_tokenizer('simple')) from advert",
    "tokens": "select token from fts3tokenize where input = 'a'",
    "tokens counted": "select count(*) from FTS3Tokenize",
    "tokens called": "select count(*) from fts3tokenize('simple', 'a')",
    "tokens in capitals": 'select 1 from "FTS3TOKENIZE"',
    "tokens of main": "select 1 from main.fts3tokenize",
    "tokens of temp": "select 1 from temp.fts3tokenize",
    "tokens in a subquery": "select (select count(*) from fts3tokenize)",
    "tokens explained": "explain select * from fts3tokenize",
    "what others asked": "select sql from sqlite_stmt",
    "how often others asked": "select count(*) from SQLITE_STMT",
    "pages of the file": "select * from dbstat",
    "pages counted": "select count(*) from dbstat",
    "raw pages": "select data from sqlite_dbpage",
    "the folder": "select file from pragma_database_list",
    "the folder in capitals": "select count(*) from PRAGMA_Database_List()",
    "how SQLite was made": "select * from pragma_compile_options",
    "its modules": "select * from pragma_module_list",
    "its functions": "select name from pragma_function_list",
    "a limit of memory": "select * from pragma_hard_heap_limit(50000000)",
    "a heap of its own": "select * from pragma_soft_heap_limit(1)",
    "a cache of its own": "select * from pragma_cache_size",
    "temporary files": "select * from pragma_temp_store_directory",
    "the encoding": "pragma encoding",
    "the folder by a pragma": "pragma database_list",
    "a cache by a pragma": "pragma cache_size = -2000000",
    "an options of the build": "select sqlite_compileoption_get(1)",
    "the log": "select sqlite_log(1, 'x')",
    "code": "select load_extension('/lib/x.so')",
    "a file read": "select readfile('/etc/hostname')",
    "a file written": "select writefile('/tmp/x', 'x')",
    "a directory": "select * from fsdir('/')",
    "an archive of files": "select * from zipfile('/etc/hostname')",
    "bytecode": "select * from bytecode('select 1')",
    "an r-tree": "select rtreecheck('advert')",
    "nodes of an r-tree": "select rtreenode(2, x'0000')",
    "a vocabulary": "select * from fts5vocab",
    "an older index": "select * from fts4aux",
    "the source of FTS5": "select fts5_source_id()",
    "FTS5 itself": "select fts5(x'00')",
    "offsets": "select offsets(advert_fts) from advert_fts",
    "matchinfo": "select matchinfo(advert_fts) from advert_fts",
    "blocks of the index": "select block from advert_fts_data",
    "blocks counted": "select count(*) from ADVERT_FTS_DATA",
    "random bytes": "select hex(randomblob(16))",
    "rows changed": "select total_changes()",
    "temporary tables": "select * from sqlite_temp_master",
    "temporary tables counted": "select count(*) from sqlite_temp_schema",
    "attach": "attach ':memory:' as other",
    "attach after": "select 1; attach ':memory:' as other",
    "vacuum into": "vacuum into '/tmp/copy.db'",
    "vacuum after WITH": "with x as (select 1) vacuum into '/tmp/copy.db'",
    "a temporary table": "create temp table x as select 1",
    "a virtual table": "create virtual table temp.t using csv(filename = '/etc/hostname')",
    "an insert": "insert into advert (id) values (1)",
    "an insert after WITH": "with x as (select 1) insert into advert (id) values (1)",
    "a delete after WITH": "with x as (select 1) delete from advert",
    "a replace after WITH": "with x as (select 1) replace into advert (id) values (1)",
    "an update that returns": "with x as (select 1) update advert set title = 'x' returning id",
    "an order to the index": "with x as (select 1) insert into advert_fts (advert_fts) values ('rebuild')",
    "a transaction": "begin immediate",
    "analyze": "analyze",
    "reindex": "reindex",
    "two statements": "select 1; select 2",
    "no statement": ";",
    "a table that is not there": "select * from nowhere",
    "a function that is not there": "select regexp('a', 'b'), 'a' regexp '(a+)+$'",
    "a deep expression": "select " + "(" * 2000 + "1" + ")" * 2000,
    "a long sum": "select " + "1+" * 5000 + "1",
    "many unions": " union all ".join(["select 1"] * 600),
    "deep subqueries": "select " + "(select " * 500 + "1" + ")" * 500,
    "many columns": "select " + ", ".join("1" for _ in range(2000)),
    "many arguments": "select json_array(" + ", ".join("1" for _ in range(100)) + ")",
    "too many tables": "select 1 from " + ", ".join(f"advert a{n}" for n in range(65)),
    "a long statement": "select 1" + "-1" * 20_000,
    "a long value": "select hex(zeroblob(900000))",
    "a value of a gigabyte": "select hex(zeroblob(1000000000))",
    "a long replacement": f"select replace(hex(zeroblob(400000)), '0', '{'x' * 50}')",
    "deep JSON": "select json('" + "[" * 3000 + "')",
    "a syntax of search": "select * from advert_fts where advert_fts match '\"'",
    "deep search": "select * from advert_fts where advert_fts match '" + "(" * 3000 + "a" + ")" * 3000 + "'",
    "a long pattern": "select title like '" + "%a" * 5000 + "' from advert",
    "a share beyond": "select quantile(salary_annual_min, 75) from advert",
    "an overflow": "select abs(-9223372036854775808)",
    "a table of the pages": "select * from carray(1, 2)",
    "a series": "select * from generate_series(1, 1000000000)",
    "code of the build": "select sqlite_source_id()",
}  # fmt: skip


@pytest.mark.parametrize("sql", ANSWERED.values(), ids=ANSWERED)
def test_an_ordinary_question_is_answered(get: Get, sql: str) -> None:
    answer = get(f"/archive.json?{urlencode({'sql': sql})}")
    assert answer.status_code == 200, answer.json()["error"]
    assert answer.json()["columns"]


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused_in_words(get: Get, capfd: pytest.CaptureFixture[str], sql: str) -> None:
    answer = get(f"/archive.json?{urlencode({'sql': sql})}")
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not answer.json().get("rows")
    said = "".join(capfd.readouterr())
    assert said == "", "the log is no place for what visitors write"


# What takes the place of a column, a condition, an order, in what Datasette makes of an address.
WAYS = (
    "/archive/advert.json?_where={}",
    "/archive/advert?_where={}",
    "/archive/advert.csv?_where={}",
    "/archive/advert.csv?_stream=on&_where={}",
    "/archive/advert.json?_where={}&_facet=status",
    "/archive.csv?sql=select+{}",
    "/archive?sql=select+{}",
    "/archive.blob?sql=select+{}&_blob_column=x",
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", ["fts3_tokenizer('simple')", "(select count(*) from sqlite_stmt)"])
def test_no_way_in_leads_around_the_list(get: Get, way: str, what: str) -> None:
    answer = get(way.format(what))
    assert answer.status_code == 400
    assert "not authorized" in answer.text or "constructor failed" in answer.text


@pytest.fixture
def connection(site: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the snapshot as the site has them."""
    with closing(sqlite3.connect(f"file:{site / 'archive.db'}?immutable=1", uri=True)) as connection:
        prepare_connection(connection)
        yield connection


def names(pragma: str) -> set[str]:
    """What the SQLite at hand has of one kind, in small letters."""
    with closing(sqlite3.connect(":memory:")) as free:
        return {name.lower() for (name,) in free.execute(f"SELECT name FROM pragma_{pragma}")}


def test_every_function_of_this_sqlite_has_been_judged() -> None:
    judged = allowed.FUNCTIONS | allowed.DENIED_FUNCTIONS
    assert not names("function_list") - judged, "put each into FUNCTIONS or DENIED_FUNCTIONS"
    assert not allowed.FUNCTIONS & allowed.DENIED_FUNCTIONS


def test_every_virtual_table_of_this_sqlite_has_been_judged() -> None:
    judged = allowed.VIRTUAL_TABLES | allowed.DENIED_VIRTUAL_TABLES
    found = {name for name in names("module_list") if not name.startswith("pragma_")}
    assert not found - judged, "put each into VIRTUAL_TABLES or DENIED_VIRTUAL_TABLES"
    assert not allowed.VIRTUAL_TABLES & allowed.DENIED_VIRTUAL_TABLES


def test_every_pragma_of_this_sqlite_has_been_judged() -> None:
    may = allowed.PRAGMAS | allowed.PRAGMAS_OF_A_NAME
    assert not names("pragma_list") - (may | allowed.DENIED_PRAGMAS), "put each into PRAGMAS… or DENIED_PRAGMAS"
    assert not may & allowed.DENIED_PRAGMAS


def runs(connection: sqlite3.Connection, sql: str) -> bool:
    """Whether SQLite runs it at all; how it fails otherwise is of no interest."""
    try:
        connection.execute(sql).fetchall()
    except sqlite3.Error:
        return False
    return True


def test_only_what_is_listed_can_be_used(connection: sqlite3.Connection) -> None:
    pragmas = names("pragma_list")
    assert {name for name in pragmas if runs(connection, f"SELECT * FROM pragma_{name}")} <= allowed.PRAGMAS_OF_A_NAME
    assert {name for name in pragmas if runs(connection, f"SELECT count(*) FROM PRAGMA_{name.upper()}")} <= (
        allowed.PRAGMAS_OF_A_NAME
    )
    assert {name for name in pragmas if runs(connection, f"PRAGMA {name}")} <= (
        allowed.PRAGMAS | allowed.PRAGMAS_OF_A_NAME
    )
    # One with an argument sets something; those of a name look a table up.
    assert {name for name in pragmas if runs(connection, f"PRAGMA {name} = 1")} <= allowed.PRAGMAS_OF_A_NAME
    modules = {name for name in names("module_list") if not name.startswith("pragma_")}
    assert {name for name in modules if runs(connection, f"SELECT * FROM {name}")} <= allowed.VIRTUAL_TABLES
    assert {name for name in modules if runs(connection, f"SELECT count(*) FROM {name.upper()}")} <= (
        allowed.VIRTUAL_TABLES
    )


def denied(connection: sqlite3.Connection, function: str) -> bool:
    """Whether the authoriser refuses a function, called with as many arguments as it takes."""
    for arguments in ("", "1", "1, 1", "1, 1, 1"):
        try:
            connection.execute(f"EXPLAIN SELECT {function}({arguments})")
        except sqlite3.Error as error:
            if "not authorized" in str(error):
                return True
    return False


def test_only_functions_that_are_listed_can_be_called(connection: sqlite3.Connection) -> None:
    callable_names = {name for name in names("function_list") if name.isidentifier() and not name.startswith("current")}
    refused = {name for name in callable_names if denied(connection, name)}
    assert refused == callable_names & allowed.DENIED_FUNCTIONS


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("replace('a-b-c', '-', '')", "abc"),
        ("replace('abc', '', 'x')", "abc"),
        ("replace(1234.5, '.', ',')", "1234,5"),
        ("replace(0.1 + 0.2, 'x', '')", "0.3"),
        ("replace(100.0, '.0', '')", "100"),
        ("replace(NULL, 'a', 'b')", None),
        ("replace('£30,531', ',', '')", "£30531"),
        ("instr('£30,531', '3')", 2),
        ("instr('abc', 'x')", 0),
        ("instr(x'00ff', x'ff')", 2),
        ("instr(NULL, 'x')", None),
        ("printf('%d of %s', 3, 'many')", "3 of many"),
        ("printf('%,d', 1234567)", "1,234,567"),
        ("printf('%.2f', 3.14159)", "3.14"),
        ("printf('%,.2f', -1234.5)", "-1,234.50"),
        ("printf('%05d', 42)", "00042"),
        ("printf('%-5s|', 'ab')", "ab   |"),
        ("printf('%5s|', 'ab')", "   ab|"),
        ("printf('%+d', 7)", "+7"),
        ("printf('%x', 255)", "ff"),
        ("printf('%.3s', 'abcdef')", "abc"),
        ("printf('%*d', 5, 42)", "   42"),
        ("printf('100 %%')", "100 %"),
        ("printf('%Q', 'it''s')", "'it''s'"),
        ("printf('%Q', NULL)", "NULL"),
        ("printf('%d', '12 apples')", "12"),
        ("printf('%s', NULL)", ""),
        ("printf('%e', 12345.678)", "1.234568e+04"),
        ("printf('%g', 0.0001)", "0.0001"),
        ("printf('%c', 'xyz')", "x"),
        ("printf('%.*c', 5, '█')", "█████"),  # A bar of a chart.
        ("printf('%.3c|%5c', 'x', 'y')", "xxx|    y"),
        ("printf('%d', '9007199254740993')", "9007199254740993"),
        ("printf('%d', ' -3.5e2x')", "-3"),
        ("printf('%d', 1e20)", "9223372036854775807"),
        ("printf('%.2d:%+.3d', 7, 8)", "07:+008"),
        ("printf('%u', -1)", "18446744073709551615"),
        ("printf('%.2Q', 'it''s')", "'it'"),
        ("printf('%q %w', NULL, NULL)", "(NULL) (NULL)"),
        ("printf(NULL)", None),
        ("format('%s', 1.0)", "1.0"),
        ("length(printf('%.*c', 2000000000, 'x')) <= 1000", 1),
        ("length(printf('%2000000000d', 1))", 1000),
        ("length(printf('%.999999999f', 1e300)) < 2000", 1),
    ],
)
def test_functions_of_ours_answer_as_those_of_sqlite(connection: sqlite3.Connection, sql: str, answer: object) -> None:
    assert connection.execute(f"SELECT {sql}").fetchone()[0] == answer
    # Of a newer SQLite, or what ours is there to refuse.
    if not any(it in sql for it in ("%,.2f", "000000000", "999999999")):
        with closing(sqlite3.connect(":memory:")) as free:
            assert free.execute(f"SELECT {sql}").fetchone()[0] == answer, "SQLite itself says something else"


@pytest.mark.parametrize(
    ("numbers", "median", "upper"),
    [
        ("(1), (3), (2)", 2.0, 2.5),
        ("(1), (2), (3), (4)", 2.5, 3.25),
        ("(5)", 5.0, 5.0),
        ("(NULL), ('x'), (7)", 7.0, 7.0),
        ("(9e999), (9e999), (9e999)", float("inf"), float("inf")),
        ("(NULL)", None, None),
    ],
)
def test_medians(connection: sqlite3.Connection, numbers: str, median: float | None, upper: float | None) -> None:
    sql = f"SELECT median(column1), quantile(column1, 0.75), quantile(column1, 0.5) FROM (VALUES {numbers})"
    assert tuple(connection.execute(sql).fetchone()) == (median, upper, median)


def test_a_window_moves_on_from_a_whole_number_that_no_float_is(connection: sqlite3.Connection) -> None:
    sql = "SELECT median(column1) OVER (ROWS 1 PRECEDING) FROM (VALUES (9007199254740993), (2), (4))"
    assert [row[0] for row in connection.execute(sql)] == [9007199254740992.0, 4503599627370497.0, 3.0]


def test_a_statement_has_a_length(connection: sqlite3.Connection) -> None:
    assert runs(connection, "SELECT 1 -- " + "x" * 50_000)
    assert not runs(connection, "SELECT 1 -- " + "x" * 500_000)


def test_a_name_that_nobody_knows_is_denied() -> None:
    judge = allowed.authoriser({"advert"}, {"new_table"})
    assert judge(sqlite3.SQLITE_FUNCTION, None, "new_function", None, None) == sqlite3.SQLITE_DENY
    assert judge(sqlite3.SQLITE_READ, "New_Table", "", None, None) == sqlite3.SQLITE_DENY
    assert judge(sqlite3.SQLITE_READ, "another_table", "x", "main", None) == sqlite3.SQLITE_DENY
    assert judge(sqlite3.SQLITE_PRAGMA, "new_pragma", None, None, None) == sqlite3.SQLITE_DENY
    assert judge(77, "new action", None, None, None) == sqlite3.SQLITE_DENY


@pytest.mark.parametrize(
    "path",
    [
        "/archive/advert?_where=1;select+1",
        "/archive/advert.json?_where=1;select+1",
        "/archive/advert?_where=:nothing",
        "/archive/advert?_where=%00",
        "/archive/advert?_through={}",
        "/archive/advert?_through=[]",
        "/archive/advert?_through=x",
        '/archive/advert?_through={"a":1}',
        '/archive/advert?_through={"table":"nowhere","column":"x","value":1}',
        '/archive/advert?_through={"table":"event","column":"nothing","value":{}}',
        "/archive/advert?_size=-1",
        "/archive/advert?_size=x",
        "/archive/advert?_next=%00",
        "/archive/advert?_facet_size=x&_facet=status",
        "/archive/advert?_facet=nothing",
        "/archive/advert?_facet_array=title",
        "/archive/advert?_facet_date=title",
        "/archive/advert?_search=x&_fts_table=nowhere",
        "/archive/advert?_search=x&_fts_pk=nothing",
        "/archive/advert?_search_nothing=x",
        "/archive/advert?_searchmode=raw&_search=%22",
        "/archive/advert?_col=nothing",
        "/archive/advert?_nocol=nothing",
        "/archive/advert?_timelimit=x",
        "/archive/advert?_ttl=x",
        "/archive/advert?title__in=[",
        "/archive/advert?title__arraycontains=x",
        "/archive/advert.json?_shape=nothing",
        "/archive/advert.json?_shape=object",
        "/archive/advert.json?_json=title",
        "/archive/advert.blob?_blob_column=id",
        "/archive/advert/localgov~3A0000.blob?_blob_column=nothing",
        "/archive/advert/localgov~3A0000,x",
        "/archive/advert_fts_data",
        "/archive/advert_fts_data.json",
        "/archive/advert_fts_config.json",
        "/archive/advert_fts",
        "/archive/advert_fts.csv",
        "/archive.json?sql=select+1&_timelimit=x",
        "/archive.json?sql=select+:x",
        "/archive.json?sql=select+%27%00%27",
        "/archive.json?sql=select+1&_shape=objects&_nl=on",
        "/archive.blob?sql=select+1&_blob_column=1",
        "/archive.nothing?sql=select+1",
        "/archive/closing_soon.json?days=999999999999999999999",
        "/archive/closing_soon.csv?days=%00",
        "/_internal",
        "/_internal/databases.json",
        "/_memory?sql=select+1",
    ],
)  # fmt: skip
def test_no_address_is_a_fault_of_the_server(get: Get, capfd: pytest.CaptureFixture[str], path: str) -> None:
    assert get(path).status_code < 500
    assert "Traceback" not in "".join(capfd.readouterr())
