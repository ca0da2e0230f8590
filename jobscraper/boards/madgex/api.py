"""Madgex: replies of its REST interface, which needs a key; captures of others hold some.

They are read at addresses whose path begins with `/api/`, on the host of any source on Madgex.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from web_poet import field

from jobscraper.boards.madgex.advert import advert_address
from jobscraper.model.reading import Reading
from jobscraper.read.labelled import LabelledEntry, list_reading
from jobscraper.read.labels import Labelled, Labels
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.json_values import parsed

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
        "contract": "contract",
    },
    kept=("discipline", "status", "sector", "industry", "location category", "salary category"),
    ignored=(
        "id recruiterID recruiterLogo geo jobRole applyInfo upsells noOfVideos isPremiumJob isHomePageJob isDisplayLogoJob"
        " isTopJob urlId usesAltRecruiterName categories"
        " contact contactName contactEmail contactTelephone email telephone phone"
    ).split(),
)


class ApiPage(Page):
    """One reply: to a search, thirty adverts; to the question about one, that."""

    def read(self) -> Reading:
        """Read the adverts.

        :raises UnreadablePageError: it is no reply with jobs.
        """
        entries = [ApiEntry(job if isinstance(job, dict) else {}) for job in self._jobs()]
        return list_reading("feed", entries, lambda number: advert_address(str(self.url), number), None)

    def says_nothing_is_listed(self) -> bool:
        """`"jobs": []`."""
        return not self._jobs()

    def _jobs(self) -> list[object]:
        """The jobs of a search, or the one job that a reply is about.

        :raises UnreadablePageError: it is neither.
        """
        try:
            reply = parsed(self.response.body)
        except (ValueError, RecursionError) as error:
            raise UnreadablePageError(f"{self.url}: not JSON, or cut off ({error})") from error
        said_ok = isinstance(reply, dict) and reply.get("status", "ok") == "ok"
        result = reply.get("result") if said_ok else None
        inner = _mapping(result)
        if isinstance(jobs := inner.get("jobs"), list):
            return jobs
        if isinstance(result, list) and any(map(_is_job, result)):
            return result
        for job in (inner.get("job"), inner):
            if _is_job(job):
                return [job]
        raise UnreadablePageError(f"{self.url}: not a reply with jobs")


class ApiEntry(LabelledEntry[Node]):
    """One job of a reply; categories are lists in lists, by two levels."""

    @field
    def source_ref(self) -> str:
        number = self.node.get("id")
        return str(number) if isinstance(number, int | str) and str(number).isdecimal() else ""

    @field
    def apply_url(self) -> str | None:
        """The employer's own form; the board's own stands behind the advert's page."""
        found = _mapping(self.node.get("applyInfo")).get("externalApplicationUrl")
        return found if isinstance(found, str) and found.startswith(("http://", "https://")) else None

    @cached_property
    def printed(self) -> Labelled:
        return LABELS.sort(self._pairs(), "Madgex interface")

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """The job's own words before its categories, of which two are called as fields of its own are."""
        for name, value in self.node.items():
            yield name, ", ".join(_texts(value))
        for name, value in _mapping(self.node.get("categories")).items():
            yield f"{name} category" if name in ("location", "salary") else name, ", ".join(_texts(value))


def _is_job(value: object) -> bool:
    return isinstance(value, dict) and {"id", "title"} <= value.keys()


def _mapping(value: object) -> Node:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> Iterator[str]:
    """The strings in a value, also in lists in it; what is an object has no text of its own."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
