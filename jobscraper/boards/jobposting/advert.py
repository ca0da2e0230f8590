"""An advert's own page of a site, which carries a JobPosting."""

from __future__ import annotations

from jobscraper.boards.jobposting.postings import posting_reading
from jobscraper.boards.jobposting.site import SitePage
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError


class PostingPage(SitePage):
    """An advert's own page."""

    def read(self) -> Reading:
        """Read the page's JobPosting.

        :raises UnreadablePageError: it has none, or its URL is not that of an advert.
        """
        url = str(self.url)
        ref = self.ref_of(url)
        if not ref:
            raise UnreadablePageError(f"{url}: no reference in its path, by {self.advert_path}")
        return posting_reading(self, ref, self.canonical(url))
