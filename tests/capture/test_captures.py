"""WARC files: written record by record, readable up to any break, by us and by others."""

from __future__ import annotations

import gzip
import io
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jobscraper.capture.read import BrokenCaptureError, CaptureError, PassedOver, exchange_at, exchanges, records
from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.replay import Replay
from jobscraper.capture.write import CaptureFile

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
HEADERS = (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Type", "text/html"), ("X-Name", "Môn"))
POST = CapturedRequest("POST", "https://board.example.org/search?page=2&q=caf%C3%A9", body=b"q=planner")
ASKED = [CapturedRequest("GET", f"https://board.example.org/jobs?page={page}") for page in (1, 2)] + [POST]


def write(path: Path, bodies: tuple[bytes, ...] = (b"<p>one", b"<p>two", b"<p>three")) -> Path:
    warc = CaptureFile(path)
    warc.begin({"software": "jobscraper", "source": "board"}, AT)
    for request, body in zip(ASKED, bodies, strict=True):
        warc.add(request, CapturedResponse(200, HEADERS, body), AT, ip="192.0.2.7")
    warc.finish({"verdict": "complete"}, AT)
    return path


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write(tmp_path / "run.warc.gz")


def test_what_was_written_is_read_back(warc: Path) -> None:
    found = list(exchanges(warc))
    assert [(exchange.request.method, exchange.request.url, exchange.request.body) for exchange in found] == [
        (request.method, request.url, request.body) for request in ASKED
    ]
    assert [exchange.response.body for exchange in found] == [b"<p>one", b"<p>two", b"<p>three"]
    assert found[0].capture.fetched_at == AT


def test_every_header_line_is_kept_also_one_that_occurs_twice(warc: Path) -> None:
    headers = next(exchanges(warc)).response.headers
    assert [value for name, value in headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_the_request_line_has_its_query_string(warc: Path) -> None:
    assert b"POST /search?page=2&q=caf%C3%A9 HTTP/1.1\r\n" in b"".join(record.block for record in records(warc))


def test_the_file_begins_with_its_source_and_ends_with_its_verdict(warc: Path) -> None:
    first, *_, last = records(warc)
    assert (first.type, last.type) == ("warcinfo", "metadata")
    assert b"source: board" in first.block
    assert b"verdict: complete" in last.block


def test_a_body_is_kept_as_received(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>packed")
    assert next(exchanges(write(tmp_path / "x.warc.gz", (packed, b"", b"")))).response.body == packed


def test_the_index_entry_leads_to_the_response(warc: Path) -> None:
    for exchange in exchanges(warc):
        assert exchange_at(warc, exchange.capture.offset, exchange.capture.id, exchange.request) == exchange


def test_only_the_owner_may_read_a_capture(warc: Path) -> None:
    assert stat.S_IMODE(warc.stat().st_mode) == 0o600


def test_a_file_is_never_appended_to(warc: Path) -> None:
    with pytest.raises(FileExistsError):
        CaptureFile(warc)


def test_other_peoples_tool_finds_it_valid(warc: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(warc)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0
    assert checked.stdout.count("digest pass") == 8


def read_to_break(path: Path) -> tuple[int, bool]:
    """How many records are read, and whether the file breaks after them."""
    found = 0
    try:
        for _ in records(path):
            found += 1
    except BrokenCaptureError:
        return found, True
    return found, False


def with_revisits(path: Path) -> Path:
    return write(path, (b"<p>same", b"<p>same", b"<p>same"))


@pytest.mark.parametrize("make", [write, with_revisits])
def test_whatever_byte_it_breaks_at_every_whole_record_is_read_and_the_break_is_named(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    warc = make(tmp_path / "whole.warc.gz")
    data = warc.read_bytes()
    ends = [record.offset + record.length for record in records(warc)]
    broken = tmp_path / "broken.warc.gz"
    for cut in range(2, len(data)):
        broken.write_bytes(data[:cut])
        found, breaks = read_to_break(broken)
        assert found == sum(end <= cut for end in ends)
        assert breaks is (cut not in ends)


def test_a_damaged_record_breaks_the_file_there(warc: Path) -> None:
    data = bytearray(warc.read_bytes())
    middle = list(records(warc))[2]
    data[middle.offset + middle.length // 2] ^= 0xFF
    warc.write_bytes(data)
    with pytest.raises(BrokenCaptureError):
        list(records(warc))


@pytest.mark.parametrize("content", [b"", b"hello", b"<html></html>", b"SQLite format 3\x00"])
def test_a_file_that_is_no_warc(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(CaptureError, match="not a WARC file"):
        list(records(path))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="no such WARC file"):
        list(records(tmp_path / "none.warc.gz"))


def foreign(path: Path, *, gzipped: bool) -> Path:
    """A WARC as other archives write it: no request records, bodies in chunks."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        headers = StatusAndHeaders("200 OK", [("Transfer-Encoding", "chunked")], protocol="HTTP/1.1")
        body = io.BytesIO(b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
        writer.write_record(
            writer.create_warc_record("https://board.example.org/a", "response", payload=body, http_headers=headers)
        )
    return path


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_warc_of_somebody_else(tmp_path: Path, gzipped: bool) -> None:
    (exchange,) = exchanges(foreign(tmp_path / "their.warc", gzipped=gzipped))
    assert (exchange.request.method, exchange.response.body) == ("GET", b"hello world")
    assert "Transfer-Encoding" not in dict(exchange.response.headers)


def test_warcio_reads_our_bodies_as_we_do(warc: Path) -> None:
    with warc.open("rb") as file:
        bodies = [record.content_stream().read() for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert bodies == [exchange.response.body for exchange in exchanges(warc)]


def test_a_file_that_is_one_gzip_member_is_read_record_by_record(warc: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(gzip.decompress(warc.read_bytes())))
    bodies = [exchange.response.body for exchange in exchanges(warc)]
    replay = Replay([whole])
    answers = [replay.answer(request.method, request.url, request.body) for request in ASKED]
    assert [answer.response.body for answer in answers if answer] == bodies


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"HTTP/1.1 200 OK", b"HTTP/1.1 abc OK"),
        (b"WARC-Date: 2026-11-20T06:00:00Z", b"WARC-Dote: 2026-11-20T06:00:00Z"),
    ],
    ids=["a status that is no number", "no date"],
)
def test_a_whole_record_that_makes_no_sense_is_passed_over_and_named(warc: Path, good: bytes, bad: bytes) -> None:
    data, second = warc.read_bytes(), [record for record in records(warc) if record.type == "response"][1]
    record = gzip.decompress(data[second.offset : second.offset + second.length])
    spoilt = gzip.compress(record.replace(good, bad))
    warc.write_bytes(data[: second.offset] + spoilt + data[second.offset + second.length :])
    named: list[PassedOver] = []
    assert [exchange.response.body for exchange in exchanges(warc, named.append)] == [b"<p>one", b"<p>three"]
    assert len(named) == 1
    assert "passed over" in str(named[0])


class TestReplay:
    """Answers by method, URL and body."""

    def test_the_same_request_gets_its_answer(self, warc: Path) -> None:
        found = Replay([warc]).answer("POST", POST.url, POST.body)
        assert found is not None
        assert found.response.body == b"<p>three"

    @pytest.mark.parametrize(
        ("method", "url", "body"),
        [
            ("GET", POST.url, b""),
            ("POST", POST.url, b"q=other"),
            ("GET", "https://board.example.org/jobs?page=3", b""),
            ("GET", "https://board.example.org/jobs", b""),
        ],
    )
    def test_any_other_request_gets_none(self, warc: Path, method: str, url: str, body: bytes) -> None:
        assert Replay([warc]).answer(method, url, body) is None

    def test_the_order_of_a_query_does_not_matter(self, warc: Path) -> None:
        assert Replay([warc]).answer("POST", "https://board.example.org/search?q=caf%C3%A9&page=2", b"q=planner")

    def test_a_broken_file_is_used_up_to_its_break(self, warc: Path) -> None:
        third = [record.offset for record in records(warc) if record.type == "response"][2]
        warc.write_bytes(warc.read_bytes()[: third + 20])
        replay = Replay([warc])
        assert replay.answer("GET", ASKED[1].url, b"")
        assert not replay.answer("POST", POST.url, POST.body)
        assert len(replay.breaks) == 1

    def test_files_without_any_response(self, tmp_path: Path) -> None:
        path = tmp_path / "x.warc.gz"
        CaptureFile(path).begin({"software": "x"}, AT)
        with pytest.raises(CaptureError, match="nothing to replay"):
            Replay([path])

    def test_the_same_files_have_the_same_digest_wherever_they_lie(self, warc: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.warc.gz"
        copy.write_bytes(warc.read_bytes())
        other = write(tmp_path / "other.warc.gz", (b"1", b"2", b"3"))
        assert Replay([warc]).digest == Replay([copy]).digest != Replay([other]).digest
