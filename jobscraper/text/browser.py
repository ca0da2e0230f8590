"""A page as a browser makes it of its markup, by the HTML standard (lexbor), and what it shows.

For pages whose markup nobody has seen: this parser takes a third less time than libxml2, and mends what is broken as every browser does.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobscraper.text.lines import BREAKS, HIDDEN

MOST_TAGS = 40_000
"""Elements that are nested without end cost time by the square of their depth: three seconds for so many."""
_WORD = re.compile(r"\w+")
_HIDDEN = ",".join(sorted(HIDDEN))


def shown(markup: str) -> LexborNode:
    """Return the root of a page, without what no browser shows: scripts, styles, templates, what somebody may fill in.

    :raises ValueError: it has more tags than any page.
    """
    if markup.count("<") > MOST_TAGS:
        raise ValueError(f"more than {MOST_TAGS:,} tags")
    root = LexborHTMLParser(markup).root
    assert root is not None  # The standard gives every text an `html`.
    for hidden in root.css(_HIDDEN):
        hidden.decompose()
    return root


def texts_of(root: LexborNode) -> list[str]:
    """Return the text nodes of a page, in order."""
    return [node.text_content or "" for node in root.traverse(include_text=True) if node.is_text_node]


def lines_of(root: LexborNode) -> list[str]:
    """Return the lines that a page shows, white space as it stands in the markup; some are blank.

    A line ends where a block begins, or where what follows is in another block.
    """
    lines: list[str] = []
    line, block_of_line = "", None
    for node in root.traverse(include_text=True):
        text = node.text_content
        if text is None:
            if line and node.tag in BREAKS:
                lines.append(line)
                line = ""
            continue
        around = node.parent
        while around is not None and around.tag not in BREAKS:
            around = around.parent
        block = around and around.mem_id
        if line and block != block_of_line:
            lines.append(line)
            line = ""
        line, block_of_line = line + text, block
    return [*lines, line]


def links_with(root: LexborNode, text: str) -> list[LexborNode]:
    """Return the links in which the first word of `text` stands, in the order of the page."""
    word = _WORD.search(text)
    if word is None:
        return []
    contains = f':lexbor-contains("{word[0]}")'
    return root.css(f"a[href]:is({contains}, :has({contains}))")
