"""Jobiqo (Next.js over Drupal), the software of Jobs Go Public: a list of 25 rows a page, and a page for each advert.

All is in the JSON of `script#__NEXT_DATA__`. Pay is given as numbers only (`"34206.000000"`); grades and allowances are in
the advert's text. The advert's page names the address to apply at, which tells what system the employer itself uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from jobscraper.boards.jobiqo.advert import JobEntry
from jobscraper.boards.jobiqo.tree import Row, Tree, is_challenge, read_tree
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.entry import each
from jobscraper.read.page import ChallengePageError, Page, UnreadablePageError
from jobscraper.text.addresses import parts_of

PAGE_SIZE = 25
MOST_PAGES = 1000
_ID_IN_PATH = re.compile(r"(\d+)/?$")


class TreePage(Page):
    """Base of both kinds of page: all that they print is in the tree."""

    def says_nothing_is_listed(self) -> bool:
        """`read` has judged that by the count."""
        return True

    @cached_property
    def tree(self) -> Tree:
        """The tree of the page, or of a response that is nothing but the tree.

        :raises ChallengePageError: there is none, but the board's challenge to bots.
        :raises UnreadablePageError: there is none: another page.
        """
        if self.response.body.lstrip()[:1] in (b"{", b"["):
            return read_tree(self.response.text, self.url)
        script = self.xpath("//script[@id='__NEXT_DATA__']/text()").get()
        if script is None and is_challenge(self.response.text):
            raise ChallengePageError(f"{self.url}: a challenge to bots, not a page of the board")
        return read_tree(script, self.url)


class ListPage(TreePage):
    """A page of the search without words.

    Whether `page=0` or `page=1` is the first is not known. So the crawl begins without a number, which is the first page in
    either case, and that page names all numbers from 1 to the last of either way of counting. One page more is asked for
    than there are: it repeats the first, or it is empty and lies behind the last.
    """

    always_printed: ClassVar[tuple[str, ...]] = ("title", "employer")

    def read(self) -> Reading:
        """Read the rows.

        :raises UnreadablePageError: there are none, though the count says that this page should have some.
        """
        rows, listing = self.tree.jobs(), self.tree.listing()
        count = listing.count if listing else None
        if not rows and (count is None or (self._number or 0) * PAGE_SIZE < count):
            raise UnreadablePageError(
                f"{self.url}: no row of {'an unknown number' if count is None else count} adverts"
            )
        entries = [JobEntry(row, str(self.url)) for row in rows]
        adverts, problems = each(entries, JobEntry.raw)
        if count is None:
            problems.append(Problem(kind="count_unreadable", text="no count of the adverts", loses_adverts=True))
        size = min(listing.shown or PAGE_SIZE, PAGE_SIZE) if listing else PAGE_SIZE
        last = -(-count // size) if count and self._number is None and count > size else 0
        if last > MOST_PAGES:
            problems.append(Problem(kind="list_too_long", text=f"{last} pages of adverts", loses_adverts=True))
        return Reading(
            part="card",
            adverts=tuple(adverts),
            follow=tuple(self._page(number) for number in range(1, min(last, MOST_PAGES) + 1)),
            pages={advert.source_ref: advert.url for advert in adverts if advert.url},
            listed=count,
            problems=tuple(dict.fromkeys(problems)),
        )

    @property
    def _query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(str(self.url)).query)

    @property
    def _number(self) -> int | None:
        """The page's number; None where the URL has none."""
        page = self._query.get("page", [""])[0]
        return int(page) if page.isdecimal() and len(page) < 6 else None

    def _page(self, number: int) -> str:
        query = urlsplit(str(self.url)).query
        return str(self.urljoin(f"/jobs?{query}&page={number}" if query else f"/jobs?page={number}"))


class AdvertPage(TreePage):
    """An advert's own page: `jobByPath.content`, or the one advert of the tree that has this address."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: the page has none, or another than its address says.
        """
        entries = [JobEntry(row, str(self.url)) for row in self._rows()]
        entry = next((entry for entry in entries if self._is_of_this_address(entry)), None)
        if entry is None:
            raise UnreadablePageError(f"{self.url}: no advert with this address in __NEXT_DATA__")
        problems = tuple(dict.fromkeys((*entry.problems(), *entry.unread)))
        return Reading(part="page", adverts=(entry.raw(),), problems=problems)

    def _rows(self) -> Iterator[Row]:
        content = self.tree.content()
        if content is not None:
            number = _ID_IN_PATH.search(urlsplit(str(self.url)).path)
            yield content if content.get("id") is not None or number is None else {**content, "id": number[1]}
        yield from self.tree.jobs()

    def _is_of_this_address(self, entry: JobEntry) -> bool:
        """By the number at its end, or where it has none, by the path."""
        path = urlsplit(str(self.url)).path.rstrip("/")
        number = _ID_IN_PATH.search(path)
        same_path = parts_of(entry.url or "").path.rstrip("/") == path
        return bool(entry.source_ref and entry.title) and (same_path or bool(number and number[1] == entry.source_ref))
