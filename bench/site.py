"""How fast the site answers: `python -m bench.site ARCHIVE [--site FOLDER] [--plain]`, on an archive of `bench.million`.

Publishes the archive (seconds and peak memory), serves it in a process of its own, and asks each page with several
addresses, so that none is answered from one warm row, by one client and by eight. With `--plain`, the page of the table
`advert` is also asked of plain Datasette over the same rows, without our indexes, counts and settings.
"""

from __future__ import annotations

import argparse
import http.client
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from jobscraper.publish.dictionary import tables
from jobscraper.publish.questions import questions
from jobscraper.publish.site import pages as site
from jobscraper.publish.site.configuration import DATABASE

ROUNDS = 5
CLIENTS = 8
KEYS = 8
"""Of each page that has a key in its address."""
WORDS = ("nurse", "planning officer", "manager", "tree", '"social worker"', "C#", "teacher -english", "statistician")
REGIONS = ("Wales", "London", "North East", "Northern Ireland")
KINDS = ("nhs_trust", "council", "university")


def pages(snapshot: Path) -> dict[str, list[str]]:
    """The addresses of each page, chosen from what the snapshot holds, and those of loads that weigh on some."""
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(snapshot)) as db:
        for page in site.pages():
            found[page.path] = found.get(page.path, []) + page.examples(db, KEYS)
        employers = [row[0] for row in db.execute("SELECT id FROM employer ORDER BY rowid LIMIT 6")]
    return found | loads(employers)


def loads(employers: Sequence[str]) -> dict[str, list[str]]:
    """What is asked of the search, of pay and of tables in many words and filters, and each question with its defaults."""
    search = [f"/search?q={quote(words)}" for words in WORDS]
    filtered = [f"/search?region={quote(region)}&kind={kind}" for region in REGIONS for kind in KINDS]
    return {
        "search: all": ["/search", "/search?status=open", "/search?page=20"],
        "search: words": search,
        "search: filters": filtered,
        "search: words and filters": [f"{it}&region={quote(region)}&status=open" for it in search for region in REGIONS],
        "search: words over a pay": [f"{it}&pay_from=40000&contract=permanent&pattern=part_time" for it in search],
        "search: few of many": ["/search?q=the&region=Northern+Ireland&kind=police&pay_from=90000", "/search?q=zzzz"],
        "search: by pay": ["/search?sort=highest", "/search?sort=lowest&region=Wales", *(f"{it}&sort=highest" for it in search)],
        "search: by closing": ["/search?sort=closing", *(f"{it}&sort=closing" for it in filtered)],
        "search: by relevance": [f"{it}&sort=relevance" for it in search],
        "search: dates": ["/search?since=2024-01-01&until=2024-01-31", "/search?until=2022-02-01&region=Wales"],
        "search: employer": [*(f"/search?employer_id={quote(it)}" for it in employers), "/search?employer=leeds+council"],
        "feed": [f"/search.atom?q={quote(words)}&region=Wales" for words in WORDS],
        "pay": [f"/pay?by={by}" for by in ("region", "kind", "time", "grade")] + [f"/pay?kind={kind}" for kind in KINDS],
        "pay: words": [f"/pay?q={quote(words)}&by={by}" for words in WORDS for by in ("region", "time")],
        "table of adverts": ["/archive/advert"],
        "table, filtered": [f"/archive/advert?region={quote(region)}" for region in REGIONS],
        "table, searched": [f"/archive/advert?_search={quote(words)}" for words in WORDS],
        **{f"question: {name}": [f"/{DATABASE}/{name}"] for name in questions()},
    }  # fmt: skip


@contextmanager
def serving(command: Sequence[str], says: str) -> Iterator[int]:
    """A server in a process of its own, and its port, once it has printed a line that holds `says`."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout
            line = next(line for line in process.stdout if says in line)
            port = int(line.split("127.0.0.1:")[1].split()[0].rstrip("/)"))
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield port
        finally:
            process.terminate()


def ask(port: int, path: str) -> tuple[float, int]:
    """Seconds that a page takes, and its status."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return time.perf_counter() - start, answer.status


def measured(port: int, paths: Sequence[str], clients: int) -> tuple[list[float], set[int]]:
    """The times of all addresses, several rounds of them, and the statuses."""
    rounds = [path for _ in range(max(ROUNDS, -(-20 // len(paths)))) for path in paths]
    with ThreadPoolExecutor(clients) as pool:
        found = list(pool.map(lambda path: ask(port, path), rounds))
    return [seconds for seconds, _ in found], {status for _, status in found}


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


def publish(archive: Path, site: Path) -> str:
    """Publish in a process of its own; how long that took, and how much memory."""
    start = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "jobscraper", "publish", "--archive", str(archive), "--site", str(site)], check=True
    )
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e9
    return (
        f"published in {time.monotonic() - start:.0f} s with {memory:.2f} GB of memory at most; {size:.2f} GB on disk"
    )


def plain(snapshot: Path, folder: Path) -> Path:
    """The published tables alone, as somebody who knows nothing of indexes would put them under Datasette."""
    target = folder / "archive.db"
    names = [name for name in tables() if name != "live_on_day"]
    with closing(sqlite3.connect(target)) as db:
        db.execute("ATTACH ? AS site", (str(snapshot),))
        for name in names:
            sql = db.execute("SELECT sql FROM site.sqlite_master WHERE name = ? AND type = 'table'", (name,)).fetchone()
            if sql:
                db.execute(sql[0])
                db.execute(f'INSERT INTO main."{name}" SELECT * FROM site."{name}"')
        db.commit()
    return target


def compare(snapshot: Path, port: int) -> str:
    """Plain Datasette's page of the table `advert`, with the same facets, beside ours."""
    facets = "&".join(f"_facet={column}" for column in tables()["advert"].facets)
    ours, _ = measured(port, ["/archive/advert"], 1)
    with tempfile.TemporaryDirectory() as folder:
        file = plain(snapshot, Path(folder))
        command = [sys.executable, "-m", "datasette", "serve", str(file), "--port", "8531"]
        with serving(command, "Uvicorn running") as other:
            theirs, statuses = measured(other, [f"/archive/advert?{facets}"], 1)
    ratio = statistics.median(theirs) / statistics.median(ours)
    return f"plain Datasette: {1000 * statistics.median(theirs):,.0f} ms ({statuses}), ours {ratio:.0f} × faster"


def main() -> None:
    """Publish, serve, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--site", type=Path, help="a folder with what was published already, or to publish to")
    parser.add_argument("--plain", action="store_true")
    args = parser.parse_args()
    folder = args.site or Path(tempfile.mkdtemp())
    try:
        if not (folder / "archive.db").is_file():
            print(publish(args.archive, folder))
        command = [sys.executable, "-u", "-m", "jobscraper", "serve", "--site", str(folder), "--port", "8530"]
        with serving(command, "Serving") as port:
            print(f"{'page':28} {'median':>8} {'p95':>8} {f'p95 of {CLIENTS} clients':>18}   (ms)")
            for name, paths in pages(folder / "archive.db").items():
                measured(port, paths, 1)
                alone, statuses = measured(port, paths, 1)
                together, _ = measured(port, paths, CLIENTS)
                slow = " slow" if p95(alone) > 150 or p95(together) > 800 else ""
                wrong = "" if statuses == {200} else f" status {statuses}"
                print(
                    f"{name:28} {1000 * statistics.median(alone):8.0f} {p95(alone):8.0f} {p95(together):18.0f}{slow}{wrong}"
                )
            if args.plain:
                print(compare(folder / "archive.db", port))
    finally:
        if not args.site:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
