"""The body for which another one advertises: named in the title, or after a dash in the employer.

In: a title, or a printed employer. Out: the body that a part of it names, with the characters, or None. Councils post for
their schools and for each other (`Waste Management Officer - North Herts Council`, posted by a county), shared services for
their owners, trusts for their schools. A part counts only if it is nothing but the name of a body:

- a row of the register whose name says what it is (`Braintree District Council`, not `Braintree`, not `Animal Health`);
- a school, or a town or parish council, by its words: a proper name and the word at its end. Words of a service make it
  none: `Adult Social Care`, `School Admissions`, `Digital Academy`, `Special School` are teams and places of work.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import attrs

from jobscraper.registers.employers import EmployerRow, find, find_form
from jobscraper.text.fold import fold_name, fold_space


@attrs.frozen
class OtherBody:
    """`row` is None for a school or local council that no register holds; `kind` is then what its words say."""

    name: str
    start: int
    end: int
    kind: str
    row: EmployerRow | None


# What parts a title: dashes and strokes, colons, brackets, commas; `at` and `for` before a capital.
_SEPARATOR = re.compile(
    r"\s+[-–—]+\s+|\s*[|(),;]\s*|\s+[-–—]|[-–—]\s+|:\s+|\s+(?:at|for|with)\s+(?=(?:[Tt]he\s+)?[A-Z])"
)
# The status of a school, in brackets, is a part of its name: `Brambletown CE (VC) J & I School`.
_STATUS = re.compile(r"(?<=\w)\s?\((?:VA|VC|C|A|RC|CE|CofE|C of E|Aided|Controlled|Foundation)\)(?=\s?[A-Z&])")
# What parts the employer from the one it advertises for. A comma there is part of a name.
_DASH = re.compile(r"\s+[-–—|]\s+")
# What says of a name that a body bears it; without one `Animal Health` is a team and `Braintree` a place.
_BODY_WORDS = frozenset(
    "council borough county cyngor trust nhs icb police constabulary university college school academy"
    " authority agency commission ministry department ombudsman mbc mdc".split()
)
# Words that are in the names of bodies, but with them alone a part names no body in particular.
_SERVICE_WORDS = frozenset(
    "team service services admissions transport improvement partnership liaison relations development learning skills"
    " training leadership digital social care work health sports sport football recruitment talent apprenticeship"
    " apprenticeships staff data adult adults children childrens summer saturday sunday holiday business medical law"
    " dental graduate drama language online virtual forest home to various support management meals crossing patrol"
    " visits based placement placements governance workforce construction culinary finance leaders".split()
)
_GENERIC = frozenset(
    "primary secondary special high junior juniors infant infants nursery first middle upper lower school schools academy"
    " academies college sixth form catholic church of england cofe ce rc roman community independent mainstream sen send"
    " semh asd local our the a an in and grammar faith further education fe alternative provision free state girls boys"
    " mixed council town parish county district borough city metropolitan level needs early years multi trust all through"
    " day boarding residential new maintained both two large small busy outstanding good leading j i n jni".split()
)
_TRUST_WORDS = frozenset({"nhs", "trust", "board", "uhb"})
_SCHOOL_END = frozenset("school academy college juniors infants nursery".split())
_LOCAL_COUNCIL = re.compile(r"(?:town|parish|community) council$")
_LONGEST_NAME = 12
_POSTS_FOR_SCHOOLS = frozenset({"council", "school", "other", "unresolved"})
"""Kinds of advertisers for whom a school in the title is another body: a university's `Business School` is a part of it."""


def body_in_title(title: str, on: datetime.date | None, advertiser_kind: str | None) -> OtherBody | None:
    """Return the one body that a part of the title names, or None where none or several are named."""
    if len(title) > 300:
        return None
    return _only(_bodies(title, _SEPARATOR, on, advertiser_kind))


def body_after_dash(employer: str, start: int, end: int, on: datetime.date | None) -> OtherBody | None:
    """Return the body that stands after a dash in a printed employer; what stands before it may be its advertiser."""
    dash = _DASH.search(employer, start, end)
    if dash is None:
        return None
    body = _body(employer, dash.end(), end, on)
    return body if body and (body.row is not None or body.kind == "school") else None


def posts_for(advertiser_kind: str | None, body: OtherBody) -> bool:
    """True if a body of the advertiser's kind may post for `body`."""
    return body.row is not None or advertiser_kind is None or advertiser_kind in _POSTS_FOR_SCHOOLS


def _bodies(
    text: str, separator: re.Pattern[str], on: datetime.date | None, advertiser_kind: str | None
) -> Iterator[OtherBody]:
    start, parted_by = 0, ""
    whole = _STATUS.sub(lambda status: "x" * len(status[0]), text)
    for match in (*separator.finditer(whole), None):
        end = match.start() if match else len(text)
        body = _body(text, start, end, on)
        if body and posts_for(advertiser_kind, body) and not _is_place_of_work(body, parted_by):
            yield body
        start, parted_by = (match.end(), match[0].strip()) if match else (end, "")


def _is_place_of_work(body: OtherBody, parted_by: str) -> bool:
    """True for a hospital or university where somebody else's people work: `Psychologist - Dorset County Hospital`.

    A trust is named by its legal form; `Clinical Fellowship at University of Manchester` is a trainee of the deanery.
    """
    if body.kind == "nhs_trust":
        return parted_by == "at" or _TRUST_WORDS.isdisjoint(fold_name(body.name).split())
    return body.kind == "university" and parted_by == "at"


def _only(bodies: Iterator[OtherBody]) -> OtherBody | None:
    found = {body.row.id if body.row else fold_name(body.name): body for body in bodies}
    return next(iter(found.values())) if len(found) == 1 else None


def _body(text: str, start: int, end: int, on: datetime.date | None) -> OtherBody | None:
    while start < end and text[start] in " .-–—*":
        start += 1
    while end > start and text[end - 1] in " .-–—*":
        end -= 1
    name = fold_space(text[start:end])
    words = fold_name(name).split()
    if not 2 <= len(words) <= _LONGEST_NAME or not name[0].isupper() or set(words) <= _GENERIC:
        return None
    if not _BODY_WORDS.isdisjoint(words) and (row := find(name, on) or find_form(name, on)) and _living(row, on):
        return OtherBody(name, start, end, row.kind, row)
    kind = _kind(name, words)
    return OtherBody(name, start, end, kind, None) if kind else None


def _living(row: EmployerRow, on: datetime.date | None) -> bool:
    return row.existed(on) if on else row.valid_to is None


def _kind(name: str, words: list[str]) -> str | None:
    """Return `school` or `council` where the words leave no doubt, else None."""
    if not _SERVICE_WORDS.isdisjoint(words) or words[0] in _GENERIC:
        return None
    if any(
        word[0].islower() and word not in {"of", "and", "the", "in", "on", "upon", "with", "le"}
        for word in name.split()
    ):
        return None
    if _LOCAL_COUNCIL.search(" ".join(words)) and len(words) > 2:
        return "council"
    return "school" if words[-1] in _SCHOOL_END or words[0] == "ysgol" else None
