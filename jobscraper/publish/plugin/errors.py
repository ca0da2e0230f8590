"""Pages for errors: what went wrong, in the look of the site, and no traceback for a mistyped address."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from jobscraper.publish.plugin.hooks import wrapping_hook

_TOO_LONG = "The query was stopped because it took too long. Ask for less, or download the archive and ask that."
_OUR_PAGES = str(Path(__file__).parent)

_NOT_READ = "The address asks for something that cannot be read; look at its parameters."

ErrorPage = Callable[[], Awaitable[Any]]


@wrapping_hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, object, list[ErrorPage]]:
    """Answer in place of Datasette, which prints a traceback with all local values for every page not found."""
    yield

    async def answer() -> Any:
        status, title, message = _in_words(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": str(message), "status": status, "title": title}, status=status)
        context = {"title": title, "error": message, "status": status}
        return Response.html(await datasette.render_template("error.html", context, request=request), status=status)

    return [answer]


def _in_words(exception: Exception) -> tuple[int, str, str]:
    if isinstance(exception, Base400):
        message = str(exception.args[0])
        return exception.status, "Page not found" if exception.status == 404 else "This did not work", message
    if isinstance(exception, QueryInterrupted) or isinstance(exception.__context__, QueryInterrupted):
        # Datasette's own words come with a script and a style, which our policy forbids.
        return 400, "This took too long", _TOO_LONG
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
