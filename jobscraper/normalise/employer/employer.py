"""Who employs: from the printed employer to a row of the register of employers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, TypeGuard, cast

import attrs

from jobscraper.normalise.employer.kind import kind_of_words
from jobscraper.normalise.employer.number import register_number
from jobscraper.normalise.employer.other_body import OtherBody, body_after_dash, body_in_title, posts_for
from jobscraper.normalise.employer.proof import doubt, is_own_body
from jobscraper.normalise.employer.recruiter import is_recruiter, says_recruiter
from jobscraper.normalise.employer.site import site_of
from jobscraper.normalise.employer.text import Candidate, candidates, unresolved_name, without_label
from jobscraper.normalise.result import Evidence, Issue
from jobscraper.registers.employers import EmployerRow, by_number, find, find_form, folded
from jobscraper.registers.forms import forms_of
from jobscraper.registers.likeness import resembling
from jobscraper.text.entities import decoded
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
    """`employer_id` is an id of the register, or `unresolved:<folded name>` so that counts work for unknown bodies.

    `advertiser_text` is set where the printed employer advertises for the one that is meant: evidence then counts
    characters of the title if its rule begins with `title`, else of the printed employer.
    """

    employer_text: str | None = None
    employer_id: str | None = None
    employer_name: str | None = None
    employer_kind: EmployerKind | None = None
    advertiser_text: str | None = None
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()

    @property
    def alias(self) -> str | None:
        """The printed name that alone was taken for this body; None where a number told, for many schools share a name."""
        rule = self.evidence["employer_id"].rule if "employer_id" in self.evidence else ""
        if rule.startswith("number"):
            return None
        return self.evidence["employer_id"].text if self.advertiser_text else self.employer_text


# No body's name is longer; a whole advert in this field is a board's mistake, and searching it costs its length squared.
_LONGEST = 400
_COLUMNS = ("employer_id", "employer_name", "employer_kind")
# A field that slipped: pay, a date or a link where the employer should be.
_NOT_A_NAME = re.compile(
    r"\s*(?:[£$€]|https?:|www\.|\d[\d,.]*\s*(?:per|p\.?a\.?|an?|hours?)\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*$)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|&|/|with)\s+", re.IGNORECASE)


def read_employer(
    text: str | None, *, on: datetime.date | None = None, identifier: str | None = None, title: str | None = None
) -> Employer:
    """Return who employs by the printed `text`; `on` is the day of the advert and settles names that two bodies bore.

    `identifier` is the official number that the source prints for the body: it tells schools and trusts apart that share a
    name. Without one, a body that the `title` names wins over the one that advertises, which is kept.
    An unknown body gets an id of its own kind and the name as printed, without label and noise: a count of it works,
    and no row of the register is made up for it.
    """
    if text is None or not text.strip():
        return Employer(employer_text=text)
    employer = _read(text, on)
    number = register_number(identifier) if identifier else None
    if number and (numbered := _numbered(employer, number, text)):
        return numbered
    return _meant_by_title(employer, title, on) if title else employer


def _numbered(printed: Employer, number: str, text: str) -> Employer | None:
    """Return the body of a number, or None where the printed name is that of another body's row: the number is not its.

    What the register does not know has the printed name; a number that stands alone (`TR00123`) is no id without a row.
    """
    row = by_number(number)
    known = printed.employer_id is not None and not printed.employer_id.startswith("unresolved:")
    if printed.employer_id is None or (known and (row is None or row.id != printed.employer_id)):
        return None
    if row is None and number.startswith("TR"):
        return None
    kind = row.kind if row else ("school" if printed.employer_kind != "university" else "university")
    name = row.name if row else printed.employer_name
    proof = printed.evidence["employer_id"]
    return Employer(
        employer_text=text,
        employer_id=row.id if row else number,
        employer_name=name,
        employer_kind=cast(EmployerKind, kind),
        evidence=dict.fromkeys(_COLUMNS, attrs.evolve(proof, rule=f"number: {number}")),
        issues=tuple(issue for issue in printed.issues if issue.kind != "employer_unresolved"),
    )


def _meant_by_title(advertiser: Employer, title: str, on: datetime.date | None) -> Employer:
    """Return the body that the title names, or the advertiser itself where it names none, or none but itself."""
    body = _body_in_title(title, on, advertiser.employer_kind)
    if body is None or advertiser.employer_id is None or _same(advertiser, body):
        return advertiser
    if body.row and is_own_body(advertiser.employer_text or ""):
        return advertiser
    evidence = Evidence(f"title: {body.kind}", title[body.start : body.end], body.start, body.end)
    return _for_other(advertiser, body, evidence, advertiser.employer_name or "")


def _same(advertiser: Employer, body: OtherBody) -> bool:
    """True if the title repeats the advertiser: the same row, or a name that is in the other."""
    if body.row:
        return body.row.id == advertiser.employer_id
    ours, theirs = fold_name(advertiser.employer_name or ""), fold_name(body.name)
    return theirs in ours or ours in theirs


def _for_other(advertiser: Employer, body: OtherBody, evidence: Evidence, advertised_by: str) -> Employer:
    issue = Issue("advertiser", f"advertised by {advertised_by}", "employer_id")
    found = [] if body.row else [Issue("employer_unresolved", f"in no register: {body.name}", "employer_id")]
    return Employer(
        employer_text=advertiser.employer_text,
        employer_id=body.row.id if body.row else f"unresolved:{fold_name(body.name)}",
        employer_name=body.row.name if body.row else body.name,
        employer_kind=cast(EmployerKind, body.kind),
        advertiser_text=advertised_by,
        evidence=dict.fromkeys(_COLUMNS, evidence),
        issues=(*found, issue),
    )


@lru_cache(maxsize=4096)
def _body_in_title(title: str, on: datetime.date | None, advertiser_kind: str | None) -> OtherBody | None:
    return body_in_title(title, on, advertiser_kind)


@lru_cache(maxsize=8192)
def _read(text: str, on: datetime.date | None) -> Employer:
    if (plain := decoded(text)) != text:
        return _as_printed(_read(plain, on), text)
    start, end = without_label(text) if len(text) <= 2 * _LONGEST else (0, len(text))
    if start >= end or end - start > _LONGEST or _NOT_A_NAME.match(text, start):
        return Employer(
            employer_text=text,
            issues=(Issue("employer_not_a_name", f"no body's name: {text.strip()[:80]!r}", "employer_id"),),
        )
    if joint := _joint(text, start, end, on):
        return joint
    if is_recruiter(fold_name(text[start:end])):
        return _unresolved(text, whole=True)
    if (body := body_after_dash(text, start, end, on)) and (other := _after_dash(text, start, body, on)):
        return other
    return _known(text, on) or _site(text, start, end, on) or _unresolved(text)


def _as_printed(employer: Employer, text: str) -> Employer:
    """Return what was read from a text without its entities, with the characters that stand in the printed one."""
    evidence = {key: attrs.evolve(one, text=text[one.start : one.end]) for key, one in employer.evidence.items()}
    return attrs.evolve(employer, employer_text=text, evidence=evidence)


def _site(text: str, start: int, end: int, on: datetime.date | None) -> Employer | None:
    found = site_of(text, start, end, on)
    if found is None:
        return None
    row, start, end = found
    return _resolved(text, Candidate(text[start:end], start, end, "whole", (start, end)), row, "site", on)


def _after_dash(text: str, start: int, body: OtherBody, on: datetime.date | None) -> Employer | None:
    """Return the body after a dash as the employer, if what stands before it is another body that may post for it."""
    head = _read(text[start : body.start].strip(" -–—|:"), on)
    if head.employer_kind in {None, "unresolved"} or not posts_for(head.employer_kind, body) or _same(head, body):
        return None
    if body.row and head.employer_kind == "other":
        return None  # A contractor at a hospital, or the practices in the area of a health board.
    evidence = Evidence(f"after dash: {body.kind}", text[body.start : body.end], body.start, body.end)
    return _for_other(attrs.evolve(head, employer_text=text), body, evidence, head.employer_text or "")


def _known(text: str, on: datetime.date | None) -> Employer | None:
    """Return the body of the register that the text names: by a whole name, then another legal form, then likeness."""
    tried: dict[str, Candidate] = {}
    for candidate in candidates(text):
        if candidate.name and candidate.name not in tried:
            tried[candidate.name] = candidate
            if _is_proof(row := find(candidate.name, on), text, candidate):
                return _resolved(text, candidate, row, "name", on)
    for candidate in tried.values():
        if _is_proof(row := find_form(candidate.name, on), text, candidate):
            return _resolved(text, candidate, row, "form", on)
    for candidate in [c for c in tried.values() if "comma" not in c.rule][:4]:
        if _is_proof(row := resembling(candidate.name), text, candidate):
            return _resolved(text, candidate, row, "likeness", on)
    return None


def _is_proof(row: EmployerRow | None, text: str, candidate: Candidate) -> TypeGuard[EmployerRow]:
    return row is not None and not _is_part(candidate, row) and doubt(text, candidate, row) is None


# What was around these names may have been the body: `YMCA Leeds` is not Leeds City Council.
_TAKEN_OFF = ("without acronym", "without brackets")


def _is_part(candidate: Candidate, row: EmployerRow) -> bool:
    """True for part of a string that does not say what it is: a town after a comma is not the council of that town."""
    if candidate.rule == "after comma" and row.kind == "university":
        return True  # `St George's, University of London` is no part of the University of London.
    if (
        not candidate.rule.startswith(("before", "after")) and not candidate.rule.endswith(_TAKEN_OFF)
    ) or row.kind not in {"council", "housing", "other"}:
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
    if is_recruiter(folded) or (kind == "other" and says_recruiter(folded)):
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
        "advertiser_text": employer.advertiser_text,
        "evidence": {column: attrs.asdict(evidence) for column, evidence in employer.evidence.items()},
        "issues": [attrs.asdict(issue) for issue in employer.issues],
    }
