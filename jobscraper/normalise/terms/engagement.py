"""As what somebody is engaged: an employee, or what is paid otherwise, and so is not compared with employees' pay.

In: the fields of a raw advert, and what was read of its contract, employer and pay. Out: one of `Engagement`, with the
characters that say it; None where nothing does. A bank's worker is a worker of the health body at its own rates, of
whom the boards say no more than `bank`: that is not told. A recruiter may seek a client's employee, so that only a
rate by the hour or day without an employee's contract makes its advert an agency's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.employer.employer import Employer
from jobscraper.normalise.result import Evidence, Found, Issue
from jobscraper.normalise.salary import Salary
from jobscraper.normalise.terms import engagement_words as words
from jobscraper.normalise.terms.contract import Terms
from jobscraper.normalise.terms.engagement_words import Engagement
from jobscraper.text.fold import fold_name, lower_in_place

_BY_TIME = frozenset({"hour", "day", "week"})
_BY_SHIFT = frozenset({"hour", "day", "session"})
# Pay of these is no part of a full-time year, whatever period is printed.
_NO_FULL_TIME = frozenset({"retained", "volunteer"})
_ANNUAL = ("salary_annual_min", "salary_annual_max")


@attrs.frozen
class _Sign:
    """A word that tells the engagement, in the field where it stands."""

    engagement: Engagement
    evidence: Evidence


def read_engagement(raw: RawAdvert, terms: Terms, employer: Employer, salary: Salary) -> Found[Engagement]:
    """Return the engagement that the advert tells, the most particular sign first; signs that differ are an issue."""
    signs = list(_signs(raw, salary))
    if not signs:
        return _less_sure(raw, terms, employer, salary)
    first = signs[0]
    others = {sign.engagement for sign in signs} - {first.engagement}
    said = f"it says {first.engagement} ({first.evidence.text!r}), and {', '.join(sorted(others))} elsewhere"
    issues = (Issue("engagement_several", said, "engagement"),) if others else ()
    return Found(first.engagement, first.evidence, issues)


def without_full_time(salary: Salary, engagement: Engagement | None) -> Salary:
    """Return `salary` without a full-time year where there is none: a retainer and an allowance are no part of it."""
    if engagement not in _NO_FULL_TIME:
        return salary
    evidence: Mapping[str, Evidence] = {c: e for c, e in salary.evidence.items() if c not in _ANNUAL}
    issues = tuple(issue for issue in salary.issues if issue.field not in _ANNUAL)
    return attrs.evolve(salary, salary_annual_min=None, salary_annual_max=None, evidence=evidence, issues=issues)


def _signs(raw: RawAdvert, salary: Salary) -> Iterable[_Sign]:
    contract = [("contract", raw.contract), ("working_pattern", raw.working_pattern)]
    for field, text in contract:
        yield from _matches(field, text, words.CONTRACT, first=True)
    yield from _matches("salary", raw.salary, words.SALARY)
    yield from _retained(raw)
    yield from (sign for sign in _matches("title", raw.title, words.TITLE) if sign.engagement != "retained")
    yield from _labelled(raw.labels)
    yield from _by_rate(raw, salary)


def _labelled(labels: Mapping[str, str]) -> Iterable[_Sign]:
    for label, text in labels.items():
        name = fold_name(label)
        if words.IR35_LABEL.search(name):
            yield from _matches("label", text, words.IR35, first=True)
        elif name in words.LABELS:
            yield from _matches("label", text, words.CONTRACT, first=True)


def _by_rate(raw: RawAdvert, salary: Salary) -> Iterable[_Sign]:
    """An interim by the day, and a locum by the hour, day or session, are paid above the scale and for their time only."""
    title = lower_in_place(raw.title or "")
    if salary.salary_period == "day" and (found := words.INTERIM.search(title)):
        yield _Sign("contractor", _evidence("interim_day_rate", raw.title or "", found.span()))
    is_bank = words.BANK.search(title) or words.BANK.search(lower_in_place(raw.contract or ""))
    if salary.salary_period in _BY_SHIFT and not is_bank and (found := words.LOCUM.search(title)):
        yield _Sign("contractor", _evidence("locum_rate", raw.title or "", found.span()))


def _retained(raw: RawAdvert) -> Iterable[_Sign]:
    """Firefighters on call: by the title, or by a title of firefighters and a retainer or a pattern of being on call."""
    title = lower_in_place(raw.title or "")
    if words.NOT_RETAINED.search(title) or not words.FIREFIGHTER.search(title):
        return
    yield from (sign for sign in _matches("title", raw.title, words.TITLE) if sign.engagement == "retained")
    for field, text in (("salary", raw.salary), ("working_pattern", raw.working_pattern), ("contract", raw.contract)):
        pattern = words.RETAINER if field == "salary" else words.ON_CALL
        if text and (found := pattern.search(lower_in_place(text))):
            yield _Sign("retained", _evidence(field, text, found.span()))


def _less_sure(raw: RawAdvert, terms: Terms, employer: Employer, salary: Salary) -> Found[Engagement]:
    """What the contract implies; without it, a recruiter's rate by time, and what the text says of this very post."""
    contract = terms.contract_type
    if contract.value in words.EMPLOYED:
        return Found("employee", contract.evidence and attrs.evolve(contract.evidence, rule="engagement:contract_type"))
    recruiter = any(issue.kind == "recruiter" for issue in employer.issues)
    if recruiter and raw.employer and salary.salary_period in _BY_TIME:
        return Found("agency", _evidence("recruiter", raw.employer, (0, len(raw.employer))))
    said = list(_matches("description", raw.description, _likely(raw.description or "")))
    if len({sign.engagement for sign in said}) != 1:
        return Found()
    return Found(said[0].engagement, said[0].evidence)


def _likely(text: str) -> list[tuple[Engagement, re.Pattern[str]]]:
    """What a text may say: nearly all have none of its words, and looking for those alone takes no time."""
    folded = lower_in_place(text)
    return [row for row in words.TEXT if any(word in folded for word in words.OF_TEXT[row[0]])]


def _matches(
    field: str, text: str | None, table: Iterable[tuple[Engagement, re.Pattern[str]]], *, first: bool = False
) -> Iterable[_Sign]:
    if not text:
        return
    folded = lower_in_place(text)
    for engagement, pattern in table:
        if found := pattern.search(folded):
            yield _Sign(engagement, _evidence(field, text, found.span()))
            if first:
                return


def _evidence(rule: str, text: str, span: tuple[int, int]) -> Evidence:
    start, end = span
    return Evidence(f"engagement:{rule}", text[start:end], start, end)
