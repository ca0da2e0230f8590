"""An advert of Oracle by itself: pay stands in its text only."""

from __future__ import annotations

import attrs

from jobscraper.boards.oracle.addresses import in_finder, shown_address
from jobscraper.boards.oracle.replies import item_of
from jobscraper.boards.oracle.requisition import Requisition
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import page_reading
from jobscraper.read.page import Page, UnreadablePageError


class AdvertPage(Page):
    """An advert by itself."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: it is no advert.
        """
        entry = Requisition(item_of(self))
        site = in_finder(str(self.url), "siteNumber")
        if not entry.source_ref or not entry.title:
            raise UnreadablePageError(f"{self.url}: an advert without Id or Title")
        shown = shown_address(str(self.url), site, entry.source_ref)
        read = page_reading(entry, entry.source_ref, shown, self.employer)
        return attrs.evolve(read, problems=tuple(dict.fromkeys((*read.problems, *entry.problems()))))
