"""A page of Oracle's list, which prints no pay, no employer and no closing date.

Campuses abroad advertise in the same list: what is not in the United Kingdom is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import attrs

from jobscraper.boards.oracle.addresses import AT_ONCE, advert_address, in_finder, list_address, shown_address
from jobscraper.boards.oracle.replies import item_of
from jobscraper.boards.oracle.requisition import HERE, Node, Requisition
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import list_reading
from jobscraper.read.markup import whole
from jobscraper.read.page import Page, UnreadablePageError


class ListPage(Page):
    """A page of the list: fifty adverts."""

    def read(self) -> Reading:
        """Read the adverts, and name the next page.

        :raises UnreadablePageError: it is no reply to a search.
        """
        search = self._search()
        found = [node for node in search["requisitionList"] if isinstance(node, dict)]
        here = [node for node in found if str(node.get("PrimaryLocationCountry") or "") in HERE]
        read = list_reading("card", [Requisition(node) for node in here], self._advert, self._body(search))
        total = search.get("TotalJobsCount")
        listed = total if isinstance(total, int) and not isinstance(total, bool) else None
        is_whole = len(here) == len(found) and in_finder(str(self.url), "offset") in ("", "0")
        lost = [
            Problem(kind="entry_unreadable", text=repr(node)[:200], loses_adverts=True)
            for node in search["requisitionList"]
            if not isinstance(node, dict)
        ]
        site = in_finder(str(self.url), "siteNumber")
        return attrs.evolve(
            read,
            adverts=tuple(
                attrs.evolve(it, url=shown_address(str(self.url), site, it.source_ref)) for it in read.adverts
            ),
            listed=listed if is_whole and listed is not None and listed <= AT_ONCE else None,
            follow=tuple(self._next(listed or 0, len(found))),
            problems=(*read.problems, *lost),
        )

    def says_nothing_is_listed(self) -> bool:
        """The count is 0, this is behind the last page, or all that is listed is abroad."""
        search = self._search()
        offset = in_finder(str(self.url), "offset") or "0"
        return bool(search["requisitionList"]) or search["TotalJobsCount"] in range((whole(offset) or 0) + 1)

    def _search(self) -> Node:
        search = item_of(self)
        if not isinstance(search.get("requisitionList"), list) or "TotalJobsCount" not in search:
            raise UnreadablePageError(f"{self.url}: a reply without requisitionList and TotalJobsCount")
        return search

    def _body(self, search: Node) -> str | None:
        """The site's own body; else the one organisation that the reply names."""
        facet = search.get("organizationsFacet")
        named = [it.get("Name") for it in facet if isinstance(it, dict)] if isinstance(facet, list) else []
        return self.employer or (named[0] if len(named) == 1 and isinstance(named[0], str) else None)

    def _advert(self, number: str | None) -> str | None:
        site = in_finder(str(self.url), "siteNumber")
        return advert_address(str(self.url), site, number) if number and site else None

    def _next(self, total: int, shown: int) -> Iterator[str]:
        site, offset = in_finder(str(self.url), "siteNumber"), in_finder(str(self.url), "offset") or "0"
        here = whole(offset)
        following = 0 if here is None else here + shown
        if shown and site and following < total:
            parts = urlsplit(str(self.url))
            yield list_address(f"{parts.scheme}://{parts.netloc}", site, following)
