"""Where captures and results lie: a folder, or what fsspec opens by a URL (`s3://bucket/folder`).

A file is put into a store whole or not at all, and is known by a digest of what is in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol, cast
from urllib.parse import urlsplit
from uuid import uuid4

import attrs

from jobscraper.capture.warc import first_line
from jobscraper.files.endings import ENDINGS
from jobscraper.model.errors import JobscraperError
from jobscraper.scale.extra import require_extra

_EDGE = 1 << 17
"""Bytes of a file's head, and of its tail, that hold how its run begins and ends."""


_AT_ONCE = 500
"""Pieces that are asked for side by side."""


class StoreError(JobscraperError):
    """A store, or a file of it, that cannot be read or written."""


class Store(Protocol):
    """Files by their names (`source/run.warc.gz`). Every method raises StoreError for what cannot be done."""

    @property
    def url(self) -> str:
        """Where it is, as a worker finds it."""

    def matching(self, name: str) -> list[str]:
        """The name itself, or with `*` in it the names that it stands for, in order."""

    def outline(self, folder: Path) -> Path:
        """A folder with files of the same names and sizes, of which head and tail can be read; made in `folder`."""

    def digest(self, name: str) -> str:
        """Hex digits that change when the content of a file does."""

    def fetch(self, name: str, folder: Path) -> Path:
        """A file as a whole on this machine; copied into `folder` if it is not there anyway."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def put(self, file: Path, name: str) -> None:
        """Put a copy of a file in, whole or not at all, in the place of one of the same name."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading, at any place in it."""

    def delete(self, name: str) -> None:
        """Take a file out, if it is there."""


def store_at(where: str) -> Store:
    """The store at a URL, or in a folder.

    :raises StoreError: nothing opens such a URL.
    """
    scheme = urlsplit(where).scheme
    if not scheme:
        return FolderStore(Path(where).resolve())
    if scheme == "file":
        return FolderStore(Path(urlsplit(where).path))
    return RemoteStore.at(where)


@contextmanager
def naming(place: str) -> Iterator[None]:
    """Whatever a store's own library raises, as one line that names the place."""
    try:
        yield
    except StoreError:
        raise
    except FileNotFoundError as error:
        raise StoreError(f"{place}: no such file; check the address") from error
    except IsADirectoryError as error:
        raise StoreError(
            f"{place}: is a folder; name the files in it, such as {place.rstrip('/')}/*.warc.gz"
        ) from error
    except Exception as error:
        raise StoreError(
            f"{place}: {first_line(error)}; check the address, your credentials and the network"
        ) from error


def _some(names: list[str], pattern: str) -> list[str]:
    if not names:
        raise StoreError(f"{pattern}: no such file; check the address")
    return names


