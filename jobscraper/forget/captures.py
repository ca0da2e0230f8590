"""Rewriting capture files without the words of an advert: whole or not at all, with all other records as they were."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import attrs

from jobscraper.capture.format import digest_of, packed, response_head
from jobscraper.capture.http import response_of
from jobscraper.capture.read import entries
from jobscraper.capture.record import Capture, CapturedResponse
from jobscraper.capture.warc import UNREADABLE, BrokenCaptureError, Record, records
from jobscraper.files.private import make_private_file

Clean = Callable[[CapturedResponse, Capture], CapturedResponse | None]
"""A response as it is to be kept, or None where it may stay as it is."""

_UPPER = frozenset({"warc", "id", "uri", "ip"})
_MADE_ANEW = frozenset({"warc-block-digest", "content-length", "warc-type"})


@attrs.define
class Rewriter:
    """Goes through the files of a source in the order of their runs.

    `digests`: those of the bodies met so far, by record. A record that refers to a body which was changed must tell the
    new digest, or it would no longer be found.
    """

    clean: Clean
    forgotten_at: str
    digests: dict[str, str] = attrs.field(factory=dict)

    def rewrite(self, path: Path) -> int:
        """Write a file anew where it has something to remove, and return how many records were changed.

        A torn tail, as a kill leaves it, goes with it: nobody can read it, and it may hold the very words.
        """
        captures: dict[str, Capture] = {}
        with suppress(BrokenCaptureError):
            captures.update((entry.capture.id, entry.capture) for entry in entries(path))
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        make_private_file(new)
        changed = 0
        with path.open("rb") as old, new.open("wb") as file:
            with suppress(BrokenCaptureError):
                for record in records(path):
                    replacement = self._replacement(record, captures.get(record.id))
                    if replacement is None:
                        old.seek(record.offset)
                        file.write(old.read(record.length))
                    else:
                        file.write(replacement)
                        changed += 1
            file.flush()
            os.fsync(file.fileno())
        if changed:
            os.replace(new, path)
        else:
            new.unlink()
        return changed

    def _replacement(self, record: Record, capture: Capture | None) -> bytes | None:
        if capture is None:
            return None
        if record.type == "revisit":
            return self._referring(record, capture)
        kept = None
        with suppress(*UNREADABLE):
            kept = self.clean(response_of(record.block), capture)
        self.digests[capture.id] = digest_of(kept.body) if kept else capture.digest
        if kept is None:
            return None
        told = {"warc-payload-digest": self.digests[capture.id], "x-redacted-at": self.forgotten_at}
        return packed("response", _headers(record, told), response_head(kept) + kept.body)

    def _referring(self, record: Record, capture: Capture) -> bytes | None:
        digest = self.digests.get(capture.refers_to or "")
        if digest is None or digest == capture.digest:
            return None
        return packed("revisit", _headers(record, {"warc-payload-digest": digest}), record.block)


def _headers(record: Record, told: dict[str, str]) -> Iterable[tuple[str, str]]:
    headers = {name: value for name, value in record.headers.items() if name not in _MADE_ANEW} | told
    return [(_spelled(name), value) for name, value in headers.items()]


def _spelled(name: str) -> str:
    return "-".join(part.upper() if part in _UPPER else part.capitalize() for part in name.split("-"))
