"""WARC files that others packed with Zstandard: whole, cut, with a dictionary, and made to fill a memory."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import pytest

from jobscraper.capture import warc, zst
from jobscraper.capture.read import exchange_at, exchanges
from jobscraper.capture.record import CapturedRequest
from jobscraper.capture.warc import BrokenCaptureError, CaptureError, records
from jobscraper.capture.zst import DICTIONARY_MAGIC, zstd
from tests.capture.files import foreign, url

PAGES = [f"<html>Gritter driver {number}, Leeds City Council".encode() for number in range(200)]


def blocks(folder: Path) -> list[bytes]:
    """The records of a file that is not packed."""
    made = [
        ("response", {"WARC-Target-URI": url(number)}, b"HTTP/1.1 200 OK\r\n\r\n" + body)
        for number, body in enumerate(PAGES)
    ]
    plain = foreign(folder / "plain.warc", *made, gzipped="not")
    content = plain.read_bytes()
    begins = [record.offset for record in records(plain)] + [len(content)]
    return [content[begin:end] for begin, end in pairwise(begins)]


def packed(folder: Path, how: str) -> Path:
    """A `.warc.zst`: a frame for each record, or all in one; with a dictionary, packed or not."""
    made = blocks(folder)
    path = folder / "others.warc.zst"
    dictionary = zstd.train_dict(made, 2_000) if "dictionary" in how else None
    content = b""
    if dictionary:
        told = zstd.compress(dictionary.dict_content) if "packed" in how else dictionary.dict_content
        content = DICTIONARY_MAGIC + struct.pack("<I", len(told)) + told
    frames = [b"".join(made)] if how == "one frame" else made
    path.write_bytes(content + b"".join(zstd.compress(frame, zstd_dict=dictionary) for frame in frames))
    return path


@pytest.fixture(params=["a frame each", "one frame", "dictionary", "packed dictionary"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return packed(tmp_path, request.param)


def test_its_pages_are_read(path: Path) -> None:
    assert [found.response.body for found in exchanges(path)] == PAGES


def test_each_is_found_at_its_place(path: Path) -> None:
    """The dictionary stands at the beginning of the file, wherever the record does."""
    for number, found in enumerate(exchanges(path)):
        one = exchange_at(path, found.capture.offset, found.capture.id, CapturedRequest("GET", url(number)))
        assert one.response.body == PAGES[number]


def test_of_one_that_is_cut_off_all_before_is_used(tmp_path: Path) -> None:
    path = packed(tmp_path, "dictionary")
    path.write_bytes(path.read_bytes()[:-9])
    whole = exchanges(path)
    assert [next(whole).response.body for _ in PAGES[1:]] == PAGES[:-1]
    with pytest.raises(BrokenCaptureError, match="broken at byte"):
        next(whole)


@pytest.mark.parametrize(
    "content",
    [zst.MAGIC + b"hello", DICTIONARY_MAGIC + struct.pack("<I", 1 << 31) + b"hello", DICTIONARY_MAGIC],
    ids=["a frame of nonsense", "a dictionary of two gigabytes", "nothing behind the mark"],
)
def test_nonsense_is_an_error_in_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "none.warc.zst").write_bytes(content)
    with pytest.raises((BrokenCaptureError, CaptureError)):
        list(exchanges(tmp_path / "none.warc.zst"))


@pytest.mark.parametrize("of_dictionary", [False, True], ids=["a record", "a dictionary"])
def test_what_would_fill_the_memory_is_not_unpacked(
    of_dictionary: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MOST_RECORD_BYTES", 1 << 20)
    bomb = zstd.compress(bytes(3 << 20))
    content = DICTIONARY_MAGIC + struct.pack("<I", len(bomb)) + bomb if of_dictionary else bomb
    (tmp_path / "bomb.warc.zst").write_bytes(content)
    with pytest.raises(BrokenCaptureError, match="more than 1 MiB"):
        list(exchanges(tmp_path / "bomb.warc.zst"))
