"""E-mail addresses in a text: where each begins and ends.

They are searched for from a character or word that each must have (`@`, `(at)`, ` dot `), outwards and within bounds, so
that the time is linear in the text whatever a board prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobscraper.normalise.contacts.spans import Span

# What publishing refuses (letters, digits and `.+'-` on both sides of an @) is always found, host with a dot or not:
# boards cut their blurbs in the middle of an address.
_LOCAL = re.compile(r"[\w.+'’%-]{1,64}$")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_FULL_HOST = re.compile(r"\s{0,2}[\w-]{1,63}(?:\s?\.[\w-]{1,63}){1,8}")
_AT = re.compile(r"@|＠|&#64;|&#x40;|&commat;|%40", re.IGNORECASE)
# The next label of a form stands behind the address without a blank: `jo@example.orgTelephone number01632…`.
_GLUED_LABEL = re.compile(r"(?<=\.)[a-z]{2,6}(?=[A-Z][a-z])")
_OPEN, _CLOSE = r"\s?[(\[{<]\s?", r"\s?[)\]}>]\s?"
_DOT = rf"(?:{_OPEN}dot{_CLOSE}|\s(?:dot|underscore|hyphen|dash)\s)"
_SPELLED = re.compile(
    rf"(?<![\w.+'-])[\w.+'-]{{1,64}}+(?:{_DOT}[\w.+'-]{{1,64}}+){{0,4}}(?:{_OPEN}at{_CLOSE}|\sat\s)"
    rf"(?:[\w-]{{1,63}}(?:{_OPEN}dot{_CLOSE}|\sdot\s|\.)){{1,5}}[a-z]{{2,20}}\b",
    re.IGNORECASE,
)
_MAY_BE_SPELLED = re.compile(r"[(\[{<]\s?at", re.IGNORECASE)
_A_DOT = re.compile(r"dot\b|[(\[{<]\s?at", re.IGNORECASE)
# `sam.example at example.org`: only what has a dot itself, since one may look at example.org, too.
_AT_HOST = re.compile(r" at (?=[\w-]{1,63}\.[a-z])")
_DOTTED_LOCAL = re.compile(r"(?<![\w.])[A-Za-z][\w'-]{0,30}[._][\w'.-]{1,40}$")


def find_emails(text: str) -> list[Span]:
    """Where e-mail addresses stand, written with an @ or spelled (`name at example dot org`)."""
    spans = [span for match in _AT.finditer(text) if (span := _around(text, match))]
    if _MAY_BE_SPELLED.search(text) or " dot " in text.lower():
        spans += [match.span() for match in _SPELLED.finditer(text) if _A_DOT.search(match[0])]
    return [*spans, *_without_sign(text)]


def _around(text: str, at: re.Match[str]) -> Span | None:
    before = text[max(0, at.start() - 66) : at.start()]
    local = _LOCAL.search(before)
    host = _HOST.match(text, at.end())
    if local and (host or at.end() == len(text)) and _glued(at[0], local[0], host):
        return at.start() - len(local[0]), _end(text, host) if host else at.end()
    spaced = _LOCAL.search(before.rstrip())
    full = _FULL_HOST.match(text, at.end())
    if spaced and full and (at[0] != "%40" or local):
        return at.start() - len(before) + spaced.start(), _end(text, full)
    return None


def _end(text: str, host: re.Match[str]) -> int:
    label = _GLUED_LABEL.search(text, host.start(), host.end())
    return label.end() if label else host.end()


def _glued(sign: str, local: str, host: re.Match[str] | None) -> bool:
    """A host with a dot is one; without, letters on both sides must say that it is no `2@3`."""
    if host and "." in host[0]:
        return True
    has_letters = any(map(str.isalpha, local)) and (host is None or any(map(str.isalpha, host[0])))
    return sign in "@＠" and has_letters


def _without_sign(text: str) -> Iterator[Span]:
    for at in _AT_HOST.finditer(text):
        local = _DOTTED_LOCAL.search(text, max(0, at.start() - 66), at.start())
        host = _HOST.match(text, at.end())
        if local and host:
            yield local.start(), _end(text, host)
