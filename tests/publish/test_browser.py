"""Journeys of a researcher in a real browser, at the width of a phone and of a desk; and what axe finds on every page."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from jobscraper.publish.dictionary import tables
from jobscraper.publish.questions import questions
from jobscraper.publish.site.pages import pages
from tests.publish.conftest import real_server

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; on Debian: apt install chromium")

WIDTHS = {"phone": 360, "desk": 1280}
# Beside what every page says of itself: rows that somebody wrote harm into, rows of other tables, and what goes wrong.
MORE = (
    "/place/E08000035",
    "/archive/advert/localgov~3A0002",
    "/archive/advert/teaching_vacancies~3A0015",
    "/archive/employer",
    "/archive/employer/W06000015",
    "/archive/event",
    "/archive/event/1",
    "/archive/run/run-localgov",
    "/archive/source/localgov",
    "/archive/closing_soon?words=highways&days=400",
    "/archive/pay_most?words=zeppelin",
    "/archive?sql=selec+1",
    "/archive?sql=delete+from+advert",
    "/archive/advert/nobody",
    "/nothing",
)
OF_PAGES = tuple(address for page in pages() for address in page.addresses)
"""With `{}` for a key, which only a snapshot can tell."""
KINDS = tuple(dict.fromkeys((*OF_PAGES, *MORE)))
# Tables and questions look alike, but each has words of its own that may not fit.
ALIKE = tuple(path for name in (*tables(), *questions()) if (path := f"/archive/{name}") not in KINDS)
# Without these, Chromium asks its maker's hosts at every start.
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with real_server(site) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page at one width; it fails the test if the browser complains, and leaves a picture where one is asked for."""
    complaints: list[str] = []
    context = browser.new_context(base_url=address, viewport={"width": WIDTHS[request.param], "height": 800})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "too wide"
    if folder := os.environ.get("JOBSCRAPER_SCREENSHOTS"):
        name = request.node.name.replace("[", "-").replace("]", "")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    context.close()
    assert complaints == []


def test_find_live_planning_jobs_in_wales_over_40000(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search adverts").fill("planning")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Region").select_option("Wales")
    page.get_by_label("Open or ended").select_option("open")
    page.get_by_role("group", name="Full-time pay a year").get_by_label("Reaches").fill("£40,000")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text("1 advert")
    page.get_by_role("link", name="Senior Planning Officer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Senior Planning Officer")
    expect(page.get_by_text("£90,347 to £98,135 a year, full time.")).to_be_visible()


def test_see_what_a_council_pays(page: Page) -> None:
    page.goto("/search?q=planning&region=Wales")
    page.get_by_role("link", name="Senior Planning Officer").click()
    page.get_by_role("main").get_by_role("link", name="Cardiff Council").click()
    expect(page.get_by_role("heading", name="How pay compares")).to_be_visible()
    row = page.get_by_role("table", name="Starting pay of the last 12 months").get_by_role(
        "row", name="Cardiff Council"
    )
    expect(row).to_contain_text("£90,347")


def test_search_within_one_council_for_pay_that_starts_high(page: Page) -> None:
    page.goto("/archive/employer/W06000015")
    page.get_by_role("link", name="All open adverts").click()
    page.get_by_label("Words", exact=True).fill("duties desi*")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("1 advert")
    page.get_by_role("group", name="Full-time pay a year").get_by_label("Starts at or above").fill("98k")
    page.get_by_label("Sort by").select_option("highest")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text("0 adverts")
    expect(page.get_by_label("Words", exact=True)).to_have_value("duties desi*")


def test_an_order_says_what_it_leaves_out(page: Page) -> None:
    page.goto("/search?q=duties")
    page.get_by_label("Sort by").select_option("highest")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Left out of this order, as they have no full-time pay a year: 5 adverts.")).to_be_visible()


def test_a_question_says_what_it_does_not_know(page: Page) -> None:
    page.goto("/archive/closing_soon?words=highways&days=soon")
    expect(page.get_by_text("“soon” is not a whole number")).to_be_visible()
    page.get_by_label("Within").fill("400")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("link", name="Highways Inspector")).to_be_visible()


