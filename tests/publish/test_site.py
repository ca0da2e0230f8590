"""The pages: they show what is there, their links work, and nothing that a board wrote ever runs."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from jobscraper.publish.build.snapshot import publish
from jobscraper.publish.site.application import datasette_for

Get = Callable[[str], Any]

HOSTILE = "/archive/advert/teaching_vacancies~3A0015"
SLOW = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n where '<script>' > i"
PAGES = (
    "/",
    "/archive",
    "/archive/advert",
    "/archive/advert?_all=on",
    "/archive/advert?_col=title&_col=url&_col=employer_text",
    "/archive/advert?status=live&_sort=closes_at&_size=3",
    "/archive/advert?_search=<script>alert(1)</script>",
    "/archive/advert?title=<img+src%3Dx+onerror%3Dalert(1)>",
    "/archive/advert?_where=1%3D1/*<script>*/",
    "/archive/advert_text",
    "/archive/advert_with_text?_search=zeppelin",
    "/archive/change",
    "/archive/employer",
    "/archive/employer/unresolved~3Ab",
    "/archive/event",
    "/archive/issue",
    "/archive/source/localgov",
    "/search",
    "/search?q=<script>alert(1)</script>&region=<b>&pay_from=<i>&sort=closing",
    "/search?q=zeppelin",
    "/search?employer_id=unresolved:b&lad=x",
    "/pay",
    "/pay?q=<script>&by=time",
    "/place/E08000035",
    "/questions",
    "/archive/live_on?day=<script>",
    "/archive/closing_soon?words=script&days=400",
    "/sources",
    "/health",
    "/dictionary",
    "/download",
    HOSTILE,
    "/archive/advert/localgov~3A0016",
    "/archive/advert/localgov~3A0018",
    "/archive/advert_text/teaching_vacancies~3A0015",
    "/archive?sql=select+title,url,employer_text,employer_id+from+advert",
    "/archive?sql=select+'<script>alert(1)</script>'+as+'<script>alert(2)</script>'",
    "/archive?sql=select+nonsense",
    "/archive?sql=delete+from+advert",
    f"/archive?{urlencode({'sql': SLOW})}",
    "/nothing/<script>alert(1)</script>",
    "/archive/nothing<script>",
)


class Page(HTMLParser):
    """The tags of a page as a browser would see them, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a" and "href" in attrs]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_a_board_wrote_runs(get: Get, path: str) -> None:
    html = get(path).text
    assert "<script>" not in html
    assert "<img" not in html
    assert "<svg onload" not in html
    assert "<b onmouseover" not in html
    assert "<i>cannot" not in html
    for tag, attributes in Page(html).tags:
        assert not [name for name in attributes if name.startswith("on")], f"an event handler on <{tag}>"
        address = (attributes.get("href") or attributes.get("src") or attributes.get("action") or "").strip().lower()
        assert not address.startswith(("javascript:", "data:", "vbscript:")), address


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_that_the_policy_would_block(get: Get, path: str) -> None:
    for tag, attributes in Page(get(path).text).tags:
        assert tag != "style"
        assert "style" not in attributes, f"a style attribute on <{tag}>"
        assert tag != "script" or attributes.get("src")


@pytest.mark.parametrize(
    "path", [*PAGES, "/archive/advert.json", "/archive/advert.csv", "/assets/site.css", "/nothing.json"]
)
def test_safety_headers(get: Get, path: str) -> None:
    headers = get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get_list("referrer-policy") == ["same-origin"]


def test_hostile_text_is_shown_as_text(get: Get) -> None:
    for path in ("/archive/advert", "/archive/advert?_all=on", HOSTILE):
        assert "<script>alert('title')</script>" in Page(get(path).text).text
    assert "<svg onload=alert(3)>" in Page(get(HOSTILE).text).text
    assert '=HYPERLINK("https://evil.example/","Apply")' in Page(get("/").text).text


def test_data_is_never_taken_for_a_page(get: Get) -> None:
    assert get("/archive/advert.json").headers["content-type"].startswith("application/json")
    assert get("/archive/advert.csv").headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/archive/advert", "/archive/advert?_all=on", "/archive/advert/localgov~3A0018"])
