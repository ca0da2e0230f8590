"""Official numbers beside a printed employer: they tell schools apart that share a name."""

from __future__ import annotations

import pytest

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import normalise
from jobscraper.normalise.employer.employer import read_employer
from jobscraper.normalise.employer.number import register_number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("106271", "urn:106271"),
        (" URN: 106271 ", "urn:106271"),
        ("900031", "urn:900031"),
        ("2044", "trust:2044"),
        ("16543", "trust:16543"),
        ("UID 16543", "trust:16543"),
        ("10007795", "ukprn:10007795"),
        ("UKPRN 10007795", "ukprn:10007795"),
        ("tr00123", "TR00123"),
        ("356", None),
        ("1234567", None),
        ("20007795", None),
        ("URN: 2044", None),
        ("https://example.org/106271", None),
        ("", None),
    ],
)
def test_what_a_printed_number_stands_for(printed: str, number: str | None) -> None:
    assert register_number(printed) == number


@pytest.mark.parametrize(
    ("text", "identifier", "employer_id", "name", "kind"),
    [
        ("Manor School", "106271", "urn:106271", "Manor School", "school"),
        ("Abbey View", "900031", "urn:900031", "Abbey View", "school"),
        ("Mosaic Learning Trust", "16543", "trust:16543", "Mosaic Learning Trust", "school"),
        ("Employer: Leeds University", "10007795", "ukprn:10007795", "University of Leeds", "university"),
        ("Norland University", "10099999", "ukprn:10099999", "Norland University", "university"),
        # The number of a local authority, of nobody, and one beside another body's name.
        ("Leeds City Council", "383", "gss:E08000035", "Leeds City Council", "council"),
        ("Leeds City Council", "106271", "gss:E08000035", "Leeds City Council", "council"),
        ("Manor School", "TR00123", "unresolved:manor school", "Manor School", "school"),
        ("Manor School", "none", "unresolved:manor school", "Manor School", "school"),
        ("£25,878 Per Annum", "106271", None, None, None),
    ],
)
def test_the_number_is_the_key(
    text: str, identifier: str, employer_id: str | None, name: str | None, kind: str | None
) -> None:
    employer = read_employer(text, identifier=identifier)
    assert (employer.employer_id, employer.employer_name, employer.employer_kind) == (employer_id, name, kind)


def test_a_number_wins_over_the_title_and_is_no_doubt() -> None:
    employer = read_employer("Mosaic Learning Trust", identifier="16543", title="Cook - Hamstead Junior School")
    assert employer.employer_id == "trust:16543"
    assert employer.issues == ()
    assert employer.evidence["employer_id"].rule == "number: trust:16543"
    assert employer.alias is None


def test_two_schools_of_one_name_are_two_employers() -> None:
    adverts = [
        normalise(RawAdvert(source_ref=n, employer="Christ's College", labels={"hiringOrganization.identifier": n}))
        for n in ("108869", "125310")
    ]
    assert [advert.employer.employer_id for advert in adverts] == ["urn:108869", "urn:125310"]