def test_an_advert_that_is_not_there_leads_to_a_search(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/archive/advert/foo")
    expect(page.get_by_text("There is no advert here with this ID.")).to_be_visible()
    page.get_by_label("Search adverts").fill("in* highways")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("the * of “in*” needs four letters or more before it; this was ignored.")).to_be_visible()
    expect(page.get_by_label("Words", exact=True)).to_have_value("in highways")
    page.close()


def test_follow_a_search_as_a_feed(page: Page) -> None:
    page.goto("/search?q=highways")
    link = page.get_by_role("link", name="Feed").get_attribute("href")
    feed = ET.fromstring(page.request.get(link or "").body())
    titles = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["Adverts: highways", "Highways Inspector", "Principal Highways Engineer"]


def test_download_one_year(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Download").click()
    link = page.get_by_role("link", name="advert-2026.parquet").get_attribute("href")
    assert page.request.get(link or "").body()[:4] == b"PAR1"
    link = page.get_by_role("link", name="advert.csv.gz", exact=True).get_attribute("href")
    assert gzip.decompress(page.request.get(link or "").body()).startswith(b"id,title,employer_text")


def test_read_how_a_number_was_got(page: Page) -> None:
    page.goto("/archive/advert/localgov~3A0002")
    marked = page.locator("mark").all_inner_texts()
    assert marked == ["£34,203"]
    expect(page.get_by_text("£34,203 to £37,067 a year, full time.")).to_be_visible()
    page.get_by_text("All columns of this row").click()
    expect(page.get_by_role("definition").filter(has_text="salary_min").first).to_be_visible()


_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="module")
def filled(site: Path) -> dict[str, str]:
    """The addresses of pages with the first key of the site."""
    with closing(sqlite3.connect(site / "archive.db")) as snapshot:
        return {
            told: asked
            for page in pages()
            for told, asked in zip(page.addresses, page.examples(snapshot, 1), strict=True)
        }


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all that is only looked at: a context of its own costs more than a look."""
    with closing(browser.new_context(base_url=address, bypass_csp=True)) as context:
        yield context.new_page()


def violations(page: Page, *rules: str) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": list(rules)}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found]


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(path: str, width: str, reader: Page, filled: dict[str, str]) -> None:
    reader.set_viewport_size({"width": WIDTHS[width], "height": 800})
    reader.emulate_media(color_scheme="light")
    reader.goto(filled.get(path, path))
    assert violations(reader, *_RULES) == []
    reader.emulate_media(color_scheme="dark")
    assert violations(reader, "color-contrast") == [], "in the dark"  # Nothing else depends on the scheme.


@pytest.mark.parametrize("path", [*KINDS, *ALIKE])
def test_a_page_fits_the_narrowest_screen(path: str, reader: Page, filled: dict[str, str]) -> None:
    """320 px is what WCAG 1.4.10 asks for: a page of 1280 px, four times as large."""
    reader.set_viewport_size({"width": 320, "height": 800})
    reader.goto(filled.get(path, path))
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_drawn_stands_in_the_row_of_its_numbers(browser: Browser, address: str) -> None:
    page = browser.new_context(base_url=address, viewport={"width": WIDTHS["desk"], "height": 800}).new_page()
    page.goto("/pay")
    row = page.get_by_role("table").get_by_role("row", name="Wales")
    boxes = [cell.bounding_box() for cell in (row.get_by_role("rowheader"), row.locator(".drawn"))]
    name, drawn = (box for box in boxes if box)
    assert (drawn["y"], drawn["height"]) == (name["y"], name["height"])
    assert drawn["width"] > 300


def test_a_query_that_was_stopped_can_be_mended(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    page.goto(f"/archive?{urlencode({'sql': endless})}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This took too long")
    expect(page.locator(".CodeMirror")).to_contain_text("select max(i) from n")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("select 41 + 1 as n")
    page.get_by_role("button", name="Run SQL").click()
    expect(page.locator("table td")).to_have_text("42")
    page.close()


def test_in_the_dark_the_whole_editor_of_sql_is(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, color_scheme="dark")
    page.goto("/archive?sql=select+1")
    expect(page.locator(".CodeMirror-gutters")).to_have_css("background-color", "rgb(35, 42, 48)")
    page.close()
