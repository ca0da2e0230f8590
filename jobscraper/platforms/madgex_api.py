"""Madgex: replies of its REST interface, which needs a key; captures of others hold some (`/api/…`, JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property

from web_poet import field

from jobscraper.items import Reading
from jobscraper.platforms.conscience import Labelled, Labels
from jobscraper.platforms.labelled import LabelledEntry, list_reading
from jobscraper.platforms.madgex_advert import advert_address
from jobscraper.platforms.page import Page, UnreadablePageError

Node = Mapping[str, object]

LABELS = Labels.of(
    {
        "title": "title",
        "recruiter": "employer",
        "location": "location",
        "salary": "salary",
        "posted": "posted",
        "description": "description",
        "ref": "reference",
        "contractType": "contract",
        "function": "category",
    },
    kept=("discipline", "contract", "status", "sector", "industry"),
    ignored=(
        "id recruiterID recruiterLogo geo jobRole applyInfo upsells noOfVideos isPremiumJob isHomePageJob isDisplayLogoJob"
        " isTopJob urlId usesAltRecruiterName categories"
    ).split(),
)


class ApiPage(Page):
    """One reply to a search: thirty adverts."""

    url_examples = ("https://jobs.theguardian.com/api/search?format=json",)

    def read(self) -> Reading:
        """Read the adverts.

        :raises UnreadablePageError: it is no reply to a search.
        """
        entries = [ApiEntry(job if isinstance(job, dict) else {}) for job in self._jobs()]
        return list_reading("feed", entries, lambda number: advert_address(str(self.url), number), None)

    def says_nothing_is_listed(self) -> bool:
        """`"jobs": []`."""
        return not self._jobs()

    def _jobs(self) -> list[object]:
        try:
            reply = json.loads(self.response.body)
            jobs = reply["result"]["jobs"]
        except (ValueError, LookupError, TypeError) as error:
            raise UnreadablePageError(f"{self.url}: not a reply with jobs, or cut off ({error})") from error
        if not isinstance(jobs, list):
            raise UnreadablePageError(f"{self.url}: not a reply with jobs")
        return jobs


class ApiEntry(LabelledEntry[Node]):
    """One job of a reply; categories are lists in lists, by two levels."""

    @property
    def address(self) -> str | None:
        """The number, of which the address is made."""
        return self.source_ref or None

    @field
    def source_ref(self) -> str:
        number = self.node.get("id")
        return str(number) if isinstance(number, int | str) and str(number).isdecimal() else ""

    @cached_property
    def printed(self) -> Labelled:
        categories = self.node.get("categories")
        inner = categories if isinstance(categories, dict) else {}
        pairs = [(name, ", ".join(_texts(value))) for name, value in {**inner, **self.node}.items()]
        return LABELS.sort(pairs, "Madgex interface")


def _texts(value: object) -> Iterator[str]:
    """The strings in a value, also in lists in it; what is an object has no text of its own."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
