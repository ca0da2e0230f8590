"""The box of jobs on LocalGov articles: read from its text, whatever its markup."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from web_poet import HttpResponse

from jobscraper.boards.localgov.article import LocalGovPage
from jobscraper.dev.sample import PAGES as SAMPLES
from jobscraper.model.reading import RawAdvert, Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response, reader_of

PAGES = SAMPLES / "localgov"

ARTICLE = "https://www.localgov.co.uk/A-headline/50261"


def read(body: str | bytes, url: str = ARTICLE, content_type: str = "text/plain; charset=utf-8") -> Reading:
    body = body.encode() if isinstance(body, str) else body
    return read_response(HttpResponse(url=url, body=body, headers={"Content-Type": content_type}))


def box(*lines: str) -> str:
    return "\n".join(["SIGN UP", "For your free daily news bulletin", "Highways jobs", "", *lines, "Linkedin Banner"])


GRITTER = (
    "Gritter Driver",
    "",
    "Wyre Borough Council",
    "£13.47 - £13.68 per hour",
    "Keep our roads open Poulton-Le-Fylde, Lancashire",
)


@pytest.mark.parametrize("label", ["Recuriter", "Recruiter", "Recruter", "Employer", "RECURITER", "Recuiter"])
def test_a_listing_in_plain_text(label: str) -> None:
    (advert,) = read(box(*GRITTER, f"{label}: Wyre Borough Council")).adverts
    assert advert.title == "Gritter Driver"
    assert advert.employer == "Wyre Borough Council"
    assert advert.salary == "£13.47 - £13.68 per hour"
    assert advert.description == "Keep our roads open"
    assert advert.location == "Poulton-Le-Fylde, Lancashire"


MARKUPS = {
    "divs": '<div><h2>Highways jobs</h2><div><h3><a href="{url}">{0}</a></h3><p>{1}</p><p>{2}</p><p>{3}</p><p>{4}</p></div></div>',
    "breaks": "<h3>Highways jobs</h3><ul><li><strong>{0}</strong><br><em>{1}</em><br>{2}<br>{3}<br>{4}</li></ul>",
    "table": "<p>Highways jobs</p><table>"
    + "".join(f"<tr><td>{{{number}}}</td></tr>" for number in range(5))
    + "</table>",
    "spans on one line": "<h4>Highways jobs</h4><article>"
    + "".join(f"<span>{{{number}}}</span>" for number in range(5))
    + "</article>",
    "label apart": "<h4>Highways jobs</h4><h5>{0}</h5><p>{1}</p><p>{2}</p><p>{3}</p><p><b>Recuriter:</b></p><p>{1}</p>",
    "labels without a colon": "<h4>Highways jobs</h4><h5>{0}</h5><dl><dt>Employer</dt><dd>{1}</dd><dt>Salary</dt>"
    "<dd>{2}</dd></dl><p>{3}</p>",
    "unclosed": '<p>Highways jobs<p><a href="{url}">{0}</a><p>{1}<p>{2}<p>{3}<p>{4}',
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_a_listing_in_any_likely_markup(markup: str) -> None:
    title, _, employer, salary, blurb = GRITTER
    page = markup.format(title, employer, salary, blurb, f"Recuriter: {employer}", url="/job/17/gritter/")
    (advert,) = read(f"<html><body>{page}<footer>About us</footer></body></html>", content_type="text/html").adverts
    assert (advert.title, advert.employer, advert.salary) == (title, employer, salary)
    assert advert.location == "Poulton-Le-Fylde, Lancashire"


def test_a_link_on_the_title_gives_address_and_number_although_the_address_is_broken_over_lines() -> None:
    page = MARKUPS["divs"].format(
        *GRITTER[:1], *GRITTER[2:], "Recuriter: Wyre Borough Council", url="\n\t/job/17/gritter/\n"
    )
    (advert,) = read(f"<body>{page}</body>", content_type="text/html").adverts
    assert (advert.url, advert.reference) == ("https://www.localgov.co.uk/job/17/gritter/", "17")


def test_the_same_listing_is_the_same_advert_with_and_without_a_link() -> None:
    page = MARKUPS["divs"].format(*GRITTER[:1], *GRITTER[2:], "Recuriter: Wyre Borough Council", url="/job/17/x/")
    (linked,) = read(f"<body>{page}</body>", content_type="text/html").adverts
    (plain,) = read(box(*GRITTER, "Recruiter: Wyre Borough Council")).adverts
    assert linked.source_ref == plain.source_ref


@pytest.mark.parametrize(
    ("lines", "salary", "description", "location"),
    [
        (["£34,203 - £37,067", "Job Title"], "£34,203 - £37,067", "Job Title", None),
        (["£34,203", "Planner£34,203 per annumLocation"], "£34,203", "Planner£34,203 per annumLocation", None),
        (["12.90ph", "You will care Daventry"], "12.90ph", "You will care", "Daventry"),
        (["Negotiable"], "Negotiable", None, None),
        (["You will care for the lanes of Essex."], None, "You will care for the lanes of Essex.", None),
        (
            ["Salery: £13 per hour", "You will care.", "Location: Daventry"],
            "£13 per hour",
            "You will care.",
            "Daventry",
        ),
    ],
)
def test_what_stands_below_the_employer(
    lines: list[str], salary: str | None, description: str | None, location: str | None
) -> None:
    (advert,) = read(box("Carer", "", "Essex County Council", *lines, "Recuriter: Essex County Council")).adverts
    assert (advert.salary, advert.description, advert.location) == (salary, description, location)


def test_a_box_that_labels_its_fields_below_the_title() -> None:
    first = ("Title: Planner", "Employer: Powys County Council", "Salery: £34,203", "You will plan Powys")
    second = ("Title: Driver", "Employer: Powys County Council", "Salery: £13 per hour", "You will drive Powys")
    adverts = read(box(*first, "", *second)).adverts
    assert [(advert.title, advert.employer, advert.salary, advert.location) for advert in adverts] == [
        ("Planner", "Powys County Council", "£34,203", "Powys"),
        ("Driver", "Powys County Council", "£13 per hour", "Powys"),
    ]


def test_a_box_without_its_heading_is_read_all_the_same() -> None:
    text = "\n".join(["A news story.", "It ends here.", "", *GRITTER, "Recuriter: Wyre Borough Council"])
    assert [advert.title for advert in read(text).adverts] == ["Gritter Driver"]


PROBLEMS = {
    "box_missing": "A news story without any box.",
    "box_unreadable": box("Jobs are loading …"),
    "listing_cut_off": box(
        *GRITTER, "Recuriter: Wyre Borough Council", "Planner", "", "Wyre Borough Council", "£31,022"
    ),
    "listing_cut_off after the employer": box(
        *GRITTER, "Recuriter: Wyre Borough Council", "Planner", "Essex County Council"
    ),
    "listing_unreadable without a title": box("£34,203", "You will plan", "Recuriter: Wyre Borough Council"),
    "listing_unreadable with the employer for a title": box(
        "Powys Council", "£34,203", "Plan.", "Recuriter: Powys Council"
    ),
    "listing_unreadable": box(*(f"line {number}" for number in range(9)), "Recuriter: Wyre Borough Council"),
}


@pytest.mark.parametrize(("kind", "text"), PROBLEMS.items(), ids=PROBLEMS)
def test_what_cannot_be_read_is_a_problem_and_not_silence(kind: str, text: str) -> None:
    assert [problem.kind for problem in read(text).problems] == [kind.split()[0]]


def test_two_listings_of_one_title_have_each_their_own_link_and_are_two_adverts() -> None:
    listing = '<div><h3><a href="/job/{0}/carer/">Carer</a></h3><p>Powys Council</p><p>£13 per hour</p><p>You will care. {1}</p><p>Recuriter: Powys Council</p></div>'
    page = "<h2>Highways jobs</h2>" + listing.format(7, "Brecon") + listing.format(8, "Newtown")
    adverts = read(f"<html><body>{page}</body></html>", content_type="text/html").adverts
    assert [(advert.reference, advert.location) for advert in adverts] == [("7", "Brecon"), ("8", "Newtown")]
    assert len({advert.source_ref for advert in adverts}) == 2


@pytest.mark.parametrize("body", ["", "<html><title>Just a moment...</title><body>Checking your browser</body></html>"])
def test_a_page_that_leads_nowhere_is_never_an_empty_board(body: str) -> None:
    with pytest.raises(UnreadablePageError, match="neither an article"):
        read(body, "https://www.localgov.co.uk/", "text/html")


def test_a_page_of_nothing_but_tags_is_unreadable() -> None:
    with pytest.raises(UnreadablePageError, match="50261: more than 40,000 tags"):
        read("<html>" + "<div>" * 50_000, content_type="text/html")


def test_a_bad_link_does_not_cost_the_page() -> None:
    page = '<a href="http://[::1">x</a>' + "<br>".join(("Highways jobs", *GRITTER, "Recuriter: Wyre Borough Council"))
    assert len(read(f"<html><body>{page}</body></html>", content_type="text/html").adverts) == 1


def test_a_footer_is_no_listing() -> None:
    text = box(*GRITTER, "Recuriter: Wyre Borough Council") + "\nAbout us\nContact\n© 2026 Hemming Group\n"
    assert read(text).problems == ()


def test_a_page_that_is_no_article_leads_to_articles_of_its_own_host() -> None:
    links = ("/Roads-first/50261", "/Roads-first/50261#top", "/about", "mailto:x@example.org", "https://other.org/A/1")
    page = "".join(f'<a href="{link}">read</a><a href="{link}">more</a>' for link in links)
    reading = read(f"<html><body>{page}</body></html>", "https://www.localgov.co.uk/", "text/html")
    assert reading.follow == ("https://www.localgov.co.uk/Roads-first/50261",)
    assert reading.problems == ()


SISTERS = ["www.themj.co.uk", "www.highwaysmagazine.co.uk", "www.transport-network.co.uk"]


@pytest.mark.parametrize("host", SISTERS)
def test_the_box_of_a_sister_site_is_the_same_box(host: str) -> None:
    text = box(*GRITTER, "Recuriter: Wyre Borough Council")
    there, here = read(text, f"https://{host}/A-headline/50261"), read(text)
    assert there.adverts == here.adverts
    assert there.adverts


def test_the_whole_board_of_a_sister_is_none_of_its_pages() -> None:
    assert reader_of("https://jobs.themj.co.uk/job/17/gritter/").page is not LocalGovPage


MJ = "https://www.themj.co.uk/A-headline/219032"
DIRECTOR = (
    "Director of Roads",
    "£108,690 - £119,560",
    "You will lead the gritters of the county. Powys Apply for this job",
    "Powys County Council",
)
PLANNER = ("Head of Planning", "Negotiable", "You will plan.", "Apply for this job", "Essex County Council")


@pytest.mark.parametrize(
    ("before", "after"), [(["News", "Politics"], ["About us"]), (["Jobs"], []), ([], [*DIRECTOR, *PLANNER])]
)
def test_the_mjs_own_template_printed_once_or_twice(before: list[str], after: list[str]) -> None:
    adverts = read("\n\n".join([*before, *DIRECTOR, *PLANNER, *after]), MJ).adverts
    assert [(a.title, a.employer, a.salary, a.description, a.location) for a in adverts] == [
        ("Director of Roads", "Powys County Council", "£108,690 - £119,560", "You will lead the gritters of the county.", "Powys"),
        ("Head of Planning", "Essex County Council", "Negotiable", "You will plan.", None),
    ]  # fmt: skip


def test_the_mjs_template_in_markup_has_its_links() -> None:
    title, *rest = DIRECTOR
    page = f"<ul><li><h3><a href='/job/9/x/'>{title}</a></h3>{''.join(f'<p>{line}</p>' for line in rest)}</li></ul>"
    (advert,) = read(f"<html><body>{page}</body></html>", MJ, "text/html").adverts
    assert (advert.title, advert.reference) == ("Director of Roads", "9")


@pytest.mark.parametrize(
    "lines",
    [
        ["You will lead the gritters of the county. Apply for this job", "You will plan. Apply for this job"],
        [*DIRECTOR[:3], *PLANNER[:4]],
    ],
)
def test_what_the_mj_prints_without_title_or_employer_is_a_problem(lines: list[str]) -> None:
    reading = read("\n".join(lines), MJ)
    assert reading.adverts == ()
    assert {problem.kind for problem in reading.problems} == {"listing_unreadable"}


def test_a_page_of_a_tag_is_no_article() -> None:
    link = '<a href="/A-headline/219032">read</a><a href="/tag/politics/page/21">older</a>'
    reading = read(f"<html><body>{link}</body></html>", "https://www.themj.co.uk/tag/politics/page/20", "text/html")
    assert reading.follow == (MJ,)


SAMPLE = {row["file"]: row for row in csv.DictReader((PAGES / "pages.tsv").open(encoding="utf-8"), delimiter="\t")}
EXPECTED = list(csv.DictReader((PAGES / "listings.tsv").open(encoding="utf-8"), delimiter="\t"))


@pytest.mark.parametrize(
    "expected", [row for row in EXPECTED if row["label"]], ids=lambda row: f"{row['file']}::{row['title']}"
)
def test_listings_of_the_sample(expected: dict[str, str]) -> None:
    page = SAMPLE[expected["file"]]
    body = (PAGES / expected["file"]).read_bytes()
    reading = read(body, page["url"], f"{page['content_type']}; charset={page['charset']}")
    advert = {advert.title: advert for advert in reading.adverts}[" ".join(expected["title"].split())]
    got = {name: getattr(advert, name) or "" for name in ("employer", "salary", "location")}
    assert got == {name: " ".join(expected[name].split()) for name in got}


SEED = [
    ("Housing Ombudsman Service", "£130,095 per annum, negotiable based on experience.", "London (Greater)"),
    ("Powys County Council", "£90,347 – £98,135 per annum/y flwyddyn", "Powys"),
    ("West Northamptonshire Council", "£34,203 - £37,067", "Northampton"),
    ("West Northamptonshire Council", "£39190 - £41797", "Northampton"),
    ("Essex County Council", "£26927.00 - £31678.00 per annum", None),
]


def test_the_five_listings_of_the_users_own_page(shared: Path) -> None:
    (page,) = (shared / "seed").glob("*.txt")
    reading = read(page.read_bytes())
    assert [(advert.employer, advert.salary, advert.location) for advert in reading.adverts] == SEED
    assert reading.problems == ()


PLACES = {
    "Office Manager - Hamstead Junior School": "Sandwell, West Midlands",
    "Network/ICT Manager - Uplands Manor Primary School": "Sandwell, West Midlands",
    "Social Work Practice Consultant": "Wembley, London (Greater)",
    "Recepcionist/Administrator": "North Yorkshire",
    "HGV Class 2 Driver": "Poulton-Le-Fylde, Lancashire",
    "Environmental Protection Administrative Assistant": "Poulton-Le-Fylde, Lancashire",
    "Principal Practitioner": "Middlesbrough, North Yorkshire",
    "Senior Practitioner - Young People with Disabilities": None,
    "Business Support Officer - Finance": "Greenwich, London (Greater)",
    "Business Support Officer - Budgetary Control": "Greenwich, London (Greater)",
    "Head of Legal and Monitoring Officer": "Powys",
    "Market Cleaner": "Poulton-Le-Fylde, Lancashire",
    "Public Health Principal": "Oxford",
    "Senior Property and Asset Manager - Braintree District Council": None,
    "Senior Planning Projects Officer": "England, London, City of London",
    "Community Support Worker - Centralised Safeguarding Triage": None,
    "Senior Applications Developer": None,
    "Project Manager (Major and Strategic Development) - WMF2479e": "Cumbria / Various",
    "Residential Night Support Worker - WMF2480e": "Ulverston, Cumbria",
    "Transformation project manager (children, education & families)": "County Hall as primary office base, with hybrid wo",
    "Pensions Officer – Payroll, Payments and Projects": None,
    "Child Practitioner - Kinship Matters Support Worker": "Oxfordshire",
    "EHC Coordinator – SEN, Education Directorate": "The Civic Centre, Churchill Court, 2 Westmoreland Road, BR1 1AS",
    "LADO Operation Manager": "England, London",
    "Community Connector (Mid)": None,
    "Homelessness Prevention and Solutions Officer": "Twickenham",
    "Housekeeper/Domestic Assistant/Cleaner -Longlands": "Daventry",
    "Maintenance Operative": "Harrogate, North Yorkshire",
    "Recovery Worker Substance Misuse": None,
}


def test_every_whole_listing_of_the_captures_is_read_and_every_cut_one_is_named(shared: Path) -> None:
    listings = list(csv.DictReader((shared / "captures/localgov/listings.tsv").open(encoding="utf-8"), delimiter="\t"))
    blocks = re.split(r"^### ", (shared / "captures/localgov/widgets.txt").read_text("utf-8"), flags=re.MULTILINE)
    pages = [block.split("\n", 1) for block in blocks[1:] if block.startswith("https://www.localgov")]
    readings = [read(body, head.split(" |")[0]) for head, body in pages]
    adverts: dict[str | None, RawAdvert] = {advert.title: advert for reading in readings for advert in reading.adverts}
    whole = [row for row in listings if row["recruiter"] != "(cut)"]
    cut = [row for row in listings if row["recruiter"] == "(cut)"]
    for row in whole:
        advert = adverts[row["title"]]
        assert (advert.employer, advert.salary) == (row["employer"], " ".join(row["salary"].split()))
        assert f"{advert.description} {advert.location or ''}".strip() == " ".join(row["desc_and_location"].split())
        assert advert.location == PLACES[row["title"]]
    problems = " ".join(problem.text for reading in readings for problem in reading.problems)
    assert all(row["title"] in problems for row in cut)
