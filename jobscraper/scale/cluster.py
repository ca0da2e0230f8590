"""The workers of a Dask cluster: one that somebody runs, or processes of this machine that end with us."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client, LocalCluster

from jobscraper.errors import JobscraperError

_SECONDS = 30
"""How long a scheduler may take to answer, and a first worker to join it."""


class ClusterError(JobscraperError):
    """No cluster to work on."""


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[Client]:
    """The cluster of a scheduler (`tcp://host:8786`); without one, so many processes of this machine.

    :raises ClusterError: no scheduler or no worker answers.
    """
    if scheduler is None:
        # One thread each: reading is Python, which threads would only take turns at.
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
            ) as here,
            Client(here) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"{scheduler}: no scheduler answers; start one with `dask scheduler`, and name it as tcp://HOST:8786"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError as error:
            raise ClusterError(
                f"{scheduler}: no worker has joined it; start some with `dask worker {scheduler}`"
            ) from error
        yield client
