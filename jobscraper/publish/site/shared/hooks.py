"""Datasette's hook decorators with types; its own have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from datasette import hookimpl

Hook = TypeVar("Hook", bound=Callable[..., object])


def hook(function: Hook) -> Hook:
    """Mark a function as the implementation of the Datasette hook of its name."""
    return cast(Hook, hookimpl(function))


def last_hook(function: Hook) -> Hook:
    """Mark a function that runs after the others of its name and so has the last word."""
    return cast(Hook, hookimpl(trylast=True)(function))


def wrapping_hook(function: Hook) -> Hook:
    """Mark a generator function as one that replaces what the hook of its name gives."""
    return cast(Hook, hookimpl(wrapper=True)(function))
