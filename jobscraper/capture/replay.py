"""Replay: answers out of WARC files instead of from a board."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import attrs

from jobscraper.capture.bodies import Bodies
from jobscraper.capture.read import BrokenCaptureError, CaptureError, Exchange, exchange_at, exchanges
from jobscraper.capture.record import CapturedRequest, request_key
from jobscraper.capture.wacz import broken, warcs_in


@attrs.frozen
class _Where:
    path: Path
    offset: int
    record_id: str
    request: CapturedRequest
    status: int
    fetched_at: str


class Replay:
    """The answers that some WARC files hold, found by method, URL and body; of several, the newest.

    `breaks` names what cannot be used: the rest of a file that ends half way, and records that make no sense or refer to a
    body that is not at hand.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Index the files.

        :raises CaptureError: a file is missing or is no WARC file, or none of them holds a response.
        """
        self.paths = tuple(sorted(paths))
        self.breaks = [text for path in self.paths if (text := broken(path))]
        warcs = [warc for path in self.paths for warc in warcs_in(path)]
        self._bodies = Bodies(warcs)
        self._index: dict[str, _Where] = {}
        for path in warcs:
            self._add(path)
        if not self._index:
            files = ", ".join(map(str, self.paths))
            raise CaptureError("; ".join([f"{files}: no HTTP response in it; nothing to replay", *self.breaks[:1]]))

    def _add(self, path: Path) -> None:
        try:
            for exchange in exchanges(path, lambda one: self.breaks.append(str(one)), bodies=self._bodies):
                asked, capture = exchange.request, exchange.capture
                try:
                    key = request_key(asked.method, asked.url, asked.body)
                except ValueError as error:
                    self.breaks.append(f"{path}: {asked.url} is not an address ({error}); skipped")
                    continue
                where = _Where(path, capture.offset, capture.id, asked, capture.status, capture.fetched_at.isoformat())
                known = self._index.get(key)
                if known is None or known.fetched_at <= where.fetched_at:
                    self._index[key] = where
        except BrokenCaptureError as error:
            self.breaks.append(str(error))

    def answer(self, method: str, url: str, body: bytes) -> Exchange | None:
        """Return what the files hold for a request, or None."""
        where = self._index.get(request_key(method, url, body))
        if where is None:
            return None
        return exchange_at(where.path, where.offset, where.record_id, where.request, bodies=self._bodies)

    @property
    def digest(self) -> str:
        """Twelve hex digits that name this set of files, so that a second replay of them is known as the same run."""
        total = hashlib.sha256()
        for path in self.paths:
            with path.open("rb") as file:
                total.update(hashlib.file_digest(file, "sha256").digest())
        return total.hexdigest()[:12]
