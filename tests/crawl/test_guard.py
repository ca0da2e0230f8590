"""No page, redirect or name leads a crawl into a network that is not public: nothing is sent, and it is told."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.board import Answer, entry, feed, serving
from tests.crawl.conftest import ROOT

Crawl = Callable[..., dict[str, Any]]


def issues(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute("SELECT kind, text FROM issue WHERE advert_id IS NULL ORDER BY id").fetchall()


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1 (loopback)"), ("localhost", "127.0.0.1 (loopback)"), ("[::1]", "::1 (loopback)")],
    ids=["a literal address", "the answer of a name server", "IPv6"],
)
def test_a_board_in_the_private_network_is_not_asked(host: str, address: str, crawl: Crawl, tmp_path: Path) -> None:
    with serving({"/feed?page=1": feed([entry("job-1")])}) as board:
        url = board.url.replace("127.0.0.1", host)
        outcome = crawl(url, PRIVATE_ADDRESSES_ALLOWED=False, hosts=host.strip("[]"))
        assert board.asked == []
    assert outcome["verdict"] == "broken"
    ((kind, text),) = issues(tmp_path)
    assert kind == "not_fetched"
    assert text == f"{url}/feed?page=1: {host.strip('[]')} is at {address}: only public addresses are asked"


def leads_to(url: str) -> dict[str, Answer]:
    return {
        "/feed?page=1": feed([entry("job-1")], following="/feed?page=2", count=2),
        "/feed?page=2": Answer(status=302, headers=(("Location", url),)),
    }


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://0x7f000001/feed?page=3", "leads to a host that is not the source's"),
        ("file:///etc/passwd", ""),
        ("http://somebody:secret@127.0.0.1/feed?page=3", "holds a user name or a password"),
    ],
    ids=["an address spelled otherwise", "a file", "credentials"],
)
def test_a_redirect_leads_nowhere_else(url: str, told: str, crawl: Crawl, tmp_path: Path) -> None:
    with serving(leads_to(url)) as board:
        outcome = crawl(board.url)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("partial", 1)
    found = issues(tmp_path)
    assert len(found) == 1
    assert told in found[0][1]
    assert "secret" not in found[0][1]


def test_a_redirect_after_a_second_try_does_not_leave_the_source_either(crawl: Crawl, tmp_path: Path) -> None:
    """Scrapy filters no redirect of a request that it has repeated."""
    with serving({"/feed?page=3": feed([entry("job-1")])}) as elsewhere:
        answers = leads_to(elsewhere.url.replace("127.0.0.1", "localhost") + "/feed?page=3")
        with serving(Failing(answers)) as board:
            outcome = crawl(board.url)
        assert elsewhere.asked == []
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("partial", 1)
    assert any("leads to a host that is not the source's" in text for _, text in issues(tmp_path))


class Failing(dict[str, Answer]):
    """Answers of a board whose second page fails the first time."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        super().__init__(answers)
        self.failed = False

    def get(self, path: str, default: Any = None) -> Any:
        if path == "/feed?page=2" and not self.failed:
            self.failed = True
            return Answer(status=503)
        return super().get(path, default)


def test_nothing_that_a_run_leaves_behind_holds_credentials(command: Callable[..., list[str]], tmp_path: Path) -> None:
    secret = "http://somebody:secret@127.0.0.1"
    with serving({}) as board:
        asked = command(board.url.replace("http://127.0.0.1", secret))
        told = subprocess.run(
            asked, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "JOBSCRAPER_LOG_LEVEL": "DEBUG"}
        )
        assert board.asked == []
    (capture,) = tmp_path.glob("captures/*/*.warc.gz")
    archive = b"".join(file.read_bytes() for file in tmp_path.glob("archive.db*") if file.is_file())
    assert "holds a user name or a password" in told.stdout
    for left in (told.stdout, told.stderr, gzip.decompress(capture.read_bytes()).decode(), archive.decode("latin-1")):
        assert "secret" not in left


_WITHOUT_A_NETWORK = """
import requests

def refuse(*arguments, **options):
    raise SystemExit(f"asked for {arguments[1]}")

requests.Session.get = refuse
"""


@pytest.mark.parametrize(
    "asks_for_suffixes",
    [
        "import jobscraper.boards.localgov.article",
        "from jobscraper.crawl.scrapy_private import cookies, keep_suffixes_at_home; keep_suffixes_at_home();"
        " assert cookies._is_public_domain('gov.uk')",
    ],
    ids=["the rules for URLs", "cookies"],
)
def test_no_list_of_public_suffixes_is_fetched(asks_for_suffixes: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_A_NETWORK + asks_for_suffixes],
        cwd=ROOT,
        env={**os.environ, "TLDEXTRACT_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
