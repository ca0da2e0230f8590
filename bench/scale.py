"""What a rebuild on a cluster costs: `python -m bench.scale [PAGES]` (needs the extra `scale`).

Reads the same captured pages in one process and in two, with one worker of Dask and with two, each a process of its own, and
checks that the archives hold the same rows. Prints how much faster two workers are than one, and for how much more CPU, beside how much
faster two processes of lxml alone are, which is what two cores here can give at most; and what a million such pages cost in
CPU, bytes stored and bytes moved. The pages are news articles of some 65 kB, a hundred files of them, each advert on twenty
pages. Workers and registers are warm; times are of the wall clock. At last a tenth as many pages of a site that nobody knows are
passed over by `extract`, as nearly all of the web is.
"""

from __future__ import annotations

import hashlib
import logging
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import psutil

from bench.pages import article
from bench.rebuild import gain_of_two_cores
from jobscraper.archive.run_recorder import source_row
from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile
from jobscraper.crawl.sources import known_sources
from jobscraper.rebuild.engine import ReadAll, read_all
from jobscraper.rebuild.rebuild import plan, rebuild
from jobscraper.scale.cluster import cluster
from jobscraper.scale.engine import ClusterReader
from jobscraper.scale.extract import extract_file
from jobscraper.scale.store import store_at
from jobscraper.scale.task import tasks_of

_FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)
_FILES = 100


@attrs.frozen(kw_only=True)
class Measured:
    """Seconds of reading alone, of reading and folding, of the workers' CPU and of the writer's; the most memory of one."""

    reading: float
    whole: float
    worker_cpu: float
    writer_cpu: float
    worker_megabytes: float


def capture(folder: Path, pages: int, files: int = _FILES, host: str = "www.localgov.co.uk") -> None:
    """Write the pages as the captures of a run a day."""
    for day in range(files):
        at = _FIRST + timedelta(days=day)
        run_id = f"localgov-{at:%Y%m%dT%H%M%SZ}"
        file = CaptureFile(folder / "localgov" / f"{run_id}.warc.gz")
        file.begin({"software": "jobscraper/bench", "isPartOf": run_id, "source": "localgov"}, at)
        for number in range(day * pages // files, (day + 1) * pages // files):
            answer = CapturedResponse(
                200, (("Content-Type", "text/html; charset=utf-8"),), article(number, number // 20)
            )
            file.add(CapturedRequest("GET", f"https://{host}/Article/{number}"), answer, at)
        file.finish({"verdict": "complete"}, at + timedelta(hours=1))


def anew(archive: Path, captures: Path, read: ReadAll = read_all, workers: int = 1) -> str:
    """Rebuild, by so many processes of this machine where no cluster reads; return a digest of all rows."""
    known = {name: source_row(source) for name, source in known_sources().items()}
    rebuild(archive, plan(archive, captures, (), known, without=False), _FIRST, workers=workers, read=read)
    total = hashlib.sha256()
    with closing(sqlite3.connect(archive)) as db:
        for row in sorted(map(repr, _rows(db))):
            total.update(row.encode())
    return total.hexdigest()


def _rows(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if not table.startswith(("sqlite_", "_sqlite")):
            yield from ((table, *row) for row in db.execute(f"SELECT * FROM {table}"))


def seconds(action: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure(folder: Path, workers: int) -> tuple[Measured, str]:
    """Read on so many workers, then fold what they gave; and the same at once. The second digest is that of the rows."""
    captures = folder / "captures"
    with cluster(None, workers) as client:

        def reader(results: str) -> ClusterReader:
            return ClusterReader(client, store_at(str(captures)), captures, store_at(str(folder / results)))

        def cpu() -> float:
            return float(sum(client.run(_cpu).values()))

        warm = sorted((captures / "localgov").iterdir())[: 2 * workers]
        _read(reader(f"warm-{workers}"), warm)
        before = cpu()
        reading = seconds(lambda: _read(reader(f"read-{workers}"), sorted((captures / "localgov").iterdir())))
        used = cpu() - before
        mine = _cpu()
        digests: list[str] = []
        whole = seconds(
            lambda: digests.append(anew(folder / f"{workers}.db", captures, reader(f"whole-{workers}").read_all))
        )
        most = max(client.run(_megabytes).values())
        found = Measured(reading=reading, whole=whole, worker_cpu=used, writer_cpu=_cpu() - mine, worker_megabytes=most)
    return found, digests[0]


def passing_over(folder: Path, pages: int) -> float:
    """The seconds of CPU that `extract` takes for pages of a host that nobody knows, none of which has a JobPosting."""
    capture(folder, pages, 1, "news.example.org")
    (file,) = (folder / "localgov").iterdir()
    before = _cpu()
    (task,) = tasks_of([str(file)], str(folder / "adverts"))
    extract_file(task, folder)
    return _cpu() - before


def _read(reader: ClusterReader, files: list[Path]) -> None:
    """Have files read, without taking what they give."""
    futures = [reader._begin(file) for file in files]
    for future in futures:
        future.result()


def _cpu() -> float:
    used = psutil.Process().cpu_times()
    return float(used.user + used.system)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def size(folder: Path) -> int:
    """The bytes of the files in a folder, or of a file."""
    return (
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        if folder.is_dir()
        else folder.stat().st_size
    )


def main() -> None:
    """Print the figures."""
    logging.disable()
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"two cores parse {gain_of_two_cores():.2f} times as fast as one")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        capture(folder / "captures", pages)
        digests: list[str] = []

        def here(workers: int) -> float:
            archive = folder / f"here-{workers}.db"
            return seconds(lambda: digests.append(anew(archive, folder / "captures", workers=workers)))

        alone, pair = here(1), here(2)
        one, of_one = measure(folder, 1)
        two, of_two = measure(folder, 2)
        assert {*digests, of_one, of_two} == {of_one}, "the archives differ"
        others = max(1, pages // 10)
        passed = passing_over(folder / "others", others)
        captures, results, archive = (size(folder / part) for part in ("captures", "whole-2", "2.db"))
    print(f"{pages:,} pages in {_FILES} files; the archives are the same")
    print(
        f"  no cluster: one process {pages / alone:,.0f} pages/s, two {pages / pair:,.0f}, {alone / pair:.2f} times one"
    )
    for count, found in ((1, one), (2, two)):
        print(
            f"  {count} worker{'s' * (count > 1)}: read {pages / found.reading:,.0f} pages/s; read and folded"
            f" {pages / found.whole:,.0f} pages/s; a worker had {found.worker_megabytes:,.0f} MB at most"
        )
    print(
        f"  two workers read {one.reading / two.reading:.2f} times as fast as one, for {two.worker_cpu / one.worker_cpu:.2f}"
        f" times its CPU, and end {one.whole / two.whole:.2f} times as soon"
    )
    million = 1_000_000 / pages
    print("a million such pages:")
    print(
        f"  CPU: {two.worker_cpu * million / 3600:.2f} hours of workers, {two.writer_cpu * million / 3600:.2f} of the writer"
    )
    print(
        f"  stored: {captures * million / 1e9:.1f} GB of captures, {results * million / 1e9:.2f} GB of results, {archive * million / 1e9:.2f} GB of archive"
    )
    print(
        f"  moved: {(captures + 2 * results) * million / 1e9:.1f} GB (captures to workers, results to the store and to the writer)"
    )
    print(
        f"  extracting from as many of other sites, none with an advert: {passed / others * 1e6 / 3600:.2f} hours of CPU"
    )


if __name__ == "__main__":
    main()
