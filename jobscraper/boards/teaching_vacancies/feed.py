"""Teaching Vacancies: the Department for Education's feed of school jobs in England (JSON, schema.org JobPosting).

The shape is that of the service's own source (DFE-Digital/teaching-vacancies, API v1). `baseSalary.value.value` is free
text in spite of its name, and `unitText` says YEAR even where that text is `MPR / UPR`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from web_poet import field, handle_urls

from jobscraper.model.reading import Problem, RawAdvert, Reading
from jobscraper.read.entry import Entry, each
from jobscraper.read.markup import whole
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.json_values import parsed

_SLUG = re.compile(r"/jobs/([^/?#]+)")
_HAS_TERM = "TEMPORARY"  # The one employment type that speaks of the contract: the post has a fixed term.


@handle_urls("teaching-vacancies.service.gov.uk/api/v1/jobs")
class FeedPage(Page):
    """One page of the feed: 100 adverts, newest first; `links.next` leads on."""

    def read(self) -> Reading:
        """Read the page's adverts.

        :raises UnreadablePageError: the response is no page of the feed (an error page, or one cut off half way).
        """
        page = self._page()
        entries = [FeedEntry(entry) for entry in page["data"] if isinstance(entry, dict) and _slug(entry)]
        unusable = [entry for entry in page["data"] if not (isinstance(entry, dict) and _slug(entry))]
        adverts, problems = each(entries, FeedEntry.raw)
        problems += [_loss("entry_unreadable", entry) for entry in unusable]
        following, listed = page["links"].get("next"), page["meta"].get("count")
        next_page = self.urljoin(following) if isinstance(following, str) and following else ""
        if following is not None and not next_page.startswith(("http://", "https://")):
            problems.append(_loss("next_page_unreadable", following))
        if whole(str(listed)) is None:
            problems.append(_loss("count_unreadable", listed))
        return Reading(
            part="feed",
            adverts=tuple(adverts),
            follow=(next_page,) if next_page.startswith(("http://", "https://")) else (),
            pages={
                advert.source_ref: str(self.urljoin(f"/jobs/{advert.source_ref}"))
                for advert in adverts
                if self._is_own(advert)
            },
            listed=whole(str(listed)),
            problems=tuple(problems),
        )

    def says_nothing_is_listed(self) -> bool:
        """A page past the end of the feed has an empty `data`."""
        return True

    def _is_own(self, advert: RawAdvert) -> bool:
        """Whether the advert's own page is on the host of the feed; a mirror of the feed has none."""
        return (advert.url or "").startswith(str(self.urljoin("/jobs/")))

    def _page(self) -> dict[str, Any]:
        try:
            page = parsed(self.response.body)
        except ValueError as error:
            raise UnreadablePageError(f"{self.url}: not JSON, or cut off ({error})") from error
        # `/api/v1/jobs/<slug>.json`: one advert alone.
        if isinstance(page, dict) and page.get("@type") == "JobPosting":
            return {"data": [page], "links": {}, "meta": {"count": 1}}
        landmarks = {"data": list, "links": dict, "meta": dict}
        if not isinstance(page, dict) or not all(isinstance(page.get(name), kind) for name, kind in landmarks.items()):
            raise UnreadablePageError(f"{self.url}: not a page of the feed; it should have {', '.join(landmarks)}")
        return page


def _loss(kind: str, printed: Any) -> Problem:
    return Problem(kind=kind, text=json.dumps(printed)[:300], loses_adverts=True)


# What the schema of the feed says of the shape of each property; anything else is a problem, never a guess.
_SHAPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "title": ("title", (str,)),
    "description": ("description", (str,)),
    "datePosted": ("posted", (str,)),
    "validThrough": ("closes", (str,)),
    "occupationalCategory": ("category", (str,)),
    "employmentType": ("working_pattern", (str, list)),
    "hiringOrganization": ("employer", (dict,)),
    "jobLocation": ("location", (dict, list)),
    "baseSalary": ("salary", (dict,)),
}


def _slug(entry: Mapping[str, Any]) -> str | None:
    found = _SLUG.search(str(entry.get("url") or ""))
    return found[1] if found else None


class FeedEntry(Entry[Mapping[str, Any]]):
    """One JobPosting of the feed."""

    def problems(self) -> list[Problem]:
        """The properties that are there, but not in the shape that the schema says."""
        return [
            Problem(kind="field_unreadable", field=name, text=f"{self.source_ref}: {json.dumps(self.node[key])[:200]}")
            for key, (name, shapes) in _SHAPES.items()
            if self.node.get(key) is not None and not isinstance(self.node[key], shapes)
        ]

    @field
    def source_ref(self) -> str:
        return _slug(self.node) or ""

    @field
    def url(self) -> str | None:
        return _string(self.node.get("url"))

    @field
    def title(self) -> str | None:
        return _string(self.node.get("title"))

    @field
    def employer(self) -> str | None:
        return _string(self._organisation.get("name"))

    @field
    def location(self) -> str | None:
        return next(iter(self.places), None)

    @field
    def places(self) -> tuple[str, ...]:
        locations = self.node.get("jobLocation")
        listed = locations if isinstance(locations, list) else [locations]
        return tuple(text for location in listed if (text := _address(_mapping(location).get("address"))))

    @field
    def salary(self) -> str | None:
        value = _mapping(self._base_salary.get("value")).get("value")
        return value if isinstance(value, str) else None

    @field
    def salary_structured(self) -> Mapping[str, Any] | None:
        return self._base_salary or None

    @field
    def description(self) -> str | None:
        return _string(self.node.get("description"))

    @field
    def contract(self) -> str | None:
        return _HAS_TERM if _HAS_TERM in self._employment_types else None

    @field
    def working_pattern(self) -> str | None:
        return ", ".join(kind for kind in self._employment_types if kind != _HAS_TERM) or None

    @field
    def posted(self) -> str | None:
        return _string(self.node.get("datePosted"))

    @field
    def closes(self) -> str | None:
        return _string(self.node.get("validThrough"))

    @field
    def category(self) -> str | None:
        return _string(self.node.get("occupationalCategory"))

    @field
    def labels(self) -> Mapping[str, str]:
        """What has no field of its own: the employer's official number (URN or trust UID) and web site, the street."""
        location = self.node.get("jobLocation")
        first = _mapping(location[0] if isinstance(location, list) and location else location)
        found = {
            "hiringOrganization.identifier": self._organisation.get("identifier"),
            "hiringOrganization.sameAs": self._organisation.get("sameAs"),
            "streetAddress": _mapping(first.get("address")).get("streetAddress"),
        }
        return {name: str(value) for name, value in found.items() if value and isinstance(value, str | int)}

    @property
    def _organisation(self) -> Mapping[str, Any]:
        return _mapping(self.node.get("hiringOrganization"))

    @property
    def _base_salary(self) -> Mapping[str, Any]:
        return _mapping(self.node.get("baseSalary"))

    @property
    def _employment_types(self) -> list[str]:
        types = self.node.get("employmentType") or []
        return [str(kind) for kind in (types if isinstance(types, list) else [types])]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _address(address: Any) -> str | None:
    """The town, region and postcode of an address, as one line: `Reading, South East, RG1 5SL`."""
    if isinstance(address, str):
        return address
    parts = (_string(_mapping(address).get(name)) for name in ("addressLocality", "addressRegion", "postalCode"))
    return ", ".join(part.strip() for part in parts if part) or None
