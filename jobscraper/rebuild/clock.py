"""Runs that were captured with a wrong clock: finding them, and telling when they really were. The captures stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

import attrs

from jobscraper.capture.misdated import Remedy
from jobscraper.capture.read import BrokenCaptureError, entries
from jobscraper.capture.record import header
from jobscraper.quality.clock import MOST_APART, Stamp, is_ahead, mended, told_by
from jobscraper.read.outcome import PageRead
from jobscraper.rebuild.reading import Step
from jobscraper.rebuild.runs import RecordedRun


@attrs.frozen
class Misdated:
    """A run that a clock misdated, what is done with it, and when it began by its files and in truth."""

    run: RecordedRun
    remedy: Remedy
    began: datetime


def find_misdated(
    runs: Iterable[RecordedRun], now: datetime, wrong_clocks: Collection[str] = frozenset()
) -> list[Misdated]:
    """The runs whose boards told another time than their captures have, and those that are from the future all the same.

    :param wrong_clocks: hosts that are not believed.
    """
    found = []
    for run in runs:
        if run.started is None:
            continue
        in_truth = with_board_time(run, wrong_clocks)
        latest = max((in_truth.started or now, in_truth.closed or now, *in_truth.times.values()))
        if is_ahead(latest, now):
            found.append(Misdated(run, "set-aside", run.started))
        elif in_truth != run:
            found.append(Misdated(run, "board-time", in_truth.started or run.started))
    return found


def with_board_time(run: RecordedRun, wrong_clocks: Collection[str] = frozenset()) -> RecordedRun:
    """The run at the times that its boards told; as it is, where they tell none or the same."""
    stamps = _stamps(run, wrong_clocks)
    if not stamps or run.started is None:
        return run
    times = mended([stamp for _, stamp in stamps])
    moved = [time - stamp.at for time, (_, stamp) in zip(times, stamps, strict=True)]
    if all(abs(one) <= MOST_APART for one in moved):
        return run

    return attrs.evolve(
        run,
        started=run.started + moved[0],
        closed=run.closed + moved[-1] if run.closed else None,
        retry_after=run.retry_after + moved[-1] if run.retry_after else None,
        times={key: time for (key, _), time in zip(stamps, times, strict=True)},
    )


def _stamps(run: RecordedRun, wrong_clocks: Collection[str]) -> list[tuple[str, Stamp]]:
    found = []
    for path in dict.fromkeys(stretch.path for stretch in run.stretches):
        with suppress(BrokenCaptureError):
            for entry in entries(path):
                is_believed = urlsplit(entry.capture.url).hostname not in wrong_clocks
                headers = entry.head.headers if entry.head and is_believed else ()
                told = told_by(header(headers, "date"), header(headers, "age"))
                found.append((entry.capture.id, Stamp(entry.capture.fetched_at, told)))
    return found


def at_its_time(step: Step, run: RecordedRun) -> Step:
    """A step of a run at its right time. What was made ready of it was so at a wrong one, and is made ready anew."""
    at = run.times.get(step.capture.id)
    if at is None:
        return step
    capture = attrs.evolve(step.capture, fetched_at=at)
    outcome = step.outcome
    if isinstance(outcome, PageRead):
        outcome = attrs.evolve(outcome, capture=capture)
    return attrs.evolve(step, capture=capture, outcome=outcome, ready={})
