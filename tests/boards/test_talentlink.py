"""TalentLink's pages, where they are not what they should be, and real ones. Their fields are in the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.talentlink.entry import number_in
from jobscraper.crawl.sources import known_sources
from jobscraper.model.reading import RawAdvert, Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response
from jobscraper.read.saved import read_saved

HOST = "https://emea3.recruitmentplatform.com/syndicated/lay/jsoutputinitrapido.cfm"
TENANT = "ID=PFOFK026203F3VBQB7968LOH0&LG=UK&mask=esccext"
LIST = f"{HOST}?component=lay9999_lst400a&{TENANT}"
SEARCH = f"{HOST}?component=lay9999_src350a&{TENANT}"
ADVERT = f"{HOST}?component=lay9999_jdesc100a&nPostingTargetID=37054&{TENANT}"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "talentlink"

WRONG = {
    "nothing": b"",
    "login": b"<!doctype html><html><body><h1>Login</h1><form><input name='user'></form></body></html>",
    "login without its document": b"<div><h1>Login</h1><form><input name='user'></form></div>",
    "error": b"<html><head><title>Error</title></head><body><p>An error occurred.</p></body></html>",
    "error without its document": b"<p>The service is unavailable.</p>",
    "empty shell": b"<!doctype html><html><body><div id='app'></div></body></html>",
    "empty shell without its document": b"<div id='app'></div>",
    "JSON": b'{"error": 401}',
    "JSON of other types": b'{"JobTitle": 3, "AdvertHtml": null}',
    "a list in JSON": b'[{"JobTitle": "Clerk"}]',
    "plain text": b"Salary: 20000",
    "bytes": b"<p>\x00\x01\x02",
}


def read(url: str, body: bytes) -> Reading:
    return read_response(HttpResponse(url=url, body=body, headers={"Content-Type": "text/html; charset=utf-8"}))


def fixture(case: str) -> bytes:
    (found,) = (FIXTURES / case).glob("response.*")
    return found.read_bytes()


@pytest.mark.parametrize("url", [LIST, SEARCH, ADVERT], ids=["list", "search", "advert"])
@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_a_wrong_page_is_never_an_empty_board(url: str, body: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, body)


@pytest.mark.parametrize(
    ("url", "case"), [(ADVERT, "a_page_of_results"), (LIST, "an_advert"), (LIST, "the_search_form")]
)
def test_a_page_of_another_kind_is_unreadable(url: str, case: str) -> None:
    with pytest.raises(UnreadablePageError):
        read(url, fixture(case))


@pytest.mark.parametrize(
    ("case", "url", "old", "new"),
    [
        ("a_page_of_results", LIST, b"Lst-", b"New-"),
        ("rows_alone", LIST, b"Lst-", b"New-"),
        ("no_results", LIST, b"Lst-NoJob", b"New-NoJob"),
        ("an_advert", ADVERT, b"JD-", b"New-"),
        ("an_advert", ADVERT, b"JD-Title", b"New-Title"),
        ("an_advert", ADVERT, b"JD-HD", b"New-HD"),
        ("an_advert", ADVERT, b"JD-Field", b"New-Field"),
        ("a_record_of_the_council", ADVERT, b'"JobTitle"', b'"Name"'),
        ("the_search_form", SEARCH, b"lay9999", b"lay1"),
    ],
)
def test_a_renamed_name_is_told(case: str, url: str, old: bytes, new: bytes) -> None:
    body = fixture(case)
    assert old in body
    try:
        reading = read(url, body.replace(old, new))
    except UnreadablePageError:
        return
    assert reading.problems


@pytest.mark.parametrize(("case", "url"), [("a_page_of_results", LIST), ("an_advert", ADVERT)])
def test_a_page_cut_off_is_told(case: str, url: str) -> None:
    body = fixture(case)
    reading = read(url, body[: len(body) * 3 // 4])
    assert [problem.kind for problem in reading.problems][-1] == "page_cut_off"


def test_a_broken_row_costs_only_itself_and_a_second_print_nothing() -> None:
    reading = read(LIST, fixture("rows_alone"))
    assert [advert.source_ref for advert in reading.adverts] == ["61201", "61209", "61203"]
    assert sum(problem.loses_adverts for problem in reading.problems) == 1


@pytest.mark.parametrize("name", ["nPostingTargetID", "nPostingTargetId", "npostingtargetid"])
def test_a_row_is_known_by_its_link_however_that_is_spelled(name: str) -> None:
    """`title` is of another number here, or is not there."""
    row = '<tr class="{0}"><td>BU{2}</td><td><a {1} href="?component=lay9999_jdesc100a&{3}={2}">Cook {2}</a></td></tr>'
    heads = "<tr><th>Job Number</th><th>Job Title</th></tr>"
    rows = row.format("Lst-BG1", 'title="Cook (ID9)"', 411, name) + row.format("Lst-BG2", "", 412, name)
    reading = read(LIST, f"<table>{heads}{rows}</table>".encode())
    found = [(advert.source_ref, advert.title, advert.reference) for advert in reading.adverts]
    assert found == [("411", "Cook 411", "BU411"), ("412", "Cook 412", "BU412")]
    assert reading.problems == ()


@pytest.mark.parametrize("page", ["", "&pagenum=x", "&pagenum=2"])
def test_the_next_page_is_the_one_after_that_without_a_link(page: str) -> None:
    """Also where the pages are named twice, and whatever the URL says."""
    body = fixture("a_page_of_results")
    start, end = body.index(b'<tr>\n<td class="Lst-ResNav"'), body.index(b"</table>")
    (follow,) = read(LIST + page, body[:start] + body[start:end] * 2 + body[end:]).follow
    assert "pagenum=3&" in follow


def test_a_link_to_another_host_is_not_followed() -> None:
    body = fixture("a_page_of_results").replace(b'href="jsout', b'href="https://evil.example.org/jsout')
    reading = read(LIST, body)
    assert all(url.startswith(HOST) for url in (*reading.follow, *reading.pages.values()))


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("jsoutputinitrapido.cfm?nPostingID=1&nPostingTargetID=33720&ID=X", "33720"),
        ("jsoutputinitrapido.cfm?nPosting\n TargetID=33720", "33720"),
        ("jsoutputinitrapido.cfm?npostingtargetid=33720", "33720"),
        ("jsoutputinitrapido.cfm?nPostingID=1", None),
        ("jsoutputinitrapido.cfm?nPostingTargetID=1%27", None),
        ("https://[", None),
        (None, None),
    ],
)
def test_the_number_of_an_advert(address: str | None, number: str | None) -> None:
    assert number_in(address) == number


def test_an_advert_has_the_same_address_on_its_row_and_its_page() -> None:
    row = read(f"{HOST}?component=lay9999_lst400a", fixture("a_page_of_results")).adverts[-1]
    page = read(
        f"{HOST}?component=lay9999_jdesc100a&nPostingTargetID={row.source_ref}", fixture("an_advert_of_a_partner")
    )
    assert page.adverts[0].url == row.url


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ("<p>Salary: £9.68 per hour Closing date: 4 May 2027</p>", "closes", "4 May 2027"),
        ("<p>SALARY : Dependant on experience<br>Hours: 10</p>", "salary", "Dependant on experience"),
        ("<p>Salary:</p><p>£20,000 per annum</p>", "salary", "£20,000 per annum"),
        ("<p>Salary:</p><p>Hours of work: 20</p>", "salary", None),
        ("<p>We pay well. The hourly rate is £9.68.</p><p>Hours: 3</p>", "salary", "The hourly rate is £9.68."),
        ("<p>Ask about the salary: it is good.</p><p>Hours: 3</p>", "salary", None),
        ("<p>Salary – £20,000</p><p>Contract: Permanent</p>", "salary", "£20,000"),
        ("<p>Closing date for applications: 4 May 2027</p>", "closes", "4 May 2027"),
        ("<p>Hours of work: Full or part time</p>", "working_pattern", "Full or part time"),
        ("<p>Hours of work: 37 hours per week</p>", "working_pattern", None),
        ("<p>Hours of work: 37 hours - Monday to Friday</p>", "hours", "37 hours - Monday to Friday"),
        ("<ul><li>Working pattern: Term-time only</li></ul>", "working_pattern", "Term-time only"),
    ],
)
def test_the_labelled_lines_of_a_body(body: str, field: str, value: str | None) -> None:
    (advert,) = read(ADVERT, body.encode()).adverts
    assert getattr(advert, field) == value


def captured(shared: Path, name: str, url: str) -> Reading:
    (file,) = (shared / "captures").glob(f"*/{name}*")
    return read_saved(known_sources()["east_sussex_talentlink"], file, url)


def captured_advert(shared: Path, name: str) -> RawAdvert:
    (advert,) = captured(shared, name, ADVERT).adverts
    return advert


def test_real_rows(shared: Path) -> None:
    reading = captured(shared, "MultipleJobResults", LIST)
    assert [advert.source_ref for advert in reading.adverts] == (
        "33720 33745 33746 33736 33747 33650 33658 33659 33634 33638".split()
    )
    assert [advert.employer for advert in reading.adverts][6:8] == ["Ark Schools - Helenswood Academy"] * 2
    assert reading.adverts[0].labels == {"salary_band": "£15,000 to £19,999", "Organisation": "Partnership"}
    assert {advert.salary for advert in reading.adverts} == {None}
    assert "pagenum=9&" in reading.follow[0]
    assert not reading.problems


def test_a_real_list_of_none_and_a_real_form(shared: Path) -> None:
    assert captured(shared, "NoJobsResult", LIST) == Reading(part="card")
    assert captured(shared, "SearchFields", SEARCH).follow == (f"{LIST}&Resultsperpage=100&pagenum=1",)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("JobAdvert1Html", "title=Ceremonies Hosts (CET01739)|reference=CET01739|salary=14981 - 15507 GBP Year"),
        ("JobAdvert1Html", "closes=Sunday 29 January 2017|hours=Casual hours|contract=Casual|location=Lewes"),
        (
            "JobAdvertJson",
            "salary=£16,461 to £33,160 per annum|working_pattern=Casual, Term-time only|posted=2017-11-10T10:19:21",
        ),
    ],
)
def test_real_adverts(name: str, fields: str, shared: Path) -> None:
    advert = captured_advert(shared, name)
    wanted = dict(field.split("=", 1) for field in fields.split("|"))
    assert {field: getattr(advert, field) for field in wanted} == wanted


FIELD = '<span class="JD-FieldText" id="JDText-Field1">{}</span>'
CONTACT = '<p>Ask the office: <a href="mailto:office@example.org">office@example.org</a></p>'


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (
            "<p>Hours of work: 32.25 hours per week<br />\n Working pattern: Part-time, Term-time only.<br />\n (It is pro rata)<br />\n"
            " Fixed term until: July 2019</p>\n<p>Closing date: Friday 26 April 2019, noon<br />\n Interview date: Monday 29 April 2019"
            f'</p>{CONTACT}<p>Website: <a href="http://www.example co uk">http://www.example co uk</a></p>',
            "closes=Friday 26 April 2019, noon|hours=32.25 hours per week",
        ),
        (
            FIELD.format(
                "<div><p><span><span>Hours of work: Variable/Flexible</span><span><br /></span><span>Working pattern: Variable/Flexible"
                "</span></span></p><p><span><span>Closing date: Sunday 23 April 2017</span></span></p></div>"
            ),
            "closes=Sunday 23 April 2017|working_pattern=Variable/Flexible",
        ),
        (
            FIELD.format(
                "<p>Salary: £48,396 - £55,644 per annum<br />Contract type: Permanent <br />Working pattern: Full time</p>"
                "<p>Closing date: Sunday 24 September 2017<br />Interview date: Monday 2 October 2017</p><p>How to apply: by this link"
                f'<br /><a href="https://example.org/?a=1&b=2">https://example.org/?a=1&b={"2" * 200}</a></p>{CONTACT}'
            ),
            "salary=£48,396 - £55,644 per annum|contract=Permanent",
        ),
        (
            "<p>Location: Hastings<br>Start date: 01 May 2017<br>Salary: Ark Leadership Scale L1 – L5 (£38, 984 - £43, 022)<br>"
            "Closing date: 9am on Monday 20 February 2017<br>Interview date: Thursday 23 February 2017<br><br>Children are safe here.</p>",
            "salary=Ark Leadership Scale L1 – L5 (£38, 984 - £43, 022)|location=Hastings|closes=9am on Monday 20 February 2017",
        ),
        (
            "<p>Salary: To be negotiated<br>Contract type: Permanent<br>Working pattern: Part time</p>",
            "salary=To be negotiated|working_pattern=Part time",
        ),
        (
            '<h5 class="JD-FieldLabel" id="JDLabel-Field1">Job Details</h5>'
            + FIELD.format(
                "<p>Salary: £11.79 - £12.51 per hour<br />Contract type: Part Time<br />Working pattern: 20-30 hours per week</p>"
                f"<p>Closing date: Thursday 31 August 2017</p>{CONTACT}<p><span>&nbsp;</span></p>"
            ),
            "salary=£11.79 - £12.51 per hour|working_pattern=20-30 hours per week",
        ),
        (
            FIELD.format(
                "<p>Salary: £31,383 to £41,373 per annum<br>Contract type: Permanent<br>Working pattern: Full time</p>\n"
                "<p>Closing date: Monday 20 February 2017</p>"
            ),
            "working_pattern=Full time|closes=Monday 20 February 2017",
        ),
        (
            FIELD.format(
                "<p>Salary: £34,981 - £40,180 per annum, pro rata<br>Contract type: Permanent<br>Working pattern: 25 - 37 hours per week"
                "</p>\n<p>Closing date: Wednesday 13 February 2017</p>"
            ),
            "working_pattern=25 - 37 hours per week|closes=Wednesday 13 February 2017",
        ),
        (
            FIELD.format(
                "<div>\n<p>Hours of work: 37 hours per week<br><br>Closing date: Sunday 05 February 2017&nbsp;</p>\n<p>Ask&nbsp;us.</p></div>"
            ),
            "hours=37 hours per week|closes=Sunday 05 February 2017",
        ),
        (
            FIELD.format(
                '<p><img src="https://example.org/logo.jpg" alt="Our logo" width="30%"></p>\n<p>Hours of work: Full or part time</p>\n'
                f"<p>(Part-time pay is pro rata)</p>\n<p>Fixed term until 31 August 2017</p>\n<p>Closing date: Tuesday 31 January 2017</p>{CONTACT}"
            ),
            "hours=Full or part time|working_pattern=Full or part time|closes=Tuesday 31 January 2017",
        ),
        (
            '<div id="JD-Field1"><h5 class="JD-FieldLabel" id="JDLabel-Field1">Job Details</h5>'
            + FIELD.format(
                '<p><span style="font-size: small;">Hours of work: Casual</span><br><span style="font-size: small;">Working pattern: Casual'
                '</span><br><br><span style="font-size: small;">Closing date: Monday 06 February 2017</span><br><br><span>Write to us.</span></p>'
            )
            + "</div>",
            "working_pattern=Casual|closes=Monday 06 February 2017",
        ),
    ],
    ids=[
        "a broken link", "spans in spans", "a long URL", "amounts with spaces", "pay to be negotiated", "pay by the hour",
        "a salary in a body", "hours as a pattern", "a space before the end", "a logo above", "styled lines",
    ],
)  # fmt: skip
def test_bodies_in_the_many_ways_that_they_are_printed(body: str, fields: str) -> None:
    (advert,) = read(ADVERT, body.encode()).adverts
    wanted = dict(field.split("=", 1) for field in fields.split("|"))
    assert {field: getattr(advert, field) for field in wanted} == wanted


def test_a_head_that_gives_pay_as_information() -> None:
    facts = {
        "Job Number": "BU04089",
        "School/Department": "The Albert Gubay Business School",
        "Grade": "Other",
        "Salary Information": "Salary: &#163;18,750 plus travel/accommodation/food costs (up to &#163;8700)",
        "Responsible to": "Head of School",
        "Closing Date": "26-08-2026",
    }
    params = "".join(
        f'<div id="JD-Param{n}"><h4 class="JD-HDLabel" id="JDLabel-Param{n}">{label}</h4>'
        f'<span class="JD-HDText" id="JDText-Param{n}">{text}</span></div>'
        for n, (label, text) in enumerate(facts.items(), 2)
    )
    title = '<h3 class="JD-Title" id="JDText-Title">\nLecturer in Finance\n</h3>'
    (advert,) = read(
        ADVERT, f'<div id="JDescContent">{title}<div id="JD-TopParams">{params}</div></div>'.encode()
    ).adverts
    assert (advert.reference, advert.closes, advert.grade) == ("BU04089", "26-08-2026", "Other")
    assert advert.salary == "£18,750 plus travel/accommodation/food costs (up to £8700)"


def test_a_part_that_is_only_a_film() -> None:
    film = '<iframe allowfullscreen="" src="//www.youtube.com/embed/0?showinfo=0&controls=0" width="100%"></iframe>'
    (advert,) = read(
        ADVERT, f'<div>\n<div class="video-embed-wrapper" contenteditable="false">{film}</div>'.encode()
    ).adverts
    assert list(advert.labels) == ["video"]
