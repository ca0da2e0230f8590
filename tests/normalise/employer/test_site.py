"""Prisons and local offices: the body they belong to, and never the council of the town."""

from __future__ import annotations

import pytest

from jobscraper.normalise.employer.employer import read_employer

HMPPS, SPS = "govuk:hm-prison-and-probation-service", "name:scottish-prison-service"


@pytest.mark.parametrize(
    ("text", "employer_id"),
    [
        ("HMP Leeds", HMPPS),
        ("HMP & YOI Feltham", HMPPS),
        ("HMP/YOI Styal", HMPPS),
        ("HMYOI Aylesbury", HMPPS),
        ("HM Prison Wormwood Scrubs", HMPPS),
        ("Wandsworth Prison", HMPPS),
        ("HMP Barlinnie", SPS),
        ("HMP Maghaberry", "govuk:northern-ireland-prison-service"),
        ("HMRC Leeds", "govuk:hm-revenue-customs"),
        ("Environment Agency - Exeter", "govuk:environment-agency"),
        ("Driver and Vehicle Licensing Agency, Swansea", "govuk:driver-and-vehicle-licensing-agency"),
        # Run by companies, and names that only sound alike.
        ("HMP Bronzefield", "unresolved:hmp bronzefield"),
        ("Scottish Prison Service", SPS),
        ("Prison Fellowship", "unresolved:prison fellowship"),
        ("HMV Leeds", "unresolved:hmv leeds"),
        ("YMCA Leeds", "unresolved:ymca leeds"),
    ],
)
def test_site(text: str, employer_id: str) -> None:
    employer = read_employer(text)
    evidence = employer.evidence["employer_id"]
    assert employer.employer_id == employer_id
    assert text[evidence.start : evidence.end] == evidence.text
