"""A year of daily rounds that nobody watches, over five boards that add, change, withdraw, break, block, and come back.

The clock is a fake one, the boards are on 127.0.0.2 to 127.0.0.6, all else is `jobscraper run` as it is.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from time import sleep
from typing import Any

import attrs
import pytest
import time_machine
from click.testing import CliRunner

from jobscraper.cli.main import main
from jobscraper.publish.build.snapshot import publish
from tests.crawl.board import Answer
from tests.crawl.conftest import ROOT
from tests.operate.year.sources import sources
from tests.operate.year.world import BOARDS, DAY, DAYS, FIRST, Advert, Board

pytestmark = pytest.mark.slow

CLIENT = Path(__file__).with_name("client.py")
ROUND_AT = time(6, 0)


@attrs.define
class Year:
    """The year as it went: what each host was asked by day, who was told what on which day, and how much was used."""

    folder: Path
    today: date = FIRST
    asked: Counter[tuple[str, date]] = attrs.field(factory=Counter)
    told: list[tuple[int, str, str]] = attrs.field(factory=list)
    bytes_by_month: list[tuple[int, int]] = attrs.field(factory=list)
    """Of everything but old captures, and of the captures that are at hand."""

    @property
    def nth(self) -> int:
        return (self.today - FIRST).days

    def ask(self, sql: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "archive.db")) as db:
            return db.execute(sql, values).fetchall()


@contextmanager
def answering(address: str, answer: Any) -> Iterator[str]:
    """A server that answers each request with what `answer` makes of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            found: Answer = answer(self.path, self.rfile.read(length))
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        do_POST = do_GET  # noqa: N815 - the interface of http.server

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((address, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{address}:{server.server_address[1]}"
        server.shutdown()


def board_answer(year: Year, board: Board) -> Any:
    def answer(path: str, _: bytes) -> Answer:
        year.asked[board.name, year.today] += 1
        return board.answer(path, year.today)

    return answer


_NOTICE = re.compile(r"(\w+) is (ok|\w+) (?:again|since)")


def hear(year: Year) -> Any:
    def answer(_: str, body: bytes) -> Answer:
        for line in json.loads(body)["text"].splitlines():
            found = _NOTICE.match(line)
            assert found, line
            year.told.append((year.nth, found[1], "over" if found[2] == "ok" else found[2]))
        return Answer(b"", 204)

    return answer


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The whole year, once."""
    year = Year(tmp_path_factory.mktemp("year"))
    with ExitStack() as held:
        patch = held.enter_context(pytest.MonkeyPatch.context())
        hosts = {
            board.name: held.enter_context(answering(f"127.0.0.{nth}", board_answer(year, board)))
            for nth, board in enumerate(BOARDS.values(), 2)
        }
        webhook = held.enter_context(answering("127.0.0.1", hear(year)))
        _configure(year.folder, hosts, webhook)
        known = sources(hosts)
        socket = year.folder / "crawler"
        patch.setenv("JOBSCRAPER_CONFIG", str(year.folder / "jobscraper.toml"))
        crawler = subprocess.Popen(
            [sys.executable, "-m", "tests.operate.year.crawler", str(socket), json.dumps(hosts)], cwd=ROOT
        )
        held.callback(crawler.wait)
        held.callback(crawler.kill)
        while not socket.exists():
            sleep(0.05)
        patch.setattr("jobscraper.crawl.sources.known_sources", lambda: known)
        patch.setattr("jobscraper.operate.round.crawl_command", _command(year, socket))
        patch.setattr("jobscraper.publish.build.snapshot.publish", _once_a_week(year, publish))
        for _ in range(DAYS):
            _round(year)
            year.today += DAY
        yield year


def _configure(folder: Path, hosts: dict[str, str], webhook: str) -> None:
    (folder / "older").mkdir()
    limits = "".join(
        f'[politeness.hosts."{hosts[board.name].partition(":")[0]}"]\nrequests_per_day = {board.requests_per_day}\n'
        for board in BOARDS.values()
    )
    (folder / "jobscraper.toml").write_text(
        f'contact = "tests@example.org"\narchive = "archive.db"\ncaptures = "captures"\nsite = "site"\n'
        f'[storage]\ncaptures_days = 60\nolder_captures = "older"\n[notices]\nwebhook = "http://{webhook}/hook"\n{limits}',
        encoding="utf-8",
    )


def _command(year: Year, socket: Path) -> Any:
    def command_into(archive: Path, captures: Path) -> Any:
        def command(name: str) -> list[str]:
            asked = {
                "arguments": ["crawl", name, "--archive", str(archive), "--captures", str(captures)],
                "at": datetime.combine(year.today, ROUND_AT, UTC).isoformat(),
                "peaks": str(year.folder / f"peaks-{year.nth // 30}"),
            }
            return [sys.executable, "-I", "-S", str(CLIENT), str(socket), json.dumps(asked)]

        return command

    return command_into


def _once_a_week(year: Year, publishing: Any) -> Any:
    """Publishing takes most of a round of boards as small as these."""
    last: list[Any] = []

    def publish(archive: Path, site: Path) -> Any:
        if year.nth % 7 == 0:
            last[:] = [publishing(archive, site)]
        return last[0]

    return publish


def _round(year: Year) -> None:
    with time_machine.travel(datetime.combine(year.today, ROUND_AT, UTC), tick=True):
        done = CliRunner().invoke(main, ["run"])
    assert not done.exception or isinstance(done.exception, SystemExit), done.output
    assert "Traceback" not in done.output, done.output
    if year.nth % 30 == 29:
        moved, captures = (size_of(year.folder / name) for name in ("older", "captures"))
        year.bytes_by_month.append((size_of(year.folder) - moved - captures, captures))


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def crawl_days(year: Year, board: Board) -> list[date]:
    """The days on which a board was crawled, whatever came of it."""
    rows = year.ask("SELECT DISTINCT date(started) FROM run WHERE source_id = ? ORDER BY 1", board.name)
    return [date.fromisoformat(row[0]) for row in rows]


def read_days(year: Year, board: Board) -> dict[str, list[date]]:
    """The days on which each advert was there to be read when its board was crawled."""
    found: dict[str, list[date]] = {}
    for day in crawl_days(year, board):
        for advert in board.shows(day):
            found.setdefault(advert.ref, []).append(day)
    return found


by_board = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)


def test_every_source_was_crawled_by_its_cadence(year: Year) -> None:
    for board in BOARDS.values():
        gaps = Counter((later - earlier).days for earlier, later in pairwise(crawl_days(year, board)))
        assert gaps == {board.every: (DAYS - 1) // board.every}, board.name


def test_every_incident_was_told_in_the_round_in_which_it_happened_and_nothing_else(year: Year) -> None:
    states = {"zero": "broken", "truncated": "broken", "half": "degraded", "down": "blocked", "wall": "blocked"}
    expected = []
    for board in BOARDS.values():
        crawled = {(day - FIRST).days for day in crawl_days(year, board)}
        for (begin, end), trouble in board.troubles.items():
            expected.append((min(nth for nth in crawled if nth >= begin), board.name, states.get(trouble, "broken")))
            expected.append((min(nth for nth in crawled if nth > end), board.name, "over"))
    # Its first crawl is larger than its budget of a day, the second goes on.
    expected += [(0, "elder", "degraded"), (1, "elder", "over")]
    assert sorted(year.told) == sorted(expected)


def test_no_host_got_more_than_its_budget(year: Year) -> None:
    most = {
        board.name: max(count for (name, _), count in year.asked.items() if name == board.name)
        for board in BOARDS.values()
    }
    assert all(most[board.name] <= board.requests_per_day for board in BOARDS.values()), most
    assert most["elder"] == BOARDS["elder"].requests_per_day  # Once it came to that.


@by_board
def test_nothing_ended_that_had_not(year: Year, board: Board) -> None:
    adverts = {advert.ref: advert for advert in board.adverts}
    ended = year.ask(
        "SELECT source_ref, kind, at FROM event JOIN advert ON advert.id = event.advert_id"
        " WHERE source_id = ? AND kind IN ('closed', 'withdrawn')", board.name,
    )  # fmt: skip
    assert ended
    for ref, kind, at in ended:
        advert, when = adverts[ref], datetime.fromisoformat(at)
        closes = datetime.combine(advert.on(when.date()).closes, time(23, 59), UTC)
        assert when.date() > advert.last if kind == "withdrawn" else abs((when - closes).total_seconds()) <= 3600, ref


@by_board
def test_the_archive_has_the_adverts_that_were_there(year: Year, board: Board) -> None:
    rows = year.ask("SELECT source_ref, date(first_seen), date(last_seen) FROM advert WHERE source_id = ?", board.name)
    seen = read_days(year, board)
    assert {ref: (first, last) for ref, first, last in rows} == {
        ref: (str(days[0]), str(days[-1])) for ref, days in seen.items()
    }


@by_board
def test_what_is_listed_is_live_and_what_is_gone_has_ended(year: Year, board: Board) -> None:
    end = FIRST + (DAYS - 1) * DAY
    status = dict(year.ask("SELECT source_ref, status FROM advert WHERE source_id = ?", board.name))
    listed = {advert.ref for advert in board.lists(end)}
    newest = {advert.ref for advert in board.adverts if advert.first > end - 2 * DAY} - status.keys()
    assert {ref for ref in listed - newest if status[ref] != "live"} == set()
    gone = [advert for advert in board.adverts if advert.ref in status and advert.last < end - 5 * DAY]
    healthy = [day for day in crawl_days(year, board) if not board.trouble(day)]
    assert {advert.ref: status[advert.ref] for advert in gone if status[advert.ref] not in ends(advert, healthy)} == {}


def ends(advert: Advert, healthy: list[date]) -> set[str]:
    """How an advert that is gone may have ended, by the days on which its board was crawled and well.

    Missing twice it is withdrawn, unless it closed before anybody could look twice.
    """
    closes = advert.versions[-1].closes
    if advert.last >= closes:
        return {"closed"}
    missed = [day for day in healthy if advert.last < day <= closes]
    return {"withdrawn"} if len(missed) >= 2 else {"withdrawn", "closed"}


@by_board
def test_every_change_is_in_the_history_and_no_other(year: Year, board: Board) -> None:
    rows = year.ask(
        "SELECT source_ref, field, old, new FROM change JOIN advert ON advert.id = change.advert_id"
        " WHERE source_id = ? AND field = 'salary_text' AND cause = 'source' AND old IS NOT NULL ORDER BY 1, change.id", board.name,
    )  # fmt: skip
    adverts = {advert.ref: advert for advert in board.adverts}
    expected = []
    for ref, days in sorted(page_days(year, board).items()):
        printed = [adverts[ref].on(day).salary for day in days]
        expected += [(ref, "salary_text", old, new) for old, new in pairwise(printed) if old != new]
    assert rows == expected


def page_days(year: Year, board: Board) -> dict[str, list[date]]:
    """The days on which the text of each advert was read: of those with a page of their own, those of its fetches."""
    if board.kind != "pages":
        return read_days(year, board)
    rows = year.ask(
        "SELECT url, date(fetched_at) FROM capture JOIN run ON run.id = run_id WHERE source_id = ? AND status = 200"
        " AND url LIKE '%/job/%' ORDER BY fetched_at", board.name,
    )  # fmt: skip
    found: dict[str, list[date]] = {}
    for url, day in rows:
        found.setdefault(url.rpartition("/")[2], []).append(date.fromisoformat(day))
    return found


def test_the_archive_is_whole(year: Year) -> None:
    assert year.ask("PRAGMA integrity_check") == [("ok",)]
    assert year.ask("PRAGMA foreign_key_check") == []


def test_disk_and_memory_stay_bounded(year: Year) -> None:
    archives, captures = zip(*year.bytes_by_month, strict=True)
    grown = [later - earlier for earlier, later in pairwise(archives)]
    assert max(grown[6:]) < 1.3 * max(grown[:6]), grown  # A month costs what a month costs, not more each time.
    assert max(captures[6:]) < 1.3 * max(captures[:6]), captures  # And old captures have gone.
    assert size_of(year.folder / "older") > max(captures)
    peaks = [max(map(int, (year.folder / f"peaks-{month}").read_text().split())) for month in range(12)]
    assert max(peaks[1:]) < 1.2 * peaks[0], peaks
