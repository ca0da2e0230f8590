"""Who employs: from the printed employer to a row of the register of employers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, cast

import attrs

from jobscraper.normalise.employer_kind import kind_of_words
from jobscraper.normalise.employer_text import Candidate, candidates, unresolved_name, without_label
from jobscraper.normalise.result import Evidence, Issue
from jobscraper.registers.employers import EmployerRow, find, find_form, folded
from jobscraper.registers.forms import forms_of
from jobscraper.registers.likeness import resembling
from jobscraper.text.fold import fold_name

EmployerKind = Literal[
    "council",
    "nhs_trust",
    "school",
    "university",
    "department",
    "agency",
    "police",
    "fire",
    "housing",
    "other",
    "unresolved",
]


@attrs.frozen(kw_only=True)
class Employer:
    """`employer_id` is an id of the register, or `unresolved:<folded name>` so that counts work for unknown bodies."""

    employer_text: str | None = None
    employer_id: str | None = None
    employer_name: str | None = None
    employer_kind: EmployerKind | None = None
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()


# No body's name is longer; a whole advert in this field is a board's mistake, and searching it costs its length squared.
_LONGEST = 400
_COLUMNS = ("employer_id", "employer_name", "employer_kind")
# A field that slipped: pay, a date or a link where the employer should be.
_NOT_A_NAME = re.compile(
    r"\s*(?:[£$€]|https?:|www\.|\d[\d,.]*\s*(?:per|p\.?a\.?|an?|hours?)\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*$)",
    re.IGNORECASE,
)
# Employment agencies whose name does not say so. `Reed in Partnership` is an employer, and is no row of this table.
_RECRUITERS = frozenset(
    [
        "reed",
        "hays",
        "adecco",
        "manpower",
        "randstad",
        "michael page",
        "badenoch and clark",
        "brook street",
        "penna",
        "gatenbysanderson",
        "gatenby sanderson",
        "tile hill",
        "venn group",
        "matrix scm",
        "comensura",
        "pertemps",
        "starfish search",
        "saxton bampfylde",
        "odgers",
        "odgers berndtson",
        "faerfield",
        "service care solutions",
        "sellick partnership",
        "spencer clarke group",
        "sanctuary personnel",
        "liquid personnel",
        "primary care careers",
        "office angels",
        "blue arrow",
        "tempest resourcing",
        "morgan hunt",
        "allen lane",
        "robert half",
        "eden brown",
        "carrington west",
    ]
)
_AGENCY_WORDS = re.compile(r"\b(?:recruitment|recruiting|resourcing|staffing|search and selection|executive search)\b")
# `Barnsley MBC - Holgate Meadows School`: the school employs. `Surrey County Council - School Admissions` is a team.
_SCHOOL_AFTER = re.compile(
    r"\b(?:council|mbc|authority|trust|mat)\s+[-–—|]\s+((?:\S+\s+){1,8}(?:school|academy|college|primary|nursery|infants))\s*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|&|/|with)\s+", re.IGNORECASE)


def read_employer(text: str | None, *, on: datetime.date | None = None) -> Employer:
    """Return who employs by the printed `text`; `on` is the day of the advert and settles names that two bodies bore.

    An unknown body gets an id of its own kind and the name as printed, without label and noise: a count of it works,
    and no row of the register is made up for it.
    """
    if text is None or not text.strip():
        return Employer(employer_text=text)
    return _read(text, on)


@lru_cache(maxsize=8192)
def _read(text: str, on: datetime.date | None) -> Employer:
    start, end = without_label(text) if len(text) <= 2 * _LONGEST else (0, len(text))
    if start >= end or end - start > _LONGEST or _NOT_A_NAME.match(text, start):
        return Employer(
            employer_text=text,
            issues=(Issue("employer_not_a_name", f"no body's name: {text.strip()[:80]!r}", "employer_id"),),
        )
    if joint := _joint(text, start, end, on):
        return joint
    if fold_name(text[start:end]) in _RECRUITERS:
        return _unresolved(text, whole=True)
    if school := _SCHOOL_AFTER.search(text, start, end):
        return _school(text, school.start(1), end, on)
    return _known(text, on) or _unresolved(text)


def _known(text: str, on: datetime.date | None) -> Employer | None:
    """Return the body of the register that the text names: by a whole name, then another legal form, then likeness."""
    tried: dict[str, Candidate] = {}
    for candidate in candidates(text):
        if candidate.name and candidate.name not in tried:
            tried[candidate.name] = candidate
            if (row := find(candidate.name, on)) and not _is_part(candidate, row):
                return _resolved(text, candidate, row, "name", on)
    for candidate in tried.values():
        if (row := find_form(candidate.name, on)) and not _is_part(candidate, row):
            return _resolved(text, candidate, row, "form", on)
    for candidate in [c for c in tried.values() if "comma" not in c.rule][:4]:
        if (row := resembling(candidate.name)) and not _is_part(candidate, row):
            return _resolved(text, candidate, row, "likeness", on)
    return None


def _is_part(candidate: Candidate, row: EmployerRow) -> bool:
    """True for part of a string that does not say what it is: a town after a comma is not the council of that town."""
    if candidate.rule == "after comma" and row.kind == "university":
        return True  # `St George's, University of London` is no part of the University of London.
    if not candidate.rule.startswith(("before", "after")) or row.kind not in {"council", "housing", "other"}:
        return False
    kinds = {form.kind for form in forms_of(folded(candidate.name))}
    return row.kind not in kinds and kind_of_words(candidate.name) != row.kind


def _joint(text: str, start: int, end: int, on: datetime.date | None) -> Employer | None:
    """Return an employer for two bodies in one string, or None. Which of them employs is not for us to say."""
    if find(text[start:end], on):
        return None
    for match in _AND.finditer(text, start, end):
        halves = [
            find(half, on) or find_form(half, on) for half in (text[start : match.start()], text[match.end() : end])
        ]
        rows = [row for row in halves if row and row.kind == "council"]
        if len(rows) == 2 and all(
            "council" in h or "borough" in h
            for h in (text[start : match.start()].lower(), text[match.end() : end].lower())
        ):
            names = " and ".join(f"{row.name} ({row.id})" for row in rows)
            return _unresolved(text, Issue("several_employers", f"two bodies in one: {names}", "employer_id"))
    return None


def _school(text: str, start: int, end: int, on: datetime.date | None) -> Employer:
    """Return the school after a dash as the employer; what stands before it advertises for it."""
    school = read_employer(text[start:end], on=on)
    advertiser = text[:start].strip(" -–—|:")
    evidence = {key: attrs.evolve(e, start=e.start + start, end=e.end + start) for key, e in school.evidence.items()}
    issues = (*school.issues, Issue("advertiser", f"advertised by {advertiser}", "employer_id"))
    return attrs.evolve(school, employer_text=text, evidence=evidence, issues=issues)


def _resolved(text: str, candidate: Candidate, row: EmployerRow, how: str, on: datetime.date | None) -> Employer:
    evidence = Evidence(
        f"{how}: {candidate.rule}", text[candidate.start : candidate.end], candidate.start, candidate.end
    )
    issues = []
    if on and not row.existed(on):
        issues.append(Issue("employer_dates", f"{row.name} did not exist on {on}", "employer_id"))
    return Employer(
        employer_text=text,
        employer_id=row.id,
        employer_name=row.name,
        employer_kind=cast(EmployerKind, row.kind),
        evidence=dict.fromkeys(_COLUMNS, evidence),
        issues=tuple(issues),
    )


def _unresolved(text: str, *issues: Issue, whole: bool = False) -> Employer:
    candidate = next(candidates(text)) if whole else unresolved_name(text)
    name, folded = candidate.name, fold_name(candidate.name)
    if not folded:
        return Employer(
            employer_text=text,
            issues=(Issue("employer_not_a_name", f"no body's name: {text.strip()[:80]!r}", "employer_id"),),
        )
    kind = cast(EmployerKind, kind_of_words(name) or "unresolved")
    found = list(issues) or [Issue("employer_unresolved", f"in no register: {name}", "employer_id")]
    if folded in _RECRUITERS or (kind == "other" and _AGENCY_WORDS.search(folded)):
        kind = "other"
        found.append(Issue("recruiter", f"an employment agency, not the employer: {name}", "employer_id"))
    evidence = Evidence("unresolved", text[candidate.start : candidate.end], candidate.start, candidate.end)
    return Employer(
        employer_text=text,
        employer_id=f"unresolved:{folded}",
        employer_name=name,
        employer_kind=kind,
        evidence=dict.fromkeys(_COLUMNS, evidence),
        issues=tuple(found),
    )


def employer_columns(employer: Employer) -> dict[str, Any]:
    """Return the employer's columns of `advert`, ready for JSON, with evidence and issues as plain objects."""
    return {
        "employer_text": employer.employer_text,
        "employer_id": employer.employer_id,
        "employer_name": employer.employer_name,
        "employer_kind": employer.employer_kind,
        "evidence": {column: attrs.asdict(evidence) for column, evidence in employer.evidence.items()},
        "issues": [attrs.asdict(issue) for issue in employer.issues],
    }
