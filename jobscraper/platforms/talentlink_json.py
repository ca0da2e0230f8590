"""The record that East Sussex County Council made of an advert on TalentLink for its own website: JSON with the text in it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import attrs
from parsel import Selector

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
_OF_SALARY = {"SalaryRange": "Salary", "SearchRange": "Salary band"}
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
            found = json.loads(body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return None
        titled = isinstance(found, dict) and isinstance(found.get("JobTitle"), str)
        return cls(found) if titled and isinstance(found.get("AdvertHtml"), str) else None

    def page(self) -> Selector:
        """Its text, as it stood on the advert's page."""
        texts = (self.record.get(name) for name in _TEXTS)
        return Selector("\n".join(f"<div>{text}</div>" for text in texts if isinstance(text, str)), type="html")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its other values, under the labels that the page has for them; an unknown name is its own label."""
        salary = self.record.get("Salary")
        pay = salary if isinstance(salary, Mapping) else {}
        named = [
            (_LABELS.get(name, name), self.record[name]) for name in self.record if name not in {*_IGNORED, *_TEXTS}
        ]
        named += [(label, pay[name]) for name, label in _OF_SALARY.items() if name in pay]
        return tuple((label, str(value)) for label, value in named if isinstance(value, str | int | float))
