"""How many real adverts a second `jobscraper extract` reads on one core: `python -m bench.extract FILE [--keep FOLDER]`.

FILE holds JobPostings of schema.org, one a line, packed with gzip (`bench.real` reads the same files). Each is written as the
page of a board that nobody knows (`bench.pages`), into WARCs of 500, and those are extracted: unpacked, parsed, contact
details taken out, every column read, Parquet written. Beside it, as what the machine gave in the same run, the same pages
are parsed by bare lxml and their JSON-LD by `json`. Seconds are of the processor, all threads together; registers are warm.

`--keep` leaves the Parquet in a folder, to compare what two versions of the code make of the same adverts.
"""

from __future__ import annotations

import json
import logging
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import click
import lxml.html

from bench.pages import advert_page
from bench.real import rows_of
from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.scale.extract import Extracted, extract_file
from jobscraper.scale.task import tasks_of

_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
_WARM, _AT_ONCE = 20, 500


@attrs.frozen
class Measured:
    """How many adverts came out of the WARC, and how many a second."""

    adverts: int
    extracted: float
    bare: float


def measure(pages: Sequence[bytes], target: Path) -> Measured:
    """Extract from pages, and parse them alone, by turns: a machine that is shared is slower at one time than at another."""
    adverts, extracting, parsing = 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extracted(capture(folder / "warm.warc.gz", pages[:_WARM]), folder / "warm", folder)
        for begin in range(0, len(pages), _AT_ONCE):
            some = pages[begin : begin + _AT_ONCE]
            warc = capture(folder / f"{begin}.warc.gz", some, begin)
            start = time.process_time()
            adverts += extracted(warc, target, folder).adverts
            between = time.process_time()
            parse(some)
            extracting += between - start
            parsing += time.process_time() - between
    return Measured(adverts, len(pages) / extracting, len(pages) / parsing)


def capture(path: Path, pages: Iterable[bytes], first: int = 0) -> Path:
    """Write the pages as captures of one host, numbered from `first` on."""
    file = CaptureFile(path)
    file.begin({"software": "jobscraper/bench"}, _AT)
    for number, body in enumerate(pages, first):
        answer = CapturedResponse(200, (("Content-Type", "text/html; charset=utf-8"),), body)
        url = f"https://jobs.example.org/vacancy/{number}"
        file.add(CapturedRequest("GET", url), answer, _AT + timedelta(seconds=number))
    file.close()
    return path


def extracted(warc: Path, target: Path, scratch: Path) -> Extracted:
    """What a WARC gives."""
    (task,) = tasks_of([str(warc)], str(target))
    return extract_file(task, scratch)


def parse(pages: Iterable[bytes]) -> None:
    """What lxml and `json` alone do."""
    for page in pages:
        for script in lxml.html.document_fromstring(page).iter("script"):
            json.loads(script.text or "")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Where the Parquet stays.")
def main(file: Path, keep: Path | None) -> None:
    """Print the figures."""
    pages = [advert_page(row) for row in rows_of(file)]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(pages, keep or Path(folder))
    size = sum(map(len, pages)) / len(pages) / 1000
    click.echo(f"{len(pages):,} pages of {size:.1f} kB: {found.adverts:,} adverts")
    click.echo(f"extract: {found.extracted:,.0f} adverts a second and core")
    click.echo(
        f"bare lxml and json: {found.bare:,.0f} pages, so extract takes {found.bare / found.extracted:.1f} times as long"
    )


if __name__ == "__main__":
    logging.disable()
    main()
