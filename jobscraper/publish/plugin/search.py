"""Searching: whatever somebody types into the box is answered with adverts or with none, never with an error."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from datasette.utils import escape_fts

_EMPTY = re.compile(rb"(?:^|&)_search=(?:\+|%20)*(?=&|$)")


def without_empty_search(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The request without a search for nothing, which a form sends with every filter and Datasette finds nowhere."""
    if scope["type"] != "http" or b"_search=" not in scope.get("query_string", b""):
        return scope
    return {**scope, "query_string": _EMPTY.sub(b"", scope["query_string"]).lstrip(b"&")}


def as_match(words: str) -> str:
    """Words as an expression for FTS5; of a lone quotation mark Datasette leaves nothing, which FTS5 refuses."""
    return escape_fts(words) or '""'
