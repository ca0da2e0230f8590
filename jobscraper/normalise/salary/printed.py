r"""The string as a reader sees it, with a way back to the string that was given.

Feeds deliver `&pound;`, `\u00a3` and `Â£` for `£`. They are repaired before anything is read, and every position keeps
its place in the given string, so that evidence never points at characters that nobody printed.
"""

from __future__ import annotations

import html
import re

import attrs

# Longest first: `â€“` must not be taken for a lone `â`.
_MOJIBAKE = {
    "Â£": "£",
    "Â\u00a0": " ",
    "Â ": " ",
    "â‚¬": "€",
    "â€“": "–",
    "â€”": "—",
    "â€™": "’",
    "â€\u0093": "–",
    "â\u0080\u0093": "–",
    "â\u0080\u0094": "—",
    "ï¿½": "\ufffd",
    "Ł": "£",
}
_BROKEN = re.compile(
    r"&#?[a-zA-Z0-9]{1,8};|&pound(?=\s?\d)|\\u[0-9a-fA-F]{4}|\\[nrt]|<[a-zA-Z/][^<>]{0,80}>|"
    + "|".join(map(re.escape, sorted(_MOJIBAKE, key=len, reverse=True)))
)


def _repaired(broken: str) -> str:
    if broken[0] == "&":
        return html.unescape(broken if broken.endswith(";") else broken + ";")
    if broken[0] == "\\" and len(broken) == 2:
        return "\n"
    if broken[0] == "\\":
        return chr(int(broken.removeprefix("\\u"), 16))
    if broken[0] == "<":
        return "\n" if broken[1:3].lower() in {"br", "/p", "li", "/l"} else " "
    return _MOJIBAKE[broken]


@attrs.frozen
class Printed:
    """`text` is what is read; `given` is what was handed in; `origin` maps every position of `text` into `given`.

    `origin` is None where nothing had to be repaired. Otherwise `origin[i]` is the span of `given` that shows as
    `text[i]`.
    """

    text: str
    given: str
    origin: tuple[tuple[int, int], ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of `given` that shows as `text[start:end]`."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start][0], self.origin[end - 1][1]


def as_printed(given: str) -> Printed:
    """Repair entities, escapes, tags and mojibake in `given`.

    >>> as_printed("&pound;20,000").text
    '£20,000'
    """
    if not _BROKEN.search(given):
        return Printed(given, given)
    pieces: list[str] = []
    origin: list[tuple[int, int]] = []
    done = 0
    for broken in _BROKEN.finditer(given):
        start, end = broken.span()
        repaired = _repaired(broken[0])
        pieces += given[done:start], repaired
        origin += [(i, i + 1) for i in range(done, start)]
        origin += [(start, end)] * len(repaired)
        done = end
    pieces.append(given[done:])
    origin += [(i, i + 1) for i in range(done, len(given))]
    return Printed("".join(pieces), given, tuple(origin))
