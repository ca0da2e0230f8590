"""RSS 2.0, as boards print it: a channel and its items."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from lxml import etree

from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.markup import xml_root
from jobscraper.read.page import Page, UnreadablePageError

# What the standard has in a channel beside its items.
_OF_CHANNEL = frozenset(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud"
    " ttl image rating textInput skipHours skipDays".split()
)


class RssPage(Page):
    """A feed whose items are adverts: a platform says how one is read (`item`) and where its own page is (`page_of`)."""

    item: ClassVar[type[LabelledEntry[etree._Element]]]
    page_of: ClassVar[Callable[[str, str | None], str | None]]

    def read(self) -> Reading:
        """Read the items.

        :raises UnreadablePageError: it is another document, it is cut off, or its items are called otherwise.
        """
        items = [self.item(node) for node in self._channel().iterchildren("item")]
        return list_reading("feed", items, lambda number: type(self).page_of(str(self.url), number), None)

    def says_nothing_is_listed(self) -> bool:
        """A channel with its title, and no item."""
        return self._channel().find("title") is not None

    def _channel(self) -> etree._Element:
        channel = xml_root(self.response.body, self.url, "rss").find("channel")
        if channel is None:
            raise UnreadablePageError(f"{self.url}: no <channel> in the feed")
        names = {node.tag for node in channel.iterchildren(etree.Element) if not node.tag.startswith("{")}
        unknown = names - _OF_CHANNEL - {"item"}
        if unknown and "item" not in names:
            raise UnreadablePageError(f"{self.url}: no <item> in the feed, but <{min(unknown)}>")
        return channel
