"""The site under hostile SQL: `python -m bench.siege [--adverts N] [--seconds N] [--site FOLDER]`, beside plain Datasette.

Eight clients, 127.0.0.10 to 127.0.0.17, send the worst queries that were found, one after another without a pause, for so
many seconds. Meanwhile one reader opens `/`, a search and an advert, and one analyst asks ordinary questions, as they do
before and after. Ours and plain Datasette serve the same snapshot, one after the other, on the same machine in one run.
The times are those of clients; PSS is of all processes of a server. Nothing is sent that ends plain Datasette at once.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import attrs
import psutil
from datasette.utils import tilde_encode

from bench import million
from bench.site import publish

CLIENTS = [f"127.0.0.{10 + number}" for number in range(8)]
READER, ANALYST = "127.0.0.20", "127.0.0.21"
MOST_REQUESTS = 2000
"""Of one client, however quick the answers are."""

_N = "with recursive n(i) as (select 1 union all select i + 1 from n) "
_MEGABYTE = "replace(hex(zeroblob(490000)), '0', char(1))"
_OBJECT = "select '{' || group_concat('\"k' || i || '\":1') || '}' x from (select i from n limit 80000)"
WORST = {
    "one call of half a minute": f"select length(json_patch(x, x)) from ({_N}{_OBJECT})",
    "one long call": "select printf('%.*c', 2000000000, 'x')",
    "eight long calls": "select " + ", ".join(f"printf('%.*c', {300000000 + n}, 'x')" for n in range(8)),
    "quadratic replace": "select "
    + ", ".join(f"length(replace(hex(zeroblob(400000)), hex(zeroblob({200000 + n})) || '1', 'b'))" for n in range(3)),
    "quadratic instr": "select instr(hex(zeroblob(490000)), hex(zeroblob(240000)) || '1')",
    "endless recursion": _N + "select max(i) from n",
    "JSON of blobs": f"select length(json_array({', '.join([_MEGABYTE] * 30)}))",
    "JSON of rows": _N + f"select length(json_group_array({_MEGABYTE})) from (select i from n limit 400)",
    "JSON of names": _N + f"select length(json_group_object(i, {_MEGABYTE})) from (select i from n limit 400)",
    "cross join": "select count(*) from advert a, advert b, advert c where a.title || b.title || c.title like '%q%z%x%'",
    "sorting blobs": "select hex(zeroblob(400000)) || a.id x from advert a, advert b order by x desc limit 1",
    "kept blobs": "with t as materialized (select zeroblob(990000) x from advert a, advert b) select count(*) from t",
    "a large answer": f"select {_MEGABYTE} from advert limit 14",
    "a wide answer": "select a.*, b.* from advert a, advert b limit 1000",
    "long patterns": f"select count(*) from advert where hex(zeroblob(490000)) like '{'%0' * 400}%1'",
    "a sum of windows": "select sum(length(x)) over (order by x) from (select hex(zeroblob(90000)) || a.id x from advert a, advert b)",
}
WAYS: tuple[Callable[[str], str], ...] = (
    lambda sql: "/archive.json?" + urlencode({"sql": sql}),
    lambda sql: "/archive?" + urlencode({"sql": sql}),
    lambda sql: "/archive/advert?" + urlencode({"_where": f"({sql}) is not null", "_facet": "status"}),
    lambda sql: "/archive/advert.csv?" + urlencode({"_where": f"({sql}) is not null", "_stream": "on"}),
)
ORDINARY = {
    "JSON": "select json_extract(evidence, '$.salary_min.rule') rule, count(*) from advert group by 1 limit 20",
    "a window": "select title, rank() over (order by salary_annual_min desc) from advert where lad_code is not null limit 10",
    "words": "select count(*) from advert_fts where advert_fts match 'engineer'",
    "recursion": _N + "select sum(i) from (select i from n limit 1000)",
    "dates": "select strftime('%Y', first_seen) y, count(*) from advert group by y",
    "printf": "select printf('%.2f', avg(salary_annual_min)) from advert",
}
PLAIN_SELECT = "/archive.json?sql=select+1"
ROWS_1000 = "/archive.json?" + urlencode({"sql": "select id, title, salary_annual_min from advert limit 1000"})


@attrs.frozen
class Answer:
    """What came of a request; status 0 is no answer at all."""

    seconds: float
    status: int
    body: bytes = b""


def ask(port: int, source: str, path: str, timeout: float = 60) -> Answer:
    """Ask as a client of its own address."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout, source_address=(source, 0))
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return Answer(time.perf_counter() - start, answer.status, answer.read())
    except (OSError, http.client.HTTPException):
        return Answer(time.perf_counter() - start, 0)
    finally:
        connection.close()


