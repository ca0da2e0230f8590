"""A page as a browser makes it of its markup, by the HTML standard (lexbor), and what it shows.

For pages whose markup nobody has seen: this parser takes half of libxml2's time, and mends what is broken as every browser does.
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
    if len(markup) > MOST_TAGS * len("<p>") and markup.count("<") > MOST_TAGS:  # Counting is a tenth of parsing.
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
    """Return the lines that a page shows, white space in them as it stands in the markup; one may be blank.

    A line ends where a block begins, or where what follows is in another block.
    """
    lines: list[str] = []
    line: list[str] = []
    first: LexborNode | None = None  # Of the line; its block is looked up when another text may stand in the same one.
    block_of_line: int | None = None
    known: dict[int, int | None] = {}
    for node in root.traverse(include_text=True):
        text = node.text_content
        if text is None:
            if line and node.tag in BREAKS:
                lines.append("".join(line))
                line.clear()
            continue
        if text.isspace():
            if line:  # Between words; between blocks it is no line.
                line.append(text)
            continue
        if line:
            if first is not None:
                block_of_line, first = _block_of(first.parent, known), None
            block = _block_of(node.parent, known)
            if block != block_of_line:
                lines.append("".join(line))
                line.clear()
                block_of_line = block
        else:
            first = node
        line.append(text)
    return [*lines, "".join(line)]


def _block_of(element: LexborNode | None, known: dict[int, int | None]) -> int | None:
    """What tells the innermost block that an element is, or is in, from all others; None outside of any."""
    if element is None:
        return None
    if element.tag in BREAKS:
        return element.mem_id
    parent = element.parent  # Of nearly all text a block; else it is looked up what is known.
    return parent.mem_id if parent is not None and parent.tag in BREAKS else _block_around(parent, known)


def _block_around(element: LexborNode | None, known: dict[int, int | None]) -> int | None:
    """The same, by climbing up to an element whose answer is known: twenty thousand `span` in each other would take a minute
    without.
    """
    climbed: list[int] = []
    block: int | None = None
    while element is not None:
        key = element.mem_id
        if key in known:
            block = known[key]
            break
        climbed.append(key)
        if element.tag in BREAKS:
            block = key
            break
        element = element.parent
    known.update(dict.fromkeys(climbed, block))
    return block


def links_with(root: LexborNode, text: str) -> list[LexborNode]:
    """Return the links in which the first word of `text` stands, in the order of the page."""
    word = _WORD.search(text)
    if word is None:
        return []
    contains = f':lexbor-contains("{word[0]}")'
    return root.css(f"a[href]:is({contains}, :has({contains}))")
