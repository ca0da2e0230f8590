"""Folding: what does not tell two strings apart is made the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANK_LINES = re.compile(r"\n{3,}")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Control characters (but tab and newline), zero-width and bidirectional marks, and lone surrogates: a board may print
# them, nobody can read them, and a surrogate aborts the insert of a whole page.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return `text` without characters that cannot be printed; line ends become a newline."""
    if text.isprintable():
        return text  # Most is, and this is the quickest way to know.
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))


def fold_space(text: str) -> str:
    r"""Return `text` on one line: every run of white space is one space.

    >>> fold_space(" Head of\u00a0 Legal\n")
    'Head of Legal'
    """
    return " ".join(clean(text).split())


def fold_space_keep_lines(text: str) -> str:
    """Return `text` with white space folded inside lines, and at most one blank line between paragraphs."""
    folded = "\n".join([" ".join(line.split()) for line in clean(text).split("\n")])
    return (_BLANK_LINES.sub("\n\n", folded) if "\n\n\n" in folded else folded).strip()


def lower_in_place(text: str) -> str:
    """Return `text` in small letters, each where its capital stands: there is one of which `lower` makes two.

    >>> lower_in_place("İ AM"), len("İ AM".lower())
    ('i am', 5)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(letter.lower()[0] for letter in text)


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """Return the key under which a name is looked up: case, accents, punctuation, `&` and a leading `The` do not count.

    >>> fold_name("The Royal Borough of Windsor & Maidenhead")
    'royal borough of windsor and maidenhead'
    """
    ascii_name = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = _NOT_WORD.sub(" ", ascii_name.replace("&", " and ").replace("'", "")).strip()
    return words.removeprefix("the ")
