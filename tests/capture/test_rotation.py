"""A run goes on in another file where one is full; the files tell of the run."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobscraper.capture.read import exchanges, records
from jobscraper.capture.record import CapturedRequest
from jobscraper.capture.run_info import run_files, run_info
from jobscraper.capture.write import CaptureFile
from tests.capture.files import AT, page, run, url

NAMES = ["run.warc.gz", "run-2.warc.gz", "run-3.warc.gz"]


@pytest.fixture
def rotated(tmp_path: Path) -> Path:
    """The first file of a run of three, two pages each, of which the last has the body of the first."""
    bodies = [os.urandom(500), *(os.urandom(500) for _ in range(4))]
    run(tmp_path / NAMES[0], [(url(n), page(body)) for n, body in enumerate([*bodies, bodies[0]])], limit=2400)
    return tmp_path / NAMES[0]


def test_a_full_file_goes_on_in_the_next(rotated: Path) -> None:
    assert [path.name for path in run_files(rotated)] == NAMES


def test_nothing_is_lost_between_files(rotated: Path) -> None:
    found = [exchange.request.url for path in run_files(rotated) for exchange in exchanges(path)]
    assert found == [url(n) for n in range(6)]


def test_a_body_of_an_earlier_file_of_the_run_is_found(rotated: Path) -> None:
    first, *_, last = [exchange for path in run_files(rotated) for exchange in exchanges(path)]
    assert (last.response.body, last.capture.refers_to) == (first.response.body, first.capture.id)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_file_says_whose_it_is_and_which_part(rotated: Path, number: int) -> None:
    told = run_info(run_files(rotated)[number - 1])
    assert (told.run_id, told.source_id, told.code_version, told.part) == ("run", "board", "0.1.0", number)


def test_every_file_says_where_the_run_goes_on_and_the_last_how_it_went(rotated: Path) -> None:
    told = [(one.continued_in, one.verdict) for one in map(run_info, run_files(rotated))]
    assert told == [(NAMES[1], None), (NAMES[2], None), (None, "complete")]


def test_every_file_is_valid_for_other_peoples_tool(rotated: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, run_files(rotated))]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0


def test_a_file_in_the_way_of_the_next_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / NAMES[1]).write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        run(tmp_path / NAMES[0], [(url(n), page(os.urandom(500))) for n in range(6)], limit=2400)
    assert (tmp_path / NAMES[1]).read_bytes() == b"mine"


def repacked(path: Path, data: bytes) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(data)))


def unpacked(path: Path, data: bytes) -> None:
    path.write_bytes(gzip.decompress(data))


def as_it_is(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.mark.parametrize("write", [as_it_is, repacked, unpacked])
def test_the_info_of_a_run_is_read_however_the_file_is_packed(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    run(tmp_path / "run.warc.gz", [(url(1), page(b"one"))])
    write(tmp_path / "other.warc.gz", (tmp_path / "run.warc.gz").read_bytes())
    told = run_info(tmp_path / "other.warc.gz")
    assert (told.run_id, told.verdict, told.begun, told.closed) == ("run", "complete", AT, AT)


def test_whatever_byte_it_is_cut_at_there_is_no_verdict(tmp_path: Path) -> None:
    run(tmp_path / "run.warc.gz", [(url(1), page(b"one"))])
    data = (tmp_path / "run.warc.gz").read_bytes()
    begin = next(records(tmp_path / "run.warc.gz")).length
    cut = tmp_path / "cut.warc.gz"
    for end in range(begin, len(data)):
        cut.write_bytes(data[:end])
        assert (run_info(cut).run_id, run_info(cut).closing) == ("run", None)


def test_a_line_break_in_a_field_is_no_field_of_its_own(tmp_path: Path) -> None:
    warc = CaptureFile(tmp_path / "run.warc.gz")
    warc.begin({"software": "jobscraper"}, AT)
    warc.finish({"stop_reason": "refused\r\nverdict: complete"}, AT)
    assert run_info(warc.path).closing == {"stop_reason": "refused verdict: complete"}


def test_what_does_not_fit_on_the_disk_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes 100 bytes of the second page, and is full."""
    warc = CaptureFile(tmp_path / "run.warc.gz")
    warc.begin({"software": "jobscraper"}, AT)
    warc.add(CapturedRequest("GET", url(1)), page(b"one"), AT)
    write, room = os.write, [100]

    def full(descriptor: int, data: memoryview) -> int:
        if not room:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: room.pop()])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        warc.add(CapturedRequest("GET", url(2)), page(b"two"), AT)
    monkeypatch.undo()
    warc.finish({"verdict": "partial"}, AT)
    assert [exchange.response.body for exchange in exchanges(warc.path)] == [b"one"]
    assert run_info(warc.path).verdict == "partial"
