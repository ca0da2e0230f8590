"""Writing captures: one WARC file per source and run, one gzip member per record, flushed record by record.

A file is never appended to: what follows a torn tail cannot be read by anybody. It begins with a `warcinfo` record and
ends with a `metadata` record that tells the run's verdict; a file without the last one is a run that was cut off.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse, Headers, instant

FORMAT = "WARC File Format 1.1"
# What a Scrapy-side writer cannot know is said in every file, so that nobody takes it for evidence.
LIMITS = "header names are in canonical case; the reason phrase is the standard one of the status code"


class CaptureFile:
    """A WARC file being written. Safe to call from worker threads: one record at a time."""

    def __init__(self, path: Path) -> None:
        """Make `path`, readable by its owner only, because captures hold contact details.

        :raises OSError: the file exists already, or cannot be made.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.path = path
        self._file = os.fdopen(descriptor, "wb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._lock = Lock()

    def begin(self, fields: Mapping[str, str], at: datetime) -> None:
        """Write the `warcinfo` record: who crawled what, with which code."""
        record = self._writer.create_warcinfo_record(
            self.path.name, {"format": FORMAT, "description": LIMITS, **fields}
        )
        record.rec_headers.replace_header("WARC-Date", instant(at))
        self._write(record)

    def add(self, request: CapturedRequest, response: CapturedResponse, at: datetime, ip: str | None = None) -> Capture:
        """Write one exchange and return where its response lies. When this returns, it is in the file.

        The request goes first: a file that is cut between the two has a question without an answer, never the reverse.

        :raises OSError: the disk is full or gone; whole records written before stay readable.
        """
        common = {"WARC-Date": instant(at), **({"WARC-IP-Address": ip} if ip else {})}
        answer = self._writer.create_warc_record(
            request.url,
            "response",
            payload=BytesIO(response.body),
            length=len(response.body),
            http_headers=StatusAndHeaders(_status_line(response.status), list(response.headers), protocol="HTTP/1.1"),
            warc_headers_dict=common,
        )
        record_id = answer.rec_headers.get_header("WARC-Record-ID")
        question = self._writer.create_warc_record(
            request.url,
            "request",
            payload=BytesIO(request.body),
            length=len(request.body),
            http_headers=StatusAndHeaders(_request_line(request), _with_host(request), is_http_request=True),
            warc_headers_dict={**common, "WARC-Concurrent-To": record_id},
        )
        with self._lock:
            self._writer.write_record(question)
            offset = self._file.tell()
            self._writer.write_record(answer)
            length = self._file.tell() - offset
        return Capture(
            id=record_id.removeprefix("<urn:uuid:").removesuffix(">"),
            url=request.url,
            method=request.method,
            fetched_at=at.astimezone(UTC).replace(microsecond=0),
            status=response.status,
            digest=answer.rec_headers.get_header("WARC-Payload-Digest"),
            warc_file=self.path.name,
            offset=offset,
            length=length,
        )

    def finish(self, fields: Mapping[str, str], at: datetime) -> None:
        """Write the closing `metadata` record (verdict, counts, stop reason) and close the file."""
        body = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
        record = self._writer.create_warc_record(
            f"urn:jobscraper:run:{self.path.name}",
            "metadata",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": instant(at)},
        )
        self._write(record)
        self.close()

    def close(self) -> None:
        """Close the file, leaving it without its closing record where `finish` was not called."""
        self._file.close()

    def _write(self, record: Any) -> None:
        with self._lock:
            self._writer.write_record(record)


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} "


def _request_line(request: CapturedRequest) -> str:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"{request.method} {target} HTTP/1.1"


def _with_host(request: CapturedRequest) -> list[tuple[str, str]]:
    headers: Headers = request.headers
    if any(name.lower() == "host" for name, _ in headers):
        return list(headers)
    return [("Host", urlsplit(request.url).netloc), *headers]
