"""What Oleeo's feeds, boards and advert pages share: labels, the reference, and addresses without their per-visit parts.

An address is `/vx/lang-en-GB/mobile-0/appcentre-1/brand-2/user-37/xf-91c0e9/candidate/so/pm/1/pl/3/opp/<number>-<slug>/en-GB`.
All before `/candidate/` depends on who looks and from where (one feed of the Ministry of Justice has two brands), and is
not needed; the number is the advert.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from web_poet import field

from jobscraper.read.entry import Node
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labels
from jobscraper.read.markup import untorn
from jobscraper.text.fold import fold_name

_OPPORTUNITY = re.compile(
    r"/candidate/((?:so/)?(?:pm/\d+/)?(?:pl/\d+/)?opp/(\d+)(?:-[^/?#]*)?(?:/[a-z]{2}-[A-Z]{2})?)(?=[/?#]|$)"
)
_NUMBER = re.compile(r"/opp/(\d+)")
_PER_VISIT = re.compile(r"/(?:xf|user)-[^/?#]*")
_BETWEEN_PLACES = re.compile(r"\s+,\s*")
# What the system writes where a tenant's form has no such field, or nobody filled it in.
_NOTHING = frozenset({"item not found", "not found", "null", "none", "undefined"})
_TITLE_NUMBER = re.compile(r"(\d{3,}) [-–] ")

LABELS = Labels.of(
    {
        "Vacancy Title": "title",
        "Title": "title",
        "Job Title": "title",
        "Vacancy Id": "reference",
        "ID": "reference",
        "Opportunity ID": "reference",
        "Reference Number": "reference",
        "Role Type": "category",
        "Job Category": "category",
        "Business Area": "category",
        "Salary": "salary",
        "Salary Range": "salary",
        "Location": "location",
        "Location(s)": "location",
        "City/Town": "location",
        "City": "location",
        "Closing Date": "closes",
        "Application Deadline": "closes",
        "Application Closing Date": "closes",
        "Advertising Date": "posted",
        "Organisation": "employer",
        "Department/Organisation": "employer",
        "Business Unit": "department",
        "Business unit(s)": "department",
        "Division": "department",
        "Team": "department",
        "Grade": "grade",
        "Contract Type": "contract",
        "Job Type": "contract",
        "Vacancy Type": "contract",
        "Working Pattern": "working_pattern",
        "Hours": "hours",
        "Job description": "description",
        "Job Description": "description",
        "Program description": "description",
    },
    kept=(
        "Salary Minimum",
        "Building/Site",
        "Geographical Region(s)",
        "Number of positions available",
        "Job description Additional Information",
        "Additional Information",
        "Country",
        "Region",
        "Program type",
        "Program",
        "Job Level",
        "Event Date",
        "Registration Deadline",
    ),
    ignored=("Apply", "Status"),
)


def number_in(address: str | None) -> str | None:
    """The number of the advert in an address, or None.

    >>> number_in("https://x.tal.net/vx/brand-2/xf-5395/candidate/so/pm/6/pl/24/opp/613-Police-Officer/en-GB?a=1")
    '613'
    """
    found = _NUMBER.search(untorn(address or ""))
    return found[1] if found else None


def advert_address(page: str, address: str | None) -> str | None:
    """The address of an advert's own page as it is for everybody, on the host of `page`; None where it has another form.

    >>> advert_address("https://x.tal.net/", "/vx/brand-2/xf-5395/candidate/so/pm/6/pl/24/opp/613-Police-Officer/en-GB?a=1")
    'https://x.tal.net/candidate/so/pm/6/pl/24/opp/613-Police-Officer/en-GB'
    """
    found = _OPPORTUNITY.search(untorn(address or ""))
    return urljoin(page, f"/candidate/{found[1]}") if found else None


def without_visit(address: str) -> str:
    """An address without the parts that are another at each visit."""
    return _PER_VISIT.sub("", address)


def merged(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Labelled values, those of a label that is printed again and again (a town each) put together."""
    values: dict[str, list[str]] = {}
    for label, value in pairs:
        values.setdefault(label, []).append("" if fold_name(value) in _NOTHING else value)
    for label, printed in values.items():
        yield label, " ,".join(dict.fromkeys(printed))


class OleeoEntry(LabelledEntry[Node]):
    """An advert as Oleeo prints it."""

    @field
    def source_ref(self) -> str:
        return number_in(self.address) or ""

    @field
    def reference(self) -> str | None:
        found = _TITLE_NUMBER.match(self.title or "")
        return self.printed.values.get("reference") or (found[1] if found else None)

    @field
    def places(self) -> tuple[str, ...]:
        """The places, where there are several: the board puts ` ,` between them."""
        found = tuple(filter(None, map(str.strip, _BETWEEN_PLACES.split(self.location or ""))))
        return found if len(found) > 1 else ()
