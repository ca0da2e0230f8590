"""An advert's own page on Jobiqo, which also names the address to apply at: it tells what system the employer itself uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from jobscraper.boards.jobiqo.job import JobEntry
from jobscraper.boards.jobiqo.tree import Row, TreePage
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.text.addresses import parts_of

_ID_IN_PATH = re.compile(r"(\d+)/?$")


class AdvertPage(TreePage):
    """An advert's own page: `jobByPath.content`, or the one advert of the tree that has this address."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: the page has none, or another than its address says.
        """
        entries = [JobEntry(row, str(self.url)) for row in self._rows()]
        entry = next((entry for entry in entries if self._is_of_this_address(entry)), None)
        if entry is None:
            raise UnreadablePageError(f"{self.url}: no advert with this address in __NEXT_DATA__")
        problems = tuple(dict.fromkeys((*entry.problems(), *entry.unread)))
        return Reading(part="page", adverts=(entry.raw(),), problems=problems)

    def _rows(self) -> Iterator[Row]:
        content = self.tree.content()
        if content is not None:
            number = _ID_IN_PATH.search(urlsplit(str(self.url)).path)
            yield content if content.get("id") is not None or number is None else {**content, "id": number[1]}
        yield from self.tree.jobs()

    def _is_of_this_address(self, entry: JobEntry) -> bool:
        """By the number at its end, or where it has none, by the path."""
        path = urlsplit(str(self.url)).path.rstrip("/")
        number = _ID_IN_PATH.search(path)
        same_path = parts_of(entry.url or "").path.rstrip("/") == path
        return bool(entry.source_ref and entry.title) and (same_path or bool(number and number[1] == entry.source_ref))
