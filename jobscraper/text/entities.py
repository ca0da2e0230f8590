"""HTML entities that a board printed where their characters belong: `Southport &amp; Formby`."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]\w{1,7});", re.IGNORECASE)


def decoded(text: str) -> str:
    """Return `text` with its entities as the characters they are, of the same length, so that spans hold in both.

    What is too much is filled with zero-width spaces, which folding takes out.

    >>> decoded("Brown &amp; Co").replace("\u200b", "")
    'Brown & Co'
    """
    if "&" not in text or ";" not in text:
        return text
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]).ljust(len(entity[0]), "\u200b")[: len(entity[0])], text)
