"""The JSON in a script of a page, also where it is none: raw newlines in strings, `//` comments, trailing commas, CDATA, `null`
blocks (see the samples of extruct).
"""

from __future__ import annotations

import json
import re

import json_repair

from jobscraper.read.markup import unescaped
from jobscraper.text.json_values import finite_or_text, whole_or_text

# A string (kept), or what may stand between strings in a script, but not in JSON.
_TOKEN = re.compile(
    r"""("(?:[^"\\]|\\.)*+")|(?://\s*|/\*\s*)?(?:<!\[CDATA\[|\]\]>)(?:\s*\*/)?|<!--.{0,2000}?-->|/\*.{0,2000}?\*/|//[^\n]*"""
    r"""|<!--|-->|[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\u2028\u2029]""",
    re.DOTALL,
)
_WRAPPING = re.compile(r"\A\s*<!--.*?-->(?=\s*[{\[])|(?://\s*|/\*\s*)?(?:<!\[CDATA\[|\]\]>)(?:\s*\*/)?", re.DOTALL)
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[}\]])|;\s*$', re.DOTALL)
_BETWEEN = re.compile(r"[\s,;]*")
_JSON = json.JSONDecoder(
    strict=False, parse_constant=lambda _: None, parse_int=whole_or_text, parse_float=finite_or_text
)
_MOST_REPAIRED, _MOST_OPEN = 300_000, 50


def parsed(block: str) -> object:
    """The value of a block: as JSON; if it is none, without comments and the like; then mended by `json-repair`."""
    block = block.strip("\ufeff \t\r\n")
    if '"' not in block and "&quot;" in block:
        block = unescaped(block)
    for read in (_values, _values_beside_comments):
        try:
            return read(block)
        except (ValueError, RecursionError):
            continue
    return _repaired(_WRAPPING.sub("", block))


def _values(text: str) -> list[object]:
    """The JSON values of a text: one, or several one after the other."""
    values, at = [], 0
    while at < len(text):
        value, end = _JSON.raw_decode(text, at)
        values.append(value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    return values


def _values_beside_comments(block: str) -> list[object]:
    return _values(_without_comments(block))


def _without_comments(block: str) -> str:
    """A block without comments, CDATA, control characters and commas before a bracket; all outside of strings."""
    bare = _TOKEN.sub(lambda found: found[1] or "", block).strip() or re.sub(r"<!--|-->", "", block)
    return _COMMA.sub(lambda found: found[1] or "", bare)


def _repaired(block: str) -> object:
    """What `json-repair` makes of a block; None of what is far too long or too deep for an advert, and takes minutes."""
    if len(block) > _MOST_REPAIRED or any(block.count(o) - block.count(c) > _MOST_OPEN for o, c in ("{}", "[]")):
        return None
    try:
        return json_repair.repair_json(block, return_objects=True, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None
