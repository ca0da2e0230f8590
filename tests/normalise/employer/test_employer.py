"""Printed employers, as boards print them, and the row of the register that they mean."""

from __future__ import annotations

import datetime
import itertools
import random
from pathlib import Path

import pytest

from jobscraper.normalise.employer.employer import employer_columns, read_employer
from jobscraper.normalise.employer.kind import kind_of_words
from jobscraper.registers.employers import employers
from jobscraper.text.fold import fold_name

HERE = Path(__file__).parent

KNOWN = [
    ("City Of Doncaster Council", "gss:E08000017", "name: whole"),
    ("Doncaster MBC", "gss:E08000017", "name: whole"),
    ("Recuriter: City of Doncaster Council", "gss:E08000017", "name: whole"),
    ("Recruiter: Powys County Council", "gss:W06000023", "name: whole"),
    ("The Royal Borough of Windsor & Maidenhead", "gss:E06000040", "name: whole"),
    ("RBWM", "gss:E06000040", "name: whole"),
    ("LB Camden", "gss:E09000007", "form: whole"),
    ("Brent Council", "gss:E09000005", "form: whole"),
    ("Bradford Council Jobs", "gss:E08000032", "form: name"),
    ("Nottingham City Council (Housing Services)", "gss:E06000018", "name: name without brackets"),
    ("Gloucestershire County Council - Adult Social Care", "gss:E10000013", "name: before division"),
    ("Cyngor Gwynedd", "gss:W06000002", "name: whole"),
    ("Middlesbrogh Council", "gss:E06000002", "likeness: whole"),
    ("Leeds City Council via Reed", "gss:E08000035", "name: name"),
    ("Hays on behalf of Essex County Council", "gss:E10000012", "name: on behalf of"),
    ("The Christie NHS FT", "ods:RBV", "form: whole"),
    ("University Hospitals Sussex NHS Foundation Trust (279)", "ods:RYR", "name: name"),
    ("Cumbria, Northumberland, Tyne and wear (CNTW) NHS Foundation Trust", "ods:RX4", "name: name without brackets"),
    ("Central London Community Health Trust", "ods:RYX", "likeness: whole"),
    ("Barts Health", "ods:R1H", "form: whole"),
    ("NELFT North East London Foundation Trust", "ods:RAT", "form: name without acronym"),
    ("Leeds Beckett University direct vacancies", "ukprn:10003861", "name: name"),
    ("Leeds University", "ukprn:10007795", "form: whole"),
    ("NICE – The National Institute for Health and Care Excellence", "govuk:national-institute-for-clinical-excellence", "name: after division"),
    ("Ofwat (Water Services Regulation Authority)", "govuk:ofwat", "name: whole"),
    ("Department for Levelling Up, Housing and Communities", "govuk:ministry-of-housing-communities-and-local-government", "name: whole"),
    ("Cumbria Police", "police:cumbria", "form: whole"),
    ("West Midlands Fire Service", "fire:043", "name: whole"),
    ("Herts County Council", "gss:E10000015", "form: whole"),
    ("N Yorkshire Council", "gss:E06000065", "form: whole"),
    ("E Sussex County Council", "gss:E10000011", "form: whole"),
    ("City of Leeds", "gss:E08000035", "form: whole"),
    ("Ealing LBC", "gss:E09000009", "form: whole"),
    ("RB Kingston upon Thames", "gss:E09000021", "form: whole"),
    ("Leeds City Council Recruitment", "gss:E08000035", "name: before team"),
    ("Betsi Cadwaladr UHB", "ods:7A1", "name: whole"),
    ("NHS West Yorkshire ICB", "ods:QWO", "name: whole"),
    ("Addenbrooke's Hospital", "ods:RGT", "name: whole"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "employer_id", "rule"), KNOWN, ids=[row[0] for row in KNOWN])
def test_known_body(text: str, employer_id: str, rule: str) -> None:
    employer = read_employer(text)
    evidence = employer.evidence["employer_id"]
    assert (employer.employer_id, evidence.rule) == (employer_id, rule)
    assert text[evidence.start : evidence.end] == evidence.text
    assert employer.employer_text == text


