"""A round on a cluster: the same archive as on one machine, a host with one worker, and nothing asked that need not be."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest
from click.testing import CliRunner
from distributed import Client, LocalCluster
from web_poet import handle_urls

from jobscraper.archive.memory import asked_on, page_of
from jobscraper.archive.run_recorder import source_row
from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from jobscraper.operate.due import Scheduled
from jobscraper.operate.round import Bounds, Crawled
from jobscraper.scale.rounds import Delivery, Order, Writer
from jobscraper.scale.store import store_at
from jobscraper.scale.subset import pack
from tests.crawl.board import Answer, Board, serving
from tests.crawl.conftest import ROOT, crawl_into
from tests.crawl.local_crawl import LocalBoard, LocalJobPage, LocalListPage
from tests.scale.conftest import running_workers

NAMES = ("north", "south")
CRAWL = (
    "{python}",
    "-m",
    "tests.crawl.local_crawl",
    "URL",
    "{archive}",
    "{captures}",
    "name={name}",
    "start=/list/{name}",
)


def answers(name: str, count: int) -> dict[str, Answer]:
    refs = [f"{name}{nth}" for nth in range(count)]
    cards = [{"ref": ref, "title": f"Clerk {ref}"} for ref in refs]
    pages = {
        f"/job/{ref}": Answer(json.dumps({"source_ref": ref, "title": f"Clerk {ref}", "salary": "£25,000"}).encode())
        for ref in refs
    }
    return {f"/list/{name}": Answer(json.dumps(cards).encode()), **pages}


@pytest.fixture
def board() -> Iterator[Board]:
    with serving({path: answer for name in NAMES for path, answer in answers(name, 3).items()}) as board:
        host = urlsplit(board.url).netloc
        handle_urls(f"{host}/list")(LocalListPage)
        handle_urls(f"{host}/job")(LocalJobPage)
        yield board


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as here, Client(here) as client:
        yield client


def scheduled(name: str) -> Scheduled:
    return Scheduled(name=name, hosts=frozenset({name}), cadence=timedelta(days=1), last_started=None)


def writer(client: Any, folder: Path, url: str) -> Writer:
    rows = {name: attrs.evolve(source_row(LocalBoard), id=name) for name in NAMES}
    command = tuple(part.replace("URL", url) for part in CRAWL)
    return Writer(client=client, archive=folder / "archive.db", captures=store_at(str(folder / "captures")), sources=rows,
                  command=command)  # fmt: skip


def rows(folder: Path) -> list[Any]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        adverts = db.execute(
            "SELECT id, title, salary_annual_min, status, employer_text FROM advert ORDER BY id"
        ).fetchall()
        runs = db.execute(
            "SELECT source_id, verdict, pages, adverts_seen, adverts_new FROM run ORDER BY source_id"
        ).fetchall()
        events = db.execute("SELECT advert_id, kind FROM event ORDER BY 1, 2").fetchall()
        return [adverts, runs, events]


@pytest.mark.slow
def test_the_archive_is_as_if_one_machine_had_crawled(board: Board, client: Client, tmp_path: Path) -> None:
    spread, here = tmp_path / "spread", tmp_path / "here"
    spread.mkdir()
    here.mkdir()
    done = writer(client, spread, board.url).crawl_round(
        [[scheduled(name)] for name in NAMES], Bounds(), lambda _: None
    )
    assert [one.is_good for one in done] == [True, True], done
    for name in NAMES:
        crawl_into(here, board.url, name=name, start=f"/list/{name}")
    assert rows(spread) == rows(here)
    assert len(rows(spread)[0]) == 6
    places = ["--archive", str(spread / "archive.db"), "--captures", str(spread / "captures")]
    verified = CliRunner().invoke(main, ["captures", "verify", *places])
    assert "0 missing, 0 damaged, 0 unindexed" in verified.output


@pytest.mark.slow
def test_what_is_not_due_is_not_asked_again(board: Board, client: Client, tmp_path: Path) -> None:
    one = writer(client, tmp_path, board.url)
    one.crawl_round([[scheduled("north")]], Bounds(), lambda _: None)
    board.asked.clear()
    one.crawl_round([[scheduled("north")]], Bounds(), lambda _: None)
    assert board.paths() == ["/list/north"]


@pytest.mark.slow
def test_a_worker_with_other_code_crawls_nothing(
    board: Board, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobscraper.scale.rounds.code_digest", lambda: "other")
    (done,) = writer(client, tmp_path, board.url).crawl_round([[scheduled("north")]], Bounds(), lambda _: None)
    assert "install the same on all" in done.said
    assert board.asked == []


@attrs.frozen
class Done:
    """A future that has come."""

    delivery: Delivery

    def done(self) -> bool:
        return True

    def result(self) -> Delivery:
        return self.delivery


@attrs.define
class Listening:
    """A cluster of three that remembers who was to do what."""

    homes: list[tuple[str, str]] = attrs.field(factory=list)

    def scheduler_info(self, **_: object) -> dict[str, Any]:
        return {"workers": {"a": {}, "b": {}, "c": {}}}

    def submit(self, _: object, order: Order, *, workers: list[str], **options: object) -> Any:
        assert options["allow_other_workers"] is False
        self.homes.append((order.name, workers[0]))
        crawled = Crawled(name=order.name, seconds=1, is_good=True, said="")
        return Done(Delivery(crawled=crawled, files=()))


def test_a_host_stays_with_one_worker(tmp_path: Path) -> None:
    cluster = Listening()
    lanes = [[scheduled("n1"), scheduled("n2"), scheduled("n3")], [scheduled("s1")], [scheduled("w1"), scheduled("w2")]]
    writer(cluster, tmp_path, "http://127.0.0.1").crawl_round(lanes, Bounds(), lambda _: None)
    homes = dict(cluster.homes)
    assert [len({homes[source.name] for source in lane}) for lane in lanes] == [1, 1, 1]
    assert len(set(homes.values())) == 3


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_its_source_only(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # For the crawls of workers, which start elsewhere.
    board.answers["/list/north"] = attrs.evolve(board.answers["/list/north"], wait=20)
    with running_workers(tmp_path) as workers, Client(workers.scheduler) as client, ThreadPoolExecutor(1) as pool:
        one = writer(client, tmp_path, board.url)
        lanes = [[scheduled("north")], [scheduled("south")]]
        round_ = pool.submit(one.crawl_round, lanes, Bounds(), lambda _: None)
        while "/list/north" not in board.paths():
            assert not round_.done(), round_.result()
            time.sleep(0.05)
        # The first lane has the first worker in the order of their addresses.
        first = min(client.scheduler_info(n_workers=-1)["workers"])
        os.kill(client.run(os.getpid, workers=[first])[first], signal.SIGKILL)
        north, south = round_.result(timeout=50)
    assert (north.is_good, south.is_good) == (False, True)
    assert f"its worker {first} is gone" in north.said


def test_a_source_has_with_it_what_a_crawl_asks_an_archive(board: Board, tmp_path: Path) -> None:
    for name in NAMES:
        crawl_into(tmp_path, board.url, name=name, start=f"/list/{name}")
    now = datetime.now(UTC)
    pack(tmp_path / "archive.db", "north", tmp_path / "small.db", now)
    with closing(open_archive(tmp_path / "archive.db")) as whole, closing(open_archive(tmp_path / "small.db")) as small:
        assert page_of(small, "north:north0") == page_of(whole, "north:north0")
        assert page_of(small, "south:south0") is None
        assert asked_on(small, "127.0.0.1", now.date()) == asked_on(whole, "127.0.0.1", now.date()) > 0
        assert small.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_store_needs_the_cluster(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["run", "wmjobs", "--captures", "s3://bucket/captures", "--archive", str(tmp_path / "archive.db")]
    )
    assert "s3://bucket/captures is a store; add --engine dask" in done.output