@attrs.define
class Tree:
    """The memory of a process and all below it, looked at four times a second."""

    process: int
    peak: int = 0
    over: threading.Event = attrs.field(factory=threading.Event)

    def watch(self) -> None:
        while not self.over.wait(0.25):
            self.peak = max(self.peak, self.now())

    def now(self) -> int:
        """PSS in bytes."""
        try:
            processes = [self.process, *(one.pid for one in psutil.Process(self.process).children(recursive=True))]
        except psutil.NoSuchProcess:
            return 0
        return sum(map(_pss, processes))


def _pss(process: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


@contextmanager
def served(command: Sequence[str], says: str) -> Iterator[tuple[int, Tree]]:
    """A server, its port, and its memory from now on."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        tree = Tree(process.pid)
        watching = threading.Thread(target=tree.watch)
        try:
            assert process.stdout
            line = next(line for line in process.stdout if says in line)
            threading.Thread(target=process.stdout.read, daemon=True).start()
            watching.start()
            yield int(line.split("127.0.0.1:")[1].split()[0].rstrip("/)")), tree
        finally:
            tree.over.set()
            process.kill()


@attrs.frozen
class Result:
    """What one server did."""

    pages: dict[str, list[float]]
    questions: dict[str, list[Answer]]
    hostile: list[tuple[str, Answer]]
    peak: int
    cost: dict[str, float]


def attack(port: int, source: str, until: float) -> list[tuple[str, Answer]]:
    """Send the worst queries by all ways in, one after another, until the time is over."""
    paths = [(sql, way(sql)) for way in WAYS for sql in WORST.values()]
    turn = int(source.rpartition(".")[2])
    found: list[tuple[str, Answer]] = []
    while time.monotonic() < until and len(found) < MOST_REQUESTS:
        sql, path = paths[turn * 7 % len(paths)]
        turn += 1
        found.append((sql if path.startswith("/archive?") else "", ask(port, source, path)))
    return found


def read(port: int, pages: dict[str, str], until: float) -> dict[str, list[float]]:
    """Open the pages in turn, until the time is over; a page that fails counts as a minute."""
    found: dict[str, list[float]] = {name: [] for name in pages}
    while time.monotonic() < until or not all(found.values()):
        for name, path in pages.items():
            answer = ask(port, READER, path)
            found[name].append(answer.seconds if answer.status == 200 else 60.0)
            time.sleep(0.05)
    return found


def analyse(port: int, until: float) -> list[Answer]:
    """Ask the ordinary questions, all at least once."""
    found: list[Answer] = []
    while time.monotonic() < until or len(found) < len(ORDINARY):
        for sql in ORDINARY.values():
            found.append(ask(port, ANALYST, "/archive.json?" + urlencode({"sql": sql})))
            time.sleep(0.5)
    return found


def cost(port: int, path: str) -> float:
    """The median time of a question that costs nothing, in milliseconds."""
    for _ in range(5):
        ask(port, ANALYST, path)
    return 1000 * statistics.median(ask(port, ANALYST, path).seconds for _ in range(60))


def besieged(command: Sequence[str], says: str, pages: dict[str, str], seconds: float) -> Result:
    """Serve, ask, attack, and ask again."""
    with served(command, says) as (port, tree), ThreadPoolExecutor(len(CLIENTS) + 2) as pool:
        ask(port, ANALYST, PLAIN_SELECT)
        costs = {"select 1": cost(port, PLAIN_SELECT), "1,000 rows": cost(port, ROWS_1000)}
        questions = {"before": analyse(port, 0)}
        until = time.monotonic() + seconds
        attacks = [pool.submit(attack, port, source, until) for source in CLIENTS]
        time.sleep(1)
        reading, analysing = pool.submit(read, port, pages, until), pool.submit(analyse, port, until)
        questions["during"] = analysing.result()
        opened = reading.result()
        hostile = [one for done in attacks for one in done.result()]
        time.sleep(2)
        questions["after"] = analyse(port, 0)
        return Result(opened, questions, hostile, tree.peak, costs)


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile; of few, the largest."""
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) >= 20 else max(seconds)


