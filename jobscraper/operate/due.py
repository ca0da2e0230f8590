"""Which sources a round crawls. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

EARLY = 0.1
"""A source is due a tenth of its cadence early: a daily timer that comes a minute earlier than yesterday must not skip a day."""


@attrs.frozen(kw_only=True)
class Scheduled:
    """A source: its hosts, how often it is meant to be crawled, and when a crawl of it last began.

    `retry_after`: before then it is not to be asked, because its board refused, failed too often, or asked for that.
    """

    name: str
    hosts: frozenset[str]
    cadence: timedelta
    last_started: datetime | None
    retry_after: datetime | None = None


def due(sources: Iterable[Scheduled], now: datetime) -> list[Scheduled]:
    """The sources whose time has come: never crawled ones first, then those that have waited longest for their cadence."""
    waited = [(source, _share_waited(source, now)) for source in sources if not _rests(source, now)]
    ready = [(source, share) for source, share in waited if share >= 1 - EARLY]
    return [source for source, _ in sorted(ready, key=lambda pair: (-pair[1], pair[0].name))]


def _rests(source: Scheduled, now: datetime) -> bool:
    return source.retry_after is not None and now < source.retry_after


def _share_waited(source: Scheduled, now: datetime) -> float:
    if source.last_started is None:
        return float("inf")
    return (now - source.last_started) / source.cadence
