"""Oracle Recruiting (Candidate Experience): universities. A list and adverts as JSON, from the host of the customer's pod.

The list prints no pay, no employer and no closing date; pay stands only in the text of the advert. Campuses abroad advertise
in the same list: what is not in the United Kingdom is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import attrs

from jobscraper.boards.oracle.requisition import HERE, Node, Requisition
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import list_reading, page_reading
from jobscraper.read.markup import whole
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.json_values import parsed

_API = "/hcmRestApi/resources/latest"
LIST = f"{_API}/recruitingCEJobRequisitions"
ADVERT = f"{_API}/recruitingCEJobRequisitionDetails"
AT_ONCE = 50


def _document(page: Page) -> Node:
    """The one item of a reply.

    :raises UnreadablePageError: it is no such reply.
    """
    try:
        items = parsed(page.response.body)["items"]
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadablePageError(f"{page.url}: not a reply with items, or cut off ({error})") from error
    if not isinstance(items, list) or not items or not isinstance(items[0], dict):
        raise UnreadablePageError(f"{page.url}: a reply without an item")
    return items[0]


def _finder(url: str, name: str) -> str:
    found = re.search(rf"[;,]{name}=\"?([\w-]+)", unquote(urlsplit(url).query))
    return found[1] if found else ""


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
        is_whole = len(here) == len(found) and _finder(str(self.url), "offset") in ("", "0")
        lost = [
            Problem(kind="entry_unreadable", text=repr(node)[:200], loses_adverts=True)
            for node in search["requisitionList"]
            if not isinstance(node, dict)
        ]
        site = _finder(str(self.url), "siteNumber")
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
        offset = _finder(str(self.url), "offset") or "0"
        return bool(search["requisitionList"]) or search["TotalJobsCount"] in range((whole(offset) or 0) + 1)

    def _search(self) -> Node:
        search = _document(self)
        if not isinstance(search.get("requisitionList"), list) or "TotalJobsCount" not in search:
            raise UnreadablePageError(f"{self.url}: a reply without requisitionList and TotalJobsCount")
        return search

    def _body(self, search: Node) -> str | None:
        """The site's own body; else the one organisation that the reply names."""
        facet = search.get("organizationsFacet")
        named = [it.get("Name") for it in facet if isinstance(it, dict)] if isinstance(facet, list) else []
        return self.employer or (named[0] if len(named) == 1 and isinstance(named[0], str) else None)

    def _advert(self, number: str | None) -> str | None:
        site = _finder(str(self.url), "siteNumber")
        return advert_address(str(self.url), site, number) if number and site else None

    def _next(self, total: int, shown: int) -> Iterator[str]:
        site, offset = _finder(str(self.url), "siteNumber"), _finder(str(self.url), "offset") or "0"
        here = whole(offset)
        following = 0 if here is None else here + shown
        if shown and site and following < total:
            parts = urlsplit(str(self.url))
            yield list_address(f"{parts.scheme}://{parts.netloc}", site, following)


def list_address(host: str, site: str, offset: int) -> str:
    """The address of a page of the list."""
    finder = f"findReqs;siteNumber={site},limit={AT_ONCE},offset={offset}"
    return f"{host}{LIST}?onlyData=true&expand=requisitionList&finder={finder}"


def advert_address(base: str, site: str, number: str) -> str:
    """The address of an advert's data."""
    parts = urlsplit(base)
    finder = f"ById;Id=%22{number}%22,siteNumber={site}"
    return f"{parts.scheme}://{parts.netloc}{ADVERT}?expand=all&onlyData=true&finder={finder}"


def shown_address(base: str, site: str, number: str) -> str:
    """The address at which a person finds an advert."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/hcmUI/CandidateExperience/en/sites/{site}/job/{number}"


class AdvertPage(Page):
    """An advert by itself."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: it is no advert.
        """
        entry = Requisition(_document(self))
        site = _finder(str(self.url), "siteNumber")
        if not entry.source_ref or not entry.title:
            raise UnreadablePageError(f"{self.url}: an advert without Id or Title")
        shown = shown_address(str(self.url), site, entry.source_ref)
        read = page_reading(entry, entry.source_ref, shown, self.employer)
        return attrs.evolve(read, problems=tuple(dict.fromkeys((*read.problems, *entry.problems()))))
