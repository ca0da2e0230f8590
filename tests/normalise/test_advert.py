"""The whole advert."""

from datetime import UTC, date, datetime

import pytest

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import normalise
from jobscraper.normalise.version import normaliser_version


def test_every_value_comes_with_the_characters_it_was_read_from() -> None:
    raw = RawAdvert(
        source_ref="7",
        title="Attendance Officer",
        employer="Recuriter: Powys County Council",
        salary="£26,847.00 - £29,071.00 Annually (FTE)",
        location="Stockport, North West, SK7 5JX",
        posted="2026-11-01",
        closes="2026-12-01T09:00:00+00:00",
        contract="TEMPORARY",
        working_pattern="FULL_TIME, PART_TIME",
    )
    advert = normalise(raw)
    assert (advert.posted_on, advert.closes_at) == (date(2026, 11, 1), datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert advert.terms.contract_type.value == "temporary"
    assert advert.terms.working_pattern.value == "full_time, part_time"
    assert advert.employer.employer_name == "Powys County Council"
    assert advert.location.places[0].lad_name == "Stockport"
    assert float(advert.salary.salary_annual_min or 0) == 26847.0
    printed = {str(value) for value in (raw.employer, raw.salary, raw.location, raw.posted, raw.closes)}
    for column in ("posted_on", "closes_at", "salary_min", "employer_id"):
        assert any(advert.evidence[column].text in text for text in printed)


def test_an_advert_that_prints_nothing_gives_nothing_and_no_issue() -> None:
    advert = normalise(RawAdvert(source_ref="7", title="Planner"))
    assert advert.issues == ()
    assert advert.evidence == {}
    assert advert.salary.salary_min is advert.employer.employer_id is advert.closes_at is None


def test_the_version_names_code_and_registers() -> None:
    assert len(normaliser_version()) == 12


@pytest.mark.parametrize(
    ("printed", "workplace", "kinds"),
    [
        ("Hybrid", "hybrid", []),
        ("Remote", "remote", []),
        ("TELECOMMUTE", "remote", []),
        ("On-site", "on_site", []),
        ("Moon base", None, ["workplace_unknown"]),
    ],
)
def test_a_workplace_in_a_field_of_its_own(printed: str, workplace: str | None, kinds: list[str]) -> None:
    advert = normalise(RawAdvert(source_ref="1", location="Leeds", workplace=printed))
    assert advert.location.workplace == workplace
    assert [issue.kind for issue in advert.issues if issue.field == "workplace"] == kinds
