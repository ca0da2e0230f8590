"""Any page of any site: the JobPostings that it carries, where nobody knows the site itself."""

from __future__ import annotations

import attrs

from jobscraper.items import RawAdvert, Reading
from jobscraper.platforms.entry import each
from jobscraper.platforms.jobposting import postings_of
from jobscraper.platforms.jsonld import PostingEntry
from jobscraper.platforms.page import Page


class AnyPage(Page):
    """A page that no source lists; it is read where somebody hands it over, and never by its URL."""

    def read(self) -> Reading:
        """The page's JobPostings; none is an empty reading, which `believable` refuses."""
        adverts, problems = each(map(PostingEntry, postings_of(self)), self._advert)
        return Reading(part="page", adverts=tuple(adverts), problems=tuple(problems))

    def _advert(self, posting: PostingEntry) -> RawAdvert:
        """A posting under the page's own address: what it says of itself may be anything. Without an identifier, that is
        its reference.
        """
        raw = posting.raw()
        url = str(self.url)
        return attrs.evolve(raw, source_ref=raw.source_ref or url, url=url)
