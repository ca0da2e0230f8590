"""What TalentLink's lists and adverts share: addresses, labels, and the employer and reference that stand in a title.

The reference is in brackets at the end of the title (`Ceremonies Hosts (CET01739)`), and so is the employer, where the
organisation is only a kind: `Civil Enforcement Officer (NSL Ltd)` of the organisation `Partnership`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import attrs
from parsel import Selector
from web_poet import field

from jobscraper.read.entry import Node
from jobscraper.read.labelled import LabelledEntry
from jobscraper.read.labels import Labels
from jobscraper.read.markup import untorn
from jobscraper.text.fold import fold_name

PATH = "/syndicated/lay/jsoutputinitrapido.cfm"
APPLY = "/syndicated/private/syd_apply.cfm"
LIST, ADVERT, SEARCH = "lay9999_lst400a", "lay9999_jdesc100a", "lay9999_src350a"

_KINDS = frozenset(
    map(fold_name, ("Partnership", "Partnerships", "Partners", "Academies", "Academy", "Schools", "School", "Other"))
)
_AT_END = re.compile(r"\s*\(((?:[^()]|\([^()]*\))+)\)\s*$")
_REFERENCE = re.compile(r"[A-Z]{1,8}[-/ ]?\d{3,8}[A-Z]?")
_NO_EMPLOYER = re.compile(
    r"\d|\b(?:maternity|paternity|cover|fixed|temporary|temp|permanent|casual|relief|bank|term|time|flexible|share|hours"
    r"|days|weeks|months|nqts?|ect|qualified|grade|band|re-?advertise\w*|apprentice\w*|various|all|posts?|positions?"
    r"|vacanc\w+|ks|key stage|nights?|evenings?|weekends?)\b",
    re.IGNORECASE,
)

_FIELDS = {
    "Job Title": "title",
    "Title": "title",
    "Job Reference": "reference",
    "Job Number": "reference",
    "Reference": "reference",
    "Organisation": "employer",
    "Location": "location",
    "Department": "department",
    "School/Department": "department",
    "School / Department": "department",
    "Directorate": "department",
    "College/Department": "department",
    "Grade": "grade",
    "Contract Type": "contract",
    "Job Type": "category",
    "Job Category": "category",
    "Category": "category",
    "Full time / part time": "working_pattern",
    "Working Pattern": "working_pattern",
    "Hours": "hours",
    "Hours of work": "hours",
    "Hours per week": "hours",
    "Closing Date": "closes",
    "Closing date for applications": "closes",
}
_KEPT = (
    "Contract Duration",
    "Start date",
    "Interview date",
    "Fixed term until",
    "Salary band",
    "salary_band",
    "Number of positions",
    "notice",
    "video",
)
_IGNORED = (
    "Responsible to",
    "Contact",
    "Contact details",
    "Contact name",
    "How to apply",
    "Phone",
    "Email",
    "Website",
    "Apply",
)

LIST_LABELS = Labels.of(
    {**_FIELDS, "Salary": "salary_band", "Salary band": "salary_band", "Pay": "salary_band"}, _KEPT, _IGNORED
)
ADVERT_LABELS = Labels.of(
    {**_FIELDS, "Salary": "salary", "Salary Information": "salary", "Salary Range": "salary"}, _KEPT, _IGNORED
)


def parameters(address: str | None) -> dict[str, str]:
    """The query of an address; of a name that is there twice, the first. Names are as TalentLink spells them: it writes
    both `LG` and `lg`.
    """
    try:
        query = urlsplit(untorn(address or "")).query
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for name, value in parse_qsl(query):
        found.setdefault(_SPELLED.get(name.lower(), name), value)
    return found


_SPELLED = {
    name.lower(): name for name in ("ID", "LG", "mask", "pagenum", "nPostingTargetID", "component", "Resultsperpage")
}


def number_in(address: str | None) -> str | None:
    """The number of the advert in an address, or None. `nPostingID` is the post's: one post may be advertised twice.

    >>> number_in("jsoutputinitrapido.cfm?component=lay9999_jdesc100a&nPostingID=16476&nPostingTargetID=33720")
    '33720'
    """
    number = parameters(address).get("nPostingTargetID", "")
    return number if number.isdecimal() and number.isascii() else None


@attrs.frozen
class Tenant:
    """Whose board it is, as the query says."""

    key: str = ""
    mask: str = ""

    @classmethod
    def of(cls, url: str, page: Selector) -> Tenant:
        """The tenant in the page's own URL; what that leaves out, a link of the page says."""
        own = cls().within(url)
        for link in () if own.key and own.mask else page.xpath("//a/@href[contains(., 'mask=')]").getall():
            other = cls().within(link)
            if other.key and other.key == (own.key or other.key):
                return cls(other.key, own.mask or other.mask)
        return own

    def within(self, address: str | None) -> Tenant:
        """The tenant that an address has; where it has none, this one."""
        found = parameters(address)
        return Tenant(found.get("ID") or self.key, found.get("mask") or self.mask)

    def advert(self, page: str, number: str | None) -> str | None:
        """The address of an advert's own page as it is for everybody, on the host of `page`.

        >>> Tenant("X", "ext").advert("https://a.org/", "37")
        'https://a.org/syndicated/lay/jsoutputinitrapido.cfm?component=lay9999_jdesc100a&nPostingTargetID=37&ID=X&LG=UK&mask=ext'
        """
        if number is None:
            return None
        return urljoin(page, self._path({"component": ADVERT, "nPostingTargetID": number}, {}))

    def application(self, page: str, number: str) -> str:
        """Where to apply for an advert."""
        own = {"id": self.key, "nPostingTargetID": number, "mask": self.mask}
        return urljoin(page, f"{APPLY}?{urlencode({name: value for name, value in own.items() if value})}")

    def list_path(self) -> str:
        """Where the first page of all results is."""
        return self._path({"component": LIST}, {"Resultsperpage": "100", "pagenum": "1"})

    def _path(self, before: dict[str, str], after: dict[str, str]) -> str:
        own = {"ID": self.key, "LG": "UK", "mask": self.mask}
        return f"{PATH}?{urlencode({**before, **{name: value for name, value in own.items() if value}, **after})}"


class TalentLinkEntry(LabelledEntry[Node]):
    """An advert as TalentLink prints it."""

    @field
    def reference(self) -> str | None:
        return self.printed.values.get("reference") or _without_reference(self.title)[1]

    @field
    def employer(self) -> str | None:
        """The organisation; where that is only a kind of body, whom the title names."""
        organisation = self.printed.values.get("employer")
        if organisation is None or fold_name(organisation) not in _KINDS:
            return organisation
        return _named_in(self.title)

    @field
    def labels(self) -> dict[str, str]:
        organisation = self.printed.values.get("employer")
        is_kind = organisation is not None and fold_name(organisation) in _KINDS
        return {**self.printed.labels, **({"Organisation": organisation} if is_kind and organisation else {})}


def _without_reference(title: str | None) -> tuple[str, str | None]:
    """A title without the reference in brackets at its end, and the reference."""
    found = _AT_END.search(title or "")
    if found and _REFERENCE.fullmatch(found[1].strip()):
        return (title or "")[: found.start()], found[1].strip()
    return title or "", None


def _named_in(title: str | None) -> str | None:
    """The body in brackets at the end of a title; brackets may also say `(Maternity)`."""
    found = _AT_END.search(_without_reference(title)[0])
    return found[1].strip() if found and not _NO_EMPLOYER.search(found[1]) else None
