"""The fields of Eploy's pages.

A field is a label and a content. A tenant may call it what it likes, but the content's `data-id` has Eploy's own name of it
(`div_content_VacV_DisplaySalary`); the questions of a tenant (`div_content_Question_9_311`) are known by their labels alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from parsel import Selector

from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import first, first_text, has_class, text_of
from jobscraper.text.fold import fold_name, fold_space
from jobscraper.text.labels import field_of_label

CARD = (
    f"{has_class('vsr-job-big')} or {has_class('vsr-job')} or {has_class('vsr-grid-job')}"
    " or (contains(@id, 'VacancyListView') and contains(@id, '_pnlList'))"
)
CONTENT = "*[starts-with(@data-id, 'div_content_')]"
_UNSPECIFIED = frozenset({"not specified", "please select", "n a", "none"})

_HIDDEN = "contains(translate(@style, ' ', ''), 'display:none')"

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


def specified(value: str) -> str:
    """A value, or nothing where the site only says that there is none."""
    return "" if fold_name(value) in _UNSPECIFIED else value


@attrs.frozen
class Item:
    """A field as it is printed: Eploy's name of it, the tenant's label, the value."""

    name: str
    label: str
    value: str


def items_of(contents: Iterable[Selector]) -> Iterator[Item]:
    """The fields whose contents these are; a label stands before its content."""
    for content in contents:
        name = (first_text(content, "@data-id") or "").removeprefix("div_content_").removeprefix("VacV_")
        label = first(content, f"preceding-sibling::*[{has_class('label')}][1]")
        printed = (first_text(label, "span[not(.//i)]") or first_text(label, ".//@data-tooltip")) if label else None
        yield Item(name, printed or name, specified(_visible(content)))


def _visible(content: Selector) -> str:
    """The text of a content; messages of a form's checks stand in it too, hidden."""
    if not content.xpath(f".//*[{_HIDDEN}]"):
        return text_of(content) or ""
    around = len(content.xpath(f"ancestor-or-self::*[{_HIDDEN}]"))
    return fold_space(" ".join(content.xpath(f".//text()[count(ancestor::*[{_HIDDEN}]) = {around}]").getall()))


def field_of(item: Item) -> str | None:
    """The field of `RawAdvert` that an item is: by Eploy's own name of it, then by the tenant's label."""
    by_label = _QUESTIONS.fields.get(fold_name(item.label)) or field_of_label(item.label)
    if item.name in _LISTS:
        return "department" if by_label == "department" else "category"
    return _FIELDS.get(item.name) or by_label


def sorted_by_name(items: list[Item], board: str) -> Labelled:
    """Sort by Eploy's own names first, then by the tenant's labels."""
    meant = {fold_name(item.label): found for item in items if (found := field_of(item))}
    known = attrs.evolve(_QUESTIONS, fields={**_QUESTIONS.fields, **meant})
    return known.sort(((item.label, item.value) for item in items if item.name not in _ELSEWHERE), board)
