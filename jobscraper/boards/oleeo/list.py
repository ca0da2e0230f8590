"""The list of an Oleeo board, as a table or as tiles.

Which of the two layouts a tenant has is a setting, and so are the columns: only their labels tell what they are. Fifty
adverts stand on a page, `?start=50` gives the next. A board drawn by a script has neither rows nor tiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, partial
from urllib.parse import urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.oleeo.addresses import advert_address, number_in, without_visit
from jobscraper.boards.oleeo.entry import OleeoEntry
from jobscraper.boards.oleeo.labels import LABELS, merged
from jobscraper.model.reading import Problem, Reading
from jobscraper.read.labelled import list_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, has_class, text_of, whole
from jobscraper.read.page import Page
from jobscraper.text.fold import fold_space
from jobscraper.text.labels import split_label

_CARD = f"@data-oppid or @data-title or {has_class('opp-container')} or {has_class('details_row')}"
_LINK = "a[contains(@href, '/opp/') and not(contains(@href, '/apply'))]"
_COUNT = f"//h2[@role='alert'] | //*[{has_class('results_meta')}]//h2"
_TOTAL = re.compile(r"(\d[\d,]*)\s+(?:results?|vacanc\w+|opportunit\w+|jobs?)\b", re.IGNORECASE)
_START = re.compile(r"[?&]start=(\d{1,6})\b")
_NONE = re.compile(r"\b(?:0|no) (?:results?|vacancies|opportunities|jobs)\b", re.IGNORECASE)
_LOWER = "translate(normalize-space(.), 'NORESULTVACIPJB', 'noresultvacipjb')"
_SAID = " or ".join(f"contains({_LOWER}, 'no {word}')" for word in ("results", "vacancies", "opportunities", "jobs"))


class BoardPage(Page):
    """A page of the list of a board."""

    landmarks = (f"//*[{_CARD}]", f"//{_LINK}", f"//*[{has_class('results_meta')}]", "//h2[@role='alert']")
    empty_landmarks = (
        "//*[self::h1 or self::h2 or self::h3 or self::p or self::div or self::li][string-length(.) < 200]"
        f"[not(ancestor::template or ancestor::noscript)][{_SAID}]",
    )

    def read(self) -> Reading:
        """Read the rows or tiles, and go on where there are more."""
        nodes = self.xpath(f"//*[{_CARD}][not(ancestor::*[{_CARD}])]") or self.xpath(f"//{_LINK}")
        read = list_reading("card", map(BoardCard, nodes), partial(advert_address, str(self.url)), self.employer)
        total = self._total()
        return attrs.evolve(read, follow=self._next(len(nodes), total), listed=total)

    def says_nothing_is_listed(self) -> bool:
        """`0 results match!`, or words to that effect; a page past the end of the list."""
        total = self._total()
        if total is not None:
            return total == 0 or 0 < total <= self._start()
        return super().says_nothing_is_listed()

    def _total(self) -> int | None:
        """How many adverts the page says that the list has."""
        for node in self.xpath(_COUNT):
            text = fold_space(text_of(node) or "")
            found = _TOTAL.search(text)
            if found or _NONE.search(text):
                return whole(found[1]) if found else 0
        return None

    def _start(self) -> int:
        found = _START.search(str(self.url))
        return int(found[1]) if found else 0

    def _next(self, here: int, total: int | None) -> tuple[str, ...]:
        """The next page: the nearest of those that this one links to, or what must be there if the total is true."""
        links = (_START.search(address) for address in self.xpath("//a/@href[contains(., 'start=')]").getall())
        later = [int(found[1]) for found in links if found and int(found[1]) > self._start()]
        if not later and here and total is not None and self._start() + here < total:
            later = [self._start() + here]
        path = without_visit(urlsplit(str(self.url)).path)
        return (str(self.urljoin(f"{path}?start={min(later)}")),) if later and here else ()


class BoardCard(OleeoEntry[Selector]):
    """A row of the table, a tile, or only a link to an advert."""

    def problems(self) -> tuple[Problem, ...]:
        """Also: nothing but a title, which no board prints alone."""
        found = super().problems()
        if not found and not self._pairs:
            return (Problem(kind="card_without_details", text="a card with nothing but its title", of_the_board=True),)
        return found

    @property
    def address(self) -> str | None:
        return first_text(self.node, f"descendant-or-self::{_LINK}/@href")

    @field
    def source_ref(self) -> str:
        own = first_text(self.node, "descendant-or-self::*/@data-oppid") or ""
        return number_in(self.address) or (own if own.isdecimal() else "")

    @field
    def title(self) -> str | None:
        """A table shortens the title in its link; the row's own attribute has all of it."""
        link = first_text(self.node, f".//a[{has_class('subject')}]")
        link = link or first_text(self.node, f"descendant-or-self::{_LINK}")
        whole = first_text(self.node, "descendant-or-self::*/@data-title")
        return whole if whole and (not link or link.endswith(("…", "..."))) else link

    @cached_property
    def printed(self) -> Labelled:
        return LABELS.sort(merged(self._pairs), "Oleeo board")

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return list(_columns(self.node)) or list(_tile_fields(self.node)) or list(_lines_around(self.node))


def _columns(row: Selector) -> Iterator[tuple[str, str]]:
    """The cells of a table's row, each under its heading; none where the table has another number of headings."""
    cells = row.xpath("self::tr/td")
    heads = row.xpath("ancestor::table[1]//th")
    if len(cells) == len(heads):
        for head, cell in zip(heads, cells, strict=True):
            if label := fold_space(text_of(head) or ""):
                yield label, fold_space(text_of(cell) or "")


def _tile_fields(tile: Selector) -> Iterator[tuple[str, str]]:
    """The labelled lines of a tile: `Location: London`."""
    for node in tile.xpath(f".//*[{has_class('candidate-opp-field-label')}]"):
        label = fold_space(text_of(node) or "")
        line = fold_space(text_of(first(node, "..")) or "")
        if label:
            yield label, line.removeprefix(label).lstrip(" :")


def _lines_around(link: Selector) -> Iterator[tuple[str, str]]:
    """The labelled lines of what stands around a mere link to an advert, if that is about no other advert."""
    around = first(link, f"self::{_LINK}/ancestor::*[self::li or self::tr or self::article or self::div][1]")
    if around is None or len(set(map(number_in, around.xpath(f".//{_LINK}/@href").getall()))) != 1:
        return
    for line in (text_of(around) or "").split("\n"):
        if labelled := split_label(line):
            yield line.partition(":")[0], labelled.value
