"""robots.txt is obeyed without exception, however slowly it comes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from jobscraper.crawl.robots import EVERYTHING, nothing, rules_of
from tests.crawl.board import Answer, entry, feed, serving

AGENT = "jobscraper"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /private", True),
        (200, b"User-agent: *\nDisallow: /jobs", False),
        (200, b"User-agent: jobscraper\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        (200, b"User-agent: *\nDisallow: /\n\nUser-agent: jobscraper\nAllow: /jobs", True),
        (200, b"User-agent: *\nDisallow: /*?page=", True),
        (200, b"", True),
        (200, b"\xff\xfe not text", True),
        (404, b"User-agent: *\nDisallow: /", True),
        (403, b"", True),
        (429, b"", False),
        (500, b"User-agent: *\nAllow: /", False),
        (503, b"", False),
    ],
)
def test_what_a_robots_txt_allows(status: int, body: bytes, allowed: bool) -> None:
    assert rules_of(status, body).allow("https://board.example.org/jobs/1", AGENT) is allowed


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        (b"User-agent: *\nCrawl-delay: 5", 5.0),
        (b"User-agent: *\nRequest-rate: 1/10", 10.0),
        (b"User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/10", 10.0),
        (b"User-agent: other\nCrawl-delay: 5", 0.0),
        (b"", 0.0),
    ],
)
def test_the_delay_that_a_robots_txt_asks_for(body: bytes, seconds: float) -> None:
    assert rules_of(200, body).delay(AGENT) == seconds


def test_rules_that_are_no_rules_ask_for_no_delay() -> None:
    assert EVERYTHING.delay(AGENT) == nothing("503").delay(AGENT) == 0.0


def test_forty_of_forty_disallowed_requests_are_refused_while_robots_txt_is_slow_to_come(crawl, archive) -> None:  # type: ignore[no-untyped-def]
    private = [f"/private/{number}" for number in range(40)]
    robots = Answer(b"User-agent: *\nDisallow: /private", wait=1.5)
    with serving({"/robots.txt": robots, **{path: feed([entry(path)]) for path in private}}) as board:
        outcome = crawl(board.url, start=",".join(private), CONCURRENT_REQUESTS=16, CONCURRENT_REQUESTS_PER_DOMAIN=16)
    assert board.paths() == []
    assert outcome["verdict"] == "blocked"
    assert len(archive("SELECT text FROM issue WHERE kind = 'forbidden_by_robots'")) == 40


def test_crawl_delay_is_kept_between_requests(crawl) -> None:  # type: ignore[no-untyped-def]
    pages = {f"/feed?page={n}": feed([entry(str(n))], following=f"/feed?page={n + 1}", count=4) for n in (1, 2, 3)}
    pages["/feed?page=4"] = feed([entry("4")], count=4)
    with serving({"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 0.5"), **pages}) as board:
        assert crawl(board.url)["verdict"] == "complete"
    times = [at for at, _ in board.asked]
    assert len(times) == 5
    # The board's clock starts when a request arrives, ours when it leaves: a little less than the delay may show.
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.4


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_board_whose_robots_txt_cannot_be_had_is_asked_nothing(status: int, crawl) -> None:  # type: ignore[no-untyped-def]
    with serving({"/robots.txt": Answer(b"oops", status), "/feed?page=1": feed([entry("a")])}) as board:
        outcome = crawl(board.url)
    assert board.paths() == []
    assert outcome["verdict"] == "blocked"
    assert "not now" in outcome["trouble"]
