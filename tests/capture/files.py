"""What the tests of captures share: writing small runs, and WARC records in the shapes of other archives."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse
from jobscraper.capture.write import MOST_BYTES, CaptureFile

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
HTML = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("ETag", '"v1"'),
    ("Last-Modified", "Thu, 19 Nov 2026 12:00:00 GMT"),
)


def url(page: object) -> str:
    return f"https://board.example.org/jobs/{page}"


def page(body: bytes, status: int = 200, headers: tuple[tuple[str, str], ...] = HTML) -> CapturedResponse:
    return CapturedResponse(status, headers, body)


def run(
    path: Path,
    pages: Iterable[tuple[str, CapturedResponse] | tuple[str, CapturedResponse, Capture]],
    *,
    at: datetime = AT,
    limit: int = MOST_BYTES,
    verdict: str | None = "complete",
) -> list[Capture]:
    """Write a run as the crawl does, and return its captures; without a verdict it is cut off."""
    warc = CaptureFile(path, limit)
    run_id = path.name.removesuffix(".warc.gz")
    warc.begin({"software": "jobscraper/0.1.0", "isPartOf": run_id, "source": "board"}, at)
    captures = [
        warc.add(CapturedRequest("GET", asked), answered, at, "192.0.2.7", *earlier)
        for asked, answered, *earlier in pages
    ]
    warc.finish({"verdict": verdict}, at) if verdict else warc.close()
    return captures


def foreign(
    path: Path, *records: tuple[str, Mapping[str, str], bytes], version: str = "1.0", gzipped: str = "record"
) -> Path:
    """Write records (type, WARC headers, HTTP message) as another archive does: packed by `record`, as a `whole`, or `not`."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped == "record", warc_version=version)
    for kind, headers, message in records:
        head, _, body = message.partition(b"\r\n\r\n")
        http = None
        if head:
            first, *lines = head.decode("latin-1").split("\r\n")
            protocol, _, rest = first.partition(" ")
            fields = [tuple(line.split(": ", 1)) for line in lines]
            request = kind == "request"
            http = StatusAndHeaders(
                first if request else rest, fields, "" if request else protocol, is_http_request=request
            )
        told = {"WARC-Date": "2026-11-20T06:00:00Z", **headers}
        writer.write_record(
            writer.create_warc_record(
                told.pop("WARC-Target-URI", url(1)),
                kind,
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict=told,
            )
        )
    path.write_bytes(gzip.compress(out.getvalue()) if gzipped == "whole" else out.getvalue())
    return path
