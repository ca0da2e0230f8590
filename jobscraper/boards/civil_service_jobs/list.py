"""Civil Service Jobs: `www.civilservicejobs.service.gov.uk`, the "csr" portal that WCN (now Oleeo) built.

Its addresses are sessions: `SID` is a query string in base64 whose keys come in another order each time, with a signature
that expires. What an advert is goes by its number (`joblist_view_vac`, in plain addresses `jcode`), and so does its address.
The pages say ISO-8859-1 and are windows-1252. Since February 2025 a proof-of-work page stands before all of it; it is not
worked around: a crawl that meets it ends `blocked`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.boards.civil_service_jobs.addresses import advert_url, asked, number_in, own_address, page_in
from jobscraper.boards.civil_service_jobs.advert import AdvertPage
from jobscraper.boards.civil_service_jobs.labels import LABELS_OF_CARDS, unlabelled
from jobscraper.model.reading import Form, Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled
from jobscraper.read.markup import first, first_text, has_class, text_of, untorn, whole
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_space

_BOX = "search-results-job-box"
_CARD = f"//li[{has_class(_BOX)}] | //ul[@title='Job list']/li[normalize-space()]"
_PART = f"*[contains(concat(' ', normalize-space(@class)), ' {_BOX}-')]"
_HEADING = f"//*[{has_class('csr-page-title')}]//h1 | //h1 | //title"
_IS_SEARCH = "@id='ID_context_search_form' or contains(@action, 'esearch.cgi')"
_FORM = f"//form[{_IS_SEARCH}]"
_TOTAL = re.compile(r"(\d[\d,]*|no)\s+(?:search\s+)?results?\b", re.IGNORECASE)
_LOWER = "translate(normalize-space(.), 'NORESULTACHJB', 'noresultachjb')"
_NOTHING = (
    f"//*[self::h1 or self::h2 or self::h3 or self::p or self::div or self::li][string-length(.) < 300][{_FORM}]"
    f"[contains({_LOWER}, 'no results') or contains({_LOWER}, 'no search results') or contains({_LOWER}, 'no jobs')]"
)


class ListPage(Page):
    """A page of results: 25 cards, and a menu of pages, printed above and below them."""

    landmarks = (_CARD, "//ul[@title='Job list']")
    empty_landmarks = (_NOTHING, "//h1[starts-with(normalize-space(.), '0 ')]")
    always_printed = ("title", "employer", "closes")

    def read(self) -> Reading:
        """Read the cards, and go on to the next page."""
        read = list_reading("card", map(Card, self.xpath(_CARD)), self._page_of, self.employer)
        return attrs.evolve(read, follow=self._next(), listed=self._total())

    def says_nothing_is_listed(self) -> bool:
        """`0 Search results`, or words to that effect."""
        total = self._total()
        return total == 0 if total is not None else super().says_nothing_is_listed()

    def _page_of(self, address: str | None) -> str | None:
        return advert_url(self, number_in(address or ""))

    def _total(self) -> int | None:
        """How many adverts the page says that the search has found."""
        for node in self.xpath(_HEADING):
            if found := _TOTAL.match(fold_space(text_of(node) or "")):
                return whole(found[1]) if found[1][0].isdecimal() else 0
        return None

    def _next(self) -> tuple[str, ...]:
        """The nearest later page that the menu links to.

        Only that one: a page has another address in each menu, so that nothing would tell that it was asked for already.
        """
        menu = f"//*[{has_class('search-results-paging-menu')}]"
        shown = first_text(self.selector, f"{menu}//li/strong") or ""
        here = int(shown) if re.fullmatch(r"[0-9]{1,5}", shown) else page_in(str(self.url)) or 1
        later: dict[int, str] = {}
        for link in self.xpath(f"{menu}//a/@href").getall():
            page, address = page_in(link), own_address(self, link)
            if page is not None and page > here and address:
                later.setdefault(page, address)
        return (later[min(later)],) if later else ()


class Card(LabelledEntry[Selector]):
    """A card; what its parts are is said by their classes, which `Salary : ` and the like only repeat."""

    @property
    def address(self) -> str | None:
        """The first link that has an advert's number in it: a location may hold links, too."""
        links = (untorn(link) for link in self.node.xpath(".//a/@href").getall())
        return next((link for link in links if number_in(link)), None)

    @field
    def source_ref(self) -> str:
        return number_in(self.address or "")

    @field
    def title(self) -> str | None:
        title = f".//*[{has_class(f'{_BOX}-title')}]"
        return first_text(self.node, f"{title}//a") or first_text(self.node, title)

    @cached_property
    def printed(self) -> Labelled:
        return LABELS_OF_CARDS.sort(self._parts(), "Civil Service Jobs card")

    def _parts(self) -> Iterator[tuple[str, str]]:
        """The parts of the card, each under the end of its class; a logo lies in a part of its own."""
        for part in self.node.xpath(f".//{_PART}[not(ancestor::{_PART})]"):
            names = (
                name.removeprefix(f"{_BOX}-") for name in part.root.attrib["class"].split() if name.startswith(_BOX)
            )
            name = next(names)
            if not name.startswith("logo"):
                yield name, unlabelled(part)


class IndexPage(Page):
    """`/csr/index.cgi` is everything: the search form, a page of results, an advert; only the page itself says which."""

    landmarks = (*AdvertPage.landmarks, *ListPage.landmarks, *ListPage.empty_landmarks, _FORM)

    def believable(self) -> Reading:
        """Read the page as what it is.

        :raises UnreadablePageError: it is none of the three.
        """
        kind = self._kind()
        return kind(response=self.response, employer=self.employer).believable() if kind else super().believable()

    def read(self) -> Reading:
        """Send the search form as it stands, which finds everything.

        :raises UnreadablePageError: it stands where its results should be, or it has nothing to send.
        """
        form = first(self.selector, _FORM)
        fields = _fields(form) if form is not None else {}
        to = own_address(self, form.root.attrib.get("action", "")) if form is not None else ""
        results = asked(str(self.url)).get("pageaction", "").startswith("search")
        if not fields or "/esearch.cgi" not in to or results:
            raise UnreadablePageError(f"{self.url}: neither the search form of the first page nor what it finds")
        return Reading(part="card", follow=(Form(to, fields),))

    def _kind(self) -> type[Page] | None:
        if self.selector.type == "json":
            return None
        if any(map(self.xpath, AdvertPage.landmarks)):
            return AdvertPage
        listed = any(map(self.xpath, ListPage.landmarks)) or _TOTAL.match(first_text(self.selector, "//h1") or "")
        return ListPage if listed else None


def _fields(form: Selector) -> dict[str, str]:
    """What a browser would send: fields as they stand, lists where one value is chosen, the first button.

    Of a name that comes twice the first counts: the page nests its forms badly, and another form's fields come after.
    """
    own = f"[@name][not(@disabled)][ancestor::form[1][{_IS_SEARCH}]]"
    fields: dict[str, str] = {}
    sent = False
    for node in form.xpath(f".//input{own}"):
        kind = node.root.attrib.get("type", "text").lower()
        if kind in ("checkbox", "radio", "image", "reset", "button") or (kind == "submit" and sent):
            continue
        sent = sent or kind == "submit"
        fields.setdefault(node.root.attrib["name"], node.root.attrib.get("value", ""))
    for node in form.xpath(f".//select{own}[not(@multiple)]"):
        chosen = first(node, ".//option[@selected]") or first(node, ".//option")
        fields.setdefault(node.root.attrib["name"], chosen.root.attrib.get("value", "") if chosen is not None else "")
    return fields
