"""Any site whose adverts carry schema.org's JobPosting: its sitemap names their pages, and the pages print the rest."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

import attrs
from lxml import etree

from jobscraper.model.reading import Problem, RawAdvert, Reading
from jobscraper.read.jsonld import PostingEntry, job_postings
from jobscraper.read.jsonld_values import Node
from jobscraper.read.labels import Labelled
from jobscraper.read.marked_up import marked_up_postings
from jobscraper.read.markup import xml_root
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.addresses import parts_of
from jobscraper.text.fold import fold_space

MOST_SITEMAPS = 200
MOST_URLS = 50_000
"""What the protocol of sitemaps allows in one file; what stands beyond is not read, and told."""

_MOST_BYTES = 50_000_000
_GZIP = b"\x1f\x8b"
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_NO_LABELS = Labelled({}, {})


def postings_of(page: Page) -> list[Node]:
    """The JobPostings of a page: of its JSON-LD, or else of its markup."""
    return job_postings(page.response.text) or marked_up_postings(page.selector)


def posting_reading(page: Page, ref: str, url: str, printed: Labelled = _NO_LABELS) -> Reading:
    """What an advert's own page gives, under the board's reference and its URL without tracking parts.

    `printed` is what the page prints beside the JobPosting: where the JobPosting is silent, it counts.

    :raises UnreadablePageError: the page has no JobPosting and prints nothing else.
    """
    postings = postings_of(page)
    entry = PostingEntry(_own(postings, ref) if postings else {})
    raw = entry.raw()
    added = {name: value for name, value in printed.values.items() if not getattr(raw, name)}
    if not postings and not added:
        raise UnreadablePageError(f"{page.url}: no JobPosting on this page")
    fields: dict[str, Any] = {**added, "labels": {**printed.labels, **raw.labels}}
    known = attrs.evolve(raw, source_ref=ref, url=url, **fields)
    return Reading(part="page", adverts=(known,), problems=(*entry.problems(), *entry.unread, *printed.problems))


def _own(postings: list[Node], ref: str) -> Node:
    """The JobPosting of the page itself; others are those of similar jobs."""
    named = (
        posting for posting in postings if ref in (PostingEntry(posting).source_ref, _last_part(posting.get("url")))
    )
    return next(named, postings[0])


def _last_part(url: object) -> str | None:
    return url.rstrip("/").rsplit("/", 1)[-1] if isinstance(url, str) else None


class SitePage(Page):
    """A page of such a site. `advert_path` matches the path of an advert's page; its group `ref` is the reference."""

    advert_path: ClassVar[str] = r"(?!)"

    def is_own(self, url: str) -> bool:
        """Whether a URL is one of this site's: a sitemap may name anything."""
        parts = parts_of(url)
        return parts.scheme in ("http", "https") and parts.netloc == urlsplit(str(self.url)).netloc

    def ref_of(self, url: str) -> str | None:
        """The reference that the path of an advert's page holds; None for any other page."""
        found = re.search(self.advert_path, parts_of(url).path)
        return found["ref"] if found else None

    def canonical(self, url: str) -> str:
        """A URL of this site without query and fragment."""
        return str(self.urljoin(parts_of(url).path))


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


P = TypeVar("P", bound=SitePage)


def of_site(page: type[P], advert_path: str) -> type[P]:
    """The page object with the site's own pattern: a page object knows nothing of its source."""
    return type(page.__name__, (page,), {"advert_path": advert_path})
