"""Redacting words of a text: they become `xxx`, all else stays where it is, so that a page can still be read as before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

Shingle = tuple[str, ...]
"""Words that follow each other, in lower case."""

# Tags, escapes and entities stand between words, and are none: `\u003cp\u003e`, `\n`, `&nbsp;`, `<br class="x">`.
_TOKEN = re.compile(r"<[^<>]{0,2000}>|\\u[0-9a-fA-F]{4}|\\[nrtbf]|&#?\w{1,12};|([^\W_]+)")


def shingles(text: str, length: int) -> set[Shingle]:
    """All runs of `length` words of a text; of a shorter one, all of its words as one run. One word alone is nobody's own.

    >>> sorted(shingles("Join our <b>busy</b> team", 3))
    [('join', 'our', 'busy'), ('our', 'busy', 'team')]
    """
    words = [word for word, _, _ in _words(text)]
    if len(words) <= length:
        return {tuple(words)} if len(words) > 1 else set()
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def redacted(text: str, secret: Set[Shingle]) -> str:
    """Return the text with every word redacted out that stands in one of these runs; its length is the same.

    >>> redacted("<p>Join our busy team!</p>", {("our", "busy", "team")})
    '<p>Join xxx xxxx xxxx!</p>'
    """
    words = list(_words(text))
    lengths = {len(shingle) for shingle in secret}
    out: set[int] = set()
    for length in lengths:
        for at in range(len(words) - length + 1):
            if tuple(word for word, _, _ in words[at : at + length]) in secret:
                out.update(range(at, at + length))
    pieces, end = [], 0
    for nth in sorted(out):
        _, begin, stop = words[nth]
        pieces += [text[end:begin], "x" * (stop - begin)]
        end = stop
    return "".join([*pieces, text[end:]])


def all_shingles(texts: Iterable[str], length: int) -> set[Shingle]:
    """The runs of several texts."""
    return {shingle for text in texts for shingle in shingles(text, length)}


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _TOKEN.finditer(text):
        if found[1] and set(found[1]) != {"x"}:  # Redacted before.
            yield found[1].casefold(), found.start(), found.end()
