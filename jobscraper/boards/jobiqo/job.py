"""An advert of Jobiqo: a row of a list or the content of its own page, which are the same kind of object.

Pay is given as numbers (`"34206.000000"`, `0` for not known) with a unit; no text of it is printed, so there is no `salary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote, urljoin

import attrs
from web_poet import field

from jobscraper.boards.jobiqo.tree import Row, text_of_value
from jobscraper.model.reading import Problem
from jobscraper.read.applicant_systems import system_of, without_visit
from jobscraper.read.entry import Entry
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import unescaped, untorn
from jobscraper.text.addresses import parts_of

BOARD = "Jobiqo advert"
_PATH = re.compile(r"(?:/[a-z]{2})?/job/[^/?#\s]+/?")
_LABELS = Labels.of(
    {
        "title": "title",
        "published": "posted",
        "expiration": "closes",
        "employmentType": "working_pattern",
        "remoteOptions": "workplace",
        "body": "description",
        "description": "description",
    },
    kept=("region", "applicationWorkflow", "salaryRange"),
    ignored=(
        *("__typename", "id", "url", "urlNoPrefix"),
        *("organization", "organizationProfile", "address", "salaryRangeFree", "schemaOrgSalary", "applicationLink"),
        *("applicationRequireCv", "applicationRequireCoverLetter", "applicationQualifyingQuestions"),
        *("logo", "image", "images", "video", "metatags"),
        # Contacts have no field of their own.
        *(
            "contact",
            "contactName",
            "contactPerson",
            "contactEmail",
            "contactPhone",
            "applicationEmail",
            "email",
            "phone",
        ),
    ),
)
# What other people's readers say of the shape of each key; anything else is a problem, never a guess.
_SHAPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "title": ("title", (str,)),
    "organization": ("employer", (str,)),
    "address": ("location", (list, str)),
    "published": ("posted", (str,)),
    "expiration": ("closes", (str,)),
    "salaryRangeFree": ("salary_structured", (dict,)),
    "schemaOrgSalary": ("salary_structured", (dict,)),
    "applicationLink": ("apply_url", (str,)),
}


@attrs.frozen
class JobEntry(Entry[Row]):
    """A row of the list or the content of an advert's page; both are the same kind of object."""

    page_url: str

    def problems(self) -> Iterator[Problem]:
        """A row without a reference, a value of another shape, and keys that nobody knows."""
        if not self.source_ref:
            said = text_of_value(dict(self.node)) or ""
            yield Problem(kind="entry_unreadable", text=f"a row without an id: {said[:200]}", loses_adverts=True)
            return
        for key, (name, shapes) in _SHAPES.items():
            if not _has_shape(self.node.get(key), shapes):
                said = f"{self.source_ref}: {key} is {str(self.node[key])[:200]}"
                yield Problem(kind="field_unreadable", field=name, text=said)
        yield from self._labelled.problems

    @field
    def source_ref(self) -> str:
        found = self.node.get("id")
        return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""

    @field
    def url(self) -> str | None:
        """`/job/<words>-<id>` on the host of the page."""
        link = self.node.get("url")
        printed = self.node.get("urlNoPrefix") or (link.get("path") if isinstance(link, dict) else link)
        path = parts_of(printed).path if isinstance(printed, str) else ""
        if not _PATH.fullmatch(path):
            path = f"/job/{quote(self.source_ref, safe='')}"
        return urljoin(self.page_url, path) if self.source_ref else None

    @field
    def title(self) -> str | None:
        return unescaped(self._labelled.values.get("title") or "")

    @field
    def employer(self) -> str | None:
        return self._string("organization") or self._profile_name

    @field
    def location(self) -> str | None:
        return next(iter(self.places), None) or text_of_value(self.node.get("region"))

    @field
    def places(self) -> tuple[str, ...]:
        """`address` is a list: jobs of many places list them all."""
        address = self.node.get("address") if self._is_readable("address") else None
        printed = address if isinstance(address, list) else [address]
        return tuple(text for place in printed if (text := text_of_value(place)))

    @field
    def salary_structured(self) -> Mapping[str, Any] | None:
        """The numbers, by schema.org's names; `0.000000` means that they are not known."""
        for key, names in _PAY.items():
            pay = _mapping(self.node.get(key))
            low, high, currency, unit = (text_of_value(pay.get(name)) for name in names)
            amounts = {"minValue": _amount(low), "maxValue": _amount(high)}
            if any(amounts.values()):
                value = {"@type": "QuantitativeValue", **amounts, "unitText": unit}
                money = {"@type": "MonetaryAmount", "currency": currency, "value": _known(value)}
                return _known(money)
        return None

    @field
    def description(self) -> str | None:
        """The advert's HTML as it is; one that was escaped as a whole is HTML again."""
        text = self._labelled.values.get("description")
        return unescaped(text) if text and "<" not in text else text

    @field
    def working_pattern(self) -> str | None:
        return self._labelled.values.get("working_pattern")

    @field
    def workplace(self) -> str | None:
        return self._labelled.values.get("workplace")

    @field
    def posted(self) -> str | None:
        return self._labelled.values.get("posted")

    @field
    def closes(self) -> str | None:
        return self._labelled.values.get("closes")

    @field
    def apply_url(self) -> str | None:
        link = untorn(str(self.node.get("applicationLink") or ""))
        return without_visit(link) if link.startswith(("http://", "https://")) else None

    @field
    def labels(self) -> Mapping[str, str]:
        profile = self._profile_name if self._profile_name != self.employer else None
        own = {"applicant_system": system_of(self.apply_url), "organizationProfile": profile}
        return {**self._labelled.labels, **_known(own)}

    @cached_property
    def _labelled(self) -> Labelled:
        keys = [key for key in self.node if self._is_readable(key)]
        if "body" in keys:  # `description` is the same, or the beginning of it.
            keys = [key for key in keys if key != "description"]
        pairs = ((key, text_of_value(self.node[key]) or "") for key in keys)
        return _LABELS.sort(pairs, BOARD)

    def _is_readable(self, key: str) -> bool:
        return key not in _SHAPES or _has_shape(self.node.get(key), _SHAPES[key][1])

    def _string(self, key: str) -> str | None:
        value = self.node.get(key)
        return unescaped(value).strip() or None if isinstance(value, str) else None

    @property
    def _profile_name(self) -> str | None:
        name = _mapping(self.node.get("organizationProfile")).get("name")
        return unescaped(name).strip() or None if isinstance(name, str) else None


# Where a row has its pay: minimum, maximum, currency and unit. The second is filled where the first is not.
_PAY: Mapping[str, tuple[str, str, str, str]] = {
    "salaryRangeFree": ("minSalary", "maxSalary", "currencyCode", "salaryUnit"),
    "schemaOrgSalary": ("minValue", "maxValue", "currency", "unitText"),
}


def _has_shape(value: Any, shapes: tuple[type, ...]) -> bool:
    return value is None or value == [] or isinstance(value, shapes)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _amount(text: str | None) -> str | None:
    return text if text and text.strip("0.") else None


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
