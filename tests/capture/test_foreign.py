"""WARC files of other archives, in the shapes in which they come: what they hold is read, what they lack is named."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import brotli
import pytest

from jobscraper.capture.bodies import Bodies
from jobscraper.capture.format import digest_of
from jobscraper.capture.read import Exchange, exchanges
from jobscraper.capture.replay import Replay
from tests.capture.files import AT, LATER, foreign, url

BODY = b"<p>a page"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
DIGEST = {"WARC-Payload-Digest": digest_of(BODY)}
LATER_DATE = {"WARC-Date": "2026-11-27T06:00:00Z"}
SAME = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
UNCHANGED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
BY_URL_AND_DATE = {"WARC-Refers-To-Target-URI": url(1), "WARC-Refers-To-Date": "2026-11-20T06:00:00Z"}


def all_of(path: Path, bodies: Bodies | None = None) -> tuple[list[Exchange], list[str]]:
    named: list[str] = []
    return list(exchanges(path, lambda one: named.append(str(one)), bodies=bodies)), named


@pytest.mark.parametrize("gzipped", ["record", "whole", "not"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_any_version_and_any_packing(tmp_path: Path, version: str, gzipped: str) -> None:
    path = foreign(tmp_path / "x.warc", ("response", {}, PAGE), version=version, gzipped=gzipped)
    (exchange,), _ = all_of(path)
    assert (exchange.request.method, exchange.request.url, exchange.response.body) == ("GET", url(1), BODY)


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("HTTP/1.0 200 OK", 200),
        ("HTTP/2 200", 200),
        ("HTTP/1.1 404", 404),
        ("HTTP/1.1  200 OK", 200),
        ("HTTP/3 503 ", 503),
    ],
)
def test_any_status_line(tmp_path: Path, first: str, status: int) -> None:
    path = foreign(tmp_path / "x.warc", ("response", {}, first.encode() + b"\r\nA: b\r\n\r\n" + BODY))
    (exchange,), _ = all_of(path)
    assert (exchange.response.status, exchange.response.body) == (status, BODY)


@pytest.mark.parametrize("date", ["2026-11-20T06:00:00Z", "2026-11-20T06:00:00.25Z", "2026-11-20T06:00:00.123456789Z"])
def test_any_fraction_of_a_second(tmp_path: Path, date: str) -> None:
    (exchange,), _ = all_of(foreign(tmp_path / "x.warc", ("response", {"WARC-Date": date}, PAGE)))
    assert exchange.capture.fetched_at == AT


@pytest.mark.parametrize(
    ("headers", "sent", "kept"),
    [
        ("Transfer-Encoding: chunked", b"4\r\n<p>a\r\n5\r\n page\r\n0\r\n\r\n", ""),
        ("Transfer-Encoding: chunked", BODY, ""),
        ("Content-Encoding: gzip", BODY, ""),
        ("Content-Encoding: deflate", BODY, ""),
        ("Content-Encoding: br", BODY, ""),
        ("Content-Encoding: zstd", BODY, ""),
        ("X-Crawler-Content-Encoding: gzip\r\nX-Crawler-Transfer-Encoding: chunked", BODY, ""),
    ],
    ids=["chunks", "no chunks", "no gzip", "no deflate", "no br", "no zstd", "a crawler's own headers"],
)
def test_headers_that_are_no_longer_true(tmp_path: Path, headers: str, sent: bytes, kept: str) -> None:
    message = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + sent
    (exchange,), _ = all_of(foreign(tmp_path / "x.warc", ("response", {}, message)))
    true = [name for name, _ in exchange.response.headers if not name.startswith("X-")]
    assert (exchange.response.body, "".join(true)) == (BODY, kept)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY, wbits=-15)),
        ("br", brotli.compress(BODY * 1000)),
    ],
    ids=["gzip", "deflate", "raw deflate", "br"],
)
def test_a_header_that_is_true_is_kept(tmp_path: Path, encoding: str, packed: bytes) -> None:
    message = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n".encode() + packed
    (exchange,), _ = all_of(foreign(tmp_path / "x.warc", ("response", {}, message)))
    assert (dict(exchange.response.headers)["Content-Encoding"], exchange.response.body) == (encoding, packed)


REQUEST = b"POST /jobs/1 HTTP/1.1\r\nHost: board.example.org\r\n\r\nq=planner"
ANSWER_ID, QUESTION_ID = (
    "<urn:uuid:00000000-0000-0000-0000-00000000000a>",
    "<urn:uuid:00000000-0000-0000-0000-00000000000b>",
)


@pytest.mark.parametrize(
    "records",
    [
        [("request", {"WARC-Concurrent-To": ANSWER_ID}, REQUEST), ("response", {"WARC-Record-ID": ANSWER_ID}, PAGE)],
        [("response", {"WARC-Record-ID": ANSWER_ID}, PAGE), ("request", {"WARC-Concurrent-To": ANSWER_ID}, REQUEST)],
        [
            ("request", {"WARC-Record-ID": QUESTION_ID}, REQUEST),
            ("response", {"WARC-Concurrent-To": QUESTION_ID}, PAGE),
        ],
    ],
    ids=["before", "after", "named by the response"],
)
def test_a_request_stands_before_or_after_its_answer(tmp_path: Path, records) -> None:  # type: ignore[no-untyped-def]
    (exchange,), _ = all_of(foreign(tmp_path / "x.warc", *records))
    assert (exchange.request.method, exchange.request.body) == ("POST", b"q=planner")


@pytest.mark.parametrize(
    ("profile", "told", "head"),
    [
        (SAME, {"WARC-Refers-To": ANSWER_ID, **DIGEST}, HEAD),
        (SAME, {**BY_URL_AND_DATE, **DIGEST}, HEAD),
        (SAME, {**BY_URL_AND_DATE, "WARC-Refers-To-Date": "2026-11-20T06:00:00.999Z", **DIGEST}, HEAD),
        (SAME, DIGEST, HEAD),
        (SAME, DIGEST, b""),
        (SAME, {"WARC-Truncated": "length", **DIGEST}, HEAD),
        (UNCHANGED, {"WARC-Refers-To": ANSWER_ID}, b"HTTP/1.1 304 Not Modified\r\nDate: x\r\n\r\n"),
        (
            UNCHANGED,
            {**BY_URL_AND_DATE, "WARC-Payload-Digest": digest_of(b"")},
            b"HTTP/1.1 304 Not Modified\r\nA: b\r\n\r\n",
        ),
        (UNCHANGED, BY_URL_AND_DATE, b""),
    ],
    ids=[
        "by id",
        "by URL and date",
        "by a date with a fraction",
        "by digest alone",
        "without a head",
        "truncated, as Heritrix calls it",
        "304 by id",
        "304 by URL and date",
        "304 without a head",
    ],
)
@pytest.mark.parametrize("gzipped", ["record", "whole", "not"])
def test_a_revisit_gets_its_body(tmp_path: Path, profile: str, told: dict[str, str], head: bytes, gzipped: str) -> None:
    path = foreign(
        tmp_path / "x.warc",
        ("response", {"WARC-Record-ID": ANSWER_ID, **DIGEST}, PAGE),
        ("revisit", {"WARC-Profile": profile, **LATER_DATE, **told}, head),
        gzipped=gzipped,
    )
    (_, again), named = all_of(path)
    assert named == []
    assert (again.response.status, again.response.body, again.capture.fetched_at) == (200, BODY, LATER)
    assert f"<urn:uuid:{again.capture.refers_to}>" == ANSWER_ID


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (SAME, {"WARC-Payload-Digest": digest_of(b"another")}),
        (SAME, {**BY_URL_AND_DATE, "WARC-Payload-Digest": digest_of(b"another")}),
        (UNCHANGED, {}),
        (UNCHANGED, DIGEST),
        (UNCHANGED, {**BY_URL_AND_DATE, "WARC-Refers-To-Date": "2026-11-21T06:00:00Z"}),
        (UNCHANGED, {"WARC-Refers-To": QUESTION_ID}),
    ],
    ids=["another digest", "that of another body", "nothing", "a 304 by digest", "another date", "another id"],
)
def test_a_revisit_whose_body_is_not_known_is_named_and_no_page(
    tmp_path: Path, profile: str, told: dict[str, str]
) -> None:
    path = foreign(
        tmp_path / "x.warc",
        ("response", {"WARC-Record-ID": ANSWER_ID, **DIGEST}, PAGE),
        ("revisit", {"WARC-Profile": profile, **LATER_DATE, **told}, HEAD),
    )
    found, named = all_of(path)
    assert (len(found), len(named)) == (1, 1)


def test_a_page_that_was_cut_off_when_it_was_captured_is_named_and_no_page(tmp_path: Path) -> None:
    found, named = all_of(foreign(tmp_path / "x.warc", ("response", {"WARC-Truncated": "length"}, PAGE)))
    assert found == []
    assert "cut off when it was captured: length" in named[0]


@pytest.mark.parametrize(
    "told",
    [
        {"WARC-Refers-To-Filename": "x.warc", "WARC-Refers-To-File-Offset": "9" * 30},
        {"WARC-Refers-To-Filename": "x.warc", "WARC-Refers-To-File-Offset": "-1"},
        {"WARC-Refers-To-Filename": "x.warc", "WARC-Refers-To-File-Offset": "1"},
        {"WARC-Refers-To-Filename": "/dev/zero", "WARC-Refers-To-File-Offset": "0"},
        {"WARC-Refers-To-Filename": "..", "WARC-Refers-To-File-Offset": "0"},
        {"WARC-Refers-To-Filename": "x\0y", "WARC-Refers-To-File-Offset": "0"},
        {"WARC-Refers-To-Date": "yesterday"},
    ],
    ids=["far", "before", "inside", "a device", "the folder", "no name", "no date"],
)
def test_a_hostile_reference_is_named_and_no_page(tmp_path: Path, told: dict[str, str]) -> None:
    path = foreign(tmp_path / "x.warc", ("revisit", {"WARC-Profile": UNCHANGED, **told}, HEAD), ("response", {}, PAGE))
    found, named = all_of(path)
    assert (len(found), len(named)) == (1, 1)


def test_a_replay_names_an_address_that_is_none(tmp_path: Path) -> None:
    odd = ("response", {"WARC-Target-URI": "https://[board/"}, PAGE)
    replay = Replay([foreign(tmp_path / "x.warc.gz", odd, ("response", {}, PAGE))])
    assert replay.answer("GET", url(1), b"")
    assert len(replay.breaks) == 1


def test_what_is_no_page_of_the_web_is_passed_over(tmp_path: Path) -> None:
    path = foreign(
        tmp_path / "x.warc",
        ("warcinfo", {}, b""),
        ("metadata", {"Content-Type": "application/warc-fields"}, b""),
        ("resource", {"WARC-Target-URI": "dns:board.example.org"}, b""),
        ("response", {}, PAGE),
    )
    found, named = all_of(path)
    assert (len(found), named) == (1, [])


def test_a_replay_finds_bodies_in_all_its_files(tmp_path: Path) -> None:
    again = foreign(tmp_path / "a.warc.gz", ("revisit", {"WARC-Profile": SAME, **LATER_DATE, **DIGEST}, HEAD))
    first = foreign(tmp_path / "b.warc.gz", ("response", DIGEST, PAGE))
    found = Replay([again, first]).answer("GET", url(1), b"")
    assert found is not None
    assert (found.response.body, found.capture.fetched_at) == (BODY, LATER)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        (b"X-Name: M\xf4n", "X-Name", "M\xf4n"),
        (b"X-Name: M\xc3\xb4n", "X-Name", "M\xc3\xb4n"),
        (b"X-Name: one\r\n two", "X-Name", "one two"),
        (b"no colon\r\nX-Name: x", "X-Name", "x"),
    ],
    ids=["Latin-1", "UTF-8", "folded", "a line that is none"],
)
def test_header_lines_as_on_the_wire(line: bytes, name: str, value: str) -> None:
    from jobscraper.capture.http import response_of

    assert dict(response_of(b"HTTP/1.1 200 OK\r\n" + line + b"\r\n\r\n").headers)[name] == value
