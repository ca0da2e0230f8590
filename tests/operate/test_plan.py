"""What the ledger tells of the next crawl: when it is due, and how much it will ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobscraper.archive.memory import asked_on
from jobscraper.archive.store import open_archive
from jobscraper.capture.record import instant
from jobscraper.cli.main import main
from jobscraper.config.values import Politeness
from jobscraper.crawl.sources import known_sources
from jobscraper.operate.plan import estimate, scheduled
from tests.publish.conftest import insert

NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = known_sources()["wmjobs"]
HOST = "www.wmjobs.co.uk"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    found = open_archive(tmp_path / "archive.db")
    insert(found, "source", id="wmjobs", title="W", publisher="W", homepage="https://w.example/", confirmed=1,
           lists_everything=1)  # fmt: skip
    yield found
    found.close()


def run(
    db: sqlite3.Connection, started: datetime, requests: list[str], verdict: str = "complete", **told: object
) -> str:
    run_id = f"wmjobs-{started:%Y%m%dT%H%M%SZ}"
    insert(db, "run", id=run_id, source_id="wmjobs", started=instant(started), verdict=verdict, code_version="1",
           finished=instant(started + timedelta(seconds=2 * len(requests))), **told)  # fmt: skip
    for nth, url in enumerate(requests):
        insert(db, "capture", id=f"{run_id}-{nth}", run_id=run_id, url=url, method="GET", status=200, digest="d",
               fetched_at=instant(started + timedelta(seconds=nth)), warc_file="w", offset=0, length=1)  # fmt: skip
    return run_id


def advert(db: sqlite3.Connection, ref: str, url: str, run_id: str, first_seen: datetime, page_seen: datetime) -> None:
    insert(db, "advert", id=f"wmjobs:{ref}", source_id="wmjobs", source_ref=ref, url=url, status="live",
           first_seen=instant(first_seen), last_seen=instant(page_seen), capture_id=f"{run_id}-0", evidence="{}",
           normaliser_version="1")  # fmt: skip
    insert(db, "advert_part", advert_id=f"wmjobs:{ref}", part="page", observed_at=instant(page_seen),
           capture_id=f"{run_id}-0", digest="d", fields="{}")  # fmt: skip


def test_a_source_as_its_last_run_left_it(db: sqlite3.Connection) -> None:
    run(db, NOW - 2 * DAY, [])
    run(db, NOW - DAY, [], verdict="blocked", retry_after=instant(NOW + DAY))
    (found,) = scheduled(db, [SOURCE])
    assert (found.last_started, found.retry_after) == (NOW - DAY, NOW + DAY)
    (never,) = scheduled(None, [SOURCE])
    assert (never.last_started, never.retry_after) == (None, None)


def test_a_crawl_asks_for_lists_and_new_pages_and_what_is_due_again(db: sqlite3.Connection) -> None:
    pages = [f"https://{HOST}/job/{ref}" for ref in "abc"]
    first = run(db, NOW - 8 * DAY, [f"https://{HOST}/robots.txt", f"https://{HOST}/list", *pages])
    for ref, url in zip("abc", pages, strict=True):
        advert(db, ref, url, first, first_seen=NOW - 8 * DAY, page_seen=NOW - 8 * DAY)
    run(db, NOW - DAY, [f"https://{HOST}/robots.txt", f"https://{HOST}/list", pages[0]])
    db.execute("UPDATE advert_part SET observed_at = ? WHERE advert_id = 'wmjobs:a'", (instant(NOW - DAY),))
    found = estimate(db, SOURCE, Politeness(), NOW)
    # The first run asked for 5 pages, the second for 2 and one again: 3.5 is usual. Two pages are a week old.
    assert (found.requests, found.due) == (4 + 2, 2)
    assert found.seconds == 6 * 2.0  # Two seconds each, as these runs took.
    assert found.asked == {HOST: (0, 20_000)}


def test_nothing_is_known_of_a_source_that_was_never_crawled_whole(db: sqlite3.Connection) -> None:
    run(db, NOW - DAY, [f"https://{HOST}/list"], verdict="partial")
    found = estimate(db, SOURCE, Politeness(), NOW)
    assert (found.requests, found.seconds) == (None, None)


def test_what_a_host_was_asked_on_a_day(db: sqlite3.Connection) -> None:
    run(db, datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC), [f"https://{HOST}/{n}" for n in range(3)])  # Over midnight.
    run(db, NOW, [f"https://{HOST}:8443/a", f"https://{HOST}/b?u=https://other.example/", "https://other.example/c"])
    assert asked_on(db, HOST, NOW.date()) == 2 + 2
    assert asked_on(db, "other.example", NOW.date()) == 1


def test_the_plan_of_a_crawl_is_told_without_asking_anybody(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["crawl", "wmjobs", "--dry-run", "--archive", str(tmp_path / "archive.db")], env={"COLUMNS": "200"}
    )
    assert "never crawled whole" in done.stdout
    assert f"{HOST} 0 of 20,000" in done.stdout
    assert list(tmp_path.iterdir()) == []
