"""Oracle Recruiting: a requisition, as the list and its own page print it. Its text has the pay, `workLocation` the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from web_poet import field

from jobscraper.model.reading import Problem
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.markup import labelled_in
from jobscraper.read.pay_sentence import pay_sentence

Node = Mapping[str, Any]

HERE = frozenset({"GB", "", None})
"""How a reply names the United Kingdom, or no country."""

_NUMBER = re.compile(r"[0-9]{1,20}")
_CONTRACT = re.compile(
    r"(?:permanent|fixed[ -]term|temporary|casual|seasonal|secondment|bank|open[ -]ended|sessional|zero hours)"
    r"(?: (?:contract|appointment|post|staff))?",
    re.IGNORECASE,
)

LABELS = Labels.of(
    {
        "Title": "title",
        "LegalEmployer": "employer",
        "Department": "department",
        "BusinessUnit": "department",
        "Organization": "department",
        "PrimaryLocation": "location",
        "ContractType": "contract",
        "WorkerType": "contract",
        "JobSchedule": "working_pattern",
        "WorkHours": "hours",
        "PostedDate": "posted",
        "ExternalPostedStartDate": "posted",
        "PostingEndDate": "closes",
        "ExternalPostedEndDate": "closes",
        "WorkplaceType": "workplace",
        "Category": "category",
        "JobFamily": "category",
        "JobFunction": "category",
        "ShortDescriptionStr": "description",
        "ExternalDescriptionStr": "description",
        "RequisitionId": "reference",
    },
    kept=("StudyLevel", "JobGrade", "ContractTypeCode", "RequisitionType"),
    ignored=(
        "Id Language PrimaryLocationCountry GeographyId HotJobFlag WorkplaceTypeCode OrganizationId secondaryLocations"
        " requisitionFlexFields primaryLocationCoordinates Distance TrendingFlag BeFirstToApplyFlag Relevancy MediaThumbURL"
        " otherWorkLocations workLocation JobShift WorkDays WorkDurationYears WorkDurationMonths WorkWeeks ContactEmail"
        " ContactName ExternalContactName ExternalContactEmail CorporateDescriptionStr OrganizationDescriptionStr"
        " ExternalQualificationsStr ExternalResponsibilitiesStr InternalResponsibilitiesStr InternalQualificationsStr skills"
        " media HiringManager links NumberOfOpenings DomesticTravelRequired InternationalTravelRequired"
        " ApplyWhenNotPostedFlag ObjectVerNumberProfile GeographyNodeId GeographyNodePath PrimaryLocationCoordinates"
    ).split(),
)


class Requisition(LabelledEntry[Node]):
    """One requisition, of the list or by itself."""

    @field
    def source_ref(self) -> str:
        number = self.node.get("Id")
        return str(number) if _NUMBER.fullmatch(str(number)) else ""

    @field
    def salary(self) -> str | None:
        """Pay stands in the text: behind its label, or in the one sentence that tells it."""
        return self._pay[0]

    @field
    def location(self) -> str | None:
        """The place of work; `PrimaryLocation` is often no more than the country, and has no postcode."""
        return next(iter(self._places), None) or self.printed.values.get("location")

    @field
    def places(self) -> tuple[str, ...]:
        return self._places if len(self._places) > 1 else ()

    @field
    def contract(self) -> str | None:
        """`RequisitionType` is the tenant's: kinds of contract at one, families of jobs at another."""
        kind = self.node.get("RequisitionType")
        is_of_contract = isinstance(kind, str) and _CONTRACT.fullmatch(kind.strip())
        return self.printed.values.get("contract") or (kind if is_of_contract else None)

    @field
    def labels(self) -> Mapping[str, str]:
        """Also the coordinates of the place of work, and what the board prints as the place besides."""
        where = next(iter(self._work_locations), {})
        more = {name: str(where[name]) for name in ("Latitude", "Longitude") if where.get(name)}
        shown = self.printed.values.get("location")
        return {**self.printed.labels, **more, **({"PrimaryLocation": shown} if shown and self._places else {})}

    def problems(self) -> tuple[Problem, ...]:
        """Also: pay that no label names and that is not clear."""
        return (*super().problems(), *self._pay[1])

    @cached_property
    def _pay(self) -> tuple[str | None, tuple[Problem, ...]]:
        text = self.printed.values.get("description")
        labelled = labelled_in(text).get("salary")
        return (labelled, ()) if labelled else pay_sentence(text)

    @cached_property
    def _work_locations(self) -> tuple[Node, ...]:
        found = (self.node.get(name) for name in ("workLocation", "otherWorkLocations"))
        return tuple(it for several in found if isinstance(several, list) for it in several if isinstance(it, dict))

    @cached_property
    def _places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(_place, self._work_locations))))

    @cached_property
    def printed(self) -> Labelled:
        strings = [(name, value) for name, value in self.node.items() if isinstance(value, str)]
        pairs = sorted(strings, key=lambda pair: pair[0].startswith("Short"))  # The whole text before its beginning.
        known = [(name, "") for name, value in self.node.items() if not isinstance(value, str)]
        return LABELS.sort((*pairs, *known), "Oracle requisition")


def _place(where: Node) -> str | None:
    """Town and postcode of a place of work, with its country where that is another; None where it names no town or postcode."""
    town, postcode, country = (where.get(name) for name in ("TownOrCity", "PostalCode", "Country"))
    parts = [part.strip() for part in (town, postcode) if isinstance(part, str) and part.strip()]
    abroad = [country] if isinstance(country, str) and country not in HERE else []
    return ", ".join([*parts, *abroad]) if parts else None
