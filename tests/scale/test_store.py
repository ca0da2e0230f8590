"""Stores: a file is put in whole or not at all, known by its content, and kept on a worker's disk within bounds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from jobscraper.scale.cache import Cache
from jobscraper.scale.store import Store, StoreError, store_at
from tests.capture.files import page, run, url

Bucket = Callable[[str], str]


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    if request.param == "folder":
        return store_at(str(tmp_path / "store"))
    if request.param == "memory":
        return store_at(f"memory://{tmp_path.name}")
    make: Bucket = request.getfixturevalue("bucket")
    return store_at(make(tmp_path.name.replace("_", "-").strip("-").lower()[:60]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file to put in."""
    made = tmp_path / "file"
    made.write_bytes(b"one")
    return made


def content(store: Store, name: str) -> bytes:
    with store.open(name) as opened:
        return opened.read()


def test_what_is_put_in_is_there_under_its_name_until_it_is_deleted(store: Store, file: Path) -> None:
    assert not store.has("a/b.parquet")
    store.put(file, "a/b.parquet")
    assert store.has("a/b.parquet")
    assert content(store, "a/b.parquet") == b"one"
    store.delete("a/b.parquet")
    store.delete("a/b.parquet")
    assert not store.has("a/b.parquet")


def test_the_digest_changes_with_the_content_alone(store: Store, file: Path) -> None:
    store.put(file, "a")
    store.put(file, "b")
    first = store.digest("a")
    assert store.digest("b") == first
    file.write_bytes(b"two")
    store.put(file, "a")
    assert store.digest("a") != first


def test_a_name_with_a_star_stands_for_many(store: Store, file: Path) -> None:
    for name in ("x-2.warc", "x-1.warc", "y.warc"):
        store.put(file, name)
    assert store.matching("x-*.warc") == ["x-1.warc", "x-2.warc"]
    with pytest.raises(StoreError, match=r"z-\*.warc: no such file"):
        store.matching("z-*.warc")


def test_what_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(StoreError, match=r"nothing\.warc: no such file; check the address"):
        store.digest("nothing.warc")


def test_a_copy_that_fails_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(str(tmp_path / "store"))
    store.put(file, "a")

    def half(_: BinaryIO, target: BinaryIO) -> None:
        target.write(b"ha")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", half)
    with pytest.raises(StoreError, match=r"a: .*No space left on device"):
        store.put(file, "a")
    assert content(store, "a") == b"one"
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["a"]


def test_results_are_for_their_owner_only(tmp_path: Path, file: Path) -> None:
    """What workers read is not redacted yet."""
    store_at(str(tmp_path / "store")).put(file, "new/a")
    assert (tmp_path / "store" / "new" / "a").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("where", ["nobody-knows://x", "s3://no-such-bucket-anywhere"])
def test_a_store_that_cannot_be_opened_is_named(where: str, bucket: Bucket, tmp_path: Path) -> None:
    del bucket
    with pytest.raises(StoreError, match=where):
        store_at(where).outline(tmp_path)


def test_without_the_extra_a_store_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobscraper.scale.extra.find_spec", lambda _: None)
    with pytest.raises(
        Exception, match=r"s3://x needs the extra `scale`; install it with: pip install 'jobscraper\[scale\]'"
    ):
        store_at("s3://x")


@pytest.fixture
def three_runs(tmp_path: Path) -> Store:
    """The third run got the page of the first once more, whose body it does not hold."""
    store = store_at(f"memory://{tmp_path.name}-runs")
    folder = tmp_path / "runs"
    (first,) = run(folder / "board-1.warc.gz", [(url(1), page(b"<html>first</html>"))])
    run(folder / "board-2.warc.gz", [(url(2), page(b"<html>second</html>"))])
    run(folder / "board-3.warc.gz", [(url(1), page(b"", 304), first)])
    for file in folder.iterdir():
        store.put(file, f"board/{file.name}")
    return store


def test_a_file_comes_with_those_that_hold_its_bodies(three_runs: Store, tmp_path: Path) -> None:
    cache = Cache(three_runs, tmp_path / "cache")
    path = cache.fetch_with_bodies("board/board-3.warc.gz")
    assert sorted(file.name for file in path.parent.iterdir()) == ["board-1.warc.gz", "board-3.warc.gz"]


def test_what_was_used_longest_ago_is_given_up_first(three_runs: Store, tmp_path: Path) -> None:
    names = [f"board/board-{number}.warc.gz" for number in (1, 2, 1)]
    cache = Cache(three_runs, tmp_path / "cache")
    for name in names:
        cache.fetch(name)
    cache.most_bytes = (tmp_path / "cache" / names[0]).stat().st_size
    cache.fetch_with_bodies(names[0])
    assert list(cache.held) == [names[0]]
    assert not (tmp_path / "cache" / names[1]).exists()


def test_a_file_that_was_replaced_is_fetched_again(three_runs: Store, tmp_path: Path, file: Path) -> None:
    cache = Cache(three_runs, tmp_path / "cache")
    cache.fetch("board/board-1.warc.gz")
    three_runs.put(file, "board/board-1.warc.gz")
    assert cache.fetch("board/board-1.warc.gz").read_bytes() == b"one"
