"""Reading captures: the HTTP exchanges of a WARC file, ours or somebody else's; revisits get the body they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from jobscraper.capture.bodies import Bodies, is_not_modified, moment, reference_of
from jobscraper.capture.http import request_of, response_of, with_body
from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse, header
from jobscraper.capture.wacz import name_of
from jobscraper.capture.warc import (
    UNREADABLE,
    BrokenCaptureError,
    ByteRange,
    CaptureError,
    Record,
    bare_id,
    first_line,
    records,
    records_at,
)

__all__ = [
    "BrokenCaptureError",
    "CaptureError",
    "Entry",
    "Exchange",
    "PassedOver",
    "Record",
    "Skipped",
    "entries",
    "exchange_at",
    "exchanges",
    "records",
]

_MOST_WAITING = 1000


@attrs.frozen
class Exchange:
    """A captured response with the request that it answers.

    `response` is what a reader of the page wants: of a 304 it has the status, the body and the content headers of the
    response that it confirms. `capture` tells what was received: status 304, its own instant, and in `refers_to` what holds
    the body.
    """

    capture: Capture
    request: CapturedRequest
    response: CapturedResponse


@attrs.frozen
class Entry:
    """A response or revisit record as it stands: no body is looked up.

    `head` is None, and the capture's status 0, where another archive's revisit has no HTTP head.
    """

    capture: Capture
    request: CapturedRequest
    head: CapturedResponse | None
    record: Record


@attrs.frozen
class PassedOver:
    """A record of a file that tells of a response and is no use, and why."""

    path: Path
    record: Record
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: the record at byte {self.record.offset} is passed over: {self.reason}"


Skipped = Callable[[PassedOver], None]


def _ignore(_: PassedOver) -> None:
    pass


def exchanges(
    path: Path,
    skipped: Skipped = _ignore,
    *,
    bodies: Bodies | None = None,
    span: ByteRange | None = None,
) -> Iterator[Exchange]:
    """Yield every captured HTTP response of a WARC file with its request, in order.

    Files without request records (many archives write none) are taken to hold answers to plain GETs. The bodies of
    revisits come from `bodies`; without it, from this file and those beside it that it names. `span`: as for `records`.

    What is whole but makes no sense (no date, a status that is no number), was cut off by whoever wrote it, or refers to
    a body that is not at hand, is passed over and named to `skipped`: never an empty page.

    :raises CaptureError, BrokenCaptureError: as `records`.
    """
    bodies = bodies or Bodies()
    for entry in entries(path, skipped, span):
        try:
            yield _exchange(path, entry, bodies)
        except (LookupError, TypeError, *UNREADABLE) as error:
            skipped(PassedOver(path, entry.record, first_line(error)))


def entries(path: Path, skipped: Skipped = _ignore, span: ByteRange | None = None) -> Iterator[Entry]:
    """Yield the index entry of every captured HTTP response of a WARC file, in order.

    :raises CaptureError, BrokenCaptureError: as `records`.
    """
    for record, asked in _answers(path, span):
        try:
            yield _entry(path, record, asked)
        except (KeyError, TypeError, *UNREADABLE) as error:
            skipped(PassedOver(path, record, first_line(error)))


def exchange_at(
    path: Path, offset: int, record_id: str, request: CapturedRequest, *, bodies: Bodies | None = None
) -> Exchange:
    """Return the exchange with the response `record_id` at or after `offset`; what was asked is known already.

    The offset alone will not do: where a whole file is one gzip member, all its records lie at the same one.

    :raises LookupError: the record or its body is not there.
    """
    for record in records_at(path, offset):
        if record.id == record_id:
            return _exchange(path, _entry(path, record, request), bodies or Bodies())
    raise LookupError(f"{path}: no record {record_id} at byte {offset}")


def _answers(path: Path, span: ByteRange | None) -> Iterator[tuple[Record, CapturedRequest | None]]:
    """Yield the responses and revisits with what they answer, where the file holds that.

    Some tools write the request before the response, some after it; an answer waits for the record that follows.
    """
    asked: dict[str, CapturedRequest] = {}
    waiting: Record | None = None
    try:
        for record in records(path, span):
            if record.type == "request":
                _keep(asked, record)
            if waiting and (request := _asked_by(asked, waiting)):
                yield waiting, request
                waiting = None
            if _is_answer(record):
                if waiting:
                    yield waiting, None
                waiting = record
                if request := _asked_by(asked, record):
                    waiting = None
                    yield record, request
    except BrokenCaptureError:
        if waiting:
            yield waiting, None
        raise
    if waiting:
        yield waiting, None


def _is_answer(record: Record) -> bool:
    """Whether a record tells of an HTTP response; archives keep answers of name servers too."""
    if record.block.startswith(b"HTTP/"):
        return record.type in ("response", "revisit")
    return record.type == "revisit" and not record.block.strip()


def _keep(asked: dict[str, CapturedRequest], record: Record) -> None:
    request = request_of(record.block, record.headers.get("warc-target-uri", "").strip("<>"))
    asked[bare_id(record.headers.get("warc-concurrent-to", "")) or record.id] = request
    if len(asked) > _MOST_WAITING:
        del asked[next(iter(asked))]


def _asked_by(asked: dict[str, CapturedRequest], answer: Record) -> CapturedRequest | None:
    return asked.pop(answer.id, None) or asked.pop(bare_id(answer.headers.get("warc-concurrent-to", "")), None)


def _entry(path: Path, record: Record, request: CapturedRequest | None) -> Entry:
    if record.type == "response" and "warc-truncated" in record.headers:
        raise ValueError(f"cut off when it was captured: {record.headers['warc-truncated']}")
    url = record.headers["warc-target-uri"].strip("<>")
    head = response_of(record.block) if record.block.strip() else None
    request = request or CapturedRequest("GET", url)
    status = head.status if head else 0
    capture = Capture(
        id=bare_id(record.headers["warc-record-id"]),
        url=url,
        method=request.method,
        fetched_at=moment(record.headers["warc-date"]),
        status=304 if is_not_modified(record) else status,
        digest=record.headers.get("warc-payload-digest", ""),
        warc_file=name_of(path),
        offset=record.offset,
        length=record.length,
        refers_to=reference_of(record).id if record.type == "revisit" else None,
        etag=header(head.headers, "etag") if head else None,
        last_modified=header(head.headers, "last-modified") if head else None,
    )
    return Entry(capture, request, head, record)


def _exchange(path: Path, entry: Entry, bodies: Bodies) -> Exchange:
    capture = entry.capture
    if entry.record.type == "response":
        assert entry.head is not None
        return Exchange(capture, entry.request, entry.head)
    body = bodies.of(path, entry.record)
    response = with_body(entry.head, body.response, not_modified=is_not_modified(entry.record))
    capture = attrs.evolve(
        capture, refers_to=body.record_id or capture.refers_to, status=capture.status or response.status
    )
    return Exchange(capture, entry.request, response)
