"""Civil Service Jobs: what was captured of it, its session addresses, and its wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.crawl.walls import is_wall
from jobscraper.items import Reading
from jobscraper.platforms.civil_service_jobs_session import number_in, page_in
from jobscraper.platforms.page import UnreadablePageError
from jobscraper.platforms.readers import read_response

HOST = "https://www.civilservicejobs.service.gov.uk"
RESULTS = f"{HOST}/csr/index.cgi?SID=eA=="


def read(body: bytes, url: str, charset: str = "ISO-8859-1") -> Reading:
    headers = {"Content-Type": f"text/html; charset={charset}"}
    return read_response(HttpResponse(url=url, body=body, headers=headers))


@pytest.mark.parametrize(
    ("address", "number", "page"),
    [
        (f"{HOST}/csr/jobs.cgi?jcode=1862348", "1862348", None),
        ("index.cgi?SID=b3duZXI9NSZqb2JsaXN0X3ZpZXdfdmFjPTE4NjI2ODU=", "1862685", None),
        ("index.cgi?SID=am9ibGlzdF92aWV3X3ZhYz0xODYyNjg1Jm93bmVyPTU", "1862685", None),
        ("index.cgi?SID=cGFnZT0y", "", 2),
        ("index.cgi?SID=%%%", "", None),
        ("", "", None),
    ],
    ids=["for sharing", "a session", "other order, padding lost", "a page", "no base64", "nothing"],
)
def test_what_an_address_asks_for(address: str, number: str, page: int | None) -> None:
    assert (number_in(address), page_in(address)) == (number, page)


def test_a_captured_page_of_results(shared: Path) -> None:
    reading = read((shared / "captures" / "civil_service_jobs" / "result_page1.html").read_bytes(), RESULTS)
    assert len(reading.adverts) == 25
    first = reading.adverts[0]
    assert (first.source_ref, first.title, first.employer) == ("1862348", "Head of Policy Research", "House of Lords")
    assert (first.salary, first.closes) == ("£53,730", "10:00 pm on Sunday 2nd July 2023")
    assert all(it.salary and it.location and it.closes and "SID" not in (it.url or "") for it in reading.adverts)
    assert len(reading.follow) == 1


def test_a_captured_card_of_2025(shared: Path) -> None:
    body = (shared / "captures" / "civil_service_jobs" / "result_li_2025-01-15.html").read_bytes()
    (advert,) = read(body, RESULTS, "utf-8").adverts
    assert (advert.source_ref, advert.salary, advert.reference) == ("1934831", "£80,000 to £97,760", "384891")


def test_a_captured_advert_is_windows_1252_and_names_nobody(shared: Path) -> None:
    body = (shared / "captures" / "civil_service_jobs" / "job_detail_page.html").read_bytes()
    (advert,) = read(body, f"{HOST}/csr/jobs.cgi?jcode=1862348").adverts
    assert (advert.source_ref, advert.grade, advert.location) == ("1862348", "Other, HL8", "Westminster")
    assert "you’ll" in (advert.description or "")
    assert "contact_details" not in (advert.description or "")


CHALLENGE = b"<html><head><title>%s</title></head><body><altcha-widget challengeurl='/c'></altcha-widget></body></html>"


@pytest.mark.parametrize("title", [b"Quick Check Needed", b"One more step"])
def test_its_challenge_is_a_wall_whatever_its_title(title: bytes) -> None:
    assert is_wall(CHALLENGE % title)


@pytest.mark.parametrize(
    "body",
    [b"<html><title>Sign in</title><form><input name='user'></form></html>", b"<html><h1>Error</h1></html>", b""],
    ids=["a login", "an error", "nothing"],
)
@pytest.mark.parametrize("path", ["index.cgi", "esearch.cgi?SID=eA==", "jobs.cgi?jcode=1862348"])
def test_a_wrong_page_is_never_an_empty_board(body: bytes, path: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(body, f"{HOST}/csr/{path}")
