"""Boards that break the rules of HTTP, by malice or by mistake: each costs its page and no more, in bounded time and memory.

One crawl meets them all, one after the other. Its limits are those of settings.py, but for the time of an answer.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from jobscraper.operate.due import Scheduled
from jobscraper.operate.round import Bounds, crawl_round
from tests.crawl.abuse import ABUSES, abusing
from tests.crawl.board import entry, feed, serving
from tests.crawl.conftest import ROOT, command_into, crawl_into

FEED = feed([entry("job-1")]).body
LIMITS = {
    "DOWNLOAD_TIMEOUT": 1,
    "RETRY_TIMES": 0,
    "FAILURES_IN_A_ROW": 1000,
}  # So that one abuse after the other is met.
ALL = ["/feed?page=1", *(f"/job/{abuse}" for abuse in ABUSES), "/feed?page=2"]


@attrs.frozen
class Met:
    """How the crawl ended, and what the ledger says of each address."""

    outcome: dict[str, object]
    peak_megabytes: float
    stderr: str
    told: dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    """A crawl of every abuse, with a good page before and after."""
    folder = tmp_path_factory.mktemp("abuse")
    with abusing(FEED) as url:
        command = command_into(folder, url, start=",".join(ALL), **LIMITS)
        with (
            (folder / "stderr").open("w") as stderr,
            subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**os.environ, "JOBSCRAPER_LOG_LEVEL": "WARNING"},
            ) as process,
        ):
            assert process.stdout
            outcome = json.loads(process.stdout.read())
            _, _, used = os.wait4(process.pid, 0)
            process.returncode = 0
    told: dict[str, list[tuple[str, str]]] = {abuse: [] for abuse in ABUSES}
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        for kind, text in db.execute("SELECT kind, text FROM issue WHERE advert_id IS NULL"):
            path, _, said = text.removeprefix(url).partition(": ")
            told[path.removeprefix("/job/")].append((kind, said))
    return Met(outcome, used.ru_maxrss / 1024, (folder / "stderr").read_text(), told)


TOO_SLOW = "took longer than 1.0 seconds"
TOO_LARGE = "larger than DOWNLOAD_MAXSIZE"
BROKEN_OFF = "the answer breaks off, or is not as long as it says"
HEADERS = "more than 64 KiB of headers"
NO_HTTP = "the answer is not HTTP"
CLOSED = "the connection was closed before there was an answer"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("abuse", "kind", "told"),
    [
        ("slow-body", "not_fetched", TOO_SLOW),
        ("slow-headers", "not_fetched", TOO_SLOW),
        ("silence", "not_fetched", TOO_SLOW),
        ("200-mb", "not_fetched", "larger than download max size (67108864)"),
        ("200-mb-unsaid", "not_fetched", TOO_LARGE),
        ("200-mb-in-chunks", "not_fetched", TOO_LARGE),
        ("gzip-bomb", "not_fetched", "exceeded DOWNLOAD_MAXSIZE (67108864 B) during decompression"),
        ("gzip-bomb-in-gzip", "not_fetched", "exceeded DOWNLOAD_MAXSIZE (67108864 B) during decompression"),
        ("no-gzip", "not_fetched", "Not a gzipped file"),
        ("longer-than-said", "unreadable", "not JSON, or cut off"),
        ("shorter-than-said", "not_fetched", BROKEN_OFF),
        ("negative-length", "not_fetched", NO_HTTP),
        ("two-lengths", "not_fetched", NO_HTTP),
        ("no-length-at-all", "not_fetched", NO_HTTP),
        ("10000-headers", "not_fetched", HEADERS),
        ("header-of-10-mb", "not_fetched", HEADERS),
        ("header-in-10-mb-of-lines", "not_fetched", HEADERS),
        ("headers-for-ever", "not_fetched", HEADERS),
        ("continue-for-ever", "not_fetched", HEADERS),
        ("no-status", "not_fetched", "the answer is not HTTP: non-integer status code"),
        ("no-http", "not_fetched", "the answer is not HTTP: wrong number of parts"),
        ("http-0.9", "not_fetched", CLOSED),
        ("closed-at-once", "not_fetched", CLOSED),
        ("closed-in-headers", "not_fetched", CLOSED),
        ("chunk-longer-than-said", "not_fetched", BROKEN_OFF),
        ("chunk-shorter-than-said", "not_fetched", BROKEN_OFF),
        ("chunk-of-no-length", "not_fetched", BROKEN_OFF),
        ("trailers-for-ever", "not_fetched", BROKEN_OFF),
        ("rubbish", "unreadable", "not JSON, or cut off"),
    ],
)
def test_an_abuse_is_one_error_of_the_ledger(abuse: str, kind: str, told: str, met: Met) -> None:
    ((found, said),) = met.told[abuse]
    assert found == kind
    assert told in said


@pytest.mark.slow
def test_no_abuse_touches_another_page(met: Met) -> None:
    assert (met.outcome["verdict"], met.outcome["adverts_seen"]) == ("partial", 1)
    assert met.outcome["pages"] == 2
    assert "Traceback" not in met.stderr


@pytest.mark.slow
def test_memory_is_bounded(met: Met) -> None:
    """64 MiB may be received, are copied once, and unpacked in part; what a crawl needs anyway is 110 MB."""
    assert met.peak_megabytes < 400


def test_a_robots_txt_that_does_not_end_allows_nothing(tmp_path: Path) -> None:
    with abusing(FEED, b"User-agent: *\nAllow: /\n" * 100_000) as url:
        outcome = crawl_into(tmp_path, url, RETRY_TIMES=0)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("blocked", 0)
    assert "could not be fetched, so this host is not crawled now: Expected to receive" in outcome["trouble"]


@pytest.mark.slow
def test_a_slow_board_keeps_no_other_source_of_a_round(tmp_path: Path) -> None:
    lanes = [
        [Scheduled(name=name, hosts=frozenset({name}), cadence=timedelta(days=1), last_started=None)]
        for name in ("slow_board", "good_board")
    ]
    with abusing(FEED) as slow, serving({"/feed?page=1": feed([entry("job-1")])}) as good:

        def command(name: str) -> Sequence[str]:
            url, start = (slow, "/job/slow-body") if name == "slow_board" else (good.url, "/feed?page=1")
            return command_into(tmp_path, url, start=start, name=name, **LIMITS)

        said = {one.name: json.loads(one.said) for one in crawl_round(lanes, command, Bounds(), lambda _: None)}
    assert said["slow_board"]["verdict"] == "broken"
    assert (said["good_board"]["verdict"], said["good_board"]["adverts_seen"]) == ("complete", 1)
