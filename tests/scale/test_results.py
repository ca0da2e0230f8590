"""Results: what comes out of a Parquet file is what a rebuild on one machine would have read, in bounded pieces."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pyarrow.parquet as pq
import pytest

from jobscraper.capture.warc import BrokenCaptureError
from jobscraper.read.outcome import PageRead
from jobscraper.rebuild.reading import Step, Stretch, steps_of
from jobscraper.sample import sample_warc
from jobscraper.scale import results
from jobscraper.scale.code import code_digest
from jobscraper.scale.reader import read_file
from jobscraper.scale.results import is_final, read_results, write_results
from jobscraper.scale.store import store_at
from jobscraper.scale.task import Task
from tests.scale.conftest import write_runs


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    """What the bundled sample holds: pages of every platform."""
    return list(steps_of(Stretch(sample_warc()), lambda _: None, set()))


def as_folded(step: Step) -> Step:
    """A step without what folding does not ask for: where a page leads."""
    if not isinstance(step.outcome, PageRead):
        return step
    reading = attrs.evolve(step.outcome.reading, follow=())
    return attrs.evolve(step, outcome=attrs.evolve(step.outcome, reading=reading))


def test_what_is_read_is_what_was_written(steps: list[Step], tmp_path: Path) -> None:
    write_results(steps, [], tmp_path / "a.parquet")
    found = read_results(store_at(str(tmp_path)), "a.parquet")
    assert list(found.steps) == [as_folded(step) for step in steps]
    assert (found.skipped, found.broken) == ([], None)
    assert any(step.ready for step in steps)


def test_it_is_written_by_the_row_group(steps: list[Step], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "GROUP_BYTES", 50_000)
    write_results(steps, [], tmp_path / "a.parquet")
    assert pq.ParquetFile(tmp_path / "a.parquet").num_row_groups > 10
    assert list(read_results(store_at(str(tmp_path)), "a.parquet").steps) == [as_folded(step) for step in steps]


def test_what_was_passed_over_and_where_a_file_breaks_off_is_told(steps: list[Step], tmp_path: Path) -> None:
    def breaking() -> Iterator[Step]:
        yield from steps[:3]
        raise BrokenCaptureError("x.warc.gz: broken at byte 7")

    write_results(breaking(), ["x.warc.gz: the record at byte 5 is passed over"], tmp_path / "a.parquet")
    found = read_results(store_at(str(tmp_path)), "a.parquet")
    assert len(list(found.steps)) == 3
    assert found.skipped == ["x.warc.gz: the record at byte 5 is passed over"]
    assert found.broken == "x.warc.gz: broken at byte 7"


def test_a_file_whose_bodies_were_not_at_hand_is_read_again(tmp_path: Path) -> None:
    """The second day's pages are those of the first, whose file comes late."""
    write_runs(tmp_path / "all", runs=3, pages=4)
    first, second, _ = sorted((tmp_path / "all" / "localgov").iterdir())
    store = store_at(str(tmp_path / "captures"))
    store.put(second, f"localgov/{second.name}")
    task = Task(
        captures=store.url, name=f"localgov/{second.name}", results=str(tmp_path / "results"), code=code_digest()
    )
    made = store_at(task.results)
    name = read_file(task, tmp_path)
    found = read_results(made, name)
    assert (len(list(found.steps)), len(found.skipped)) == (2, 2)
    assert f"{store.url}/localgov/{second.name}: the record at byte" in found.skipped[0]
    assert not is_final(made, name)
    store.put(first, f"localgov/{first.name}")
    assert read_file(task, tmp_path) == name
    assert len(list(read_results(made, name).steps)) == 4
    assert is_final(made, name)


_READ_AND_TELL = """
import resource, sys
from pathlib import Path
from jobscraper.scale.code import code_digest
from jobscraper.scale.reader import read_file
from jobscraper.scale.task import Task
folder = Path(sys.argv[1])
(file,) = (folder / "localgov").iterdir()
read_file(Task(captures=str(folder), name=f"localgov/{file.name}", results=str(folder / "r"), code=code_digest()), folder)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
"""


@pytest.mark.slow
def test_the_memory_of_a_worker_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """1,500 pages of 65 kB are 100 MB; ten times fewer take as much memory."""
    megabytes = []
    for pages in (150, 1_500):
        folder = write_runs(tmp_path / str(pages), runs=1, pages=pages)
        told = subprocess.run(
            [sys.executable, "-c", _READ_AND_TELL, str(folder)], check=True, capture_output=True, text=True
        )
        megabytes.append(int(told.stdout))
    assert megabytes[1] - megabytes[0] < 40, megabytes
