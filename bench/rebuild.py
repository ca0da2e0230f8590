"""How fast an archive is rebuilt from captured pages: `python -m bench.rebuild [PAGES]`.

Prints pages a second of a rebuild in one process and on two cores, as ratios to each other and to what lxml alone needs to
parse the same pages on one; and how much faster two processes of lxml alone are than one, for what two cores here can give
at most. The pages are news articles with a box of one advert, of some 65 kB, all different: once with
another advert on each, once with each advert on twenty of them, as one stands on the articles of some weeks. Times are of
the wall clock, because two processes share the work.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import lxml.html

from bench.pages import article
from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.book import source_row
from jobscraper.platforms.source import known_sources
from jobscraper.rebuild import reading
from jobscraper.rebuild.rebuild import plan, rebuild

_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)


def capture(folder: Path, pages: list[bytes]) -> None:
    """Write the pages as one run's captures."""
    run_id = f"localgov-{_AT:%Y%m%dT%H%M%SZ}"
    file = CaptureFile(folder / "localgov" / f"{run_id}.warc.gz")
    file.begin({"software": "jobscraper/bench", "isPartOf": run_id, "source": "localgov"}, _AT)
    at = _AT
    for number, body in enumerate(pages):
        at += timedelta(seconds=1)
        answer = CapturedResponse(200, (("Content-Type", "text/html; charset=utf-8"),), body)
        file.add(CapturedRequest("GET", f"https://www.localgov.co.uk/Article/{number}"), answer, at)
    file.finish({"verdict": "complete"}, at)


def seconds(action: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def parse(pages: list[bytes]) -> None:
    """What lxml alone does."""
    deque(map(lxml.html.document_fromstring, pages), maxlen=1)


def gain_of_two_cores(pages: list[bytes]) -> float:
    """How much faster two processes parse the pages than one, when each has half of them."""
    spawn = get_context("spawn")
    with spawn.Pool(2) as pool:
        halves = [pages[::2], pages[1::2]]
        pool.map(parse, halves)  # Both are there.
        return seconds(lambda: pool.map(parse, [pages])) / seconds(lambda: pool.map(parse, halves))


def measure(pages: list[bytes], adverts: str) -> None:
    """Rebuild from these pages, and print the figures."""
    known = {name: source_row(source) for name, source in known_sources().items()}
    with tempfile.TemporaryDirectory() as folder:
        archive, captures = Path(folder) / "archive.db", Path(folder) / "captures"
        capture(captures, pages)

        def anew(workers: int) -> None:
            reading._seen.clear()  # A rebuild begins in a new process.
            rebuild(archive, plan(archive, captures, (), known, without=False), _AT, workers=workers)

        anew(1)  # The index of the captures is there; everything is loaded.
        parsing = seconds(lambda: parse(pages))
        one, two = seconds(lambda: anew(1)), seconds(lambda: anew(2))
    count, size = len(pages), sum(map(len, pages)) / len(pages) / 1000
    print(f"{count:,} pages of {size:.0f} kB, {adverts}; lxml alone parses {count / parsing:,.0f} a second")
    print(f"  rebuild in one process: {count / one:,.0f} pages/s, {parsing / one:.2f} of lxml alone")
    print(
        f"  rebuild on two cores: {count / two:,.0f} pages/s, {parsing / two:.2f} of lxml alone, {one / two:.2f} times one"
    )


def main() -> None:
    """Print the figures."""
    logging.disable()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"two cores parse {gain_of_two_cores([article(nth, nth) for nth in range(1_000)]):.2f} times as fast as one")
    measure([article(number, number) for number in range(count)], "an advert of its own on each")
    measure([article(number, number // 20) for number in range(count)], "each advert on twenty of them")


if __name__ == "__main__":
    main()