def _hollow(target: Path, size: int) -> Path:
    """A file of that size with nothing in it, which takes no space on a disk that knows holes."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.truncate(size)
    return target


def _edges(size: int) -> list[tuple[int, int]]:
    """Head and tail of a file, from byte to byte; one of both where they meet."""
    if size <= 2 * _EDGE:
        return [(0, size)] if size else []
    return [(0, _EDGE), (size - _EDGE, size)]


@attrs.frozen
class FolderStore:
    """A folder of this machine, or of a disk that all workers share."""

    folder: Path

    @property
    def url(self) -> str:
        """Its path."""
        return str(self.folder)

    def matching(self, name: str) -> list[str]:
        """The names that a pattern stands for."""
        found = sorted(file.name for file in self.folder.glob(name) if file.is_file()) if "*" in name else [name]
        return _some(found, f"{self.folder / name}")

    def outline(self, folder: Path) -> Path:
        """The folder itself."""
        del folder
        return self.folder

    def digest(self, name: str) -> str:
        """SHA-256."""
        with naming(f"{self.folder / name}"), (self.folder / name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def fetch(self, name: str, folder: Path) -> Path:
        """The file itself; a reader says when it is not there."""
        del folder
        return self.folder / name

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / name).is_file()

    def put(self, file: Path, name: str) -> None:
        """Copy a file under a name that nobody reads, and then move it. Only its owner may read it."""
        target = self.folder / name
        making = target.with_name(f".{target.name}.{uuid4().hex}")
        with naming(str(target)):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                private = partial(os.open, mode=0o600)
                with file.open("rb") as source, open(making, "xb", opener=private) as copy:
                    shutil.copyfileobj(source, copy)
                making.replace(target)
            finally:
                making.unlink(missing_ok=True)

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""
        with naming(str(self.folder / name)):
            return (self.folder / name).open("rb")

    def delete(self, name: str) -> None:
        """Take a file out, if it is there."""
        (self.folder / name).unlink(missing_ok=True)


@attrs.frozen
class RemoteStore:
    """What fsspec opens. Credentials and the address of the service are the environment's, as its libraries know them."""

    url: str
    fs: Any
    root: str

    @classmethod
    def at(cls, url: str) -> RemoteStore:
        """The store at a URL."""
        require_extra(url)
        from fsspec.core import url_to_fs

        with naming(url):
            # Listings are not kept: other workers write meanwhile.
            fs, root = url_to_fs(url, use_listings_cache=False)
        return cls(url.rstrip("/"), fs, root.rstrip("/"))

    def matching(self, name: str) -> list[str]:
        """The names that a pattern stands for."""
        if "*" not in name:
            return [name]
        with naming(f"{self.url}/{name}"):
            return _some(sorted(map(self._name, self.fs.glob(self._path(name)))), f"{self.url}/{name}")

    def outline(self, folder: Path) -> Path:
        """Files with a hole between head and tail: of a run's WARC the first and the last record are what a plan needs."""
        with naming(self.url):
            found = self.fs.find(self.root, detail=True)
            edges: list[tuple[str, Path, int, int]] = []
            for path, info in found.items():
                name = self._name(path)
                if name.endswith(ENDINGS) and ".." not in PurePosixPath(name).parts:
                    target = _hollow(folder / name, info["size"])
                    edges += [(path, target, *edge) for edge in _edges(info["size"])]
            for begin in range(0, len(edges), _AT_ONCE):
                self._fill(edges[begin : begin + _AT_ONCE])
        return folder

    def _fill(self, edges: list[tuple[str, Path, int, int]]) -> None:
        paths, targets, begins, ends = map(list, zip(*edges, strict=True))
        for target, begin, content in zip(
            targets, begins, self.fs.cat_ranges(paths, begins, ends, on_error="raise"), strict=True
        ):
            with target.open("r+b") as file:
                file.seek(begin)
                file.write(content)

    def digest(self, name: str) -> str:
        """The ETag, where the store keeps one; else SHA-256 of the content."""
        with naming(f"{self.url}/{name}"):
            etag = self.fs.info(self._path(name)).get("ETag")
            if etag:
                return hashlib.sha256(etag.encode()).hexdigest()
            with self.fs.open(self._path(name), "rb") as file:
                total = hashlib.sha256()
                while chunk := file.read(_EDGE):
                    total.update(chunk)
                return total.hexdigest()

    def fetch(self, name: str, folder: Path) -> Path:
        """Copy a file into a folder, under its name, so that what it refers to is found beside it."""
        target = folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with naming(f"{self.url}/{name}"):
            self.fs.get_file(self._path(name), str(target))
        return target

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        with naming(f"{self.url}/{name}"):
            return bool(self.fs.isfile(self._path(name)))

    def put(self, file: Path, name: str) -> None:
        """Put a file in by one request: an object is there whole, or not at all."""
        with naming(f"{self.url}/{name}"):
            self.fs.put_file(str(file), self._path(name))

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; it is fetched piece by piece."""
        with naming(f"{self.url}/{name}"):
            return cast(BinaryIO, self.fs.open(self._path(name), "rb"))

    def delete(self, name: str) -> None:
        """Take a file out, if it is there."""
        with naming(f"{self.url}/{name}"), suppress(FileNotFoundError):
            self.fs.rm_file(self._path(name))

    def _name(self, path: str) -> str:
        return path.removeprefix(self.root).lstrip("/")

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"
