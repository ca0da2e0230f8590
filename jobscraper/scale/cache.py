"""Whole files of a store on the disk of one worker, within bounds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

import attrs

from jobscraper.capture.wacz import warcs_in
from jobscraper.capture.warc import BrokenCaptureError, records
from jobscraper.scale.store import FolderStore, Store, store_at

MOST_BYTES = 5_000_000_000
"""What a worker keeps between tasks; a task adds the file that it reads, and those that hold bodies of its pages."""


@attrs.define
class Cache:
    """Files that were fetched, by name, with their digests: the one that was used last stands last."""

    store: Store
    folder: Path
    most_bytes: int = MOST_BYTES
    held: dict[str, str] = attrs.field(factory=dict)

    def fetch(self, name: str) -> Path:
        """A file on this machine, as the store has it now.

        :raises StoreError: it cannot be fetched.
        """
        if isinstance(self.store, FolderStore):
            return self.store.fetch(name, self.folder)
        digest = self.store.digest(name)
        if self.held.pop(name, None) != digest:
            self.store.fetch(name, self.folder)
        self.held[name] = digest
        return self.folder / name

    def fetch_with_bodies(self, name: str) -> Path:
        """A WARC file, and beside it those of its folder that hold the bodies of its pages.

        One that is not there is named by whoever reads the page.

        :raises StoreError: the file itself cannot be fetched.
        :raises CaptureError: it is no WARC file.
        """
        self._give_up_oldest()
        path = self.fetch(name)
        if not isinstance(self.store, FolderStore):
            for beside in sorted(set(_referred(path)) - {path.name}):
                other = str(PurePosixPath(name).with_name(beside))
                if self.store.has(other):
                    self.fetch(other)
        return path

    def key(self, name: str) -> str:
        """32 hex digits that follow from a file's own name and from its content.

        :raises StoreError: the file is not there.
        """
        told = f"{PurePosixPath(name).name} {self.store.digest(name)}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _give_up_oldest(self) -> None:
        paths = {name: self.folder / name for name in self.held}
        total = sum(path.stat().st_size for path in paths.values() if path.exists())
        for name, path in paths.items():
            if total <= self.most_bytes:
                return
            total -= path.stat().st_size
            path.unlink()
            del self.held[name]


_caches: dict[tuple[str, Path], Cache] = {}


def cache_of(url: str, scratch: Path) -> Cache:
    """The cache of this process for a store, in its folder `scratch`."""
    folder = scratch / hashlib.sha256(url.encode()).hexdigest()[:16]
    return _caches.setdefault((url, scratch), Cache(store_at(url), folder))


def _referred(path: Path) -> Iterator[str]:
    """The names of files that the revisit records of a file refer to. It is the word of a file: it may name no folder.

    A WACZ refers to what is in it.
    """
    if warcs_in(path) != [path]:
        return
    with suppress(BrokenCaptureError):
        for record in records(path):
            name = record.headers.get("warc-refers-to-filename")
            if name and PurePosixPath(name).name == name:
                yield name
