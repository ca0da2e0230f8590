"""A limit on the time that reading a page may take, so that one on which an expression runs wild costs itself only."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import current_thread, main_thread
from typing import NoReturn


class TookTooLongError(BaseException):
    """No `Exception`: a reader that catches those must not go on."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Do what follows in so many seconds of a processor, or not to its end.

    Python is interrupted, and its regular expressions are; a parser written in C is not. Threads other than the main one
    know no such signal, and no limit.

    :raises TookTooLongError: the time is over.
    """
    if not _is_heard():
        yield
        return
    try:
        try:
            # And again each second: a `finally` or a generator may swallow it once.
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TookTooLongError:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)  # It may have come just before the line above.
        raise


def _is_heard() -> bool:
    if current_thread() is not main_thread():
        return False
    _set_up()
    return True


@cache
def _set_up() -> None:
    signal.signal(signal.SIGVTALRM, _end)


def _end(*_: object) -> NoReturn:
    raise TookTooLongError
