"""Oleeo's feeds and boards, where they are not what they should be, and real feeds. Their fields are in the fixtures."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.oleeo.addresses import advert_address, number_in
from jobscraper.model.reading import Reading
from jobscraper.normalise.dates.dates import read_closing, read_date
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

FEED = "https://justicejobs.tal.net/vx/mobile-0/appcentre-1/brand-2/candidate/jobboard/vacancy/3/feed"
BOARD = "https://policecareers.tal.net/vx/appcentre-3/candidate/jobboard/vacancy/1/adv/"
ADVERT = "https://policecareers.tal.net/candidate/so/pm/1/pl/1/opp/24120-Clerk/en-GB"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "oleeo"

LOGIN = b"<!doctype html><html><body><h1>Login</h1><form><input name='user'></form></body></html>"
SHELL = b"<!doctype html><html><body><div class='results_meta'><h2></h2></div><div id='app'></div></body></html>"
DELETED = b"<html><body><p>The system you are trying to enter is no longer there.</p></body></html>"


def read(url: str, body: bytes) -> Reading:
    return read_response(HttpResponse(url=url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}))


def fixture(case: str) -> bytes:
    (found,) = (FIXTURES / case).glob("response.*")
    return found.read_bytes()


@pytest.mark.parametrize("url", [FEED, BOARD, ADVERT], ids=["feed", "board", "advert"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        LOGIN,
        SHELL,
        DELETED,
        b'{"error": 401}',
        b"<rss><channel></channel></rss>",
        b"<feed><mood>good</mood></feed>",
    ],
    ids=["nothing", "login", "empty shell", "deleted tenant", "JSON", "RSS", "another feed"],
)
def test_a_wrong_page_is_never_an_empty_board(url: str, body: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, body)


def test_a_feed_that_is_cut_off_is_unreadable() -> None:
    body = fixture("a_feed")
    with pytest.raises(UnreadablePageError, match="cut off"):
        read(FEED, body[: len(body) // 2])


@pytest.mark.parametrize(
    ("case", "url", "old", "new"),
    [
        ("a_feed", FEED, b"<entry", b"<item"),
        ("a_feed", FEED, b"<title>", b"<name>"),
        ("a_board_as_a_table", BOARD, b"/opp/", b"/job/"),
        ("an_advert", ADVERT, b"hform_lbl_text", b"lbl"),
        ("an_advert", ADVERT, b"h1", b"h2"),
    ],
)
def test_a_renamed_name_is_told(case: str, url: str, old: bytes, new: bytes) -> None:
    body = fixture(case).replace(old, new).replace(old.replace(b"<", b"</"), new.replace(b"<", b"</"))
    try:
        reading = read(url, body)
    except UnreadablePageError:
        return
    assert any(problem.loses_adverts or problem.kind == "label_unknown" for problem in reading.problems)


def test_a_broken_entry_costs_only_itself() -> None:
    reading = read(FEED, fixture("a_feed_with_broken_entries"))
    assert [advert.source_ref for advert in reading.adverts] == ["88101", "88102"]
    assert sum(problem.loses_adverts for problem in reading.problems) == 1


def test_a_page_past_the_end_lists_nothing_more() -> None:
    body = b"<html><body><div class='results_meta'><h2 role='alert'>50 results match!</h2></div></body></html>"
    assert read(f"{BOARD}?start=50", body).follow == ()
    with pytest.raises(UnreadablePageError):
        read(BOARD, body)


def test_a_board_that_links_to_no_further_page_is_followed_to_its_total() -> None:
    body = fixture("a_board_as_a_table").replace(b"?start=", b"?page=")
    assert read(BOARD, body).follow == (f"{BOARD}?start=4",)


@pytest.mark.parametrize(
    "address",
    [
        "/vx/lang-en-GB/mobile-0/appcentre-1/brand-2/candidate/so/pm/1/pl/3/opp/613-Police-Officer/en-GB",
        "https://x.tal.net/vx/appcentre-13/brand-3/user-4/xf-5395e73f6376/wid-1/candidate/so/pm/1/pl/3/opp/613-Police-Officer/en-GB?f=4",
        "https://x.tal.net/candidate/so/pm/1/pl/3/opp/613-Police-\n  Officer/en-GB#top",
    ],
)
def test_an_advert_has_one_address(address: str) -> None:
    assert number_in(address) == "613"
    assert advert_address(BOARD, address) == (
        "https://policecareers.tal.net/candidate/so/pm/1/pl/3/opp/613-Police-Officer/en-GB"
    )


def test_dates_are_london_s() -> None:
    assert read_closing("25 Oct 2017 23:55 BST").value == datetime(2017, 10, 25, 22, 55, tzinfo=UTC)
    assert read_closing("3 Nov 2017 23:55 GMT").value == datetime(2017, 11, 3, 23, 55, tzinfo=UTC)
    posted = read_date("2017-10-10T23:00:00Z").value
    assert posted is not None
    assert posted.isoformat() == "2017-10-11"


def test_every_entry_of_a_real_feed_is_read_whole(shared: Path) -> None:
    body = (shared / "captures" / "oleeo" / "feed.xml").read_bytes()
    reading = read(FEED, body)
    assert len(reading.adverts) == body.count(b"<entry")
    assert not reading.problems
    for advert in reading.adverts:
        assert all((advert.title, advert.salary, advert.location, advert.closes, advert.posted, advert.category))
        assert advert.reference == advert.source_ref
        assert not advert.labels
        assert advert.url is not None
        assert "/vx/" not in advert.url
    first, second = reading.adverts[0], reading.adverts[2]
    assert (first.source_ref, first.title, first.salary, first.location, first.closes) == (
        "13801",
        "13801 - Band 2 Operational Support Grade",
        "£15,009 - £16,075",
        "Woodbridge",
        "25 Oct 2017 23:55 BST",
    )
    assert second.places == ("Bracknell", "Reading", "Slough")


def opening(number: int, title: str, labelled: str) -> str:
    """An entry of the feed; `labelled` is the title among its labels."""
    link = f"https://justicejobs.tal.net/vx/appcentre-1/brand-13/candidate/so/pm/1/pl/3/opp/{number}-{number}-Officer/en-GB"
    return (
        f"<entry xml:base='{link}'><id>{link}</id><link rel='alternate' href='{link}' type='text/html'/><title>{title}</title>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Vacancy Title:{labelled}<br/>\n"
        f"Vacancy Id:{number}<br/>\nSalary:£28,950<br/>\nLocation:Rochester <br/>\n</div></content></entry>"
    )


def test_an_advert_that_a_feed_prints_twice_is_read_once() -> None:
    title, other = (
        "201802: Prison Officer - HMYOI Cookham Wood",
        "201802: Prison Officer - HMYOI Cookham Wood & HMP Arkham",
    )
    entries = "".join(
        (
            opening(
                13638, "201710: Prison Officer - HMYOI Cookham Wood", "201710: Prison Officer - HMYOI Cookham Wood"
            ),
            opening(13788, "13788 - Adviser", "13788 - Adviser"),
            opening(
                13638, "201710: Prison Officer - HMYOI Cookham Wood", "201710: Prison Officer - HMYOI Cookham Wood"
            ),
            opening(15977, title, other.replace("&", "&amp;")),
        )
    )
    reading = read(FEED, f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode())
    assert [advert.source_ref for advert in reading.adverts] == ["13638", "13788", "15977"]
    assert reading.adverts[2].labels == {"Vacancy Title": other}


@pytest.mark.parametrize(
    "content",
    [
        "Vacancy Id:801<br/> Role Type:Clerical Salary:£15,009 Location:Leeds ,York  Closing Date:25 Oct 2017 23:55 BST",
        "Vacancy Id:801Role Type:ClericalSalary:£15,009Location:Leeds ,YorkClosing Date:25 Oct 2017 23:55 BST",
        "Vacancy Id:801<br></br>Role Type:Clerical<br/>Salary:£15,009<br/>Location:Leeds ,York<br/>Closing Date:25 Oct 2017 23:55 BST",
    ],
    ids=["on a line", "glued", "apart"],
)
def test_labels_of_a_feed_are_kept_apart_also_where_the_breaks_are_lost(content: str) -> None:
    link = "https://justicejobs.tal.net/candidate/so/pm/1/pl/3/opp/801-Clerk/en-GB"
    entry = f"<entry><title>Clerk</title><id>{link}</id><content type='xhtml'><div>{content}</div></content></entry>"
    (advert,) = read(FEED, f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode()).adverts
    assert (advert.reference, advert.category, advert.salary) == ("801", "Clerical", "£15,009")
    assert (advert.places, advert.closes) == (("Leeds", "York"), "25 Oct 2017 23:55 BST")


def test_a_label_of_two_words_is_not_cut_in_two() -> None:
    entry = (
        "<entry><title>Clerk</title><id>https://justicejobs.tal.net/candidate/opp/801-Clerk/en-GB</id>"
        "<content type='xhtml'><div>Work Location:Leeds<br/>Salary:£15,009</div></content></entry>"
    )
    (advert,) = read(FEED, f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode()).adverts
    assert (advert.location, advert.salary) == ("Leeds", "£15,009")


def test_what_stands_around_a_mere_link_is_read_where_it_is_about_no_other_advert() -> None:
    card = '<li><h3><a href="/candidate/so/pm/6/pl/24/opp/{0}-X/en-GB">Clerk {0}</a></h3><p>Location: Leeds</p><p>Salary: £{0}</p></li>'
    shared = '<div>Salary: £9 <a href="/candidate/opp/700-A">A</a> <a href="/candidate/opp/701-B">B</a></div>'
    adverts = read(BOARD, f"<ul>{card.format(615)}{card.format(616)}</ul>{shared}".encode()).adverts
    assert [(it.source_ref, it.location, it.salary) for it in adverts] == [
        ("615", "Leeds", "£615"),
        ("616", "Leeds", "£616"),
        ("700", None, None),
        ("701", None, None),
    ]
