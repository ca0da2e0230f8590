"""robots.txt, which names a site's sitemaps, and the sitemaps, which name its adverts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import ClassVar

from lxml import etree

from jobscraper.boards.jobposting.site import SitePage
from jobscraper.model.reading import Problem, RawAdvert, Reading
from jobscraper.read.markup import xml_root
from jobscraper.read.page import UnreadablePageError
from jobscraper.text.fold import fold_space

MOST_SITEMAPS = 200
MOST_URLS = 50_000
"""What the protocol of sitemaps allows in one file; what stands beyond is not read, and told."""

_MOST_BYTES = 50_000_000
_GZIP = b"\x1f\x8b"
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class RobotsPage(SitePage):
    """robots.txt: the sitemaps that it names, or where one stands that nobody names."""

    def read(self) -> Reading:
        """Lead on to the sitemaps.

        :raises UnreadablePageError: a page in the place of the file.
        """
        text = self.response.text
        if "<html" in text[:2_000].lower():
            raise UnreadablePageError(f"{self.url}: a page, not robots.txt")
        named = dict.fromkeys(url for url in _SITEMAP_LINE.findall(text) if self.is_own(url))
        return Reading(part="card", follow=tuple(named)[:MOST_SITEMAPS] or (str(self.urljoin("/sitemap.xml")),))


class SitemapPage(SitePage):
    """A sitemap, or an index of sitemaps. Each advert is a card that prints nothing but when it was last changed."""

    always_printed: ClassVar[tuple[str, ...]] = ()

    def read(self) -> Reading:
        """Name the further sitemaps, or the adverts' own pages.

        :raises UnreadablePageError: not a sitemap, or one that is cut off.
        """
        root = xml_root(self._body(), self.url, "urlset", "sitemapindex")
        entries = list(_entries(root))
        own = [(url, changed) for url, changed in entries if self.is_own(url)]
        if etree.QName(root).localname == "sitemapindex":
            return self._index([url for url, _ in own])
        adverts = {ref: self._card(ref, url, changed) for url, changed in own if (ref := self.ref_of(url))}
        return Reading(
            part="card",
            adverts=tuple(adverts.values()),
            pages={ref: advert.url for ref, advert in adverts.items() if advert.url},
            problems=tuple(_doubts(root, entries, bool(adverts))),
        )

    def _index(self, sitemaps: list[str]) -> Reading:
        beyond = Problem(kind="sitemaps_too_many", text=f"the index names {len(sitemaps)} sitemaps", loses_adverts=True)
        return Reading(
            part="card",
            follow=tuple(dict.fromkeys(sitemaps))[:MOST_SITEMAPS],
            problems=(beyond,) if len(sitemaps) > MOST_SITEMAPS else (),
        )

    def _card(self, ref: str, url: str, changed: str | None) -> RawAdvert:
        return RawAdvert(source_ref=ref, url=self.canonical(url), labels={"lastmod": changed} if changed else {})

    def _body(self) -> bytes:
        """The document, unpacked where it was packed and sent as such (`sitemap.xml.gz`)."""
        body = self.response.body
        if not body.startswith(_GZIP):
            return body
        try:
            return zlib.decompressobj(wbits=31).decompress(body, _MOST_BYTES)
        except zlib.error as error:
            raise UnreadablePageError(f"{self.url}: torn gzip ({error})") from error


def _entries(root: etree._Element) -> Iterator[tuple[str, str | None]]:
    """The `loc` and `lastmod` of each entry, in whatever namespace."""
    for entry in root.iterchildren("{*}url", "{*}sitemap"):
        url = fold_space(entry.findtext("{*}loc") or "")
        if url:
            yield url, fold_space(entry.findtext("{*}lastmod") or "") or None


def _doubts(root: etree._Element, entries: list[tuple[str, str | None]], has_adverts: bool) -> Iterator[Problem]:
    if len(entries) > MOST_URLS:
        yield Problem(kind="sitemap_too_long", text=f"{len(entries)} URLs in one sitemap", loses_adverts=True)
    if len(entries) < len(root):
        yield Problem(
            kind="entry_unreadable", text=f"{len(root) - len(entries)} entries without loc", loses_adverts=True
        )
    if not has_adverts:
        yield Problem(kind="sitemap_without_adverts", text="no URL in this sitemap is that of an advert")
