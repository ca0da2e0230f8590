"""A rebuild on a cluster gives the rows that one on this machine gives, whoever dies meanwhile."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from jobscraper.archive.locks import rebuilding
from jobscraper.archive.run_recorder import source_row
from jobscraper.capture.run_info import run_info
from jobscraper.cli.main import main
from jobscraper.crawl.sources import known_sources
from jobscraper.rebuild.engine import read_all
from jobscraper.rebuild.reading import Stretch
from jobscraper.rebuild.rebuild import plan, rebuild
from jobscraper.scale import cluster
from jobscraper.scale.code import OtherCodeError
from jobscraper.scale.engine import reading
from jobscraper.scale.store import store_at
from tests.rebuild.test_rebuild import rows
from tests.scale.conftest import (
    PAGES,
    RUNS,
    Workers,
    kill,
    rebuild_command,
    running_workers,
    upload,
    wait_for,
    write_runs,
)

NOW = datetime(2099, 1, 1, tzinfo=UTC)
Bucket = Callable[[str], str]


def rebuild_with(read: Any, folder: Path, archive: Path, *, workers: int = 1) -> dict[str, list[tuple[Any, ...]]]:
    """Rebuild an archive, and return its rows."""
    known = {name: source_row(source) for name, source in known_sources().items()}
    with rebuilding(archive):
        rebuild(archive, plan(archive, folder, (), known, without=False), NOW, workers=workers, read=read)
    return rows(archive)


@pytest.fixture(scope="module")
def expected(captures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a rebuild in this process."""
    found = rebuild_with(read_all, captures, tmp_path_factory.mktemp("one") / "archive.db")
    assert (len(found["capture"]), len(found["run"])) == (RUNS * PAGES, RUNS)
    return found


def test_two_processes_give_the_same_rows(captures: Path, tmp_path: Path, expected: Any) -> None:
    assert rebuild_with(read_all, captures, tmp_path / "archive.db", workers=2) == expected


@pytest.mark.slow
def test_a_cluster_of_this_machine_gives_the_same_rows(captures: Path, tmp_path: Path, expected: Any) -> None:
    with reading(str(captures), str(tmp_path / "results"), None, 2) as reader:
        assert rebuild_with(reader.read_all, reader.planned, tmp_path / "archive.db") == expected
        assert reader.unread == []


@pytest.mark.slow
def test_workers_elsewhere_give_the_same_rows_from_a_store(
    captures: Path, tmp_path: Path, expected: Any, workers: Workers, bucket: Bucket
) -> None:
    """Over TCP, the captures and the results in S3; the second time with an archive, whose index cuts files in stretches."""
    url = upload(captures, f"{bucket('elsewhere')}/captures")
    for _ in range(2):
        with reading(url, "s3://elsewhere/results", workers.scheduler, 1) as reader:
            assert rebuild_with(reader.read_all, reader.planned, tmp_path / "archive.db") == expected
            assert reader.unread == []


@pytest.mark.slow
def test_what_is_read_is_not_read_again(captures: Path, tmp_path: Path, workers: Workers) -> None:
    def results() -> dict[str, int]:
        return {file.name: file.stat().st_mtime_ns for file in (tmp_path / "results").iterdir()}

    found = []
    for _ in range(2):
        with reading(str(captures), str(tmp_path / "results"), workers.scheduler, 1) as reader:
            rebuild_with(reader.read_all, reader.planned, tmp_path / "archive.db")
        found.append(results())
    assert found[0] == found[1]
    assert len(found[0]) == RUNS


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path, workers: Workers) -> None:
    folder = write_runs(tmp_path / "captures", runs=3, pages=4)
    gone = sorted(folder.glob("*/*"))[2]
    known = {name: source_row(source) for name, source in known_sources().items()}
    planned = plan(tmp_path / "archive.db", folder, (), known, without=False)
    with reading(str(folder), str(tmp_path / "results"), workers.scheduler, 1) as reader:
        size = gone.stat().st_size
        gone.write_bytes(b"something else".ljust(size))
        rebuild(tmp_path / "archive.db", planned, NOW, workers=1, read=reader.read_all)
    assert [text.split(": ")[0] for text in reader.unread] == [str(gone)]
    assert len(rows(tmp_path / "archive.db")["capture"]) == 8


