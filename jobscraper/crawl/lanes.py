"""Which sources are crawled one after the other, so that no host, and no vendor of many hosts, is asked twice at once. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from jobscraper.text.suffixes import split_host

Member = TypeVar("Member")


def vendor(host: str) -> str:
    """The domain that somebody registered: `a.tribepad.com` and `b.tribepad.com` are the same machines.

    >>> vendor("jobs.oxford.gov.uk"), vendor("ce0164li.webitrent.com"), vendor("127.0.0.1")
    ('oxford.gov.uk', 'webitrent.com', '127.0.0.1')
    """
    return split_host(host).top_domain_under_public_suffix or host


def lanes(members: Iterable[Member], hosts_of: Callable[[Member], Iterable[str]]) -> list[list[Member]]:
    """Members that share a vendor in one lane, to be crawled one after the other; their order is kept."""
    found: list[tuple[set[str], list[Member]]] = []
    for member in members:
        own = set(map(vendor, hosts_of(member)))
        sharing = [lane for lane in found if lane[0] & own]
        at = min((found.index(lane) for lane in sharing), default=len(found))
        joined = (
            own.union(*(vendors for vendors, _ in sharing)),
            [*(one for _, lane in sharing for one in lane), member],
        )
        found = [lane for lane in found if lane not in sharing]
        found.insert(at, joined)
    return [lane for _, lane in found]
