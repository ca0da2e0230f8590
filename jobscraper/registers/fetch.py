"""Fetching an official list: one honest request at a time, of bounded size and time, from the publisher's own host.

In: an address. Out: the whole body, or FetchError in one line. A body that is shorter than its Content-Length, a status
other than 200 and a redirect to another host are errors: half a list or a page of somebody else must never be read.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import Any, Protocol
from urllib.parse import urlsplit

from jobscraper import __version__
from jobscraper.model.errors import JobscraperError

AGENT = f"jobscraper/{__version__} (update-registers)"
SECONDS = 60
LARGEST = 200_000_000  # The largest list, that of all schools, has 65 MB.


class FetchError(JobscraperError):
    """A list could not be fetched. `missing`: the address may have something tomorrow, or had yesterday."""

    def __init__(self, url: str, what: str, *, missing: bool = False) -> None:
        super().__init__(f"{url}: {what}")
        self.missing = missing


class Fetch(Protocol):
    """What fetches: tests and the command hand in how long and how much."""

    def __call__(self, url: str, /) -> bytes:
        """Return the body at an address."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only on the host and scheme that was asked: a captive portal answers for anybody."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise FetchError(req.full_url, f"redirects to another host, {new.scheme}://{new.netloc}; nothing was taken")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, *, seconds: float = SECONDS, largest: int = LARGEST) -> bytes:
    """Return the body at `url`.

    :raises FetchError: it is not there, not whole, too large, too slow, or somewhere else.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise FetchError(url, "not an address of the web")
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "application/json, text/csv;q=0.9"})
    try:
        with urllib.request.build_opener(_SameHost).open(request, timeout=seconds) as response:
            body: bytes = response.read(largest + 1)
            promised = response.headers.get("Content-Length")
    except urllib.error.HTTPError as error:
        error.close()
        raise FetchError(url, f"answered {error.code} {error.reason}", missing=error.code in {404, 500}) from error
    except http.client.IncompleteRead as error:
        raise FetchError(url, "was cut off; try again") from error
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(url, f"cannot be read ({getattr(error, 'reason', None) or error}); try again later") from error
    if len(body) > largest:
        raise FetchError(url, f"is larger than {largest:,} bytes; nothing was taken")
    if promised and promised.isdigit() and len(body) < int(promised):
        raise FetchError(url, f"was cut off after {len(body):,} of {int(promised):,} bytes; try again")
    return body
