"""Any page of any site: the JobPostings that it carries, where nobody knows the site itself."""

from __future__ import annotations

import re

import attrs
from web_poet import field

from jobscraper.boards.jobposting.postings import postings_of
from jobscraper.model.reading import Reading
from jobscraper.read.entry import each
from jobscraper.read.jsonld import PostingEntry
from jobscraper.read.jsonld_values import text_of_value
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.addresses import parts_of
from jobscraper.text.fold import fold_space

_SCRIPT = re.compile(r"<(/?)script", re.IGNORECASE | re.ASCII)


class AnyPage(Page):
    """A page that no source lists; it is read where somebody hands it over, and never by its URL."""

    def read(self) -> Reading:
        """The page's JobPostings; none is an empty reading, which `believable` refuses.

        :raises UnreadablePageError: a script never ends, so half an advert would pass for a whole one.
        """
        scripts = _SCRIPT.findall(self.response.text)
        if scripts and scripts[-1] != "/":
            raise UnreadablePageError(f"{self.url}: cut off in a script")
        entries = (_Posting(node, self) for node in postings_of(self))
        adverts, problems = each(entries, _Posting.raw)
        return Reading(part="page", adverts=tuple(adverts), problems=tuple(problems))


@attrs.frozen(slots=False)
class _Posting(PostingEntry):
    """A posting under its own address where that is one of its page's host, or else the page's: what a page says of other
    hosts may be anything. Without an identifier, the address is its reference.
    """

    page: AnyPage

    @field
    def source_ref(self) -> str:
        return fold_space(self.reference or "") or self.url

    @field
    def url(self) -> str:
        own = str(self.page.url)
        printed = text_of_value(self.node.get("url"))
        address = self.page.urljoin(printed) if printed else ""
        parts = parts_of(address)
        is_own = parts.scheme in ("http", "https") and parts.netloc == parts_of(own).netloc
        return address if is_own else own
