"""Which sources a round crawls, and which of them one after the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

EARLY = 0.1
"""A source is due a tenth of its cadence early: a daily timer that comes a minute earlier than yesterday must not skip a day."""


@attrs.frozen(kw_only=True)
class Scheduled:
    """A source: its hosts, how often it is meant to be crawled, and when a crawl of it last began."""

    name: str
    hosts: frozenset[str]
    cadence: timedelta
    last_started: datetime | None


def due(sources: Iterable[Scheduled], now: datetime) -> list[Scheduled]:
    """The sources whose time has come: never crawled ones first, then those that have waited longest for their cadence."""
    waited = [(source, _share_waited(source, now)) for source in sources]
    ready = [(source, share) for source, share in waited if share >= 1 - EARLY]
    return [source for source, _ in sorted(ready, key=lambda pair: (-pair[1], pair[0].name))]


def _share_waited(source: Scheduled, now: datetime) -> float:
    if source.last_started is None:
        return float("inf")
    return (now - source.last_started) / source.cadence


def lanes(sources: Iterable[Scheduled]) -> list[list[Scheduled]]:
    """Sources that share a host in one lane, to be crawled one after the other: a host gets one request at a time.

    The order of the sources is kept, within a lane and between them.
    """
    found: list[tuple[set[str], list[Scheduled]]] = []
    for source in sources:
        sharing = [lane for lane in found if lane[0] & source.hosts]
        hosts = set(source.hosts).union(*(hosts for hosts, _ in sharing))
        members = [*(one for _, lane in sharing for one in lane), source]
        at = min((found.index(lane) for lane in sharing), default=len(found))
        found = [lane for lane in found if lane not in sharing]
        found.insert(at, (hosts, members))
    return [members for _, members in found]
