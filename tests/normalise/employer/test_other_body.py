"""Bodies for which another one advertises, named in the title or after a dash: found, and not made up."""

from __future__ import annotations

import datetime

import pytest

from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import normalise
from jobscraper.normalise.employer.employer import read_employer

OTHER = [
    ("Essex County Council", "Senior Property and Asset Manager - Braintree District Council", "gss:E07000067"),
    ("Hertfordshire County Council", "Waste Management Officer - North Herts Council", "gss:E07000099"),
    ("Sandwell Metropolitan Borough Council", "Office Manager - Hamstead Junior School", "unresolved:hamstead junior school"),
    ("Sandwell Council", "Teaching Assistant at Hamstead Junior School", "unresolved:hamstead junior school"),
    ('Bishop Bewick Catholic Education Trust', "Teaching Assistant - St Mary's Catholic Primary School", 'unresolved:st marys catholic primary school'),
    ("Surrey County Council", "Planning Officer (Mole Valley District Council)", "gss:E07000210"),
    ("Devon County Council", "South Hams District Council: Head of Finance", "gss:E07000044"),
    ("West Midlands Employers", "Director of Place – City of Wolverhampton Council", "gss:E08000031"),
    ("NHS Wales Shared Services Partnership", "Receptionist - Velindre University NHS Trust", "ods:RQF"),
    ("Penna", "Chief Executive | Leeds City Council", "gss:E08000035"),
    ("Cornwall Council", "Parish Clerk - Ludgvan Parish Council", "unresolved:ludgvan parish council"),
    ("Wiltshire Council", "Town Clerk - Chippenham Town Council", "unresolved:chippenham town council"),
    ("Essex County Council", "Fire Control Officer - Essex County Fire and Rescue Service", "fire:014"),
    ("Kent County Council", "Crime Analyst - Kent Police", "police:kent"),
    ("Norfolk County Council", "Midday Supervisor, Fleggburgh CofE Primary School", "unresolved:fleggburgh cofe primary school"),
    ("Powys County Council", "Athro - Ysgol Calon Cymru", "unresolved:ysgol calon cymru"),
    ("Manchester City Council", "Site Manager - Levenshulme High School - Manchester", "unresolved:levenshulme high school"),
    ("Hampshire County Council", "Cleaner for Brockenhurst College", "unresolved:brockenhurst college"),
    ("LGSS", "Revenues Officer - Cambridge City Council", "gss:E07000008"),
    ('Staffordshire County Council', "Kitchen Assistant - St John's CofE Infants", 'unresolved:st johns cofe infants'),
    ("Schools", "Cook - Brambletown CE (VC) J & I School", "unresolved:brambletown ce vc j and i school"),
    ("Kirklees Council", "Caretaker at Nettleford CE(C) Junior School (term time)", "unresolved:nettleford ce c junior school"),
    ("Publica Group", "Planner - Cotswold District Council", "gss:E07000079"),
    ("Kirklees Council", "Lecturer - University of Huddersfield", "ukprn:10007148"),
]  # fmt: skip