def test_no_text_is_shown_in_another_order(get: Get, path: str) -> None:
    html = get(path).text
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
    assert "Accountant \N{REPLACEMENT CHARACTER}gnp.exe" in html


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/", "/search?status=open"),
        ("/", "/sources#localgov"),
        ("/archive/advert", "/archive/advert/localgov~3A0000"),
        ("/archive/advert", "/archive/employer/unresolved~3Ast+marys"),
        ("/archive/advert?_all=on", "/archive/source/teaching_vacancies"),
        ("/archive/advert?_all=on", "https://localgov.example/jobs/0?a=1&b=2"),
        ("/archive/advert/localgov~3A0000", "https://localgov.example/jobs/0?a=1&b=2"),
        ("/archive/advert/localgov~3A0000", "/archive/employer/E08000035"),
        ("/archive/advert/localgov~3A0000", "/archive/capture/capture-localgov"),
        ("/archive/advert/localgov~3A0000", "/sources#localgov"),
        ("/archive/source/localgov", "https://localgov.example/"),
        ("/archive/employer/E08000035", "/archive/advert?employer_id=E08000035"),
        ("/archive", "/archive.db"),
    ],
)
def test_links(get: Get, path: str, link: str) -> None:
    page = Page(get(path).text)
    assert link in page.links()
    for tag, attributes in page.tags:
        if tag == "a" and attributes.get("href") == link and link.startswith("https:"):
            assert {"noopener", "nofollow"} <= set((attributes["rel"] or "").split())
    if link.startswith("/"):
        assert get(link).status_code == 200


def test_every_link_of_ours_leads_somewhere(get: Get) -> None:
    for start in ("/", "/archive", "/archive/advert", HOSTILE):
        for link in set(Page(get(start).text).links()):
            if link.startswith("/"):
                assert get(link).status_code in (200, 302), link


def test_an_address_that_is_no_web_address_is_no_link(get: Get) -> None:
    page = Page(get(HOSTILE).text)
    assert "Original advert" not in page.text
    assert "javascript:alert(document.domain)" in page.text, "it is still shown as what it is"


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("zeppelin", 1),
        ("engineer+leeds", 1),
        ("O'Brien", 0),
        ("C%23", 0),
        ("%22talk+to+residents%22", 19),
        ("%22", 0),
        ("", 20),
        ("+", 20),
        ("&status=live", 13),
        ("*", 0),
        ("£130,095", 0),
        ("-not", 0),
        ("a+AND", 0),
    ],
)
def test_search(get: Get, words: str, rows: int) -> None:
    answer = get(f"/archive/advert.json?_search={words}")
    assert answer.status_code == 200
    assert answer.json()["filtered_table_rows_count"] == rows
    assert get(f"/archive/advert?_search={words}").status_code == 200


def test_money_in_cells(get: Get) -> None:
    html = get("/archive/advert?_all=on").text
    assert '<td class="col-salary_annual_min type-float" data-label="salary_annual_min">£34,203</td>' in html
    assert ">€41,200</td>" in html


def test_a_closing_date_that_had_passed_at_the_last_crawl(get: Get, archive: Path, tmp_path: Path) -> None:
    path = "/archive/advert/teaching_vacancies~3A0001"
    assert '<span class="tag tag-open">open</span>' in get("/archive/advert").text
    assert '<span class="tag tag-open">open</span>' in get(path).text
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert SET closes_at = '2026-11-22T06:03:20Z'")
    client = datasette_for(publish(archive, tmp_path / "site").path.parent).client
    for shown in ("/archive/advert", path):
        html = asyncio.run(client.get(shown)).text
        assert '<span class="tag tag-closing-date-passed">closing date passed</span>' in html
        assert "tag-open" not in html
    (row,) = asyncio.run(client.get(f"{path}.json?_shape=array")).json()
    assert (row["status"], row["open"]) == ("live", 0)


def test_an_advert_without_a_page_of_its_own_has_no_link(archive: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE advert SET url = NULL WHERE id = 'localgov:0002'")
    client = datasette_for(publish(archive, tmp_path / "site").path.parent).client
    assert "Original advert" not in asyncio.run(client.get("/archive/advert/localgov~3A0002")).text
    assert "Original advert" in asyncio.run(client.get("/archive/advert/localgov~3A0004")).text


@pytest.mark.parametrize("path", ["/-/databases", "/-/databases.json", "/-/threads.json"])
def test_pages_about_the_server_are_not_there(get: Get, path: str) -> None:
    assert get(path).status_code == 404
