"""What SQL may use on the site: everything that is not named here is denied, so that a new SQLite opens nothing.

What is known and denied is named as well, only so that a test finds each name of the SQLite at hand in one of the lists:
whoever moves to another SQLite judges what it brings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection

Authoriser = Callable[[int, str | None, str | None, str | None, str | None], int]

FUNCTIONS = frozenset(
    """
    count sum total avg min max group_concat string_agg median quantile
    abs round sign ceil ceiling floor trunc mod sqrt exp ln log log2 log10 pow power pi degrees radians
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh random
    length octet_length lower upper trim ltrim rtrim substr substring instr replace printf format concat concat_ws
    char unicode hex unhex quote soundex like glob match escape_fts zeroblob
    coalesce ifnull nullif iif if typeof likelihood likely unlikely sqlite_version
    date time datetime julianday strftime unixepoch timediff current_date current_time current_timestamp
    -> ->> json json_array json_array_length json_error_position json_extract json_group_array json_group_object
    json_insert json_object json_patch json_pretty json_quote json_remove json_replace json_set json_type json_valid
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
    bm25 highlight snippet
    """.split()
)

DENIED_FUNCTIONS = frozenset(
    """
    fts3_tokenizer load_extension fts5 fts5_source_id fts5_locale fts5_get_locale fts5_insttoken
    matchinfo offsets optimize rtreecheck rtreedepth rtreenode
    sqlite_log sqlite_compileoption_get sqlite_compileoption_used sqlite_source_id sqlite_offset
    randomblob subtype changes total_changes last_insert_rowid
    jsonb jsonb_array jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch
    jsonb_remove jsonb_replace jsonb_set json_array_insert jsonb_array_insert
    percentile percentile_cont percentile_disc unistr unistr_quote
    edit readfile writefile regexp regexpi
    """.split()
)
"""Addresses of memory, code, files, internals; and what makes binary values that nobody can read on a page."""

VIRTUAL_TABLES = frozenset({"json_each", "json_tree"})
"""Those that need no CREATE. Tables of the snapshot that are virtual (its search index) are known by their names."""

DENIED_VIRTUAL_TABLES = frozenset(
    """
    dbstat sqlite_stmt sqlite_dbpage sqlite_dbdata sqlite_dbptr bytecode tables_used completion generate_series
    fts3 fts3tokenize fts4 fts4aux fts5 fts5vocab rtree rtree_i32 geopoly carray csv zipfile fsdir jsonb_each jsonb_tree
    """.split()
)
"""`fts3tokenize` runs code at any address, `sqlite_stmt` tells what others asked; `fts5` itself only makes tables."""

PRAGMAS_OF_A_NAME = frozenset(
    {"foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_xinfo"}
)
"""What Datasette asks of a table or an index, and analysts of `pragma_table_info` and the like."""

PRAGMAS = frozenset({"data_version"})
"""Without an argument: what FTS5 asks before it searches."""

DENIED_PRAGMAS = frozenset(
    """
    analysis_limit application_id auto_vacuum automatic_index busy_timeout cache_size cache_spill case_sensitive_like
    cell_size_check checkpoint_fullfsync collation_list compile_options count_changes database_list default_cache_size
    defer_foreign_keys empty_result_callbacks encoding foreign_key_check foreign_keys freelist_count full_column_names
    fullfsync function_list hard_heap_limit ignore_check_constraints incremental_vacuum integrity_check journal_mode
    journal_size_limit legacy_alter_table locking_mode max_page_count mmap_size module_list optimize page_count page_size
    pragma_list query_only quick_check read_uncommitted recursive_triggers reverse_unordered_selects schema_version
    secure_delete short_column_names shrink_memory soft_heap_limit synchronous table_list temp_store
    temp_store_directory threads trusted_schema user_version wal_autocheckpoint wal_checkpoint writable_schema
    activate_extensions data_store_directory lock_proxy_file lock_status parser_trace sql_trace stats
    vdbe_addoptrace vdbe_debug vdbe_eqp vdbe_listing vdbe_trace
    """.split()
)
"""`database_list` tells the folder, `hard_heap_limit` cripples the process, the others are nobody's business."""

_SCHEMA = frozenset({"sqlite_master", "sqlite_schema"})
_OURS = "SELECT lower(name), lower(sql) FROM sqlite_master WHERE type IN ('table', 'view')"
_MODULES = "SELECT lower(name) FROM pragma_module_list"


def warmed(connection: sqlite3.Connection) -> Authoriser:
    """What decides on everything that is asked of this connection, to be set as its authoriser.

    A virtual table is made when a connection first names it, before the authoriser is asked about it, and the making
    reads and writes the schema. So each that may be used is named here, once; afterwards nothing can be made.
    """
    ours = dict(connection.execute(_OURS).fetchall())
    indexes = [name for name, sql in ours.items() if (sql or "").startswith("create virtual table")]
    for index in indexes:
        connection.execute(f'SELECT bm25("{index}") FROM "{index}" WHERE "{index}" MATCH \'x\'').fetchone()
    for table in VIRTUAL_TABLES:
        connection.execute(f"SELECT 1 FROM {table}('[]')").fetchone()
    for pragma in PRAGMAS_OF_A_NAME:
        connection.execute(f"SELECT 1 FROM pragma_{pragma}('x')").fetchone()
    modules = {name for (name,) in connection.execute(_MODULES)}
    # The blocks of a search index. FTS5 reads them in another way, so nobody needs to.
    hidden = {f"{index}_data" for index in indexes}
    return authoriser((set(ours) - hidden) | _SCHEMA, hidden | modules)


def authoriser(tables: Collection[str], others: Collection[str]) -> Authoriser:
    """An authoriser that allows `tables`, and of `others` that SQLite knows only what the lists above allow."""

    def authorise(action: int, first: str | None, second: str | None, database: str | None, _inner: str | None) -> int:
        name = (first or "").lower()
        if action == sqlite3.SQLITE_READ:
            allowed = _readable(name, second or "", database, tables, others)
        elif action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() in FUNCTIONS
        elif action == sqlite3.SQLITE_PRAGMA:
            allowed = name in PRAGMAS_OF_A_NAME or (name in PRAGMAS and second is None)
        else:
            allowed = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return authorise


def _readable(table: str, column: str, database: str | None, tables: Collection[str], others: Collection[str]) -> bool:
    """Whether a table may be read. `table` is lower-case: SQLite passes a name on as it was typed.

    Where no column is needed (`count(*)`) the database is None. The name may then be one that the query itself gave to
    a part of it (WITH), and such a name is nobody's table.
    """
    if database not in ("main", None):
        return False
    if table in tables or table in VIRTUAL_TABLES or table.removeprefix("pragma_") in PRAGMAS_OF_A_NAME:
        return True
    of_the_query = database is None and not column
    return of_the_query and table not in others and not table.startswith(("pragma_", "sqlite_"))
