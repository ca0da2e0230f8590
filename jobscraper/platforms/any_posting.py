"""Any page of any site: the JobPostings that it carries, where nobody knows the site itself."""

from __future__ import annotations

import attrs

from jobscraper.items import RawAdvert, Reading
from jobscraper.platforms.jobposting import postings_of
from jobscraper.platforms.jsonld import PostingEntry
from jobscraper.platforms.jsonld_values import Node
from jobscraper.platforms.page import Page


class AnyPage(Page):
    """A page that no source lists; it is read where somebody hands it over, and never by its URL."""

    def read(self) -> Reading:
        """The page's JobPostings; none is an empty reading, which `believable` refuses."""
        return Reading(part="page", adverts=tuple(map(self._advert, postings_of(self))))

    def _advert(self, posting: Node) -> RawAdvert:
        """A posting under the page's own address: what it says of itself may be anything. Without an identifier, that is
        its reference.
        """
        raw = PostingEntry(posting).raw()
        url = str(self.url)
        return attrs.evolve(raw, source_ref=raw.source_ref or url, url=url)