def kept(sql: str, answer: Answer) -> bool:
    """Whether the page of a query that was stopped or refused has its SQL in the editor."""
    page = answer.body.decode("utf-8", "replace")
    editor = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    return editor is not None and unescape(editor[1]).strip() == sql.strip()


def lines(name: str, result: Result) -> Iterator[str]:
    """What one server did, in lines of a table."""
    yield f"\n{name}"
    for page, seconds in result.pages.items():
        yield f"  {page:24} p50 {statistics.median(seconds):7.2f} s   p95 {p95(seconds):7.2f} s   of {len(seconds)}"
    for when, answers in result.questions.items():
        good = [one.seconds for one in answers if one.status == 200]
        yield (
            f"  questions {when:14} {len(good)} of {len(answers)} answered, p95 {p95(good) if good else float('nan'):.2f} s"
        )
    statuses = Counter(answer.status for _, answer in result.hostile)
    longest = max((answer.seconds for _, answer in result.hostile), default=0)
    yield f"  hostile requests         {len(result.hostile)}: {dict(sorted(statuses.items()))}, the longest {longest:.1f} s"
    stopped = [kept(sql, answer) for sql, answer in result.hostile if sql and answer.status in (400, 429, 503)]
    yield f"  pages that keep the SQL  {sum(stopped)} of {len(stopped)} that were stopped or refused"
    yield f"  memory at most           {result.peak / 1e6:,.0f} MB (PSS of all processes)"
    yield "  a plain question         " + ", ".join(f"{it}: {ms:.1f} ms" for it, ms in result.cost.items())


def pages_of(snapshot: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The pages that the reader opens, of ours and of plain Datasette."""
    with sqlite3.connect(snapshot) as db:
        (identity,) = db.execute("SELECT id FROM advert ORDER BY rowid LIMIT 1 OFFSET 100").fetchone()
    advert = f"/archive/advert/{tilde_encode(identity)}"
    ours = {"/": "/", "a search": "/search?q=engineer", "an advert": advert}
    theirs = {"/": "/", "a search": "/archive/advert?title__contains=engineer&_size=20", "an advert": advert}
    return ours, theirs


def main() -> None:
    """Make an archive, publish it, and besiege both servers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adverts", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--site", type=Path, help="a published site, instead of one that is made")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = args.site or Path(folder) / "site"
        if not args.site:
            million.write(Path(folder) / "archive.db", args.adverts, words=200, seed=1)
            print(publish(Path(folder) / "archive.db", site))
        ours, theirs = pages_of(site / "archive.db")
        command = [sys.executable, "-m", "jobscraper", "serve", "--site", str(site), "--port", "0"]
        print("\n".join(lines("ours", besieged(command, "Serving", ours, args.seconds))), flush=True)
        command = [sys.executable, "-m", "datasette", "serve", str(site / "archive.db"), "--port", "0"]
        print("\n".join(lines("plain Datasette", besieged(command, "Uvicorn running", theirs, args.seconds))))


if __name__ == "__main__":
    main()
