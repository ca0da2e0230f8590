"""How fast a crawl is with all that it does, against a bare Scrapy spider: `python -m bench.crawl [PAGES]`.

Both ask the same server on 127.0.0.1, a process of its own, for the same pages, with the same settings and without a delay
between requests. The bare spider takes the fields out with CSS and writes them to JSON lines; ours captures, reads,
normalises and folds. Prints pages a second of the wall clock: of each the quickest of three, which take turns, because a
machine that is shared is slower at one time than at another.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import HtmlResponse, Response
from web_poet import handle_urls

from bench.pages import article
from jobscraper.boards.localgov.article import LocalGovPage
from jobscraper.crawl.project import project_settings
from jobscraper.crawl.runner import crawl
from jobscraper.crawl.source import Source
from jobscraper.model.reading import Reading
from jobscraper.read.page import Page

SETTINGS = {
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
}
"""The same for both, where they matter for speed."""


_ROUNDS = 3


class ListPage(Page):
    """The list of the articles."""

    def read(self) -> Reading:
        return Reading(
            part="card", adverts=(), follow=tuple(map(str, map(self.urljoin, self.css("a::attr(href)").getall())))
        )


class ArticlePage(LocalGovPage):
    """An article of the local board."""


class Ours(Source):
    """The local board, as a source."""

    name = "board"
    title = "Board"
    publisher = "A benchmark"
    homepage = "http://127.0.0.1/"
    allowed_domains = ["127.0.0.1"]  # noqa: RUF012
    lists_everything = False


class Bare(scrapy.Spider):
    """The same board, as everybody would begin."""

    name = "bare"
    allowed_domains: ClassVar[list[str]] = ["127.0.0.1"]

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """Follow the list."""
        assert isinstance(response, HtmlResponse)
        yield from response.follow_all(css="a", callback=self.read)

    def read(self, response: Response) -> Iterator[dict[str, str | None]]:
        """Take the fields out."""
        for listing in response.css("ul.widget li"):
            blurb = listing.css(".blurb::text").get() or ""
            found = re.fullmatch(r"(.*\.) (.*)", blurb, re.DOTALL)
            yield {
                "title": listing.css("strong::text").get(),
                "employer": listing.css(".employer::text").get(),
                "salary": listing.css(".pay::text").get(),
                "description": found[1] if found else blurb,
                "location": found[2] if found else None,
                "url": listing.css("a::attr(href)").get(),
            }


def crawl_ours(url: str, folder: Path) -> None:
    """Crawl as `jobscraper crawl` does."""
    host = urlsplit(url).netloc
    handle_urls(f"{host}/list")(ListPage)
    handle_urls(f"{host}/article")(ArticlePage)
    Ours.start_urls = [f"{url}/list"]
    settings = project_settings()
    settings.update({"CONTACT": "bench@example.org", "PRIVATE_ADDRESSES_ALLOWED": True, **SETTINGS})
    (outcome,) = crawl([Ours], settings, archive=folder / "archive.db", captures=folder / "captures")
    assert outcome.verdict == "complete", outcome


def crawl_bare(url: str, folder: Path) -> None:
    """Crawl as `scrapy crawl -O items.jsonl` does."""
    Bare.start_urls = [f"{url}/list"]
    process = AsyncCrawlerProcess(
        {
            "FEEDS": {str(folder / "items.jsonl"): {"format": "jsonlines"}},
            "LOG_LEVEL": "WARNING",
            **SETTINGS,
            "ROBOTSTXT_OBEY": False,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Bare)
    process.start()


async def serve(count: int) -> None:
    """Be the board, and print its port."""
    answers = {f"/article/{number}": article(number, number) for number in range(count)}
    answers["/list"] = "".join(f'<a href="{path}">{path}</a>' for path in answers).encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                asked = await reader.readuntil(b"\r\n\r\n")
                body = answers.get(asked.split(b" ", 2)[1].decode())
                status = "200 OK" if body else "404 Not Found"
                head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body or b'')}\r\n\r\n"
                writer.write(head.encode() + (body or b""))
                await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def timed(crawling: str, url: str, folder: str) -> None:
    """Crawl in this process, and print the seconds from the call to its return."""
    start = time.perf_counter()
    {"ours": crawl_ours, "bare": crawl_bare}[crawling](url, Path(folder))
    print(time.perf_counter() - start)


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    this = [sys.executable, "-m", "bench.crawl"]
    with subprocess.Popen([*this, "serve", str(count)], stdout=subprocess.PIPE, text=True) as board:
        assert board.stdout
        url = f"http://127.0.0.1:{board.stdout.readline().strip()}"

        def in_turn() -> list[float]:
            with tempfile.TemporaryDirectory() as folder:
                crawls = ("bare", "ours", "ours")
                return [float(subprocess.check_output([*this, one, url, folder], text=True)) for one in crawls]

        bare, first, again = map(min, zip(*(in_turn() for _ in range(_ROUNDS)), strict=True))
        board.kill()
    print(f"{count:,} pages of 65 kB, an advert of its own on each")
    print(f"a bare Scrapy spider to JSON lines: {count / bare:,.0f} pages/s")
    print(f"captured, read, normalised and folded: {count / first:,.0f} pages/s, {bare / first:.2f} of the bare one")
    print(f"crawled again, with nothing new: {count / again:,.0f} pages/s, {bare / again:.2f} of the bare one")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", count]:
            asyncio.run(serve(int(count)))
        case [("ours" | "bare") as crawling, url, folder]:
            timed(crawling, url, folder)
        case _:
            main()
