"""A page of Jobiqo's list: 25 rows, all in the JSON of `script#__NEXT_DATA__`."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from jobscraper.boards.jobiqo.job import JobEntry
from jobscraper.boards.jobiqo.tree import TreePage
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.entry import each
from jobscraper.read.page import UnreadablePageError

PAGE_SIZE = 25
MOST_PAGES = 1000


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
