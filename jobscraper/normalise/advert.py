"""The whole advert: every normaliser over one raw advert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import attrs

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.dates.dates import LONDON, read_closing, read_date
from jobscraper.normalise.employer.employer import Employer, read_employer
from jobscraper.normalise.location.location import Location, read_location, with_workplace
from jobscraper.normalise.location_seat import with_seat
from jobscraper.normalise.result import Aside, Evidence, Found, Issue
from jobscraper.normalise.salary import Salary, read_salary
from jobscraper.normalise.salary.result import countable
from jobscraper.normalise.terms.contract import Terms, read_terms
from jobscraper.normalise.terms.engagement import read_engagement, without_full_time
from jobscraper.normalise.terms.engagement_words import Engagement


@attrs.frozen(kw_only=True)
class Advert:
    """A raw advert with all that could be read from it. `evidence` is by column of the table `advert`."""

    raw: RawAdvert
    employer: Employer
    location: Location
    salary: Salary
    posted_on: date | None
    closes_at: datetime | None
    terms: Terms
    engagement: Found[Engagement]
    evidence: Mapping[str, Evidence]
    issues: tuple[Issue, ...]


def normalise(
    raw: RawAdvert,
    *,
    observed: datetime | None = None,
    closes_observed: datetime | None = None,
    first_seen: datetime | None = None,
) -> Advert:
    """Read all values of a raw advert. Pure: the same strings, seen at the same time, give the same values.

    :param observed: when the dates were first seen printed so; without it a date without a year is an issue.
    :param closes_observed: the same for the closing time, where it comes from another part than the posting date.
    :param first_seen: when the advert was first seen, `observed` if it is not given. Its day stands in for a posting date
        that is not printed where a value needs a day: which pay scale held, which bodies there were.
    """
    closes_observed = closes_observed or observed
    aside = Aside()
    posted = aside.read("posted_on", Found(), read_date, raw.posted, observed=observed)
    closes = aside.read("closes_at", Found(), read_closing, raw.closes, observed=closes_observed)
    day = posted.value or _london_day(first_seen or observed)
    terms = aside.read("terms", Terms(), read_terms, raw.contract, raw.working_pattern, raw.hours, raw.labels)
    employer = aside.read("employer_id", Employer(employer_text=raw.employer), _employer, raw, day)
    location = aside.read("lad_code", Location(location_text=raw.location), _location, raw, employer)
    salary = aside.read("salary_min", Salary(), _salary, raw, day, location)
    engagement = aside.read("engagement", Found(), read_engagement, raw, terms, employer, salary)
    salary = without_full_time(salary, engagement.value)
    single: dict[str, Found[Any]] = {
        "posted_on": posted,
        "closes_at": closes,
        "engagement": engagement,
        **attrs.asdict(terms, recurse=False),
    }
    return Advert(
        raw=raw,
        employer=employer,
        location=location,
        salary=salary,
        posted_on=posted.value,
        closes_at=closes.value,
        terms=terms,
        engagement=engagement,
        evidence={
            **{column: found.evidence for column, found in single.items() if found.evidence},
            **employer.evidence,
            **location.evidence,
            **salary.evidence,
        },
        issues=tuple(
            _all_issues(
                *(found.issues for found in single.values()),
                *(employer.issues, location.issues, salary.issues),
                tuple(aside.issues),
            )
        ),
    )


def _employer(raw: RawAdvert, on: date | None) -> Employer:
    return read_employer(raw.employer, on=on, identifier=_identifier(raw), title=raw.title)


def _location(raw: RawAdvert, employer: Employer) -> Location:
    location = read_location(raw.location, employer=employer, places=raw.places)
    return with_seat(with_workplace(location, raw.workplace) if raw.workplace else location, employer)


def _salary(raw: RawAdvert, posted_on: date | None, location: Location) -> Salary:
    salary = read_salary(
        raw.salary,
        grade=raw.grade,
        structured=raw.salary_structured,
        posted_on=posted_on,
        area=next((place.region for place in location.places), None),
    )
    return countable(salary, (raw.salary or "", *_texts(raw.salary_structured)))


def _texts(value: object) -> Iterator[str]:
    """All strings in a feed's own object."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _texts(inner)


def _london_day(moment: datetime | None) -> date | None:
    return moment.astimezone(LONDON).date() if moment else None


# Where sources print the official number of the hiring body: schema.org's word, and what boards call it.
_IDENTIFIERS = ("hiringOrganization.identifier", "URN", "UKPRN")


def _identifier(raw: RawAdvert) -> str | None:
    return next((raw.labels[label] for label in _IDENTIFIERS if raw.labels.get(label)), None)


def _all_issues(*groups: tuple[Issue, ...]) -> Iterable[Issue]:
    return dict.fromkeys(issue for group in groups for issue in group)
