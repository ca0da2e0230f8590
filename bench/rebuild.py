"""How fast an archive is rebuilt from captured pages: `python -m bench.rebuild [PAGES]`.

Prints pages a second of a rebuild in one process and on two cores, as ratios to each other and to what lxml alone needs to
parse the same pages on one; and how much faster two processes of lxml alone are than one, for what two cores here can give
at most. The pages are news articles with a box of one advert, of some 65 kB, all different: once with
another advert on each, once with each advert on twenty of them, as one stands on the articles of some weeks. Times are of
the wall clock, because two processes share the work, from the call of a rebuild in a process of its own to its return: the
start of its workers counts. Of each the quickest of three, which take turns, because a machine that is shared is slower at
one time than at another.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import lxml.html

from bench.pages import article
from jobscraper.archive.run_recorder import source_row
from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.sources import known_sources
from jobscraper.rebuild.rebuild import plan, rebuild

_ROUNDS = 3
_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)


def capture(folder: Path, pages: Iterable[bytes]) -> None:
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


def parse(pages: Iterable[bytes]) -> None:
    """What lxml alone does."""
    deque(map(lxml.html.document_fromstring, pages), maxlen=0)


def parsing(pages: Iterable[bytes]) -> float:
    """How long lxml alone takes; the pages are made beside, some at a time."""
    total = 0.0
    some: list[bytes] = []
    for page in pages:
        some.append(page)
        if len(some) == 500:
            total += seconds(partial(parse, some))
            some = []
    return total + seconds(partial(parse, some))


def gain_of_two_cores() -> float:
    """How much faster two processes parse pages than one, when each has half of them."""
    pages = [article(number, number) for number in range(1_000)]
    spawn = get_context("spawn")
    with spawn.Pool(2) as pool:
        halves = [pages[::2], pages[1::2]]
        pool.map(parse, halves)  # Both are there.
        return seconds(lambda: pool.map(parse, [pages])) / seconds(lambda: pool.map(parse, halves))


def rebuilt(folder: Path, workers: int) -> float:
    """How long a rebuild takes in this process."""
    known = {name: source_row(source) for name, source in known_sources().items()}
    archive, captures = folder / "archive.db", folder / "captures"
    return seconds(lambda: rebuild(archive, plan(archive, captures, (), known, without=False), _AT, workers=workers))


def measure(count: int, pages_of_an_advert: int, adverts: str) -> None:
    """Rebuild from so many pages, and print the figures."""

    def pages() -> Iterable[bytes]:
        return (article(number, number // pages_of_an_advert) for number in range(count))

    with tempfile.TemporaryDirectory() as folder:
        capture(Path(folder) / "captures", pages())

        def anew(workers: int) -> float:
            command = [sys.executable, "-m", "bench.rebuild", "--in", folder, str(workers)]
            return float(subprocess.check_output(command, text=True))

        anew(2)  # Now the archive is there, and knows where its captures may be cut.
        rounds = [(parsing(pages()), anew(1), anew(2)) for _ in range(_ROUNDS)]
        lxml_alone, one, two = map(min, zip(*rounds, strict=True))
    print(f"{count:,} pages, {adverts}; lxml alone parses {count / lxml_alone:,.0f} a second")
    print(f"  rebuild in one process: {count / one:,.0f} pages/s, {lxml_alone / one:.2f} of lxml alone")
    print(
        f"  rebuild on two cores: {count / two:,.0f} pages/s, {lxml_alone / two:.2f} of lxml alone, {one / two:.2f} times one"
    )


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    for pages_of_an_advert, adverts in ((1, "an advert of its own on each"), (20, "each advert on twenty of them")):
        print(f"two cores parse {gain_of_two_cores():.2f} times as fast as one")
        measure(count, pages_of_an_advert, adverts)


if __name__ == "__main__":
    logging.disable()
    match sys.argv[1:]:
        case ["--in", folder, workers]:
            print(rebuilt(Path(folder), int(workers)))
        case _:
            main()
