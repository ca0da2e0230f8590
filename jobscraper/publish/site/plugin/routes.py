"""The addresses of our own pages, beside those of Datasette."""

from __future__ import annotations

import re

from datasette.utils.asgi import NotFound

from jobscraper.publish.site import pages
from jobscraper.publish.site.configuration import DATABASE, EXPORTS_MOUNT
from jobscraper.publish.site.shared.hooks import hook
from jobscraper.publish.site.shared.page import View

_FILES = re.compile(rf"/favicon\.ico$|/(?:-/static|assets|{EXPORTS_MOUNT})/|/{DATABASE}\.db$")


def is_ours(path: str) -> bool:
    """Whether what is at `path`, as it stands in the request, is ours: a file, or a page whose SQL is ours, and known to be quick.

    Whatever is not known here is a visitor's. So are the questions: what is asked in them may take long.
    """
    return _FILES.match(path) is not None or pages.is_quick(path)


@hook
def register_routes() -> list[tuple[str, View]]:
    """Our pages; and where the file lies on the server and what its threads do, which we keep to ourselves."""
    ours = [(it.pattern, it.view) for it in pages.declared() if it.view]
    return [*ours, (r"/-/(?:databases|threads)(?:\.json)?$", _not_here)]


async def _not_here() -> None:
    raise NotFound("There is no such page")
