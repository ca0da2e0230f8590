"""Which sources are crawled one after the other: those of one host, or of one vendor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jobscraper.crawl.lanes import lanes, vendor
from jobscraper.crawl.sources import known_sources
from tests.crawl.board import entry, feed, serving
from tests.crawl.conftest import ROOT


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("beta.jobs.nhs.uk", "jobs.nhs.uk"),
        ("www.wmjobs.co.uk", "wmjobs.co.uk"),
        ("careers.oxford.gov.uk", "oxford.gov.uk"),
        ("fa-evzj-saasfaukgovprod1.fa.ocs.oraclecloud.com", "oraclecloud.com"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_the_vendor_of_a_host(host: str, expected: str) -> None:
    assert vendor(host) == expected


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ({"a": "x", "b": "y", "c": "x"}, [["a", "c"], ["b"]]),
        ({"a": "x", "b": "y", "c": "x y"}, [["a", "b", "c"]]),
        ({"a": "x", "b": "y z", "c": "z", "d": "w"}, [["a"], ["b", "c"], ["d"]]),
        ({}, []),
    ],
)
def test_sources_that_share_a_host_take_turns(hosts: dict[str, str], expected: list[list[str]]) -> None:
    assert lanes(hosts, lambda name: [f"{host}.example" for host in hosts[name].split()]) == expected


def test_tenants_of_one_vendor_take_turns() -> None:
    hosts = {"a": ["a.tribepad.com"], "b": ["b.tribepad.com"], "c": ["jobs.c.gov.uk"], "d": ["jobs.d.gov.uk"]}
    assert lanes(hosts, hosts.__getitem__) == [["a", "b"], ["c"], ["d"]]


def test_every_known_source_is_in_a_lane() -> None:
    known = known_sources().values()
    found = lanes(known, lambda source: source.allowed_domains)
    assert sorted(one.name for lane in found for one in lane) == sorted(one.name for one in known)


_TWO_SOURCES = """
import sys
from pathlib import Path
from web_poet import handle_urls
from jobscraper.crawl.runner import crawl
from tests.crawl.local_crawl import LocalBoard, LocalFeedPage, project_settings

url, folder = sys.argv[1], Path(sys.argv[2])
handle_urls(url.split("/")[2])(LocalFeedPage)
first = type("First", (LocalBoard,), {"name": "first", "start_urls": [f"{url}/first?n={n}" for n in range(5)]})
second = type("Second", (LocalBoard,), {"name": "second", "start_urls": [f"{url}/second?n={n}" for n in range(5)]})
settings = project_settings()
settings.update({"CONTACT": "tests@example.org", "DOWNLOAD_DELAY": 0, "PRIVATE_ADDRESSES_ALLOWED": True})
done = crawl([first, second], settings, archive=folder / "archive.db", captures=folder / "captures")
print([one.verdict for one in done])
"""


def test_sources_of_one_host_are_crawled_one_after_the_other(tmp_path: Path) -> None:
    answers = {f"/{name}?n={n}": feed([entry(f"{name}{n}")]) for name in ("first", "second") for n in range(5)}
    with serving(answers) as board:
        done = subprocess.run(
            [sys.executable, "-c", _TWO_SOURCES, board.url, str(tmp_path)],
            capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
    assert done.stdout == "['complete', 'complete']\n"
    assert [path.split("?")[0] for path in board.paths()] == ["/first"] * 5 + ["/second"] * 5
