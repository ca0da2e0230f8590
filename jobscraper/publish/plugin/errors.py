"""Pages for errors: what went wrong, in the look of the site, and no traceback for a mistyped address."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Generator
from typing import Any

from datasette import Response
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from markupsafe import Markup

from jobscraper.publish.plugin.hooks import wrapping_hook

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
    if isinstance(exception, DatasetteError):
        message = Markup(exception.message) if exception.message_is_html else str(exception.message)
        return exception.status, exception.title or "This did not work", message
    traceback.print_exception(exception)
    return 500, "Something went wrong here", "The server could not make this page."
