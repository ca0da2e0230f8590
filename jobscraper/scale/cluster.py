"""The workers of a Dask cluster: one that somebody runs, or processes of this machine that end with us."""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from distributed import Client, Future, KilledWorker, LocalCluster

from jobscraper.capture.warc import first_line
from jobscraper.model.errors import JobscraperError
from jobscraper.scale.code import OtherCodeError

MOST_SECONDS = 30
"""How long a scheduler may take to answer, and a first worker to join it."""


class ClusterError(JobscraperError):
    """No cluster to work on."""


class FileFailedError(JobscraperError):
    """One file that could not be worked on, in a line; the others go on."""


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[Client]:
    """The cluster of a scheduler (`tcp://host:8786`); without one, so many processes of this machine.

    :raises ClusterError: no scheduler or no worker answers.
    """
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # It prints tracebacks of what we say in a line.
    # A client that somebody dropped half made is closed when it is collected. In the middle of making another one, Dask
    # would then wait for itself for ever.
    gc.collect()
    if scheduler is None:
        # One thread each: reading is Python, which threads would only take turns at.
        here = LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
        )
        try:
            with Client(here) as client:
                yield client
        finally:
            # Dask asserts where a worker that was killed is just being started anew; it ends with this process all the same.
            with suppress(AssertionError):
                here.close()
        return
    try:
        _knock(scheduler)
        client = Client(scheduler, timeout=MOST_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"{scheduler}: no scheduler answers; start one with `dask scheduler`, and name it as tcp://HOST:8786"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=MOST_SECONDS)
        except TimeoutError as error:
            raise ClusterError(
                f"{scheduler}: no worker has joined it; start some with `dask worker {scheduler}`"
            ) from error
        yield client


def _knock(scheduler: str) -> None:
    """See whether anybody listens, before a client is made that would have to be dropped.

    :raises OSError, ValueError: nobody does, or this is no address.
    """
    parts = urlsplit(scheduler)
    if not parts.hostname or not parts.port:
        raise ValueError(f"no host and port in {scheduler}")
    socket.create_connection((parts.hostname, parts.port), timeout=MOST_SECONDS).close()


def result(future: Future, called: str) -> Any:
    """What a task on the file that is `called` so gave.

    :raises FileFailedError: the file cannot be read, or kills whoever reads it.
    :raises JobscraperError: the cluster is gone, or its workers have other code.
    """
    try:
        return future.result()
    except OtherCodeError:
        raise
    except CancelledError as error:
        raise ClusterError("the cluster is gone; start it again: what was done stays done") from error
    except KilledWorker as error:
        raise FileFailedError(f"{called}: every worker that had it was killed; give them more memory") from error
    except JobscraperError as error:
        raise FileFailedError(str(error)) from error
    except Exception as error:
        raise FileFailedError(f"{called}: {first_line(error)}") from error
