"""Words that somebody typed, as an expression of the search index: answered with adverts or with none, never an error."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import attrs

_EMPTY = re.compile(rb"(?:^|&)_search=(?:\+|%20)*(?=&|$)")
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# What the index takes for a word or a part of one: `tokenchars` in build.py.
_INDEXED = re.compile(r"[\w#+]")
_LETTERS = 4
"""Of a beginning, at least: the index puts together all words with it before it gives the first advert."""
TOO_SHORT = "the * of “{}” needs four letters or more before it"
_NOTHING = '""'


@attrs.frozen
class Match:
    """`found` is what an advert must hold, `excluded` what it must not, both in the language of FTS5; either may be empty."""

    found: str = ""
    excluded: str = ""

    @property
    def has_beginnings(self) -> bool:
        """Whether words are sought by their beginnings."""
        return '"*' in self.found + self.excluded

    def __str__(self) -> str:
        """Both as one expression; FTS5 has none for everything but some words."""
        if not self.found:
            return _NOTHING
        return f"({self.found}) NOT ({self.excluded})" if self.excluded else self.found


def match(words: str, column: str = "") -> Match:
    """All words anywhere (or in one column), `"a phrase"` as it stands, `plan*` as a beginning, and none with `-` before it.

    What is no word for the index (`&`, `-`, `£`) is passed over: else it would match nothing.
    """
    # SQLite ends a text at NUL.
    found: list[str] = []
    excluded: list[str] = []
    for minus, phrase, word in _TERM.findall(words.replace("\0", " ")):
        text = phrase or word
        if not _INDEXED.search(text):
            continue
        quoted = '"' + text.rstrip("*").replace('"', '""') + '"' + ("*" if word.endswith("*") else "")
        (excluded if minus else found).append(quoted)
    within = f"{column} : " if column else ""
    return Match(
        f"{within}({' AND '.join(found)})" if found else "", f"{within}({' OR '.join(excluded)})" if excluded else ""
    )


def without_short_beginnings(words: str) -> tuple[str, list[str]]:
    """Words without the stars of beginnings that stand for too many words, and these beginnings as they were typed.

    >>> without_short_beginnings('in* plan* "of* us" -a*')
    ('in plan* "of* us" -a', ['in*', '-a*'])
    """
    short = []

    def told(term: re.Match[str]) -> str:
        text = term[0]
        if not (term[3] or "").endswith("*") or len(re.split(r"[^\w#+]", text.rstrip("*"))[-1]) >= _LETTERS:
            return text
        short.append(text)
        return text.rstrip("*")

    return _TERM.sub(told, words), short


def as_match(words: str) -> str:
    """Words as an expression for FTS5, for Datasette's own search and for anybody's SQL."""
    return str(match(words or ""))


def without_empty_search(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The request without a search for nothing, which a form sends with every filter and Datasette finds nowhere."""
    if scope["type"] != "http" or b"_search=" not in scope.get("query_string", b""):
        return scope
    return {**scope, "query_string": _EMPTY.sub(b"", scope["query_string"]).lstrip(b"&")}
