"""NHS Jobs (England and Wales, NHS Business Services Authority): its XML feed, which has all but the full text.

The shape is that of the "NHS Jobs Self-Serve Job Adverts API" and of its captured replies. `totalPages` and `totalResults`
come after the adverts, and times of posting are local ones, without a zone and with nanoseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, partial
from urllib.parse import parse_qs, urlsplit

import attrs
from lxml import etree
from web_poet import field

from jobscraper.boards.nhs_jobs.addresses import advert_address
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import unescaped, whole, xml_root
from jobscraper.read.page import Page, UnreadablePageError

LABELS = Labels.of(
    {
        "title": "title",
        "employer": "employer",
        "description": "description",
        "type": "contract",
        "salary": "salary",
        "closeDate": "closes",
        "postDate": "posted",
    },
    ignored=("id", "reference", "url", "locations"),
)
_REFERENCE = re.compile(r"[A-Za-z]\d+-\d+-\d+")


class FeedPage(Page):
    """One page of the feed: at most 100 adverts, newest first."""

    def read(self) -> Reading:
        """Read the page's adverts, and name the next page.

        :raises UnreadablePageError: it is another document, or it is cut off.
        """
        root = self._root()
        items = [FeedItem(node) for node in root.iterchildren("vacancyDetails")]
        totals = {node.tag: (node.text or "").strip() for node in root.iterchildren("totalPages", "totalResults")}
        unknown = {node.tag for node in root.iterchildren(etree.Element)} - {"vacancyDetails", *totals}
        if unknown and not items:
            raise UnreadablePageError(f"{self.url}: no <vacancyDetails> in <nhsJobs>, but <{min(unknown)}>")
        read = list_reading("feed", items, partial(advert_address, str(self.url)), None)
        listed, pages = (whole(totals.get(name)) for name in ("totalResults", "totalPages"))
        if listed is None and not items:
            raise UnreadablePageError(f"{self.url}: neither adverts nor <totalResults>")
        untold = () if listed is not None else (Problem(kind="count_unreadable", text=str(totals), loses_adverts=True),)
        return attrs.evolve(read, listed=listed, follow=self._next(pages or 0), problems=(*read.problems, *untold))

    def says_nothing_is_listed(self) -> bool:
        """`<totalResults>0</totalResults>`."""
        return self._root().findtext("totalResults") == "0"

    def _root(self) -> etree._Element:
        return xml_root(self.response.body, self.url, "nhsJobs")

    def _next(self, pages: int) -> tuple[str, ...]:
        parts = urlsplit(str(self.url))
        page = whole(parse_qs(parts.query).get("page", ["1"])[0]) or 1
        query = re.sub(r"(^|&)page=\d+", "", parts.query).lstrip("&")
        return (f"{parts.scheme}://{parts.netloc}{parts.path}?{query}&page={page + 1}",) if page < pages else ()


class FeedItem(LabelledEntry[etree._Element]):
    """One `<vacancyDetails>`."""

    @field
    def source_ref(self) -> str:
        reference = (self.node.findtext("reference") or "").strip()
        found = _REFERENCE.fullmatch(reference) or _REFERENCE.search(self.node.findtext("url") or "")
        return found[0] if found else ""

    @field
    def location(self) -> str | None:
        return next(iter(self.places), None)

    @field
    def places(self) -> tuple[str, ...]:
        """The feed nests `<location>` in `<locations>`; its documentation nests `<locations>` in itself."""
        inner = [node for node in self.node.iterfind("locations//") if not len(node)]
        texts = ("".join(map(str, node.itertext())).strip() for node in inner)
        return tuple(dict.fromkeys(text for text in texts if text))

    @field
    def labels(self) -> Mapping[str, str]:
        number = (self.node.findtext("id") or "").strip()
        return {**self.printed.labels, **({"id": number} if number else {})}

    @cached_property
    def printed(self) -> Labelled:
        pairs = [
            (etree.QName(node).localname, unescaped("".join(map(str, node.itertext()))))
            for node in self.node.iterchildren(etree.Element)
        ]
        return LABELS.sort(pairs, "NHS Jobs feed")
