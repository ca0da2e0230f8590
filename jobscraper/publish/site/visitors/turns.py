"""Whose turn it is to be answered: what each client may ask for, and who is next. Pure; `now` is in seconds of any clock."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from ipaddress import IPv6Address, ip_address

import attrs


@attrs.frozen(kw_only=True)
class Limits:
    """How much is answered for visitors.

    `workers`: requests side by side. `seconds`: of one request, from its turn to its last byte. `at_once`: requests of one
    client, answered or waiting. `waiting`: of all. `wait_seconds`: until a turn comes. `burst`: seconds of answering that
    a client may use up at once. `refill`: seconds that it gets back a second.
    """

    workers: int = 2
    seconds: float = 4.0
    at_once: int = 10
    waiting: int = 80
    wait_seconds: float = 15.0
    burst: float = 30.0
    refill: float = 0.2


@attrs.frozen
class Account:
    """What a client has used, in seconds of answering, as of `at`."""

    used: float = 0.0
    at: float = 0.0


def used_by(account: Account, limits: Limits, now: float) -> float:
    """What a client has used and not got back yet."""
    return max(0.0, account.used - (now - account.at) * limits.refill)


def charged(account: Account, seconds: float, limits: Limits, now: float) -> Account:
    """The account after an answer that took so long."""
    return Account(used_by(account, limits, now) + seconds, now)


@attrs.frozen
class Refusal:
    """Why a request gets no turn, as a status of HTTP with words, and after how many seconds to ask again."""

    status: int
    words: str
    retry_after: int


BUSY = Refusal(503, "Many questions are waiting just now. Ask again in a minute.", 60)


def refusal(account: Account, mine: int, waiting: int, limits: Limits, now: float) -> Refusal | None:
    """Why a client gets no turn; None if it may wait for one. `mine`: its requests now, `waiting`: those of all that wait."""
    used = used_by(account, limits, now)
    if used >= limits.burst:
        wait = math.ceil((used - limits.burst) / limits.refill) + 1
        return Refusal(
            429, f"Your questions have used {used:.0f} seconds of this server’s time. Ask again later.", wait
        )
    if mine >= limits.at_once:
        return Refusal(429, f"{mine} of your questions are still being answered. Wait for them, then ask again.", 2)
    return BUSY if waiting >= limits.waiting else None


def next_turn(
    waiting: Sequence[str], running: Mapping[str, int], accounts: Mapping[str, Account], limits: Limits, now: float
) -> int:
    """Which of those that wait, in the order in which they came, is next: whose client has least running, then least used."""

    def of(place: int) -> tuple[int, float, int]:
        client = waiting[place]
        return running.get(client, 0), used_by(accounts.get(client, Account()), limits, now), place

    return min(range(len(waiting)), key=of)


def client_of(address: str) -> str:
    """Who asks: an IPv4 address, or the network of 64 bits that one household or office has of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
