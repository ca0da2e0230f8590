"""How fast an archive is rebuilt from captured pages: `python -m bench.rebuild [PAGES]`.

Prints pages a second of a rebuild in one process and on two cores, as ratios to each other and to what lxml alone needs to
parse the same pages. The pages are news articles with a box of one advert, of some 60 kB, all different; times are of the
wall clock, because two processes share the work.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lxml.html

from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.book import source_row
from jobscraper.platforms.source import known_sources
from jobscraper.rebuild.rebuild import plan, rebuild

_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Article {number} | LocalGov</title></head><body>
<header><nav>{links}</nav></header><article><h1>Article {number}</h1>{paragraphs}</article>
<aside><h4>Highways jobs</h4><ul class="widget"><li><strong>Highways Officer {number}</strong><br><br>
West Northamptonshire Council<br>£{low:,} - £{high:,}<br>{blurb} Rotherham, South Yorkshire<br>
Recuriter: <em>West Northamptonshire Council</em></li></ul></aside>
<div id="linkedin"><a href="https://www.linkedin.com/">Linkedin Banner</a></div></body></html>"""
_WORDS = "council services residents budget highways libraries planning report meeting officers decision local".split()


def page(number: int) -> bytes:
    """One article with a box of one advert."""
    chance = random.Random(number)
    links = "".join(
        f'<li class="n{nth}"><a href="/section/{nth}">{chance.choice(_WORDS)}</a></li>' for nth in range(150)
    )
    paragraphs = "".join(
        f'<p class="body" data-n="{nth}">{" ".join(chance.choices(_WORDS, k=60))} <a href="/x/{nth}">more</a></p>'
        for nth in range(100)
    )
    low = chance.randrange(20_000, 60_000)
    blurb = " ".join(chance.choices(_WORDS, k=30)).capitalize() + "."
    text = _PAGE.format(number=number, links=links, paragraphs=paragraphs, low=low, high=low + 3_000, blurb=blurb)
    return text.encode()


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


def main() -> None:
    """Print the figures."""
    logging.disable()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    pages = [page(number) for number in range(count)]
    known = {name: source_row(source) for name, source in known_sources().items()}
    with tempfile.TemporaryDirectory() as folder:
        archive, captures = Path(folder) / "archive.db", Path(folder) / "captures"
        capture(captures, pages)

        def anew(workers: int) -> None:
            rebuild(archive, plan(archive, captures, (), known, without=False), _AT, workers=workers)

        anew(1)  # The index of the captures is there; everything is loaded.
        parsing = seconds(lambda: [lxml.html.document_fromstring(body) for body in pages])
        two = seconds(lambda: anew(2))
        from jobscraper.rebuild import reading

        reading._seen.clear()
        one = seconds(lambda: anew(1))
    size = sum(map(len, pages)) / count / 1000
    print(f"{count:,} pages of {size:.0f} kB; lxml alone parses {count / parsing:,.0f} a second")
    print(f"rebuild in one process: {count / one:,.0f} pages/s, {parsing / one:.2f} of lxml alone")
    print(f"rebuild on two cores: {count / two:,.0f} pages/s, {one / two:.2f} times one")


if __name__ == "__main__":
    main()
