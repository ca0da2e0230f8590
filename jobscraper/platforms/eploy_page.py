"""Eploy's pages of HTML: the list of vacancies, and a vacancy's own page.

Both print fields as a label and a content. A tenant may call a field what it likes, but the content's `data-id` has Eploy's
own name of it (`div_content_VacV_DisplaySalary`); the questions of a tenant (`div_content_Question_9_311`) are known by
their labels alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.items import Problem, RawAdvert, Reading
from jobscraper.platforms.conscience import Labelled, Labels
from jobscraper.platforms.labelled import LabelledEntry
from jobscraper.platforms.markup import first, first_text, has_class, text_of, untorn
from jobscraper.platforms.page import Page, UnreadablePageError
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.labels import field_of_label

_ADDRESS = re.compile(r"(?:^|/)(\d+)/([^/?#]+\.html)(?=[/?#]|$)", re.IGNORECASE)
_UNSPECIFIED = frozenset({"not specified", "please select", "n a", "none"})
_POSTED = re.compile(r"posted(?: on)?\s*:?\s*", re.IGNORECASE)
_COUNT = re.compile(r"\s*([\d,]+)\s+(?:vacanc|jobs?\b)", re.IGNORECASE)

_CARD = (
    f"{has_class('vsr-job-big')} or {has_class('vsr-job')} or {has_class('vsr-grid-job')}"
    " or (contains(@id, 'VacancyListView') and contains(@id, '_pnlList'))"
)
_CONTENT = "*[starts-with(@data-id, 'div_content_')]"
_HIDDEN = "ancestor::*[contains(translate(@style, ' ', ''), 'display:none')]"
_DESCRIPTION = (
    "//*[@data-id='div_content_VacV_Description'] | //*[contains(@id, 'VacV_Description')]"
    f" | //*[{has_class('vac-details__description')}]"
)

# Eploy's own names of fields, without `VacV_`.
_FIELDS = {
    "Title": "title",
    "CompanyID": "employer",
    "Company": "employer",
    "LocationID": "location",
    "AllLocations": "location",
    "Town": "location",
    "DisplaySalary": "salary",
    "VacancyTypeID": "contract",
    "HoursPerWeek": "hours",
    "AdvertisingEndDate": "closes",
    "DQAdvertisingEndDate": "closes",
    "DateCareersAdvertised": "posted",
    "DatePosted": "posted",
    "Reference": "reference",
}
# Lists that each tenant fills with what it wants: departments here, groups of jobs there. The label tells which.
_LISTS = frozenset({"PositionID", "IndustryID"})
_ELSEWHERE = frozenset({"VacancyID", "Description"})

_QUESTIONS = Labels.of(
    {
        "Contract Type": "contract",
        "Contract Status": "working_pattern",
        "Working Pattern": "working_pattern",
        "Full Time / Part Time": "working_pattern",
        "Hours": "hours",
        "Hours per week": "hours",
        "Grade": "grade",
        "Department": "department",
        "Directorate": "department",
        "Faculty": "department",
        "School": "department",
        "Location": "location",
        "Work style": "workplace",
        "Workplace type": "workplace",
    },
    kept=(
        "Qualifications",
        "Benefits",
        "Interview Date",
        "Start Date",
        "Contract Duration",
        "Number of positions",
        "Term",
    ),
    ignored=("Contact", "Contact name", "Contact email", "Contact telephone", "Informal enquiries"),
)


def number_in(address: str | None) -> str | None:
    """The number of a vacancy in the address of its page: `581` of `581/lecturer.html`."""
    found = _ADDRESS.search(untorn(address or ""))
    return found[1] if found else None


def vacancy_address(page: str, address: str | None) -> str | None:
    """The address of a vacancy's own page on the host of `page`.

    >>> vacancy_address("https://jobs.islington.gov.uk/vacancies/", "581/lecturer.html?utm=1")
    'https://jobs.islington.gov.uk/vacancies/581/lecturer.html'
    """
    found = _ADDRESS.search(untorn(address or ""))
    return urljoin(page, f"/vacancies/{found[1]}/{found[2]}") if found else None


def specified(value: str) -> str:
    """A value, or nothing where the site only says that there is none."""
    return "" if fold_name(value) in _UNSPECIFIED else value


@attrs.frozen
class _Item:
    """A field as it is printed: Eploy's name of it, the tenant's label, the value."""

    name: str
    label: str
    value: str


def _items(node: Selector, contents: str) -> Iterator[_Item]:
    for content in node.xpath(contents):
        name = (first_text(content, "@data-id") or "").removeprefix("div_content_").removeprefix("VacV_")
        label = first(content, f"preceding-sibling::*[{has_class('label')}][1]")
        printed = (first_text(label, "span[not(.//i)]") or first_text(label, ".//@data-tooltip")) if label else None
        yield _Item(name, printed or name, specified(_visible(content)))


def _visible(content: Selector) -> str:
    """The text of a content; messages of a form's checks stand in it too, hidden."""
    if not content.xpath(".//*[contains(translate(@style, ' ', ''), 'display:none')]"):
        return text_of(content) or ""
    hidden = len(content.xpath(_HIDDEN))
    texts = (text for text in content.xpath(".//text()") if len(text.xpath(_HIDDEN)) == hidden)
    return fold_space(" ".join(text.get() for text in texts))