UNKNOWN = [
    ("Recruter: Prudhoe Town Council", "Prudhoe Town Council", "council"),
    ("General Optical Council", "General Optical Council", "agency"),
    ("WInchmore Hill Practice", "WInchmore Hill Practice", "other"),
    ("Virginia Water Medical Practice (Packers)", "Virginia Water Medical Practice", "other"),
    ("Practice Plus Group - Health in Justice", "Practice Plus Group", "other"),
    ("The Extracare Charitable Trust t/a Extracare Ltd", "The Extracare Charitable Trust", "other"),
    ("Archbishop Holgate's School, A Church of England Academy", None, "school"),
    ("Connect Multi Academy Trust", None, "school"),
    ("The Sheffield College", None, "school"),
    ("Devon Doctors", None, "other"),
    ("Kents Hill Park all-through school", None, "school"),
    ("The Heath Family (North West)", None, "unresolved"),
    ("Brambletown CE (C) J & I School", None, "school"),
    ("Allied Health Professionals (AHP) Suffolk CIC", "Allied Health Professionals Suffolk CIC", "other"),
    ("One Care (BNSSG) C.I.C.", "One Care (BNSSG) CIC", "other"),
    ("Brownlow &amp; Co Surgery", "Brownlow & Co Surgery", "other"),
    ("Island City Network PCN", "Island City Network Primary Care Network", "other"),
    ("South Downs Education Trust MAT", "South Downs Education Trust", "school"),
    ("NHS East Lancashire CCG", "NHS East Lancashire Clinical Commissioning Group", "agency"),
    ("Oxfordshire Clinical Commissioning Group", "NHS Oxfordshire Clinical Commissioning Group", "agency"),
    ("(RX) Norwood Primary School", "Norwood Primary School", "school"),
    ("Jobs at Norwood Primary School 2", "Norwood Primary School", "school"),
    ("Primary Care 24", None, "other"),
    ("Wiltshire College & University Centre", None, "school"),
    ("Lambeth GP Federation", None, "other"),
    ("North Wales PCC", None, "police"),
    ("Havebury Housing", None, "housing"),
    ("Staffordshire Moorlands & High Peak", None, "unresolved"),
    ("The Athelstan Trust", None, "school"),
    ("Norfolk Wildlife Trust", None, "other"),
    ("Billing Brook School Academy Trust", "Billing Brook School", "school"),
    ("St Anne's - Catholic Academy", None, "school"),
    ("Barnardo's Scotland", "Barnardo's", "other"),
    ("Carers Scotland", None, "other"),
    ("Shropshire Doctors Co-operative Limited ‘Shropdoc’", "Shropshire Doctors Co-operative Limited", "other"),
    ("Durham City Council", None, "council"),
    ("Babergh and Mid Suffolk District Councils", None, "council"),
    ("City of Sanctuary", None, "unresolved"),
    ("NHS Nottinghamshire ICB", None, "agency"),
    ("Tradewind Schools", None, "school"),
    ("Leeds UTC", None, "school"),
]


