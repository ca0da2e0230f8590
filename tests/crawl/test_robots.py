"""robots.txt is obeyed without exception, however slowly it comes."""

from __future__ import annotations

import codecs
import gzip
from itertools import pairwise

import pytest

from jobscraper.crawl.robots import EVERYTHING, nothing, rules_of
from jobscraper.quality.health import RUN_RECORDS
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
        (200, b"\xff\xfe not text", False),
        (404, b"User-agent: *\nDisallow: /", True),
        (403, b"", True),
        (429, b"", False),
        (500, b"User-agent: *\nAllow: /", False),
        (503, b"", False),
    ],
)
def test_what_a_robots_txt_allows(status: int, body: bytes, allowed: bool) -> None:
    assert rules_of(status, body).allow("https://board.example.org/jobs/1", AGENT) is allowed


RULES = "User-agent: *\nDisallow: /jobs\nAllow: /about"


@pytest.mark.parametrize(
    "body",
    [
        codecs.BOM_UTF8 + RULES.encode(),
        codecs.BOM_UTF8 * 2 + RULES.encode(),
        RULES.encode("utf-16"),
        codecs.BOM_UTF16_BE + RULES.encode("utf-16-be"),
        RULES.encode("utf-16-le"),
        RULES.encode("utf-16-be"),
        RULES.encode("utf-32"),
        RULES.replace("\n", "\r").encode(),
        RULES.replace("\n", "\u2028").encode(),
        RULES.replace(": ", "\u00a0:\u00a0").replace("/jobs", "\u200b/jobs").encode(),
        RULES.encode() + b"\x1a",
        b"# r\xe9serv\xe9\n" + RULES.encode(),
        b"#" + b"x" * 500_000 + b"\n" + RULES.encode(),
        b"<html><body><pre>" + RULES.encode() + b"</pre></body></html>",
    ],
    ids=(
        "mark|two marks|UTF-16 LE with mark|UTF-16 BE with mark|UTF-16 LE|UTF-16 BE|UTF-32|CR only|line separators|"
        "blanks that are none|end of file of DOS|comment in Latin-1|half a megabyte of comment|saved by a browser"
    ).split("|"),
)
def test_rules_are_obeyed_however_they_are_written(body: bytes) -> None:
    rules = rules_of(200, body)
    assert not rules.allow("https://board.example.org/jobs/1", AGENT)
    assert rules.allow("https://board.example.org/about", AGENT)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (RULES.encode("utf-16")[:-1], "it is not the UTF-16-LE that it should be"),
        (RULES.encode("cp037"), "it is not the UTF-8 that it should be"),
        (RULES.encode() + b"\nDisallow: /r\xe9serv\xe9", "it is not the UTF-8 that it should be"),
        (gzip.compress(RULES.encode()), "it is not the UTF-8 that it should be"),
        (RULES.encode().replace(b"Dis", b"Dis\0"), "it is not text"),
        (b"<html><title>Just a moment...</title>", "a page that keeps automated clients out"),
    ],
    ids=["half a letter", "EBCDIC", "a rule in Latin-1", "packed", "NUL", "a wall"],
)
def test_rules_that_cannot_be_read_mean_not_now(body: bytes, why: str) -> None:
    rules = rules_of(200, body)
    assert not rules.allow("https://board.example.org/about", AGENT)
    assert "so this host is not crawled now: " + why in str(rules.trouble)


def test_a_page_instead_of_rules_sets_none() -> None:
    assert rules_of(200, b"<!DOCTYPE html><body>Not found</body>").allow("https://board.example.org/jobs/1", AGENT)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Crawl-delay: 3600", None),
        ("Request-rate: 1/60m", None),
        ("Crawl-delay: 3601", "3,601 seconds"),
        ("Crawl-delay: 1e9", "1,000,000,000 seconds"),
        ("Crawl-delay: 1e999", "an endless delay"),
        ("crawl-delay : Infinity", "an endless delay"),
        ("Request-rate: 1/2h", "7,200 seconds"),
        ("Request-rate: 1/" + "9" * 4000, "an endless delay"),
        ("Crawl-delay: -5", None),
        ("Crawl-delay: nan", None),
        ("User-agent: other\nCrawl-delay: 1e9", None),
    ],
)
def test_a_delay_beyond_an_hour_means_not_now(line: str, asked: str | None) -> None:
    rules = rules_of(200, f"User-agent: *\nAllow: /\n\nUser-agent: jobscraper\nAllow: /\n{line}".encode()).bounded(
        AGENT
    )
    assert rules.allow("https://board.example.org/jobs/1", AGENT) is (asked is None)
    assert asked is None or f"asks for {asked} between two requests" in str(rules.trouble)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"User-agent: *\nCrawl-delay: 1e9", "asks for 1,000,000,000 seconds"),
        (b"\0\0\0", "could not be read, so this host is not crawled now: it is not text"),
        ("\ufeffUser-agent: *\nDisallow: /feed".encode(), "forbids it"),
    ],
    ids=["a delay of years", "no text", "a byte order mark"],
)
def test_a_board_that_says_not_now_is_asked_nothing(body: bytes, told: str, crawl, archive) -> None:  # type: ignore[no-untyped-def]
    with serving({"/robots.txt": Answer(body), "/feed?page=1": feed([entry("a")])}) as board:
        outcome = crawl(board.url)
        assert board.paths() == []
    assert outcome["verdict"] == "blocked"
    assert told in outcome["trouble"]
    ((complaint,),) = archive(f"SELECT complaint FROM ({RUN_RECORDS})")
    assert told in complaint, "health says it too"


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
    assert len(board.asked) == 5
    # The board's clock starts when a request arrives, ours when it leaves: a little less than the delay may show.
    assert min(later - earlier for earlier, later in pairwise(board.asked_at)) > 0.4


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_board_whose_robots_txt_cannot_be_had_is_asked_nothing(status: int, crawl) -> None:  # type: ignore[no-untyped-def]
    with serving({"/robots.txt": Answer(b"oops", status), "/feed?page=1": feed([entry("a")])}) as board:
        outcome = crawl(board.url)
    assert board.paths() == []
    assert outcome["verdict"] == "blocked"
    assert "not crawled now" in outcome["trouble"]
