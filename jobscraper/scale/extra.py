"""Whether what this room needs beyond the base install is there."""

from __future__ import annotations

from importlib.util import find_spec

from jobscraper.model.errors import JobscraperError

_NEEDED = ("cattrs", "distributed", "fsspec", "s3fs")


def require_extra(what: str) -> None:
    """Let `what` begin only where the extra is installed.

    :raises JobscraperError: it is not; the message says how to get it.
    """
    if not all(map(find_spec, _NEEDED)):
        raise JobscraperError(f"{what} needs the extra `scale`; install it with: pip install 'jobscraper[scale]'")
