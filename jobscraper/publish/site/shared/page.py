"""What a page of the site says of itself: its address, what answers it, and which of its addresses are worth a look.

A page's module declares; `pages/__init__.py` collects. Routes, sitemap, the pages that browsers test and those that
`bench/site.py` asks follow from it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import attrs
from datasette.utils import tilde_encode

View = Callable[..., Awaitable[Any]]
Values = dict[str, Any]
ValuesOf = Callable[[Any, Any], Awaitable[Values]]


@attrs.frozen(kw_only=True)
class Address:
    """The addresses of one pattern, and what answers them; None: Datasette does.

    `is_quick`: its SQL is ours, and known to be quick. What is not quick is answered by a process apart, as what visitors
    ask in words of their own.
    """

    pattern: str
    view: View | None = None
    is_quick: bool = True


@attrs.frozen(kw_only=True)
class Page(Address):
    """Addresses where people read something, at `path`.

    `keys`: SQL for what may stand in place of the `{}` in `path`. `asked`: query strings with which the page is another one
    than without. `is_for_robots`: the sitemap lists it, if it has one address. `template` and `values`: of a page that
    Datasette answers, what we add to what Datasette hands to its template.
    """

    path: str
    keys: str = ""
    asked: tuple[str, ...] = ()
    is_for_robots: bool = True
    template: str = ""
    values: ValuesOf | None = None

    @property
    def is_single(self) -> bool:
        """Whether it has one address, beside those with query strings."""
        return self.pattern == _pattern(self.path)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its path, alone and with each query string; in the place of a key stands `{}`."""
        return (self.path, *(f"{self.path}?{query}" for query in self.asked))

    def examples(self, snapshot: sqlite3.Connection, most: int) -> list[str]:
        """Its addresses, with the first `most` keys that a snapshot has in the place of a key."""
        if not self.keys:
            return list(self.addresses)
        keys = [tilde_encode(row[0]) for row in snapshot.execute(f"{self.keys} LIMIT {most}")]
        return [address.replace("{}", key) for address in self.addresses for key in keys]


def page(path: str, *, pattern: str = "", **told: Any) -> Callable[[View], Page]:
    """Declare what a function answers as a page; `pattern` where it has more addresses than `path`, `told` as in `Page`."""
    return lambda view: Page(path=path, pattern=pattern or _pattern(path), view=view, **told)


def file(path: str, *, pattern: str = "", is_quick: bool = True) -> Callable[[View], Address]:
    """Declare what a function answers as a file, for programs."""
    return lambda view: Address(pattern=pattern or _pattern(path), view=view, is_quick=is_quick)


def added_to(template: str, path: str, *, pattern: str = "", **told: Any) -> Callable[[ValuesOf], Page]:
    """Declare what a function gives as what we add to a page of Datasette's, for its template."""
    return lambda values: Page(path=path, pattern=pattern or _pattern(path), template=template, values=values, **told)


def of_datasette(path: str, *, pattern: str = "", **told: Any) -> Page:
    """A page of Datasette's to which we give a template and nothing else; visitors ask it in words of their own."""
    return Page(path=path, pattern=pattern or _pattern(path), is_quick=False, **told)


def _pattern(path: str) -> str:
    return f"{re.escape(path)}$"
