"""Pages for errors: what went wrong, in the look of the site, and no traceback for a mistyped address."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import QueryInterrupted
from datasette.utils import escape_sqlite, tilde_decode
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared.hooks import wrapping_hook
from jobscraper.publish.site.shared.stopped import TOO_LONG, TOO_MUCH

_OUR_PAGES = tuple(str(Path(__file__).parents[2] / folder) for folder in ("pages", "plugin", "shared"))

NO_ADVERT = (
    "There is no advert here with this ID. If there ever was one, it has been removed: an advert that is removed on request"
    " leaves no trace."
)
"""The same for each id, because the site does not know what is forgotten, and need not."""
_OF_AN_ADVERT = f"/{DATABASE}/advert/"
# Of our search, of Datasette's and of the questions.
_WORDS = ("q", "_search", "words")

# Datasette's words for an address at which nothing is, in those of a reader.
_NOT_FOUND = {
    "Database not found": "There is no page at this address.",
    "Table not found": "There is no table with this name.",
    "Record not found": "There is no row with this ID.",
}

_NOT_READ = "The address contains something that cannot be read; check its parameters."

ErrorPage = Callable[[], Awaitable[Any]]


@wrapping_hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, object, list[ErrorPage]]:
    """Answer in place of Datasette, which prints a traceback with all local values for every page not found."""
    yield

    async def answer() -> Any:
        status, title, message = _in_words(exception)
        if status == 404 and request.path.startswith(_OF_AN_ADVERT):
            message = NO_ADVERT
        return await error_page(datasette, request, status, title, message)

    return [answer]


async def error_page(datasette: Any, request: Any, status: int, title: str, message: str) -> Any:
    """What went wrong, as a page that keeps the visitor's SQL or words, or as JSON where data was asked for."""
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status, "title": title}, status=status)
    words = next(filter(None, map(request.args.get, _WORDS)), "")
    kept = {"sql": _sql_of(request), "words": words}
    context = {"title": title, "error": message, "status": status, "database": DATABASE, **kept}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)


def _sql_of(request: Any) -> str | None:
    """The SQL that a request asked for; of a condition on a table, the query that it would be."""
    if sql := request.args.get("sql"):
        return str(sql)
    conditions = request.args.getlist("_where")
    if not conditions:
        return None
    name = tilde_decode(request.path.rpartition("/")[2].partition(".")[0])
    where = " and ".join(f"({condition})" for condition in conditions)
    return f"select * from {escape_sqlite(name)} where {where}"


def _in_words(exception: Exception) -> tuple[int, str, str]:
    if isinstance(exception, Base400):
        message = _NOT_FOUND.get(said := str(exception.args[0]), said)
        return exception.status, "Page not found" if exception.status == 404 else "This did not work", message
    if isinstance(exception, QueryInterrupted) or isinstance(exception.__context__, QueryInterrupted):
        # Datasette's own words come with a script and a style, which our policy forbids.
        return 400, *TOO_LONG
    if isinstance(exception, MemoryError):
        return 400, *TOO_MUCH
    if isinstance(exception, DatasetteError):
        # Where Datasette says 500, for a column that is not there or two orders at once, the request is at fault.
        status = 400 if exception.status == 500 else exception.status
        return status, exception.title or "This did not work", str(exception.message)
    if _of_the_address(exception):
        message = str(exception) if isinstance(exception, sqlite3.Error) else _NOT_READ
        return 400, "This did not work", message
    traceback.print_exception(exception)
    return 500, "Something went wrong here", "The server could not make this page."


def _of_the_address(exception: Exception) -> bool:
    """Whether what went wrong came with the address, and is no fault of our pages: none of them was being made.

    Datasette reads parameters without a look (`_through=[]`), and runs the visitor's SQL.
    """
    if not isinstance(exception, sqlite3.Error | ValueError | LookupError | TypeError | AttributeError):
        return False
    files = [frame.filename for frame in traceback.extract_tb(exception.__traceback__)]
    return not any(file.startswith(_OUR_PAGES) or file.endswith(".html") for file in files)
