"""WACZ: WARC files in a zip, read where they lie; also of a zip that is cut off, was streamed, or is made to do harm."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from jobscraper.capture import warc
from jobscraper.capture.bodies import Bodies
from jobscraper.capture.format import digest_of
from jobscraper.capture.read import exchange_at, exchanges
from jobscraper.capture.record import CapturedRequest
from jobscraper.capture.replay import Replay
from jobscraper.capture.wacz import broken, name_of, warcs_in
from jobscraper.capture.warc import BrokenCaptureError, CaptureError
from jobscraper.capture.zst import zstd
from tests.capture.files import foreign, url

BODIES = [f"<p>Gritter driver {number}".encode() for number in range(6)]
NAMES = ("archive/rec-1.warc.gz", "archive/rec-2.warc.zst", "archive/rec-3.warc")


class _Stream(io.BytesIO):
    """What cannot go back: a zip into it tells sizes behind its files."""

    def tell(self) -> int:
        raise OSError

    def seekable(self) -> bool:
        return False


def records_of(folder: Path) -> list[bytes]:
    """Three WARC files with two pages each: packed with gzip, with Zstandard, and not at all."""

    def made(number: int, gzipped: str) -> bytes:
        pages = [
            ("response", {"WARC-Target-URI": url(page)}, b"HTTP/1.1 200 OK\r\n\r\n" + BODIES[page])
            for page in (2 * number, 2 * number + 1)
        ]
        return foreign(folder / "one.warc", *pages, gzipped=gzipped).read_bytes()

    return [made(0, "record"), zstd.compress(made(1, "not")), made(2, "not")]


def wacz(folder: Path, method: int = ZIP_STORED, *, streamed: bool = False) -> Path:
    """Those three, and what else such a file holds; `streamed`: written by whoever cannot go back to tell the sizes."""
    path, out = folder / "somebody.wacz", _Stream() if streamed else io.BytesIO()
    with ZipFile(out, "w", method) as made:
        made.writestr("datapackage.json", "{}")
        for name, content in zip(NAMES, records_of(folder), strict=True):
            made.writestr(name, content)
        made.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        made.writestr("archive/readme.txt", "no WARC file")
    path.write_bytes(out.getvalue())
    return path


def bodies_of(path: Path) -> tuple[list[bytes], list[str]]:
    """The pages of all WARC files of a WACZ, and what is said of those that break off."""
    found: list[bytes] = []
    said = [text for text in [broken(path)] if text]
    for inner in warcs_in(path):
        try:
            found.extend(exchange.response.body for exchange in exchanges(inner))
        except (BrokenCaptureError, CaptureError) as error:
            said.append(str(error))
    return found, said


@pytest.mark.parametrize(
    "make",
    [wacz, lambda folder: wacz(folder, ZIP_DEFLATED), lambda folder: wacz(folder, streamed=True)],
    ids=["stored", "packed once more", "streamed"],
)
def test_its_pages_are_read_and_each_is_found_at_its_place(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    assert bodies_of(path) == (BODIES, [])
    for inner in warcs_in(path):
        for found in exchanges(inner):
            told = found.capture
            again = exchange_at(inner, told.offset, told.id, CapturedRequest("GET", told.url))
            assert (again.response.body, told.warc_file) == (found.response.body, f"somebody.wacz/archive/{inner.name}")


@pytest.mark.parametrize("streamed", [False, True], ids=["sizes before", "sizes behind"])
@pytest.mark.parametrize(
    ("cut", "whole"),
    [("list", 6), ("rec-2", 2), ("in rec-1", 1)],
    ids=["its list", "the second file", "the first file"],
)
def test_of_one_that_is_cut_off_all_before_is_used_and_it_is_told(
    streamed: bool, cut: str, whole: int, tmp_path: Path
) -> None:
    path = wacz(tmp_path, streamed=streamed)
    content = path.read_bytes()
    ends = {"list": content.index(b"PK\x01\x02"), "rec-2": content.index(b"archive/rec-2") + 60}
    first = content.index(b"archive/rec-1") + len(NAMES[0])
    ends["in rec-1"] = first + content[first + 20 :].rindex(b"\x1f\x8b", 0, len(records_of(tmp_path)[0])) + 40
    path.write_bytes(content[: ends[cut]])
    found, said = bodies_of(path)
    assert found == BODIES[:whole]
    assert "cut off or damaged" in said[0]


def test_a_body_in_another_of_its_files_is_found(tmp_path: Path) -> None:
    body = b"<p>a page"
    digest = {"WARC-Payload-Digest": digest_of(body)}
    same = {**digest, "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"}
    first = foreign(tmp_path / "a.warc.gz", ("revisit", same, b"HTTP/1.1 200 OK\r\n\r\n"))
    second = foreign(tmp_path / "b.warc.gz", ("response", digest, b"HTTP/1.1 200 OK\r\n\r\n" + body))
    with ZipFile(tmp_path / "x.wacz", "w") as made:
        for path in (first, second):
            made.write(path, f"archive/{path.name}")
            path.unlink()
    again, held = warcs_in(tmp_path / "x.wacz")
    (found,) = exchanges(again, bodies=Bodies([again, held]))
    assert found.response.body == body


def test_it_can_be_replayed(tmp_path: Path) -> None:
    path = wacz(tmp_path)
    replay = Replay([path])
    found = [replay.answer("GET", url(page), b"") for page in range(6)]
    assert [one.response.body for one in found if one] == BODIES
    assert (replay.paths, replay.breaks) == ((path,), [])
    path.write_bytes(path.read_bytes()[:-50])
    assert "cut off or damaged" in Replay([path]).breaks[0]


def encrypted(content: bytes) -> bytes:
    """With the flag of an encrypted file, before the first WARC file and in the list."""
    for magic, flags, name in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = content.index(NAMES[0].encode(), content.index(magic)) - name
        content = content[: at + flags] + b"\x01" + content[at + flags + 1 :]
    return content


def test_what_nobody_can_open_costs_itself_alone(tmp_path: Path) -> None:
    path = wacz(tmp_path)
    path.write_bytes(encrypted(path.read_bytes()))
    found, (said,) = bodies_of(path)
    assert found == BODIES[2:]
    assert "rec-1.warc.gz: packed in the zip, and not to be unpacked" in said


def test_files_that_lie_in_each_other_are_read_once(tmp_path: Path) -> None:
    """Thousands of names for the same bytes make a small file a large one."""
    path = wacz(tmp_path)
    content = path.read_bytes()
    begin, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    first = content.index(NAMES[0].encode(), begin) - 46
    entry = content[first : content.index(b"PK\x01\x02", first + 1)]
    more = b"".join(entry.replace(b"rec-1", b"r-%03d" % number) for number in range(100))
    tail = bytearray(content[end:])
    count, size = int.from_bytes(tail[10:12], "little") + 100, end - begin + len(more)
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = size.to_bytes(4, "little")
    path.write_bytes(content[:end] + more + bytes(tail))
    assert bodies_of(path)[0] == BODIES


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, b"PK\x03\x04" + b"\0" * 26 + b"archive/"]
)
def test_nonsense_holds_no_file(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(content)
    assert warcs_in(tmp_path / "x.wacz") == []


def test_a_record_that_would_fill_the_memory_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MOST_RECORD_BYTES", 1 << 20)
    page = b"HTTP/1.1 200 OK\r\n\r\n"
    pages: list[tuple[str, dict[str, str], bytes]] = [
        ("response", {}, page + body) for body in (b"<p>one", bytes(3 << 20), b"<p>three")
    ]
    plain = foreign(tmp_path / "a.warc", *pages, gzipped="not")
    with ZipFile(tmp_path / "x.wacz", "w", ZIP_DEFLATED) as made:
        made.write(plain, "archive/a.warc")
    (inner,) = warcs_in(tmp_path / "x.wacz")
    named: list[str] = []
    found = [one.response.body for one in exchanges(inner, lambda passed: named.append(passed.reason))]
    assert (found, named) == ([b"<p>one", b"<p>three"], ["cut off when it was captured: it has more than 1 MiB"])


def test_a_file_of_a_folder_has_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    assert name_of(tmp_path / "archive" / "a.warc.gz") == "a.warc.gz"