@pytest.mark.parametrize(("text", "name", "kind"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_unknown_body_keeps_its_name_and_gets_an_id_of_its_own(text: str, name: str | None, kind: str) -> None:
    employer = read_employer(text)
    name = name or text
    assert (employer.employer_name, employer.employer_kind) == (name, kind)
    assert employer.employer_id == f"unresolved:{fold_name(name)}"
    assert [issue.kind for issue in employer.issues] == ["employer_unresolved"]


# Names that hold the name of a body of the register, and are another body's.
OTHERS = [
    # One word, or three letters: many bear them.
    "FCA", "FCA Scotland", "Tate", "Tate Southampton", "CITB (NI)", "SIA London", "LSE", "Monitor", "GLA", "City College, York",
    # A body beside a public one, under its name.
    "GP Practices - Hywel Dda University Health Board", "GP Surgeries – Powys Teaching Health Board",
    "NHS Northamptonshire CCG", "NHS East Lancashire", "NHS Bolton", "Leeds City Council - Charity",
    "Leeds Teaching Hospitals NHS Trust - League of Friends", "University of Cambridge – Christ’s College",
    "Cardiff University Students' Union", "Barts Charity", "Kent Police Federation", "Royal Holloway Enterprises",
    "University of Leeds - Alumni", "Leeds Recruitment", "Royal Free London NHS Foundation Trust - Property Services Ltd",
    # A contractor at a hospital, and the board of another nation.
    "Sodexo - Royal Free London NHS Foundation Trust", "Environment Agency Wales", "Health and Safety Executive, Scotland",
    # A football club.
    "Hull City",
    # Hospitals of a name that several towns have.
    "Queen Elizabeth Hospital", "St James's Hospital",
    # A namesake abroad.
    "Newcastle City Council, NSW", "Richmond Council, California", "Lincoln University, New Zealand",
    "University of Newcastle (Australia)", "Durham University - North Carolina",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_a_name_that_others_bear_too_is_no_link(text: str) -> None:
    employer = read_employer(text)
    assert employer.employer_id == f"unresolved:{fold_name(employer.employer_name or '')}"


@pytest.mark.parametrize(
    ("text", "employer_id"),
    [
        ("NELFT NHS Foundation Trust", "ods:RAT"),
        ("The Hillingdon Hospital NHS Foundation Trust", "ods:RAS"),
        ("York Teaching Hospital NHS Foundation Trust", "ods:RCB"),
        ("Portsmouth Hospitals NHS Trust Staff Bank", "ods:RHU"),
        ("Barts Health Bank Recruitment", "ods:R1H"),
        ("Welsh Blood Service", "ods:RQF"),
        ("NHS Property Services Ltd", "name:nhs-property-services"),
        ("United Kingdom Atomic Energy Authority", "govuk:uk-atomic-energy-authority"),
        ("Leeds City Council via Reed Recruitment Ltd", "gss:E08000035"),
        ("Brighton &amp; Hove City Council", "gss:E06000043"),
        ("Cyngor Sir Benfro", "gss:W06000009"),
        ("Cyngor Sir a Dinas Abertawe", "gss:W06000011"),
        ("Cyngor Bwrdeistref Sirol Conwy", "gss:W06000003"),
        ("Gwasanaeth Tân ac Achub Gogledd Cymru", "fire:nw"),
        ("Parc Cenedlaethol Eryri", "name:eryri"),
        ("Betsi Cadwaladr University Local Health Board", "ods:7A1"),
        ("Cynulliad Cenedlaethol Cymru", "name:senedd-cymru"),
        ("Grwp Llandrillo Menai", "ukprn:10007820"),
        ("Y Brifysgol Agored", "ukprn:10007773"),
        ("Cartrefi Dinas Casnewydd", "name:newport-city-homes"),
        ("UCLH Staff Bank", "ods:RRV"),
        ("Belfast City Council, Ireland", "gss:N09000003"),
        ("Westminster City Council, Victoria", "gss:E09000033"),
        ("Sunderland City Council, Washington", "gss:E08000024"),
    ],
)
def test_a_former_short_or_welsh_name_is_the_body(text: str, employer_id: str) -> None:
    employer = read_employer(text)
    evidence = employer.evidence["employer_id"]
    assert employer.employer_id == employer_id
    assert text[evidence.start : evidence.end] == evidence.text


def test_a_town_council_in_wales_is_not_the_county() -> None:
    assert read_employer("Cyngor Tref Conwy").employer_id == "unresolved:cyngor tref conwy"


@pytest.mark.parametrize("text", [None, "", "   "])
def test_nothing_printed_is_nothing_read(text: str | None) -> None:
    assert read_employer(text).employer_id is None


@pytest.mark.parametrize("text", ["£25,878 Per Annum", "01/09/2026", "https://example.org", "Employer:", "x " * 300])
def test_a_field_that_slipped_names_nobody(text: str) -> None:
    employer = read_employer(text)
    assert employer.employer_id is None
    assert [issue.kind for issue in employer.issues] == ["employer_not_a_name"]


@pytest.mark.parametrize(
    ("text", "on", "employer_id"),
    [
        ("North Yorkshire", "2022-06-01", "gss:E10000023"),
        ("North Yorkshire", "2024-06-01", "gss:E06000065"),
        ("North Yorkshire", None, "gss:E06000065"),
        ("Somerset", "2020-01-01", "gss:E10000027"),
        ("Somerset", "2026-01-01", "gss:E06000066"),
    ],
)
def test_a_name_that_two_bodies_bore_is_settled_by_the_day(text: str, on: str | None, employer_id: str) -> None:
    assert read_employer(text, on=datetime.date.fromisoformat(on) if on else None).employer_id == employer_id


def test_a_body_after_its_end_is_read_and_doubted() -> None:
    employer = read_employer("Northamptonshire County Council", on=datetime.date(2026, 1, 1))
    assert employer.employer_id == "gss:E10000021"
    assert [issue.kind for issue in employer.issues] == ["employer_dates"]


def test_two_councils_in_one_string_are_neither() -> None:
    employer = read_employer("London Borough of Richmond upon Thames and London Borough of Wandsworth")
    assert employer.employer_kind == "council"
    assert (employer.employer_id or "").startswith("unresolved:")
    assert "gss:E09000027" in employer.issues[0].text
    assert "gss:E09000032" in employer.issues[0].text


def test_a_school_after_a_dash_employs_and_the_council_advertises() -> None:
    text = "Barnsley MBC - Holgate Meadows School"
    employer = read_employer(text)
    evidence = employer.evidence["employer_id"]
    assert (employer.employer_name, employer.employer_kind) == ("Holgate Meadows School", "school")
    assert text[evidence.start : evidence.end] == "Holgate Meadows School"
    assert employer.issues[-1].kind == "advertiser"
    assert read_employer("Surrey County Council - School Admissions").employer_id == "gss:E10000030"


def test_an_employment_agency_is_no_employer_but_reed_in_partnership_is() -> None:
    assert "recruiter" in [issue.kind for issue in read_employer("Reed").issues]
    assert "recruiter" in [issue.kind for issue in read_employer("Tradewind Recruitment").issues]
    assert "recruiter" not in [issue.kind for issue in read_employer("Reed in Partnership").issues]


def _not_in_registers() -> list[str]:
    names = (HERE / "not_in_registers.txt").read_text(encoding="utf-8").splitlines()
    places = ("Kent", "Essex", "Devon", "Surrey", "Leeds", "Wigan", "Bolton", "Oxford", "Durham", "Lincoln", "Camden")
    near = (
        "{} Doctors on Call",
        "{} Council for Voluntary Service",
        "{} Association of Local Councils",
        "{} Community Foundation",
        "{} Law Centre",
        "{} Football Club",
    )
    return names + [name.format(place) for name, place in itertools.product(near, places)]


def test_names_of_other_bodies_resolve_to_no_row() -> None:
    names = _not_in_registers()
    assert len(set(names)) >= 450
    wrong = {
        n: e.employer_id for n in names if not ((e := read_employer(n)).employer_id or "").startswith("unresolved:")
    }
    assert wrong == {}


def test_a_slip_of_the_pen_seldom_makes_another_body() -> None:
    """One letter lost, swapped or changed in 1,000 names: at most 5 in a thousand may read as another body."""
    chance = random.Random(11)
    kinds = {"council", "nhs_trust", "university", "police", "fire", "department", "agency"}
    rows = chance.sample([row for row in employers() if row.kind in kinds and row.valid_to is None], 1000)
    right = wrong = 0
    for row in rows:
        at = chance.randrange(1, len(row.name) - 1)
        name = row.name
        slips = (
            name[:at] + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            f"{name[:at]}e{name[at + 1 :]}",
        )
        employer = read_employer(chance.choice(slips))
        right += employer.employer_id == row.id
        wrong += employer.employer_id != row.id and not (employer.employer_id or "unresolved").startswith("unresolved")
    assert wrong <= 5
    assert right >= 600


_NAMED = ("employer_text", "employer_id", "employer_name", "employer_kind")


def test_columns_are_plain() -> None:
    columns = employer_columns(read_employer("Recuriter: Kirklees Metropolitan Council"))
    assert [*columns] == [*_NAMED, "advertiser_text", "evidence", "issues"]
    assert columns["evidence"]["employer_id"] == {
        "rule": "name: whole",
        "text": "Kirklees Metropolitan Council",
        "start": 11,
        "end": 40,
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chippenham Town Council", "council"),
        ("General Dental Council", "agency"),
        ("Ysgol Gyfun Gymraeg Plasmawr", "school"),
        ("University of Bolton Students' Union", "other"),
        ("Office of the Police and Crime Commissioner for Kent", "police"),
        ("Primary Care Careers", "other"),
        ("Valour", None),
    ],
)
def test_kind_of_words(name: str, kind: str | None) -> None:
    assert kind_of_words(name) == kind
