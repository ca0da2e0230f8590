"""The register of employers: every row has a source, one name means one body, and codes are in the official lists."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from jobscraper.registers.employers import EmployerRow, employers, find, find_form, keys
from jobscraper.registers.kinds import named_kinds
from jobscraper.registers.likeness import resembling
from jobscraper.registers.places import area
from jobscraper.text.fold import fold_name
from tests.registers.official import codes

KINDS = {"council", "nhs_trust", "school", "university", "department", "agency", "police", "fire", "housing", "other"}
LICENCES = Path(__file__).parent.parent.parent / "jobscraper" / "registers" / "LICENCES.md"


def test_every_row_has_a_source_that_the_licences_explain() -> None:
    explained = set(re.findall(r"^\| `([\w.-]+)`", LICENCES.read_text(encoding="utf-8"), re.MULTILINE))
    sources = {key for row in employers() for key in f"{row.source} {row.checked_in or ''}".split()}
    assert [row.id for row in employers() if not row.source] == []
    assert sources <= explained


def test_rows_are_sorted_and_ids_are_unique() -> None:
    ids = [row.id for row in employers()]
    assert ids == sorted(set(ids))


def test_kinds_and_areas_are_known() -> None:
    assert {row.kind for row in employers()} <= KINDS
    assert [row.id for row in employers() if row.lad_code and area(row.lad_code) is None] == []


def _overlap(one: EmployerRow, other: EmployerRow) -> bool:
    starts = [str(row.valid_from or "0") for row in (one, other)]
    ends = [str(row.valid_to or "9999") for row in (one, other)]
    return max(starts) < min(ends)


def test_no_name_means_two_bodies_on_one_day() -> None:
    bearers: dict[str, dict[str, EmployerRow]] = defaultdict(dict)
    for row in employers():
        for name in (row.name, *row.aliases):
            bearers[fold_name(name)][row.id] = row
    twice = [
        (name, one.id, other.id)
        for name, rows in bearers.items()
        for one in rows.values()
        for other in rows.values()
        if one.id < other.id and _overlap(one, other)
    ]
    assert twice == []


def test_codes_are_in_the_official_lists() -> None:
    official = {kind: codes(kind) for kind in ("gss", "ods", "ukprn", "rp")}
    listed = [row for row in employers() if row.source.split()[0] not in UNLISTED]
    wrong = [
        row.id
        for row in listed
        if (kind := row.id.split(":")[0]) in official and row.id.split(":")[1] not in official[kind]
    ]
    assert wrong == []


# Codes of sources whose lists are not in `official_codes.csv`; LICENCES.md says where they can be looked up.
UNLISTED = {"nhs-names", "nhs-wales", "nhs-scotland", "nhs-icb"}


@pytest.mark.parametrize(
    ("name", "employer_id"),
    [
        ("city of doncaster council", "gss:E08000017"),
        ("Sheffield City Council", "gss:E08000039"),
        ("Housing Ombudsman Service", "govuk:housing-ombudsman"),
        ("HMRC", "govuk:hm-revenue-customs"),
        ("West Northamptonshire Council", "gss:E06000062"),
        ("Recruitment", None),
    ],
)
def test_find_by_name_or_alias(name: str, employer_id: str | None) -> None:
    row = find(name)
    assert (row.id if row else None) == employer_id


@pytest.mark.parametrize(
    ("name", "employer_id"),
    [
        ("Durham Council", "gss:E06000047"),
        ("Durham City Council", None),
        ("Leicester County Council", None),
        ("LB Lambeth", "gss:E09000022"),
        ("Kent Union", None),
        ("Airedale", None),
        ("Airedale NHS Trust", "ods:RCF"),
        ("Kent Community Foundation", None),
    ],
)
def test_find_by_another_legal_form(name: str, employer_id: str | None) -> None:
    row = find_form(name)
    assert (row.id if row else None) == employer_id


@pytest.mark.parametrize(
    ("name", "employer_id"),
    [
        ("Glocestershire County Council", "gss:E10000013"),
        ("Wiltshre Council", "gss:E06000054"),
        ("Central London Community Health Trust", "ods:RYX"),
        ("Leicestershire City Council", None),
        ("Kent Community Foundation", None),
        ("NHS Bedfordshire", None),
        ("Boltin Cares", None),
        ("Peabudy Trust", None),
    ],
)
def test_likeness_mends_a_slip_and_invents_nobody(name: str, employer_id: str | None) -> None:
    row = resembling(name)
    assert (row.id if row else None) == employer_id


def test_a_name_that_tells_a_kind_is_no_name_of_the_register_and_has_a_source() -> None:
    explained = set(re.findall(r"^\| `([\w.-]+)`", LICENCES.read_text(encoding="utf-8"), re.MULTILINE))
    names = [fold_name(row.name) for row in named_kinds()]
    registered = {name for _, borne in keys() for name in borne}
    assert {row.source for row in named_kinds()} <= explained
    assert names == sorted(set(names))
    assert set(names) & registered == set()
