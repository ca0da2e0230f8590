"""What a task on a cluster comes to when something dies: one file is lost, or the cluster is, and never more is said."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jobscraper.scale.cluster import ClusterError, FileFailedError, cluster, result
from tests.scale.conftest import kill, running_workers


def fail(text: str) -> None:
    raise ValueError(f"{text}\nand more lines")


@pytest.mark.slow
def test_a_file_that_kills_whoever_reads_it_is_named() -> None:
    with cluster(None, 1) as client:
        future = client.submit(os._exit, 9)
        with pytest.raises(
            FileFailedError, match=r"x\.warc: every worker that had it was killed; give them more memory"
        ):
            result(future, "x.warc")


@pytest.mark.slow
def test_an_error_is_one_line_with_the_name_of_the_file() -> None:
    with cluster(None, 1) as client, pytest.raises(FileFailedError, match=r"^x\.warc: torn$"):
        result(client.submit(fail, "torn"), "x.warc")


@pytest.mark.slow
def test_a_cluster_that_goes_away_is_no_endless_wait(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with running_workers(tmp_path, 1) as workers, cluster(workers.scheduler, 1) as client:
        future = client.submit(time.sleep, 60)
        kill(workers.process)
        with pytest.raises(ClusterError, match="the cluster is gone; start it again"):
            result(future, "x.warc")
    assert "Traceback" not in capfd.readouterr().err
