"""Asking the snapshot from a page of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datasette import Response

from jobscraper.publish.site.configuration import DATABASE

Parameters = Mapping[str, Any] | Sequence[Any]


async def rows(datasette: Any, sql: str, parameters: Parameters = ()) -> list[Any]:
    """The rows of a query, each a `sqlite3.Row`."""
    # Datasette tells a mapping from a list by its type.
    given = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
    return list((await datasette.get_database(DATABASE).execute(sql, given)).rows)


async def one(datasette: Any, sql: str, parameters: Parameters = ()) -> Any | None:
    """The first row of a query, or None."""
    return next(iter(await rows(datasette, sql, parameters)), None)


async def as_of(datasette: Any) -> str:
    """The last moment that the archive saw, an instant in ISO 8601: whatever is open or counts back counts from it."""
    (found,) = await rows(datasette, "SELECT as_of FROM snapshot")
    return str(found[0])


async def page(datasette: Any, request: Any, template: str, **values: Any) -> Response:
    """A page of ours from its template, which also knows `as_of`."""
    told = {"as_of": await as_of(datasette), **values}
    return Response.html(await datasette.render_template(template, told, request=request))


def repeated(request: Any) -> list[str]:
    """In words what an address gives more than once, of which only the first counts; names with `_` are Datasette's."""
    return [
        f"{name} is given more than once, with “{value}” as well"
        for name in request.args
        if not name.startswith("_")
        for value in request.args.getlist(name)[1:]
    ]
