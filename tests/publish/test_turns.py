"""Whose turn it is: no client can take what others need, whatever it asks."""

from __future__ import annotations

import asyncio

import pytest

from jobscraper.publish.site.visitors.queue import Queue, Refused
from jobscraper.publish.site.visitors.turns import Account, Limits, charged, client_of, next_turn, refusal, used_by

LIMITS = Limits(workers=2, at_once=3, waiting=4, burst=30, refill=0.5)


def test_what_is_used_comes_back() -> None:
    account = charged(Account(), 10, LIMITS, now=100)
    assert used_by(account, LIMITS, now=100) == 10
    assert used_by(account, LIMITS, now=110) == 5
    assert used_by(account, LIMITS, now=1000) == 0
    assert used_by(charged(account, 4, LIMITS, now=110), LIMITS, now=110) == 9


@pytest.mark.parametrize(
    ("used", "mine", "waiting", "status", "retry_after"),
    [
        (0, 0, 0, None, None),
        (29, 2, 3, None, None),
        (30, 0, 0, 429, 1),
        (40, 0, 0, 429, 21),
        (0, 3, 0, 429, 2),
        (0, 0, 4, 503, 60),
    ],
)
def test_who_is_refused(used: float, mine: int, waiting: int, status: int | None, retry_after: int | None) -> None:
    why = refusal(Account(used, at=50), mine, waiting, LIMITS, now=50)
    assert (why and why.status, why and why.retry_after) == (status, retry_after)


@pytest.mark.parametrize(
    ("waiting", "running", "used", "next_one"),
    [
        (["a", "b"], {}, {}, 0),
        (["a", "b"], {"a": 1}, {}, 1),
        (["a", "a", "b"], {}, {"a": 20.0}, 2),
        (["a", "b"], {"b": 1}, {"a": 20.0}, 0),
        (["a", "a"], {"a": 2}, {"a": 9.0}, 0),
    ],
)
def test_who_is_next(waiting: list[str], running: dict[str, int], used: dict[str, float], next_one: int) -> None:
    accounts = {client: Account(seconds, at=0) for client, seconds in used.items()}
    assert next_turn(waiting, running, accounts, LIMITS, now=0) == next_one


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("a socket", "a socket"),
    ],
)
def test_who_asks(address: str, client: str) -> None:
    assert client_of(address) == client


def test_turns_are_given_back() -> None:
    """Those that end, are refused, or leave while they wait hold nothing."""

    async def scene() -> list[str]:
        queue = Queue(Limits(workers=1, at_once=2, waiting=3, wait_seconds=0.05))
        order: list[str] = []

        async def one(client: str, seconds: float = 0) -> None:
            try:
                async with queue.turn(client):
                    order.append(client)
                    await asyncio.sleep(seconds)
            except Refused as refused:
                order.append(f"{client}: {refused.why.status}")

        long = asyncio.create_task(one("a", 0.2))
        await asyncio.sleep(0)
        leaving = asyncio.create_task(one("b"))
        await asyncio.sleep(0)
        leaving.cancel()
        await one("c")  # Waits in vain.
        await long
        for client in "abc":
            await one(client)
        return order

    assert asyncio.run(scene()) == ["a", "c: 503", "a", "b", "c"]


def test_one_that_leaves_as_its_turn_comes_holds_nothing() -> None:
    async def scene() -> None:
        queue = Queue(Limits(workers=1))

        async def one() -> None:
            async with queue.turn("a"):
                pass

        leaving = asyncio.create_task(one())
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await asyncio.wait_for(one(), 1)

    asyncio.run(scene())