def _sorted(items: list[_Item], board: str) -> Labelled:
    """Sort by Eploy's own names first, then by the tenant's labels."""
    meant = {fold_name(item.label): _FIELDS[item.name] for item in items if item.name in _FIELDS}
    for item in items:
        if item.name in _LISTS:
            is_department = field_of_label(item.label) == "department"
            meant[fold_name(item.label)] = "department" if is_department else "category"
    known = attrs.evolve(_QUESTIONS, fields={**_QUESTIONS.fields, **meant})
    return known.sort(((item.label, item.value) for item in items if item.name not in _ELSEWHERE), board)


class ListPage(Page):
    """A page of the list of vacancies. Further pages are asked for by a form, and not followed."""

    landmarks = (f"//*[{_CARD}]", "//*[contains(@id, 'VacancyListView')]")
    empty_landmarks = (
        "//*[contains(text(), 'search returned no results')]",
        "//title[starts-with(normalize-space(.), '0 Vacanc')]",
        f"//*[{has_class('hero__title')}][starts-with(normalize-space(.), '0 Vacanc')]",
    )

    def read(self) -> Reading:
        """Read the cards."""
        cards = [Card(node) for node in self.xpath(f"//*[{_CARD}][not(ancestor::*[{_CARD}])]")]
        adverts: dict[str, RawAdvert] = {}
        for card in cards:
            if card.source_ref:
                raw = card.raw()
                address = vacancy_address(str(self.url), card.address)
                adverts.setdefault(
                    raw.source_ref, attrs.evolve(raw, url=address, employer=raw.employer or self.employer)
                )
        problems = [problem for card in cards for problem in card.problems()]
        if self.xpath("//a[contains(@href, 'VacancyPager') or starts-with(@title, 'Go to page')]"):
            problems.append(Problem(kind="list_goes_on", text="only the feed has all vacancies", loses_adverts=True))
        return Reading(
            part="card",
            adverts=tuple(adverts.values()),
            pages={ref: raw.url for ref, raw in adverts.items() if raw.url},
            listed=self._count(),
            problems=tuple(dict.fromkeys(problems)),
        )

    def _count(self) -> int | None:
        said = _COUNT.match(first_text(self.selector, f"//title | //*[{has_class('hero__title')}]") or "")
        return int(said[1].replace(",", "")) if said and said[1][0].isdecimal() else None


class Card(LabelledEntry[Selector]):
    """A card: a heading with a link, fields, and the beginning of the text."""

    def problems(self) -> tuple[Problem, ...]:
        """No number, no fields at all, or labels that nobody knows."""
        if not self.source_ref:
            return (Problem(kind="card_unreadable", text=(text_of(self.node) or "")[:300], loses_adverts=True),)
        if not self.node.xpath(f".//{_CONTENT}"):
            return (Problem(kind="card_without_details", text="a card without fields", of_the_board=True),)
        return self.printed.problems

    @property
    def address(self) -> str | None:
        """The link of the heading, or another to the vacancy's page."""
        links = self.node.xpath(f".//*[{has_class('vsr-job__title')}]//a/@href | .//a/@href").getall()
        return next(filter(number_in, links), None)

    @field
    def source_ref(self) -> str:
        printed = (item.value for item in self._items if item.name == "VacancyID")
        return number_in(self.address) or next(filter(str.isdecimal, map(fold_space, printed)), "")

    @field
    def title(self) -> str | None:
        heading = f".//*[{has_class('vsr-job__title')}]"
        return first_text(self.node, f"{heading}//a") or first_text(self.node, heading)

    @field
    def posted(self) -> str | None:
        printed = first_text(self.node, f".//*[{has_class('vsr-job__date-posted')}]")
        return _POSTED.sub("", printed, count=1) if printed else self.printed.values.get("posted")

    @field
    def description(self) -> str | None:
        return text_of(first(self.node, f".//*[{has_class('vsr-job__desc')}]"))

    @cached_property
    def printed(self) -> Labelled:
        return _sorted(self._items, "Eploy card")

    @cached_property
    def _items(self) -> list[_Item]:
        return list(_items(self.node, f".//{_CONTENT}"))


class VacancyPage(Page):
    """A vacancy's own page."""

    landmarks = (f"//{_CONTENT}[not(ancestor::*[{_CARD}])]", _DESCRIPTION)

    def read(self) -> Reading:
        """Read the vacancy.

        :raises UnreadablePageError: the page has no heading.
        """
        entry = Vacancy(self.selector)
        number = number_in(str(self.url))
        if not number or not entry.title:
            raise UnreadablePageError(f"{self.url}: not a vacancy's own page; it has no number or no heading")
        raw = entry.raw()
        own = attrs.evolve(
            raw,
            source_ref=number,
            url=vacancy_address(str(self.url), str(self.url)),
            employer=raw.employer or self.employer,
        )
        return Reading(part="page", adverts=(own,), problems=entry.printed.problems)


class Vacancy(LabelledEntry[Selector]):
    """The vacancy of its own page; cards of similar ones stand below it."""

    @field
    def source_ref(self) -> str:
        return ""

    @field
    def title(self) -> str | None:
        own = first_text(self.node, "//h1[contains(@id, 'JobTitle')]") or self.printed.values.get("title")
        return own or first_text(self.node, "//h1")

    @field
    def description(self) -> str | None:
        return text_of(first(self.node, _DESCRIPTION))

    @cached_property
    def printed(self) -> Labelled:
        return _sorted(list(_items(self.node, f"//{_CONTENT}[not(ancestor::*[{_CARD}])]")), "Eploy vacancy")
