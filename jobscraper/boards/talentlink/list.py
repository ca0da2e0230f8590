"""TalentLink (Lumesse, now Cornerstone): `emea3.recruitmentplatform.com`, the board of East Sussex County Council and others.

All tenants share the host; a key (`ID`) and a `mask` in the query tell them apart. Which columns a list has is a setting of
the tenant, so that only their headings tell what they are. The column of pay is a band to search by, and no pay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlencode

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.talentlink.entry import (
    LIST,
    LIST_LABELS,
    PATH,
    SEARCH,
    TalentLinkEntry,
    Tenant,
    number_in,
    parameters,
)
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import list_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, has_class, text_of, untorn, whole
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.addresses import parts_of
from jobscraper.text.fold import fold_space

_LINK = "a[contains(translate(@href, 'NPTID', 'nptid'), 'npostingtargetid')]"
_ROW = f"{has_class('Lst-BG1')} or {has_class('Lst-BG2')}"
_NAV = f"//*[self::span or self::a][{has_class('Lst-NavPage')}][not(ancestor::*[{has_class('Lst-NavPage')}])]"
_COUNT = re.compile(r"\d[\d,]*")
_TITLE_ID = re.compile(r"\(ID(\d+)\)\s*$")
_WITHOUT_HEADINGS = ("Job Title", "Organisation", "Location", "Salary", "Closing Date")
"""The columns of East Sussex, by which rows are read that stand without their headings."""
# Rows are known by their links then; but the count and the further pages go by classes of the same family.
_RENAMED = Problem(
    kind="rows_renamed", text="TalentLink list: no row has its class; the list may go on", loses_adverts=True
)


class ListPage(Page):
    """A page of results, or only its rows."""

    landmarks = (f"//tr[{_ROW}]", f"//a[{has_class('lstA-desc1')}]", f"//caption[{has_class('Lst-CountLabel')}]")
    empty_landmarks = ("//*[@id='Lst-NoJob']",)

    def read(self) -> Reading:
        """Read the rows, and go on to the next page where there is one."""
        tenant = Tenant.of(str(self.url), self.selector)
        rows = self.xpath(f"//tr[td][{_ROW} or .//{_LINK}]")
        read = list_reading(
            "card",
            map(ResultRow, rows),
            lambda address: tenant.within(address).advert(str(self.url), number_in(address)),
            self.employer,
        )
        lost = () if not rows or self.xpath(f"//tr[{_ROW}]") else (_RENAMED,)
        return attrs.evolve(read, follow=self._next(), listed=self._total(), problems=(*read.problems, *lost))

    def _total(self) -> int | None:
        """`Number of jobs which match your criteria: 190`."""
        found = _COUNT.search(first_text(self.selector, f"//caption[{has_class('Lst-CountLabel')}]") or "")
        return whole(found[0]) if found else None

    def _next(self) -> tuple[str, ...]:
        """The page after this one. This one is the one without a link, or the one that the URL has."""
        links = [first_text(node, "descendant-or-self::a/@href") for node in self.xpath(_NAV)]
        if None in links:
            # The pages may be named above and below the rows: what is before this one is not after it.
            before = links[: links.index(None)]
            here = max((_page_number(link) for link in before), default=0)
            links = links[len(before) :]
        else:
            here = _page_number(str(self.url)) or 1
        pages = {_page_number(link): link for link in links if link and _page_number(link) > here}
        if not pages:
            return ()
        # The page and host are this one's; only the query is the link's.
        return (str(self.urljoin(f"{PATH}?{parts_of(untorn(pages[min(pages)])).query}")),)


def _page_number(link: str | None) -> int:
    number = parameters(link).get("pagenum", "")
    return int(number) if number.isdecimal() and len(number) < 7 else 0


class ResultRow(TalentLinkEntry[Selector]):
    """One row of a page of results."""

    @property
    def address(self) -> str | None:
        """A link with the number; a torn one is mended by the number that its `title` has."""
        link = first_text(self.node, f".//{_LINK}/@href")
        if number_in(link):
            return link
        found = _TITLE_ID.search(first_text(self.node, ".//a[@title]/@title") or "")
        return f"{PATH}?{urlencode({'nPostingTargetID': found[1]})}" if found else None

    @field
    def source_ref(self) -> str:
        return number_in(self.address) or ""

    @field
    def title(self) -> str | None:
        own = first_text(self.node, f".//{_LINK}[normalize-space(.)]")
        return own or first_text(self.node, ".//a[@href][normalize-space(.)]") or self.printed.values.get("title")

    @cached_property
    def printed(self) -> Labelled:
        found = LIST_LABELS.sort(self._cells, "TalentLink list")
        values = {name: value for name, value in found.values.items() if name != "salary_band"}
        band = found.values.get("salary_band")
        labels = {**found.labels, **({"salary_band": band} if band else {})}
        return attrs.evolve(found, values=values, labels=labels, problems=(*found.problems, *self._unheaded))

    @cached_property
    def _cells(self) -> list[tuple[str, str]]:
        """The cells but the title's, each under its heading."""
        return [
            (label, fold_space(text_of(cell) or ""))
            for label, cell in zip(self._headings, self._columns, strict=False)
            if label and not cell.xpath(f".//{_LINK}")
        ]

    @cached_property
    def _columns(self) -> list[Selector]:
        return list(self.node.xpath("td"))

    @cached_property
    def _headings(self) -> list[str]:
        """By the id that a cell names, by position among the headings, or as East Sussex has them."""
        heads = self.node.xpath("ancestor::table[1]//th")
        if not heads:
            return list(_WITHOUT_HEADINGS if len(self._columns) == len(_WITHOUT_HEADINGS) else ())
        by_id = {head.root.attrib["id"]: head for head in reversed(heads) if "id" in head.root.attrib}
        in_step = len(heads) == len(self._columns)
        found = (
            by_id.get(cell.root.attrib.get("headers", "")) or (heads[place] if in_step else None)
            for place, cell in enumerate(self._columns)
        )
        return [_heading(head) for head in found]

    @property
    def _unheaded(self) -> Iterator[Problem]:
        if len(self._columns) > 1 and not any(self._headings):
            text = f"TalentLink list: {len(self._columns)} columns without headings"
            yield Problem(kind="columns_unknown", text=text, of_the_board=True)


def _heading(head: Selector | None) -> str:
    """What a heading says, or its first link does: beside it there may be arrows to sort by."""
    if head is None:
        return ""
    return first_text(head, ".//a[normalize-space(.)]") or fold_space(text_of(head) or "")


class SearchPage(Page):
    """The form to search by. It lists nothing, and leads to the whole list."""

    landmarks = (f"//form[@id='{SEARCH}']", f"//input[@name='component'][@value='{LIST}']")

    def read(self) -> Reading:
        """Go to the list.

        :raises UnreadablePageError: the form names no tenant.
        """
        tenant = Tenant.of(str(self.url), self.selector)
        hidden = {name: first(self.selector, f"//input[@name='{name}']/@value") for name in ("ID", "mask")}
        key, mask = (found.get() if (found := hidden[name]) is not None else "" for name in ("ID", "mask"))
        tenant = Tenant(tenant.key or key, tenant.mask or mask)
        if not tenant.key:
            raise UnreadablePageError(f"{self.url}: a form to search by that names no tenant")
        return Reading(part="card", follow=(str(self.urljoin(tenant.list_path())),))
