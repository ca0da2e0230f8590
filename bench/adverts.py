"""Adverts to measure with: invented, each unlike the others, with the strings that boards print most."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from jobscraper.registers.employers import employers
from jobscraper.registers.places import places

_PAY = (
    "£{low:,} - £{high:,} per annum",
    "£{low:,} to £{high:,}, pro rata",
    "Grade 7, SCP 19 - 22 (£{low:,} - £{high:,})",
    "£{low:,}",
    "£{low:,} - £{high:,} FTE, actual £{part:,}",
    "MPR / UPR",
    "£13.47 per hour",
    "Competitive",
)
_TEXT = (
    "You will join a friendly team that works across the district to improve services for residents. We offer a generous "
    "pension, flexible working and 26 days of annual leave. The successful candidate will have experience of planning and "
    "of working with the public. "
)


def entries(count: int, host: str = "http://127.0.0.1") -> Iterator[dict[str, Any]]:
    """`count` entries of a JSON feed, as Teaching Vacancies prints them."""
    chance = random.Random(11)
    names = [body.name for body in employers()]
    towns = places()
    for number in range(count):
        low = chance.randrange(20_000, 60_000)
        pay = chance.choice(_PAY).format(low=low, high=low + chance.randrange(1_000, 9_000), part=low // 2)
        town = chance.choice(towns)
        yield {
            "title": f"{chance.choice(('Planner', 'Nurse', 'Teacher of art', 'Housing officer'))} {number}",
            "url": f"{host}/jobs/job-{number}",
            "hiringOrganization": {"name": chance.choice(names)},
            "jobLocation": {"address": {"addressLocality": town.name, "addressRegion": town.region}},
            "baseSalary": {"currency": "GBP", "value": {"value": pay, "unitText": "YEAR"}},
            "datePosted": "2026-11-01",
            "validThrough": "2099-01-31T12:00:00+00:00",
            "employmentType": ["FULL_TIME"],
            "description": f"<p>{_TEXT * 3}</p><p>Job {number}</p>",
        }
