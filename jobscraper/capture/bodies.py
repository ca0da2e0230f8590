"""Where the body of a revisit record is found: in the file that it names, in its own file, in others, or by somebody's help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import attrs

from jobscraper.capture.http import response_of
from jobscraper.capture.record import CapturedResponse, instant
from jobscraper.capture.warc import UNREADABLE, BrokenCaptureError, CaptureError, Record, bare_id, records, records_at

_MOST_DIGITS = 19
"""No file is that long, and no file can be asked for a place beyond."""


@attrs.frozen
class Reference:
    """What a revisit record says of the one that holds its body. None: it does not say.

    `digest` is that of the body where the board sent the same bytes again, and None where it answered 304.
    """

    id: str | None
    url: str | None
    at: datetime | None
    warc_file: str | None
    offset: int | None
    digest: str | None


@attrs.frozen
class Body:
    """A response with a body, and the id of the record that holds it."""

    record_id: str
    response: CapturedResponse


Resolver = Callable[[Reference], CapturedResponse | None]
"""Asked where no file at hand holds the body."""


@attrs.frozen
class _Places:
    """Where the responses of one file lie: by id, by URL and instant, and by digest."""

    by_id: dict[str, int] = attrs.field(factory=dict)
    by_moment: dict[tuple[str, str], tuple[int, str]] = attrs.field(factory=dict)
    by_digest: dict[str, tuple[int, str]] = attrs.field(factory=dict)


class Bodies:
    """Finds bodies in `files`, in files of a named name in `folders`, or by asking `resolver`.

    What our own files refer to is found without a scan; other archives' files are scanned once, when first needed.
    """

    def __init__(
        self, files: Iterable[Path] = (), folders: Iterable[Path] = (), resolver: Resolver | None = None
    ) -> None:
        self.files = tuple(files)
        self.folders = tuple(folders)
        self.resolver = resolver
        self._scanned: dict[Path, _Places] = {}

    def of(self, path: Path, revisit: Record) -> Body:
        """Find the body of a revisit record of the file `path`.

        :raises LookupError: nothing at hand holds it; the message says what was looked for.
        """
        reference = reference_of(revisit)
        for record in self._candidates(path, reference):
            if _is_meant(record, reference):
                return Body(record.id, response_of(record.block))
        response = self.resolver(reference) if self.resolver else None
        if response is None:
            raise LookupError(f"the body is not at hand: {_in_words(reference)}")
        return Body(reference.id or "", response)

    def _candidates(self, path: Path, reference: Reference) -> Iterator[Record]:
        if reference.warc_file is not None and reference.offset is not None:
            for file in self._named(path, reference.warc_file):
                yield from _first_at(file, reference.offset, reference.id)
        for file in dict.fromkeys((path, *self.files)):
            for offset, record_id in self._places(file, reference):
                yield from _first_at(file, offset, record_id)

    def _named(self, path: Path, name: str) -> Iterator[Path]:
        """The files of that name. It is the word of a stranger's file: it may name no folder."""
        if Path(name).name != name:
            return
        yield from (file for file in self.files if file.name == name)
        yield from (folder / name for folder in (path.parent, *self.folders) if (folder / name).is_file())

    def _places(self, file: Path, reference: Reference) -> Iterator[tuple[int, str | None]]:
        if not (reference.id or reference.url or reference.digest):
            return
        if file not in self._scanned:
            self._scanned[file] = _scan(file)
        places = self._scanned[file]
        if reference.id in places.by_id:
            yield places.by_id[reference.id], reference.id
        if reference.url and reference.at and (found := places.by_moment.get((reference.url, instant(reference.at)))):
            yield found
        if reference.digest and (found := places.by_digest.get(reference.digest)):
            yield found


def reference_of(revisit: Record) -> Reference:
    """Read what a revisit record refers to."""
    told = revisit.headers
    at, offset = told.get("warc-refers-to-date"), told.get("warc-refers-to-file-offset", "")
    return Reference(
        id=bare_id(told.get("warc-refers-to", "")) or None,
        url=told.get("warc-refers-to-target-uri", "").strip("<>") or None,
        at=moment(at) if at else None,
        warc_file=told.get("warc-refers-to-filename"),
        offset=int(offset) if offset.isdecimal() and len(offset) < _MOST_DIGITS else None,
        digest=None if is_not_modified(revisit) else told.get("warc-payload-digest"),
    )


def is_not_modified(revisit: Record) -> bool:
    """Whether a revisit record is an answer 304, and not the same bytes once more."""
    return revisit.headers.get("warc-profile", "").rstrip("/").endswith("server-not-modified")


def moment(warc_date: str) -> datetime:
    """An instant of a WARC header, to the second; WARC 1.1 allows fractions of any length.

    :raises ValueError: it is none.
    """
    return datetime.fromisoformat(warc_date.strip()[:19].rstrip("Z")).replace(tzinfo=UTC)


def _is_meant(record: Record, reference: Reference) -> bool:
    """Whether a record holds what is referred to: a whole response, and the same bytes where digests tell."""
    if record.type != "response" or not record.block.startswith(b"HTTP/") or "warc-truncated" in record.headers:
        return False
    digest = record.headers.get("warc-payload-digest")
    if reference.digest and digest:
        return digest == reference.digest
    if reference.id is not None:
        return record.id == reference.id
    return record.headers.get("warc-target-uri", "").strip("<>") == reference.url


def _first_at(file: Path, offset: int, record_id: str | None) -> Iterator[Record]:
    with suppress(OSError, StopIteration, *UNREADABLE):
        yield next(record for record in records_at(file, offset) if record_id in (None, record.id))


def _scan(file: Path) -> _Places:
    places = _Places()
    with suppress(CaptureError, BrokenCaptureError):
        for record in records(file):
            if record.type != "response":
                continue
            where = (record.offset, record.id)
            places.by_id[record.id] = record.offset
            told = record.headers
            with suppress(KeyError, ValueError):
                key = (told["warc-target-uri"].strip("<>"), instant(moment(told["warc-date"])))
                places.by_moment[key] = where
            if digest := told.get("warc-payload-digest"):
                places.by_digest.setdefault(digest, where)
    return places


def _in_words(reference: Reference) -> str:
    told = [
        reference.url,
        f"of {instant(reference.at)}" if reference.at else None,
        f"in {reference.warc_file}" if reference.warc_file else None,
        f"record {reference.id}" if reference.id else None,
    ]
    return " ".join(part for part in told if part) or "the record does not say where"
