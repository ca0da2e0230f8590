"""Any page of any site: the JobPostings that it carries, where nobody knows the site itself."""

from __future__ import annotations

import attrs

from jobscraper.items import RawAdvert, Reading
from jobscraper.platforms.entry import each
from jobscraper.platforms.jobposting import postings_of
from jobscraper.platforms.jsonld import PostingEntry
from jobscraper.platforms.jsonld_values import text_of_value
from jobscraper.platforms.page import Page, UnreadablePageError
from jobscraper.text.addresses import parts_of


class AnyPage(Page):
    """A page that no source lists; it is read where somebody hands it over, and never by its URL."""

    def read(self) -> Reading:
        """The page's JobPostings; none is an empty reading, which `believable` refuses.

        :raises UnreadablePageError: a script never ends, so half an advert would pass for a whole one.
        """
        text = self.response.text.lower()
        if text.rfind("<script") > text.rfind("</script"):
            raise UnreadablePageError(f"{self.url}: cut off in a script")
        adverts, problems = each(map(PostingEntry, postings_of(self)), self._advert)
        return Reading(part="page", adverts=tuple(adverts), problems=tuple(problems))

    def _advert(self, posting: PostingEntry) -> RawAdvert:
        """A posting under its own address where that is one of this host, or else the page's: what a page says of other
        hosts may be anything. Without an identifier, the address is its reference.
        """
        raw = posting.raw()
        url = self._own_address(posting) or str(self.url)
        return attrs.evolve(raw, source_ref=raw.source_ref or url, url=url)

    def _own_address(self, posting: PostingEntry) -> str | None:
        printed = text_of_value(posting.node.get("url"))
        address = self.urljoin(printed) if printed else ""
        parts = parts_of(address)
        is_own = parts.scheme in ("http", "https") and parts.netloc == parts_of(str(self.url)).netloc
        return address if is_own else None
