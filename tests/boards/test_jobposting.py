"""A site by its sitemap and the JobPosting of its pages."""

from __future__ import annotations

import gzip
from typing import ClassVar

import pytest
from web_poet import HttpResponse

from jobscraper.boards.jobposting.spider import JobPostingSite
from jobscraper.model.reading import Reading
from jobscraper.read.page import UnreadablePageError
from jobscraper.read.registry import read_response

SITE = "https://jobs.example.org"
POSTING = '<html><body><script type="application/ld+json">{}</script></body></html>'
CLERK = '{"@type": "JobPosting", "title": "Clerk", "hiringOrganization": "Fife Council"}'
SIMILAR = '{"@type": "JobPosting", "title": "Cook", "url": "https://jobs.example.org/job/8-cook"}'


class Site(JobPostingSite):
    """A site of a test; it stands in no folder of sources."""

    name = "a_site_with_postings"
    title = publisher = "A test"
    homepage = SITE
    advert_prefix = "/job/"
    advert_path = r"^/job/(?P<ref>\d+)"
    allowed_domains: ClassVar[list[str]] = ["jobs.example.org"]


def read(path: str, body: str | bytes) -> Reading:
    pages = {pattern.removeprefix("jobs.example.org"): page for pattern, page in Site.url_patterns()}
    kind = next(page for prefix, page in pages.items() if path.startswith(prefix))
    response = HttpResponse(url=SITE + path, body=body.encode() if isinstance(body, str) else body)
    return kind(response=response).believable()


def urlset(*urls: str) -> str:
    entries = "".join(f"<url><loc>\n {url}\n</loc><lastmod>2026-11-20</lastmod></url>" for url in urls)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def test_robots_txt_names_the_sitemaps_of_the_own_host() -> None:
    robots = f"User-agent: *\nDisallow: /admin\nSITEMAP: {SITE}/a.xml\nSitemap: https://elsewhere.example/b.xml\n"
    assert read("/robots.txt", robots).follow == (f"{SITE}/a.xml",)
    assert read("/robots.txt", "User-agent: *\n").follow == (f"{SITE}/sitemap.xml",)
    assert Site.starts() == [f"{SITE}/robots.txt"]


def test_an_index_leads_on() -> None:
    index = urlset(f"{SITE}/a.xml", f"{SITE}/a.xml", "https://elsewhere.example/b.xml", "https://[torn")
    assert read("/sitemap.xml", index.replace("urlset", "sitemapindex").replace("url>", "sitemap>")).follow == (
        f"{SITE}/a.xml",
    )


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_sitemap_names_adverts_by_reference(packed: bool) -> None:
    urls = (
        f"{SITE}/job/7-clerk?utm=x",
        f"{SITE}/job/7",
        f"{SITE}/about",
        "https://elsewhere.example/job/9",
        f"{SITE}/job/8-cook",
    )
    body = urlset(*urls).encode()
    reading = read("/sitemap.xml", gzip.compress(body) if packed else body)
    assert reading.pages == {"7": f"{SITE}/job/7", "8": f"{SITE}/job/8-cook"}
    assert [advert.labels for advert in reading.adverts] == [{"lastmod": "2026-11-20"}] * 2
    assert reading.problems == ()


def test_a_sitemap_without_adverts_says_so() -> None:
    assert [problem.kind for problem in read("/sitemap.xml", urlset(f"{SITE}/about")).problems] == [
        "sitemap_without_adverts"
    ]
    torn = urlset(f"{SITE}/job/1", "")
    assert [problem.kind for problem in read("/sitemap.xml", torn).problems] == ["entry_unreadable"]


def test_the_advert_of_a_page_is_its_own_not_a_similar_one() -> None:
    reading = read("/job/7-clerk?utm=x", POSTING.format(f"[{CLERK}, {SIMILAR}]"))
    assert [(raw.source_ref, raw.url, raw.title) for raw in reading.adverts] == [("7", f"{SITE}/job/7-clerk", "Clerk")]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/job/7"])
@pytest.mark.parametrize(
    "body",
    [
        "<html><title>Sign in</title><form><input type=password></form></html>",
        '<html><body><div id="root"></div></body></html>',
        POSTING.format('{"@type": "NewsArticle"}'),
        urlset(f"{SITE}/job/7")[:-30],
    ],
    ids=["login", "shell", "another object", "cut off"],
)
def test_a_wrong_page_is_never_an_empty_board(path: str, body: str) -> None:
    if path == "/robots.txt" and "<html" not in body:
        return  # A text file of any kind is a robots.txt.
    with pytest.raises(UnreadablePageError):
        read(path, body)


def test_torn_gzip_is_told() -> None:
    with pytest.raises(UnreadablePageError):
        read("/sitemap.xml.gz", gzip.compress(urlset(f"{SITE}/job/7").encode())[:40])


@pytest.mark.parametrize("body", ["null", '{"error": "gone"}', '["<h1>Clerk</h1>"]', CLERK])
def test_json_instead_of_a_page_is_no_page(body: str) -> None:
    url = "https://www.jobs.ac.uk/job/DTB831/clerk"
    with pytest.raises(UnreadablePageError):
        read_response(HttpResponse(url=url, body=body.encode(), headers={"Content-Type": "text/html"}))
