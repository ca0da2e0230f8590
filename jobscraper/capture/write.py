"""Writing captures: WARC files of one source and run, one gzip member per record, each in the file when `add` returns.

A file is never appended to: what follows a torn tail cannot be read by anybody. Each begins with a `warcinfo` record and
ends with a `metadata` record: of the run's verdict, or of the name of the file in which a full one goes on. A run whose last
file has neither was cut off.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from uuid import uuid4

import attrs

from jobscraper.capture.format import (
    IDENTICAL,
    NOT_MODIFIED,
    digest_of,
    fields_block,
    packed,
    request_head,
    response_head,
)
from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse, header, instant
from jobscraper.files.private import make_private_folder

FORMAT = "WARC File Format 1.1"
# What a Scrapy-side writer cannot know is said in every file, so that nobody takes it for evidence.
LIMITS = "header names are in canonical case; the reason phrase is the standard one of the status code"
MOST_BYTES = 1_000_000_000
"""Where a file is full. The record that passes it is still written."""


@attrs.frozen
class _Body:
    """Where a body lies that need not be written again."""

    id: str
    url: str
    at: datetime
    digest: str
    warc_file: str
    offset: int

    @classmethod
    def of(cls, capture: Capture) -> _Body:
        return cls(capture.id, capture.url, capture.fetched_at, capture.digest, capture.warc_file, capture.offset)


class CaptureFile:
    """The WARC of a run being written: `path`, and where that is full `…-2.warc.gz`, `…-3.warc.gz`.

    Safe to call from worker threads. All but the writing itself happens outside the lock.
    """

    def __init__(self, path: Path, limit: int = MOST_BYTES) -> None:
        """Make `path`, readable by its owner only, because captures hold contact details.

        :raises OSError: the file exists already, or cannot be made.
        """
        make_private_folder(path.parent)
        self.path = path
        self.limit = limit
        self._fields: dict[str, str] = {}
        self._part = 1
        self._bodies: dict[str, _Body] = {}
        self._lock = Lock()
        self._descriptor = -1
        self._open(path)

    def begin(self, fields: Mapping[str, str], at: datetime) -> None:
        """Write the `warcinfo` record: who crawled what, with which code and arguments."""
        self._fields = {"format": FORMAT, "description": LIMITS, **fields}
        with self._lock:
            self._put(self._opening(at))

    def add(
        self,
        request: CapturedRequest,
        response: CapturedResponse,
        at: datetime,
        ip: str | None = None,
        earlier: Capture | None = None,
    ) -> Capture:
        """Write one exchange and return where its response lies. When this returns, it is in the file.

        A body that this run has already kept, or that `earlier` keeps, is not written again: the record refers to it. So
        does an answer 304, where `earlier` is what the request was conditional on. `earlier` must hold a body itself.

        The request goes first: a file that is cut between the two has a question without an answer, never the reverse.

        :raises OSError: the disk is full or gone; the file ends with the last whole record.
        """
        assert earlier is None or earlier.refers_to is None, f"{earlier} holds no body"
        digest = digest_of(response.body)
        body, profile = self._kept(response, digest, earlier)
        capture = Capture(
            id=str(uuid4()),
            url=request.url,
            method=request.method,
            fetched_at=at.astimezone(UTC).replace(microsecond=0),
            status=response.status,
            digest=body.digest if body else digest,
            warc_file="",
            offset=0,
            length=0,
            refers_to=body.id if body else None,
            etag=header(response.headers, "etag"),
            last_modified=header(response.headers, "last-modified"),
        )
        question, answer = _question(capture, request, ip), _answer(capture, response, ip, body, profile)
        with self._lock:
            if self._end >= self.limit:
                self._go_on_in_next(at)
            offset = self._put(question + answer) + len(question)
            capture = attrs.evolve(capture, warc_file=self._name, offset=offset, length=len(answer))
            if body or response.body:
                self._bodies.setdefault(capture.digest, body or _Body.of(capture))
        return capture

    def finish(self, fields: Mapping[str, str], at: datetime) -> None:
        """Write the closing `metadata` record (verdict, counts, stop reason) and close the file."""
        with self._lock:
            self._put(self._closing(fields, at))
        self.close()

    def close(self) -> None:
        """Close the file, leaving it without its closing record where `finish` was not called."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def discard(self) -> None:
        """Close and remove the file of a run in which nothing was captured."""
        self.close()
        self.path.unlink()

    def _kept(self, response: CapturedResponse, digest: str, earlier: Capture | None) -> tuple[_Body | None, str]:
        if response.status == 304 and earlier:
            return _Body.of(earlier), NOT_MODIFIED
        if not response.body:
            return None, ""
        body = self._bodies.get(digest)
        if body is None and earlier and earlier.digest == digest:
            body = _Body.of(earlier)
        return body, IDENTICAL

    def _open(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._name = path.name
        self._end = 0

    def _go_on_in_next(self, at: datetime) -> None:
        following = part_path(self.path, self._part + 1)
        self._put(self._closing({"continued-in": following.name}, at))
        self.close()
        self._open(following)
        self._part += 1
        self._put(self._opening(at))

    def _opening(self, at: datetime) -> bytes:
        headers = [
            ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
            ("WARC-Filename", self._name),
            ("WARC-Date", instant(at)),
            ("Content-Type", "application/warc-fields"),
        ]
        return packed("warcinfo", headers, fields_block({**self._fields, "part": str(self._part)}))

    def _closing(self, fields: Mapping[str, str], at: datetime) -> bytes:
        headers = [
            ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
            ("WARC-Target-URI", f"urn:jobscraper:run:{self._name}"),
            ("WARC-Date", instant(at)),
            ("Content-Type", "application/warc-fields"),
        ]
        return packed("metadata", headers, fields_block(fields))

    def _put(self, data: bytes) -> int:
        """Append `data` whole, or not at all, and return where it begins."""
        begin, rest = self._end, memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            with suppress(OSError):  # Where this fails too, the tail is torn, as after a kill.
                os.ftruncate(self._descriptor, begin)
                os.lseek(self._descriptor, begin, os.SEEK_SET)
            raise
        self._end += len(data)
        return begin


def part_path(path: Path, part: int) -> Path:
    """Where part `part` of the run whose first file is `path` lies."""
    return path if part == 1 else path.with_name(f"{path.name.removesuffix('.warc.gz')}-{part}.warc.gz")


def _common(capture: Capture, ip: str | None) -> list[tuple[str, str]]:
    address = [("WARC-IP-Address", ip)] if ip else []
    return [("WARC-Target-URI", capture.url), ("WARC-Date", instant(capture.fetched_at)), *address]


def _question(capture: Capture, request: CapturedRequest, ip: str | None) -> bytes:
    headers = [
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        *_common(capture, ip),
        ("WARC-Concurrent-To", f"<urn:uuid:{capture.id}>"),
        ("Content-Type", "application/http; msgtype=request"),
        ("WARC-Payload-Digest", digest_of(request.body)),
    ]
    return packed("request", headers, request_head(request) + request.body)


def _answer(capture: Capture, response: CapturedResponse, ip: str | None, body: _Body | None, profile: str) -> bytes:
    headers = [
        ("WARC-Record-ID", f"<urn:uuid:{capture.id}>"),
        *_common(capture, ip),
        ("Content-Type", "application/http; msgtype=response"),
        ("WARC-Payload-Digest", capture.digest),
    ]
    if body is None:
        return packed("response", headers, response_head(response) + response.body)
    headers += [
        ("WARC-Profile", profile),
        ("WARC-Refers-To", f"<urn:uuid:{body.id}>"),
        ("WARC-Refers-To-Target-URI", body.url),
        ("WARC-Refers-To-Date", instant(body.at)),
        # Not of the standard, but Heritrix writes them: the body is found without a scan.
        ("WARC-Refers-To-Filename", body.warc_file),
        ("WARC-Refers-To-File-Offset", str(body.offset)),
    ]
    return packed("revisit", headers, response_head(response))
