"""The text of an advert, as plain text: nothing that a board prints is ever markup again."""

from __future__ import annotations

import re
from html import unescape

import html_text

from jobscraper.text.fold import clean, fold_space_keep_lines
from jobscraper.text.lines import breaks_mended

_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>")
_ESCAPED_MARKUP = re.compile(r"&lt;/?[a-zA-Z]")


def plain_text(description: str | None) -> str | None:
    """Return a description, HTML or text, as paragraphs of plain text; None where nothing is left.

    Some feeds escape their HTML once too often; it is unescaped as long as markup comes out, three times at most.
    """
    if not description:
        return None
    for _ in range(3):
        if not _ESCAPED_MARKUP.search(description):
            break
        description = unescape(description)
    text = clean(description)
    if _MARKUP.search(text):
        text = html_text.extract_text(breaks_mended(text), guess_layout=True)
    elif "&" in text:
        text = unescape(text)
    return fold_space_keep_lines(text) or None
