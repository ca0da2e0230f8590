"""Oracle Recruiting: what was captured of it, paging, campuses abroad, and replies that are not what they should be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from web_poet import HttpResponse

from jobscraper.boards.oracle.addresses import advert_address, list_address
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

HOST = "https://heriotwatt.fa.oraclecloud.com"
LIST = list_address(HOST, "CX", 0)
ADVERT = advert_address(HOST, "CX", "4964")


def read(body: Any, url: str) -> Reading:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_response(HttpResponse(url=url, body=sent))


def reply(*found: dict[str, Any], total: int) -> dict[str, Any]:
    return {"items": [{"TotalJobsCount": total, "requisitionList": list(found)}]}


def test_a_requisition_with_most_of_its_fields_empty() -> None:
    """The list carries no pay, no employer and no closing date; who advertises is in the facet beside it."""
    found = {
        "Id": "4964",
        "Title": "Stewardship Officer",
        "PostedDate": "2026-08-18",
        "PostingEndDate": None,
        "PrimaryLocationCountry": "GB",
        "WorkplaceTypeCode": "ORA_HYBRID",
        "ContractType": None,
        "LegalEmployer": None,
        "Department": None,
        "ShortDescriptionStr": "Who gives is thanked. ",
        "PrimaryLocation": "Edinburgh, Midlothian, United Kingdom",
        "WorkplaceType": "Hybrid",
    }
    page = reply(found, total=3)
    page["items"][0]["organizationsFacet"] = [
        {"Id": 300000002394051, "Name": "Heriot-Watt University", "TotalCount": 11}
    ]
    (advert,) = read(page, LIST).adverts
    assert (advert.source_ref, advert.title) == ("4964", "Stewardship Officer")
    assert (advert.location, advert.workplace) == ("Edinburgh, Midlothian, United Kingdom", "Hybrid")
    assert (advert.posted, advert.employer) == ("2026-08-18", "Heriot-Watt University")


def test_a_list_that_goes_on_names_its_next_page() -> None:
    page = read(reply(*({"Id": str(n), "Title": "Cook"} for n in range(50)), total=60), LIST)
    assert page.follow == (list_address(HOST, "CX", 50),)
    assert len(page.pages) == 50


def test_a_campus_abroad_is_left_out_and_not_missed() -> None:
    page = read(
        reply({"Id": "1", "Title": "Cook", "PrimaryLocationCountry": "MY"}, {"Id": "2", "Title": "Cook"}, total=2), LIST
    )
    assert [advert.source_ref for advert in page.adverts] == ["2"]
    assert page.listed is None


def test_pay_stands_in_the_text() -> None:
    text = "<p>Brewing.</p><p><strong>Salary:</strong> £39,105 - £46,735</p>"
    (advert,) = read({"items": [{"Id": "4964", "Title": "Fellow", "ExternalDescriptionStr": text}]}, ADVERT).adverts
    assert advert.salary == "£39,105 - £46,735"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (b"<html><title>Sign in</title></html>", LIST),
        ({"items": []}, LIST),
        ({"items": [{"jobs": []}]}, LIST),
        ({"items": [{"requisitionList": []}]}, LIST),
        (reply(total=200), LIST),
        (b'{"items": [{"Id": "4964", "Ti', ADVERT),
        ({"items": [{"Number": "4964", "Name": "Fellow"}]}, ADVERT),
    ],
    ids=[
        "a login",
        "no item",
        "renamed",
        "no count",
        "nothing although 200 are said",
        "cut off",
        "an advert without a title",
    ],
)
def test_a_wrong_reply_is_never_an_empty_board(body: Any, url: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, url)
