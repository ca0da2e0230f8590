"""The feed of Teaching Vacancies, where it is not what it should be. Its fields are in the fixtures."""

import pytest
from web_poet import HttpResponse

from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import NoReaderError, read_response

FEED = "https://teaching-vacancies.service.gov.uk/api/v1/jobs.json?page=1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><title>Sorry, the service is unavailable</title></html>",
        b'{"data": [{"title": "Teacher of A',
        b'{"error": "rate limit"}',
        b'{"data": {}, "links": {}, "meta": {}}',
        b"[]",
        b"null",
    ],
    ids=["nothing", "an error page", "cut off", "an error object", "a map for a list", "a list", "null"],
)
def test_a_wrong_page_is_never_an_empty_board(body: bytes) -> None:
    with pytest.raises(UnreadablePageError, match=r"jobs\.json"):
        read_response(HttpResponse(url=FEED, body=body))


def test_a_url_that_nothing_reads_is_told_what_is_read() -> None:
    with pytest.raises(
        NoReaderError, match=r"of this host these are read: teaching-vacancies\.service\.gov\.uk/api/v1/jobs"
    ):
        read_response(HttpResponse(url="https://teaching-vacancies.service.gov.uk/pages/terms", body=b""))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><title>Sign in</title></html>",
        b"<html><h1>Sorry, the service is unavailable</h1></html>",
        b'<html><section id="job-details"><dl></dl></section></html>',
        b'<html><script type="application/ld+json">{"@type": "JobPosting", "title": "Cook"}</script></html>',
    ],
    ids=["nothing", "login", "an error page", "no details", "a renamed section"],
)
def test_a_wrong_page_is_no_advert(body: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        read_response(HttpResponse(url="https://teaching-vacancies.service.gov.uk/jobs/cook", body=body))


def test_a_mirror_of_the_feed_has_no_pages_of_adverts() -> None:
    body = (
        b'{"data": [{"url": "https://mirror.example/jobs/cook", "title": "Cook"}], "links": {}, "meta": {"count": 1}}'
    )
    assert read_response(HttpResponse(url=FEED, body=body)).pages == {}


def test_one_advert_alone_is_read_as_in_the_feed() -> None:
    url = "https://teaching-vacancies.service.gov.uk/api/v1/jobs/cook-ely.json"
    body = b'{"@type": "JobPosting", "title": "Cook", "url": "https://teaching-vacancies.service.gov.uk/jobs/cook-ely"}'
    (advert,) = read_response(HttpResponse(url=url, body=body)).adverts
    assert (advert.source_ref, advert.title) == ("cook-ely", "Cook")


@pytest.mark.parametrize(
    ("caption", "employer", "location"),
    [
        ("Ely School, Ely, Cambridgeshire, CB7 4XX", "Ely School", "Ely, Cambridgeshire, CB7 4XX"),
        ("More than one location, Fen Learning Trust", "Fen Learning Trust", "More than one location"),
        ("Ely School", "Ely School", None),
    ],
)
@pytest.mark.parametrize("beside", ["<dl><dt>{}</dt><dd>{}</dd></dl>", "<div><h3>{}</h3><p>{}</p></div>"])
def test_a_page_without_its_posting_is_read_by_what_it_shows(
    caption: str, employer: str, location: str | None, beside: str
) -> None:
    details = '<section id="job-details"><dl><dt>Contract type</dt><dd>Permanent</dd></dl></section>'
    dates = beside.format("Closing date", "11 May 2026 at 12pm") + beside.format("Date listed", "1 May 2026")
    page = f'<html><h1>Cook</h1><span class="govuk-caption-l">{caption}</span>{details}{dates}</html>'
    url = "https://teaching-vacancies.service.gov.uk/jobs/cook-ely"
    (advert,) = read_response(HttpResponse(url=url, body=page.encode())).adverts
    assert (advert.employer, advert.location) == (employer, location)
    assert (advert.posted, advert.closes) == ("1 May 2026", "11 May 2026 at 12pm")
