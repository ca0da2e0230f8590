"""What befalls a crawl on the way, in every source of the sample at once: the run goes on, ends, and says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import attrs
import pytest
from web_poet import HttpResponse

from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.sources import known_sources
from jobscraper.dev.sample import CRAWLED, pages, response
from jobscraper.read.registry import read_response
from tests.forked import python_m

Row = dict[str, str]
ROOT = Path(__file__).parents[2]
GONE = CapturedResponse(404, (("Content-Type", "text/html"),), b"<html><title>Not found</title></html>")
ELSEWHERE = CapturedResponse(302, (("Location", "https://elsewhere.example/advert"),), b"")
WALL = CapturedResponse(
    200, (("Content-Type", "text/html"),), b"<html><title>Just a moment...</title><body>Checking</body></html>"
)


def is_page_of_one_advert(folder: Path, row: Row) -> bool:
    if row["status"] != "200" or row["url"].endswith("/robots.txt"):
        return False
    headers = {"Content-Type": f"{row['content_type']}; charset={row['charset']}"}
    return read_response(HttpResponse(row["url"], (folder / row["file"]).read_bytes(), headers=headers)).part == "page"


def first_pages(wanted: Callable[[Path, Row], bool]) -> dict[str, list[str]]:
    """The URL of the first such page of each source that has one."""
    found: dict[str, list[str]] = {}
    for folder, row in pages():
        if folder.name not in found and wanted(folder, row):
            found[folder.name] = [row["url"]]
    return found


@attrs.frozen
class Crawled:
    """What a crawl of all sources left: `verdicts` by source, and the archive."""

    verdicts: dict[str, str]
    archive: Path

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.archive)) as db:
            return db.execute(sql).fetchall()


Crawl = Callable[[dict[str, list[str]], CapturedResponse], Crawled]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    def crawled(urls: dict[str, list[str]], instead: CapturedResponse) -> Crawled:
        folder = tmp_path_factory.mktemp("crawl")
        warc = CaptureFile(folder / "sample.warc.gz")
        warc.begin({"isPartOf": "sample"}, CRAWLED)
        for number, (source, row) in enumerate(pages()):
            form = row.get("form") or ""
            asked = CapturedRequest("POST" if form else "GET", row["url"], body=form.encode())
            hit = row["url"] in urls.get(source.name, ())
            warc.add(asked, instead if hit else response(source, row), CRAWLED + timedelta(seconds=number))
        warc.finish({"verdict": "complete"}, CRAWLED)
        archive = folder / "archive.db"
        options = ["--replay", str(folder / "sample.warc.gz"), "--archive", str(archive)]
        done = python_m("jobscraper", "crawl", *urls, *options, cwd=ROOT)
        assert "Traceback" not in done.stderr
        with closing(sqlite3.connect(archive)) as db:
            return Crawled(dict(db.execute("SELECT source_id, verdict FROM run").fetchall()), archive)

    return crawled


@pytest.fixture(scope="module")
def advert_pages() -> dict[str, list[str]]:
    return first_pages(is_page_of_one_advert)


def test_an_advert_that_is_gone_is_no_trouble_of_the_run(crawl: Crawl, advert_pages: dict[str, list[str]]) -> None:
    crawled = crawl(advert_pages, GONE)
    assert crawled.verdicts == dict.fromkeys(advert_pages, "complete")
    told = [str(text).split(": ")[0] for (text,) in crawled.ask("SELECT text FROM issue WHERE kind = 'gone'")]
    assert {url for urls in advert_pages.values() for url in urls} <= set(told)


def test_a_redirect_to_another_host_is_refused_and_told(crawl: Crawl, advert_pages: dict[str, list[str]]) -> None:
    crawled = crawl(advert_pages, ELSEWHERE)
    assert crawled.verdicts == dict.fromkeys(advert_pages, "complete")  # One own page of a run may be none.
    assert dict(crawled.ask("SELECT source_id, pages_lost FROM run")) == dict.fromkeys(advert_pages, 1)  # type: ignore[arg-type]
    told = crawled.ask("SELECT text FROM issue WHERE text LIKE 'https://elsewhere.example/advert%'")
    assert len(told) >= len(advert_pages)


def test_a_wall_before_the_list_ends_the_run_blocked(crawl: Crawl) -> None:
    starts = {name: source.starts() for name, source in known_sources().items()}
    crawled = crawl(starts, WALL)
    assert crawled.verdicts == dict.fromkeys(starts, "blocked")
    assert crawled.ask("SELECT count(*) FROM advert") == [(0,)]
