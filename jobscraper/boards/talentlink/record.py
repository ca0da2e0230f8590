"""The record that East Sussex County Council made of an advert on TalentLink for its own website: JSON with the text in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from parsel import Selector

from jobscraper.text.json_values import parsed
from jobscraper.text.lines import breaks_mended

_LABELS = {
    "JobTitle": "Job Title",
    "Reference": "Job Reference",
    "Organisation": "Organisation",
    "Location": "Location",
    "Department": "Department",
    "ContractType": "Contract Type",
    "JobType": "Job Type",
    "ClosingDate": "Closing Date",
    "DatePublished": "Date posted",
}
_TEXTS = ("AdvertHtml", "AdditionalInformationHtml", "EqualOpportunitiesHtml")
_OF_SALARY = {"SalaryRange": "Salary", "SearchRange": "salary_band"}
_IGNORED = frozenset({"Id", "Url", "ApplyUrl", "WorkPattern", "IsFullTime", "IsPartTime", "Salary"})


@attrs.frozen
class Exported:
    """One such record."""

    record: Mapping[str, object]

    @classmethod
    def of(cls, body: bytes) -> Exported | None:
        """The record in a response, or None where it is no JSON or another object."""
        if not body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
            return None
        try:
            found = parsed(body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return None
        titled = isinstance(found, dict) and isinstance(found.get("JobTitle"), str)
        return cls(found) if titled and isinstance(found.get("AdvertHtml"), str) else None

    def page(self) -> Selector:
        """Its text, as it stood on the advert's page."""
        texts = (self.record.get(name) for name in _TEXTS)
        return Selector(
            "\n".join(f"<div>{breaks_mended(text)}</div>" for text in texts if isinstance(text, str)), type="html"
        )

    @property
    def has_application(self) -> bool:
        """Whether it says where to apply."""
        return bool(self.record.get("ApplyUrl"))

    def amounts(self) -> Mapping[str, Any] | None:
        """The least and the most of its pay; nothing says of which time."""
        pay = self._pay
        names = {"minValue": "MinimumSalary", "maxValue": "MaximumSalary"}
        value = {own: pay[name] for own, name in names.items() if _is_amount(pay.get(name))}
        if not value:
            return None
        return {"@type": "MonetaryAmount", "value": {"@type": "QuantitativeValue", **value}}

    @property
    def _pay(self) -> Mapping[str, object]:
        salary = self.record.get("Salary")
        return salary if isinstance(salary, Mapping) else {}

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its other values, under the labels that the page has for them; an unknown name is its own label."""
        named = [
            (_LABELS.get(name, name), self.record[name]) for name in self.record if name not in {*_IGNORED, *_TEXTS}
        ]
        named += [(label, self._pay[name]) for name, label in _OF_SALARY.items() if name in self._pay]
        return tuple((label, str(value)) for label, value in named if isinstance(value, str | int | float))


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