def test_workers_with_other_code_are_refused(
    captures: Path, tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobscraper.scale.engine.code_digest", lambda: "newer")
    with (
        reading(str(captures), str(tmp_path / "results"), workers.scheduler, 1) as reader,
        pytest.raises(OtherCodeError, match="not newer; install the same on all"),
    ):
        rebuild_with(reader.read_all, reader.planned, tmp_path / "archive.db")
    assert not (tmp_path / "archive.db").exists()


def test_the_outline_of_a_store_tells_the_runs(captures: Path, tmp_path: Path, bucket: Bucket) -> None:
    """A plan needs no more of a file than its head, its tail and its size."""
    store = store_at(upload(captures, bucket("outline")))
    outline = store.outline(tmp_path)
    for file in captures.glob("*/*"):
        there = outline / file.relative_to(captures)
        assert there.stat().st_size == file.stat().st_size
        assert (run_info(there).info, run_info(there).closing) == (run_info(file).info, run_info(file).closing)


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_its_task_only(tmp_path: Path) -> None:
    folder = write_runs(tmp_path / "captures", runs=12, pages=100)
    expected = rebuild_with(read_all, folder, tmp_path / "one.db")
    results = tmp_path / "results"
    with running_workers(tmp_path) as workers:
        more = ["--engine", "dask", "--scheduler", workers.scheduler, "--results", str(results)]
        command = rebuild_command(tmp_path / "archive.db", str(folder), *more)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            wait_for(lambda: len(list(results.glob("*.parquet"))) >= 3)
            kill(workers.processes[0])
            assert len(list(results.glob("*.parquet"))) < 12, "it was killed too late to tell anything"
            said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert rows(tmp_path / "archive.db") == expected
    files = list(results.glob("*.parquet"))
    assert len(files) == 12
    assert all(pq.ParquetFile(file).metadata.num_rows for file in files)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--scheduler", "tcp://127.0.0.1:9"],
            "tcp://127.0.0.1:9: no scheduler answers; start one with `dask scheduler`",
        ),
        (["--scheduler", "127.0.0.1"], "no scheduler answers"),
    ],
)
def test_a_cluster_that_is_not_there(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any
) -> None:
    monkeypatch.setattr(cluster, "MOST_SECONDS", 1)
    assert said in run("rebuild", "--archive", str(tmp_path / "archive.db"), "--engine", "dask", *options)


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    monkeypatch.setattr("jobscraper.scale.extra.find_spec", lambda _: None)
    assert run("rebuild", "--archive", str(tmp_path / "archive.db"), "--engine", "dask") == (
        "Error: --engine dask needs the extra `scale`; install it with: pip install 'jobscraper[scale]'\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tcp://127.0.0.1:8786"], "--scheduler goes with --engine dask"),
        (["--captures", "s3://bucket/captures"], "s3://bucket/captures is a store; add --engine dask, which reads it"),
    ],
)
def test_what_only_a_cluster_can_do_is_not_tried_without(options: list[str], said: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["rebuild", "--archive", str(tmp_path / "archive.db"), *options])
    assert (done.exit_code, said in done.stderr) == (2, True)


@pytest.mark.slow
def test_results_that_are_damaged_are_named(captures: Path, tmp_path: Path, workers: Workers) -> None:
    with reading(str(captures), str(tmp_path / "results"), workers.scheduler, 1) as reader:
        stretches = [Stretch(path) for path in sorted(captures.glob("*/*"))[:1]]
        list(reader.read_all(stretches, 1))
        (made,) = (tmp_path / "results").iterdir()
        made.write_bytes(b"PAR1 is how it begins")
        list(reader.read_all(stretches, 1))
    assert [f"{made}: " in text for text in reader.unread] == [True]


@pytest.mark.slow
def test_two_commands_on_one_cluster_have_tasks_of_their_own(captures: Path, tmp_path: Path, workers: Workers) -> None:
    stretches = [Stretch(path) for path in sorted(captures.glob("*/*"))[:2]]
    with (
        reading(str(captures), str(tmp_path / "one"), workers.scheduler, 1) as one,
        reading(str(captures), str(tmp_path / "two"), workers.scheduler, 1) as two,
        closing(one.read_all(stretches, 1)) as first,
    ):
        next(first)
        list(two.read_all(stretches, 1))
        assert two.unread == []
    assert len(list((tmp_path / "two").iterdir())) == 2
