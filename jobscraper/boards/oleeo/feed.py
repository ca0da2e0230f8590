"""Oleeo, formerly WCN: `<tenant>.tal.net`, the boards of the Ministry of Justice, of police forces and of agencies.

Some tenants have an Atom feed beside the board. Its content is lines `Salary:£15,009 - £16,075`, or (`/feed/structured`)
spans whose `itemprop` is the label. `published` is midnight in London, written in UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, partial

import attrs
from lxml import etree
from parsel import Selector
from web_poet import field

from jobscraper.boards.oleeo.addresses import advert_address
from jobscraper.boards.oleeo.entry import OleeoEntry
from jobscraper.boards.oleeo.labels import LABELS, merged
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import list_reading
from jobscraper.read.labels import Labelled, unknown_label
from jobscraper.read.markup import xml_root
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.lines import breaks_mended, lines_of

_LINE = re.compile(r"\s*([^:]{1,60}?)\s*:\s*(.*)", re.DOTALL)
# The labels of a feed's content, where what broke the lines between them is lost: `Vacancy Id:13801Role Type:Clerical`.
_NEXT_LABEL = re.compile(r"(?<!^)(?=(?:Vacancy Id|Role Type|Salary|Location|Closing Date):)")
_OF_FEED = frozenset("id link title subtitle author updated generator rights logo icon category entry".split())
_OF_ENTRY = frozenset("id link title updated published author category rights summary content".split())


class FeedPage(Page):
    """The Atom feed of a board: all its adverts."""

    def read(self) -> Reading:
        """Read the entries.

        :raises UnreadablePageError: it is no Atom feed, or it is cut off.
        """
        root = self._root()
        entries = [FeedEntry(node) for node in _children(root) if _name(node) == "entry"]
        unknown = self._unknown(root)
        if unknown and not entries:
            raise UnreadablePageError(f"{self.url}: a feed without entries, but with {unknown[0].text}")
        read = list_reading("feed", entries, partial(advert_address, str(self.url)), self.employer)
        return attrs.evolve(read, problems=(*unknown, *read.problems))

    def says_nothing_is_listed(self) -> bool:
        """A feed of a board that names itself, and has no entry."""
        links = (node for node in _children(self._root()) if _name(node) == "link")
        return any(node.get("rel") == "self" and "/jobboard/" in (node.get("href") or "") for node in links)

    def _root(self) -> etree._Element:
        return xml_root(self.response.body, self.url, "feed")

    def _unknown(self, root: etree._Element) -> tuple[Problem, ...]:
        names = {_name(node) for node in _children(root)} - _OF_FEED
        return tuple(unknown_label("Oleeo feed", name) for name in sorted(names))


class FeedEntry(OleeoEntry[etree._Element]):
    """One entry: title, date and link of the feed, and the lines of its content."""

    @property
    def address(self) -> str | None:
        link = next((node.get("href") for node in _children(self.node) if _name(node) == "link"), None)
        return link or self._text("id")

    @field
    def posted(self) -> str | None:
        return self._text("published") or self.printed.values.get("posted")

    @cached_property
    def printed(self) -> Labelled:
        # The entry's own title goes first: where that in the content is another, it is kept among the labels.
        pairs = [("Title", fold_space(self._text("title") or "")), *merged(self._pairs())]
        found = LABELS.sort(pairs, "Oleeo feed")
        unknown = sorted({_name(node) for node in _children(self.node)} - _OF_ENTRY)
        return attrs.evolve(
            found, problems=(*found.problems, *(unknown_label("Oleeo feed entry", name) for name in unknown))
        )

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """What the content labels; a line without a label goes on with the one before it."""
        content = next((node for node in _children(self.node) if _name(node) == "content"), None)
        if content is None:
            return
        for node in content.iter(etree.Element):
            node.tag = _name(node)  # The content is XHTML: `br` has a namespace, by which nobody knows a line break.
        if not len(content) and content.text:
            content = Selector(breaks_mended(content.text)).root  # Of the type `html`: markup as text.
        spans = [(span.get("itemprop", ""), fold_space("\n".join(lines_of(span)))) for span in content.iter("span")]
        if any(label for label, _ in spans):
            yield from ((label, value) for label, value in spans if label)
            return
        label, value = "", ""
        for line in filter(None, map(fold_space, _apart(lines_of(content)))):
            found = _LINE.fullmatch(line)
            if found is None:
                label, value = label or "content", f"{value} {line}"
                continue
            if label:
                yield label, value.strip()
            label, value = found[1], found[2]
        if label:
            yield label, value.strip()

    def _text(self, name: str) -> str | None:
        node = next((node for node in _children(self.node) if _name(node) == name), None)
        return None if node is None else "".join(map(str, node.itertext())) or None


def _apart(lines: Iterable[str]) -> Iterator[str]:
    """The lines, one that begins with a known label cut before each further one."""
    for line in lines:
        found = _LINE.match(line)
        yield from _NEXT_LABEL.split(line.strip()) if found and fold_name(found[1]) in LABELS.fields else [line]


def _children(node: etree._Element) -> Iterator[etree._Element]:
    """The elements in `node`, without comments."""
    return node.iterchildren(etree.Element)


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname
