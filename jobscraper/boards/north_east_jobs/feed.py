"""The feed of North East Jobs, which prints an advert's fields in one line, parted by `|`."""

from __future__ import annotations

import re
from functools import cached_property

from lxml import etree
from web_poet import field

from jobscraper.boards.north_east_jobs.addresses import advert_address, number_of
from jobscraper.boards.north_east_jobs.labels import LABELS
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import unescaped
from jobscraper.read.rss import RssPage

# A label is told by its shape behind a bar (`|Employment Location: Town Hall|`), and elsewhere by its words.
_IN_FEED = re.compile(
    r"\s*(?:\|\s*([A-Z][A-Za-z /]{2,30}?)|\b(Contract Type|Working Pattern|Hours|Salary|Advert Start Date|Advert End Date))"
    r"\s*:\s*"
)


class FeedItem(LabelledEntry[etree._Element]):
    """One `<item>`."""

    @field
    def source_ref(self) -> str:
        return number_of(self.node.findtext("link")) or number_of(self.node.findtext("guid"))

    @field
    def title(self) -> str | None:
        return unescaped(self.node.findtext("title") or "")

    @field
    def posted(self) -> str | None:
        return self.node.findtext("pubDate")

    @field
    def description(self) -> str | None:
        return self._pieces[0]

    @cached_property
    def printed(self) -> Labelled:
        """`teaser Contract Type: …|Working Pattern: …|Salary: …|Advert End Date: …|`; pay may hold a bar of its own."""
        _, *rest = self._pieces
        labels = (behind_bar or known for behind_bar, known in zip(rest[::3], rest[1::3], strict=True))
        pairs = [(label, value.strip().rstrip("|")) for label, value in zip(labels, rest[2::3], strict=True)]
        return LABELS.sort(pairs, "North East Jobs feed")

    @cached_property
    def _pieces(self) -> list[str]:
        return _IN_FEED.split(unescaped(self.node.findtext("description") or ""))


class FeedPage(RssPage):
    """The feed of all adverts (`orgid=62` is the whole board)."""

    always_printed = ("title", "closes")
    item = FeedItem
    page_of = advert_address
