"""The page of an iTrent board: an empty shell that holds the number of a session.

The session is of this visit alone: nothing that holds it is kept.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from jobscraper.model.reading import Reading
from jobscraper.read.page import Page, UnreadablePageError

_SESSION = re.compile(r"USESSION=([0-9A-Fa-f]{16,})")


class ShellPage(Page):
    """The page of the board: it lists nothing itself, and leads to the JSON with the session of this visit."""

    def read(self) -> Reading:
        """Name the JSON of this session.

        :raises UnreadablePageError: the page has no session.
        """
        session = _SESSION.search(self.response.text)
        view = parse_qs(urlsplit(str(self.url)).query).get("WVID", [""])[0]
        if session is None or not view:
            raise UnreadablePageError(f"{self.url}: no session on the page of the board")
        query = f"WVID={view}&USESSION={session[1]}&LANG=USA&RESULTS_PP=200"
        return Reading(part="card", follow=(str(self.urljoin(f"ETREC106GF.json?{query}")),))
