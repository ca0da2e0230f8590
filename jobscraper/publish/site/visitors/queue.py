"""The queue before the processes that answer visitors."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from jobscraper.publish.site.visitors.turns import BUSY, Account, Limits, Refusal, charged, next_turn, refusal, used_by

# Accounts that are even again are let go of when there are more than this.
_MOST_ACCOUNTS = 10_000


class Refused(Exception):  # noqa: N818 (it is an answer, no error)
    """A request gets no turn."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.words)
        self.why = why


class Queue:
    """Gives turns to requests, so many at once, and keeps account of what each client uses."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._waiting: list[tuple[str, asyncio.Future[None]]] = []
        self._running: Counter[str] = Counter()
        self._accounts: dict[str, Account] = {}

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn of `client`; it lasts as long as the block, and is charged to its account.

        :raises Refused: it gets none.
        """
        mine = self._running[client] + sum(one == client for one, _ in self._waiting)
        why = refusal(self._account(client), mine, len(self._waiting), self.limits, self._clock())
        if why:
            raise Refused(why)
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        place = (client, granted)
        self._waiting.append(place)
        self._grant()
        try:
            await asyncio.wait({granted}, timeout=self.limits.wait_seconds)
        except asyncio.CancelledError:
            if granted.done():
                self._end(client, 0)
            raise
        finally:
            if place in self._waiting:
                self._waiting.remove(place)
        if not granted.done():
            raise Refused(BUSY)
        started = self._clock()
        try:
            yield
        finally:
            self._end(client, self._clock() - started)

    def _account(self, client: str) -> Account:
        return self._accounts.get(client, Account())

    def _grant(self) -> None:
        while self._waiting and self._running.total() < self.limits.workers:
            clients = [client for client, _ in self._waiting]
            place = next_turn(clients, self._running, self._accounts, self.limits, self._clock())
            client, granted = self._waiting.pop(place)
            self._running[client] += 1
            granted.set_result(None)

    def _end(self, client: str, seconds: float) -> None:
        now = self._clock()
        self._accounts[client] = charged(self._account(client), seconds, self.limits, now)
        if len(self._accounts) > _MOST_ACCOUNTS:
            self._accounts = {
                one: account for one, account in self._accounts.items() if used_by(account, self.limits, now)
            }
        self._running -= Counter([client])
        self._grant()
