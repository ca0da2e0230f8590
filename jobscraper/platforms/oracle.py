"""Oracle Recruiting (Candidate Experience): universities. A list and adverts as JSON, from the host of the customer's pod.

The list prints no pay, no employer and no closing date; pay stands only in the text of the advert. Campuses abroad advertise
in the same list: what is not in the United Kingdom is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

import attrs
from web_poet import field

from jobscraper.items import Problem, Reading
from jobscraper.platforms.conscience import Labelled, Labels
from jobscraper.platforms.labelled import LabelledEntry, list_reading, page_reading
from jobscraper.platforms.markup import labelled_in, whole
from jobscraper.platforms.page import Page, UnreadablePageError
from jobscraper.platforms.pay_sentence import pay_sentence
from jobscraper.platforms.source import Source
from jobscraper.text.json_values import parsed

Node = Mapping[str, Any]

_API = "/hcmRestApi/resources/latest"
LIST = f"{_API}/recruitingCEJobRequisitions"
ADVERT = f"{_API}/recruitingCEJobRequisitionDetails"
AT_ONCE = 50
_NUMBER = re.compile(r"[0-9]{1,20}")
_HERE = frozenset({"GB", "", None})
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


def _document(page: Page) -> Node:
    """The one item of a reply.

    :raises UnreadablePageError: it is no such reply.
    """
    try:
        items = parsed(page.response.body)["items"]
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadablePageError(f"{page.url}: not a reply with items, or cut off ({error})") from error
    if not isinstance(items, list) or not items or not isinstance(items[0], dict):
        raise UnreadablePageError(f"{page.url}: a reply without an item")
    return items[0]


def _finder(url: str, name: str) -> str:
    found = re.search(rf"[;,]{name}=\"?([\w-]+)", unquote(urlsplit(url).query))
    return found[1] if found else ""


class ListPage(Page):
    """A page of the list: fifty adverts."""

    def read(self) -> Reading:
        """Read the adverts, and name the next page.

        :raises UnreadablePageError: it is no reply to a search.
        """
        search = self._search()
        found = [node for node in search["requisitionList"] if isinstance(node, dict)]
        here = [node for node in found if str(node.get("PrimaryLocationCountry") or "") in _HERE]
        read = list_reading("card", [Requisition(node) for node in here], self._advert, self._body(search))
        total = search.get("TotalJobsCount")
        listed = total if isinstance(total, int) and not isinstance(total, bool) else None
        is_whole = len(here) == len(found) and _finder(str(self.url), "offset") in ("", "0")
        lost = [
            Problem(kind="entry_unreadable", text=repr(node)[:200], loses_adverts=True)
            for node in search["requisitionList"]
            if not isinstance(node, dict)
        ]
        site = _finder(str(self.url), "siteNumber")
        return attrs.evolve(
            read,
            adverts=tuple(
                attrs.evolve(it, url=shown_address(str(self.url), site, it.source_ref)) for it in read.adverts
            ),
            listed=listed if is_whole and listed is not None and listed <= AT_ONCE else None,
            follow=tuple(self._next(listed or 0, len(found))),
            problems=(*read.problems, *lost),
        )

    def says_nothing_is_listed(self) -> bool:
        """The count is 0, this is behind the last page, or all that is listed is abroad."""
        search = self._search()
        offset = _finder(str(self.url), "offset") or "0"
        return bool(search["requisitionList"]) or search["TotalJobsCount"] in range((whole(offset) or 0) + 1)

    def _search(self) -> Node:
        search = _document(self)
        if not isinstance(search.get("requisitionList"), list) or "TotalJobsCount" not in search:
            raise UnreadablePageError(f"{self.url}: a reply without requisitionList and TotalJobsCount")
        return search

    def _body(self, search: Node) -> str | None:
        """The site's own body; else the one organisation that the reply names."""
        facet = search.get("organizationsFacet")
        named = [it.get("Name") for it in facet if isinstance(it, dict)] if isinstance(facet, list) else []
        return self.employer or (named[0] if len(named) == 1 and isinstance(named[0], str) else None)

    def _advert(self, number: str | None) -> str | None:
        site = _finder(str(self.url), "siteNumber")
        return advert_address(str(self.url), site, number) if number and site else None

    def _next(self, total: int, shown: int) -> Iterator[str]:
        site, offset = _finder(str(self.url), "siteNumber"), _finder(str(self.url), "offset") or "0"
        here = whole(offset)
        following = 0 if here is None else here + shown
        if shown and site and following < total:
            parts = urlsplit(str(self.url))
            yield list_address(f"{parts.scheme}://{parts.netloc}", site, following)


def list_address(host: str, site: str, offset: int) -> str:
    """The address of a page of the list."""
    finder = f"findReqs;siteNumber={site},limit={AT_ONCE},offset={offset}"
    return f"{host}{LIST}?onlyData=true&expand=requisitionList&finder={finder}"


def advert_address(base: str, site: str, number: str) -> str:
    """The address of an advert's data."""
    parts = urlsplit(base)
    finder = f"ById;Id=%22{number}%22,siteNumber={site}"
    return f"{parts.scheme}://{parts.netloc}{ADVERT}?expand=all&onlyData=true&finder={finder}"


def shown_address(base: str, site: str, number: str) -> str:
    """The address at which a person finds an advert."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/hcmUI/CandidateExperience/en/sites/{site}/job/{number}"


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
    abroad = [country] if isinstance(country, str) and country not in _HERE else []
    return ", ".join([*parts, *abroad]) if parts else None


class AdvertPage(Page):
    """An advert by itself."""

    def read(self) -> Reading:
        """Read the advert.

        :raises UnreadablePageError: it is no advert.
        """
        entry = Requisition(_document(self))
        site = _finder(str(self.url), "siteNumber")
        if not entry.source_ref or not entry.title:
            raise UnreadablePageError(f"{self.url}: an advert without Id or Title")
        shown = shown_address(str(self.url), site, entry.source_ref)
        read = page_reading(entry, entry.source_ref, shown, self.employer)
        return attrs.evolve(read, problems=tuple(dict.fromkeys((*read.problems, *entry.problems()))))


class Oracle(Source):
    """Base of the sources on Oracle: `allowed_domains` has the host of the pod, `site_number` stands in its pages' URLs."""

    site_number: ClassVar[str]
    to_check: ClassVar[tuple[str, ...]] = (
        "the host of the pod: data-apibaseurl on the careers page names it",
        "the number of the site, which stands in /sites/<number>/",
    )
    readers: ClassVar[Mapping[str, type[Page]]] = {LIST: ListPage, ADVERT: AdvertPage}

    @classmethod
    def starts(cls) -> list[str]:
        """The first page of the list."""
        return [list_address(f"https://{cls.allowed_domains[0]}", cls.site_number, 0)]
