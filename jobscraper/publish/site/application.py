"""The Datasette application over a published snapshot."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.blob_renderer import render_blob
from datasette.database import Database, QueryInterrupted
from datasette.plugins import pm
from datasette.utils.asgi import BadRequest

from jobscraper.model.errors import JobscraperError
from jobscraper.publish.build.build import is_snapshot
from jobscraper.publish.build.snapshot import EXPORTS_FOLDER, SNAPSHOT_FILE, counts_of
from jobscraper.publish.limits import SETTINGS
from jobscraper.publish.site import plugin
from jobscraper.publish.site.configuration import DATABASE, EXPORTS_MOUNT, STATIC, metadata
from jobscraper.publish.site.plugin.safety import only_rows


class ServeError(JobscraperError):
    """The site cannot be served; nothing was changed."""


class TookTooLong(QueryInterrupted):  # type: ignore[misc]
    """A query was stopped at its limit. Datasette writes errors to the log; this one does not repeat the visitor's SQL."""

    def __str__(self) -> str:
        return "the query was stopped because it took too long"


class CannotRun(sqlite3.OperationalError):
    """SQL that SQLite does not run, with what to say about it. Datasette takes errors of this kind for the visitor's."""


class Archive(Database):  # type: ignore[misc]
    """The snapshot, asked without a word of the visitors' SQL in the log, and without telling where it lies."""

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Any:
        """The rows of a query, as Datasette wants them.

        :raises QueryInterrupted: it took too long.
        :raises CannotRun: it is no SQL, asks for what nobody may use, has values that do not fit, or needs too much.
        :raises BadRequest: the same, where an answer has no place for words.
        """
        try:
            return await super().execute(sql, params, **{**options, "log_sql_errors": False})
        except QueryInterrupted as error:
            raise TookTooLong(error.e, error.sql, error.params) from None
        except MemoryError:
            raise _told("The query needs more memory than it may have; ask for fewer or smaller values") from None
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError, RecursionError) as error:
            # Two statements are a warning, a NUL is a ValueError, an integer beyond 64 bits an OverflowError.
            raise _told(_in_words(str(error))) from None

    async def attached_databases(self) -> list[Any]:
        """None; Datasette asks for the pragma that names the folder."""
        return []


def _told(words: str) -> Exception:
    # Datasette answers CSV with no rows and says nothing.
    return BadRequest(words) if only_rows.get() else CannotRun(words)


_DENIED = re.compile(r"not authorized|prohibited$|^vtable constructor failed|^authorization denied")
_AGGREGATE = re.compile("^user-defined aggregate's")


def _in_words(error: str) -> str:
    if _DENIED.search(error):
        return f"{error}: SQL here can only read the tables of this archive, with the functions that /dictionary lists"
    if _AGGREGATE.search(error):
        return "median(x) and quantile(x, q) take two million numbers of a group at most, and a q from 0 to 1"
    return error


class Site(Datasette):  # type: ignore[misc]
    """Datasette over one snapshot that never changes. It knows its own address, and takes no visitor's word for it.

    Datasette makes links of the Host header; a cache would hand one visitor's host to the next.
    """

    def __init__(self, snapshot: Path, address: str = "", **options: Any) -> None:
        self.address = address.rstrip("/")
        super().__init__(immutables=[str(snapshot)], **options)
        # Datasette has tracebacks of SQL functions printed; what visitors make of those is nothing for the log.
        sqlite3.enable_callback_tracebacks(False)
        self.renderers["blob"] = (_blob, self.renderers["blob"][1])
        self.remove_database(DATABASE)
        self.add_database(Archive(self, str(snapshot), is_mutable=False), name=DATABASE)

    def absolute_url(self, _request: Any, path: str) -> str:
        """The whole address of a path; the path alone, which holds wherever the site is reached, where none is known."""
        return self.address + path

    async def refresh_schemas(self) -> None:
        """Do nothing: what Datasette would write into a database of its own serves pages that nobody here may see."""


async def _blob(
    datasette: Any, database: str, rows: Any, columns: Any, request: Any, table: str | None, view_name: str
) -> Any:
    """A value as a file; Datasette's own fails on one that is neither binary nor text."""
    answer = await render_blob(datasette, database, rows, columns, request, table, view_name)
    answer.body = answer.body if isinstance(answer.body, bytes) else str(answer.body)
    return answer


def datasette_for(site: Path, address: str = "", **settings: Any) -> Site:
    """The Datasette application over the snapshot of `site`, opened immutable; no socket is opened.

    :param address: where readers reach the site, such as `https://jobs.example.org`.
    :param settings: of Datasette, beside or over ours.
    :raises ServeError: nothing has been published there yet, or the file is none that may be shown to everybody.
    """
    snapshot = site / SNAPSHOT_FILE
    if not snapshot.is_file():
        raise ServeError(f"{snapshot}: nothing is published here yet; run `jobscraper publish` first")
    if not is_snapshot(snapshot):
        raise ServeError(f"{snapshot}: no snapshot of jobscraper; name the folder of one with --site")
    if not pm.is_registered(plugin):
        pm.register(plugin, name="jobscraper")
    return Site(
        snapshot,
        address,
        inspect_data=counts_of(site),
        metadata=metadata(),
        settings={**SETTINGS, **settings},
        static_mounts=[("assets", str(STATIC)), (EXPORTS_MOUNT, str(site / EXPORTS_FOLDER))],
    )