ITSELF = [
    ("Dorset HealthCare University NHS Foundation Trust", "Liaison Psychologist - Dorset County Hospital, Band 8a"),
    ("North Western Deanery", "Dental Fellowship - DCT at University of Manchester"),
    ("Bodmin Road Surgery", "Receptionist - Hywel Dda University Health Board"),
    ('Kent County Council', 'Head of Service - Adult Social Care'),
    ('Kent County Council', 'Teacher - Maths'),
    ('Kent County Council', 'Teacher - J & I School'),
    ('Kent County Council', 'Officer - County Hall'),
    ('Surrey County Council', 'Admissions Officer - School Admissions'),
    ('Leeds City Council', 'Teacher - Primary School'),
    ('Leeds City Council', 'SEN Teacher - Special School'),
    ('Leeds City Council', 'Caretaker - Various Schools'),
    ('Leeds City Council', 'Virtual School Head - Virtual School'),
    ('Leeds City Council', 'Driver - Home to School'),
    ('Leeds City Council', 'Policy Officer - Full Council'),
    ('Leeds City Council', 'Member Support - Town Council Liaison'),
    ('Leeds City Council', 'Apprentice - Digital Academy'),
    ('Leeds City Council', 'Trainee - Leeds Social Work Academy'),
    ('Leeds City Council', 'Inspector - Animal Health'),
    ('Leeds City Council', 'Manager - Border Force Liaison'),
    ('Leeds City Council', 'Senior Planner - Leeds City Council'),
    ('Leeds Council', 'Senior Planner - City of Leeds'),
    ('Leeds City Council', 'Project Manager - Leeds'),
    ('Braintree District Council', 'Planner - Braintree'),
    ('Hamstead Junior School', 'Office Manager - Hamstead Junior School'),
    ('University of Leeds', 'Lecturer - Leeds University Business School'),
    ('Barts Health NHS Trust', 'Nurse - Royal London Hospital'),
    ('Kent County Council', 'Assistant Director (Highways and Transport)'),
    ('Essex County Council', 'Shared Service Manager - Braintree District Council and Colchester City Council'),
    ('Kent County Council', 'Community Safety Officer - Police and Crime'),
    ('Kent County Council', 'Bus Driver - Further Education College'),
    ('Kent County Council', 'Forest School Leader - Forest School'),
    ('Kent County Council', 'Health Visitor - Early Years'),
    ('Kent County Council', 'Fire Safety Officer - Housing'),
    ('Kent County Council', 'Trust Officer - Client Money'),
    ('Kent County Council', 'Solicitor - Combined Authority Liaison'),
    ('Kent County Council', 'Finance Officer - Academies and Trusts'),
    ('Ministry of Justice', 'Prison Officer - HMP Leeds'),
    ('Kent County Council', 'Support Worker - Care Home'),
    ('Kent County Council', 'Councillor Development Officer - Democratic Services'),
    ('Kent County Council', 'School Crossing Patrol Officer'),
    ('Kent County Council', 'Road Safety Officer - Safer Roads Partnership'),
    ('Kent County Council', 'Deputy Headteacher - Maternity Cover'),
    ('Kent County Council', 'Youth Worker - Youth Council'),
    ('Kent County Council', "Nursery Nurse - Children's Centre"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "employer_id"), OTHER, ids=[row[1] for row in OTHER])
def test_the_body_in_the_title_employs(text: str, title: str, employer_id: str) -> None:
    employer = read_employer(text, title=title)
    evidence = employer.evidence["employer_id"]
    assert employer.employer_id == employer_id
    assert employer.employer_text == text
    assert employer.advertiser_text == read_employer(text).employer_name
    assert evidence.rule.startswith("title: ")
    assert title[evidence.start : evidence.end] == evidence.text
    assert employer.alias == evidence.text
    assert employer.issues[-1].kind == "advertiser"


@pytest.mark.parametrize(("text", "title"), ITSELF, ids=[row[1] for row in ITSELF])
def test_who_advertises_employs(text: str, title: str) -> None:
    assert read_employer(text, title=title) == read_employer(text)


@pytest.mark.parametrize(
    ("text", "employer_id", "advertiser"),
    [
        ("Essex County Council - Braintree District Council", "gss:E07000067", "Essex County Council"),
        ("Sandwell MBC – Hamstead Junior School", "unresolved:hamstead junior school", "Sandwell MBC"),
        ("NHS Wales Shared Services Partnership - Velindre University NHS Trust", "ods:RQF", "NHS Wales Shared Services Partnership"),
        ("Gloucestershire County Council - Adult Social Care", "gss:E10000013", None),
        ("Surrey County Council - School Admissions", "gss:E10000030", None),
        ("University of Leeds - Leeds University Business School", "ukprn:10007795", None),
        ("Leeds City Council - Leeds City Council", "gss:E08000035", None),
        ("St Anne's - Catholic Academy", "unresolved:st annes catholic academy", None),
    ],
)  # fmt: skip
def test_the_body_after_a_dash(text: str, employer_id: str, advertiser: str | None) -> None:
    employer = read_employer(text)
    assert (employer.employer_id, employer.advertiser_text) == (employer_id, advertiser)


def test_a_body_that_has_ended_employs_nobody() -> None:
    title = "Planner - Northampton Borough Council"
    then, now = datetime.date(2019, 1, 1), datetime.date(2026, 1, 1)
    assert read_employer("LGSS", on=then, title=title).employer_name == "Northampton Borough Council"
    assert read_employer("LGSS", on=now, title=title).employer_name == "LGSS"


def test_an_advert_keeps_its_advertiser() -> None:
    raw = RawAdvert(source_ref="7", employer="Essex County Council", title="Planner - Braintree District Council")
    employer = normalise(raw).employer
    assert (employer.employer_name, employer.advertiser_text) == ("Braintree District Council", "Essex County Council")
