"""The readers of official lists: small answers in the publishers' own shapes, and answers that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from jobscraper.registers.official import (
    LISTS,
    Page,
    days_back,
    in_lower_case,
    read_authorities,
    read_govuk,
    read_ods,
    read_schools,
    read_trusts,
)
from jobscraper.registers.user_tables import BY_NAME, BY_NUMBER, COLUMNS

SCHOOLS = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),OpenDate,CloseDate,UKPRN,GOR (name),DistrictAdministrative (code)\r\n"
    '106271,356,"St Paul\u2019s, Brinnington",Voluntary aided school,,,10076543,North West,E08000007\r\n'
    "401001,660,Ysgol Test,Welsh establishment,,31-08-2012,,Wales (pseudo),W06000001\r\n"
    "133801,201,Imperial College,Higher education institutions,01-09-1907,,10003270,Not Applicable,999\r\n"
).encode("cp1252")
TRUSTS = (
    b"Group UID,Group ID,Group Name,UKPRN,Group Type,Closed Date\r\n"
    b"2044,TR00123,A Learning Trust,10058321,Multi-academy trust,\r\n"
    b"1001,,A Federation,,Federation,01-02-2020\r\n"
    b"3001,SP00001,A Sponsor,,School sponsor,\r\n"
)
GOVUK = {
    "results": [
        {
            "title": "Department for Tests",
            "format": "Ministerial department",
            "details": {"slug": "department-for-tests", "abbreviation": "DfTe", "closed_at": None},
        },
        {
            "title": "Old Test Agency",
            "format": "Executive agency",
            "details": {"slug": "old-test-agency", "abbreviation": "", "closed_at": "2020-04-01T00:00:00.000+01:00"},
        },
    ],
    "next_page_url": "https://www.gov.uk/api/organisations?page=2",
}
LADS = {
    "features": [
        {"attributes": {"LAD26CD": "E06000067", "LAD26NM": "East Surrey", "LAD26NMW": " ", "ObjectId": 1}},
        {"attributes": {"LAD26CD": "W06000002", "LAD26NM": "Gwynedd", "LAD26NMW": "Gwynedd", "ObjectId": 2}},
    ]
}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def test_ods_trusts_boards_and_of_the_partnerships_only_icbs() -> None:
    entries = [
        {"OrgId": "RBV", "Name": "THE CHRISTIE NHS FOUNDATION TRUST", "Status": "Active", "PrimaryRoleId": "RO197"},
        {
            "OrgId": "QWO",
            "Name": "NHS WEST YORKSHIRE INTEGRATED CARE BOARD",
            "Status": "Active",
            "PrimaryRoleId": "RO261",
        },
        {"OrgId": "Q99", "Name": "SOME PARTNERSHIP", "Status": "Active", "PrimaryRoleId": "RO261"},
        {"OrgId": "RXX", "Name": "AN OLD NHS TRUST", "Status": "Inactive", "PrimaryRoleId": "RO197"},
    ]
    rows = read_ods(body({"Organisations": entries})).rows
    assert [(row["id"], row["name"], row["kind"]) for row in rows] == [
        ("ods:RBV", "The Christie NHS Foundation Trust", "nhs_trust"),
        ("ods:QWO", "NHS West Yorkshire Integrated Care Board", "agency"),
    ]


def test_schools_by_urn_with_area_and_dates() -> None:
    school, welsh, university = read_schools(SCHOOLS).rows
    assert (school["id"], school["name"], school["kind"]) == ("urn:106271", "St Paul’s, Brinnington", "school")
    assert (school["region"], school["lad_code"], school["aliases"]) == ("North West", "E08000007", "ukprn:10076543")
    assert (welsh["nation"], welsh["region"], welsh["valid_to"]) == ("Wales", "Wales", "2012-08-31")
    assert (university["kind"], university["region"], university["lad_code"]) == ("university", "", "")


def test_trusts_by_uid_without_sponsors() -> None:
    rows = read_trusts(TRUSTS).rows
    assert [(row["id"], row["aliases"], row["valid_to"]) for row in rows] == [
        ("trust:2044", "TR00123|ukprn:10058321", ""),
        ("trust:1001", "", "2020-02-01"),
    ]


def test_govuk_organisations_and_the_page_after_them() -> None:
    page = read_govuk(body(GOVUK))
    assert page.following == "https://www.gov.uk/api/organisations?page=2"
    assert [(row["id"], row["kind"], row["aliases"], row["valid_to"]) for row in page.rows] == [
        ("govuk:department-for-tests", "department", "DfTe", ""),
        ("govuk:old-test-agency", "agency", "", "2020-04-01"),
    ]


def test_authorities_of_any_year() -> None:
    new, welsh = read_authorities(body(LADS)).rows
    assert (new["id"], new["name"], new["aliases"]) == ("gss:E06000067", "East Surrey Council", "East Surrey")
    assert (welsh["nation"], welsh["region"], welsh["lad_code"]) == ("Wales", "Wales", "W06000002")


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (read_ods, b"<html>busy</html>"),
        (read_ods, body({"errorCode": 404})),
        (read_ods, body({"Organisations": [{"OrgId": "RBV"}]})),
        (read_ods, body({"Organisations": [{"OrgId": str(i), "Name": "N", "Status": "Active"} for i in range(1000)]})),
        (read_schools, SCHOOLS.replace(b"EstablishmentName", b"Name")),
        (read_schools, SCHOOLS[:-40]),
        (read_trusts, b""),
        (read_govuk, body([])),
        (read_govuk, body({"results": [{"title": "T", "format": "F", "details": {}}]})),
        (read_authorities, body({"error": {"code": 400, "message": "Invalid URL"}})),
        (read_authorities, body(LADS | {"exceededTransferLimit": True})),
        (read_authorities, body({"features": [{"attributes": {"CTY26CD": "E10000001"}}]})),
    ],
)
def test_what_is_not_the_list_is_refused(read: Callable[[bytes], Page], wrong: bytes) -> None:
    with pytest.raises(ValueError):
        read(wrong)


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST", "Guy's and St Thomas' NHS Foundation Trust"),
        ("THE ROYAL WOLVERHAMPTON NHS TRUST", "The Royal Wolverhampton NHS Trust"),
        ("STOCKTON-ON-TEES HOSPITALS", "Stockton-On-Tees Hospitals"),
    ],
)
def test_names_in_capitals(capitals: str, name: str) -> None:
    assert in_lower_case(capitals) == name


def test_every_list_has_a_table_that_the_look_ups_read() -> None:
    assert sorted(LISTS) == sorted(BY_NAME + BY_NUMBER)
    for page in (read_schools(SCHOOLS), read_trusts(TRUSTS), read_govuk(body(GOVUK)), read_authorities(body(LADS))):
        assert all(row.keys() <= set(COLUMNS) for row in page.rows)


def test_days_back_cross_a_month() -> None:
    assert list(days_back(date(2026, 3, 1), 2)) == ["20260301", "20260228"]
