"""The lines of a page as a reader sees them."""

from __future__ import annotations

import re

from lxml import etree

BREAKS = frozenset(
    "address article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th title tr ul".split()
)
HIDDEN = frozenset({"script", "style", "noscript", "template", "textarea", "select"})
_CLOSED_BREAK = re.compile(r"</[bB][rR]\s*/?\s*>")


def breaks_mended(markup: str) -> str:
    """Return HTML with `<br>` for every `</br>`: browsers break the line there, our parser drops the tag and glues words.

    >>> breaks_mended("One.</br>Two.</BR >Three.")
    'One.<br>Two.<br>Three.'
    """
    return _CLOSED_BREAK.sub("<br>", markup)


def lines_of(root: etree._Element) -> list[str]:
    """Return the lines that a page shows, white space as it stands in the markup; some are blank.

    One walk, and nothing is copied.
    """
    lines: list[str] = []
    line: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if line and node.tag in BREAKS:
            lines.append("".join(line))
            line.clear()
        if event != "start":
            text = node.tail if node is not root else None  # What follows the element is not in it.
        elif node.tag in HIDDEN:
            walk.skip_subtree()
            continue
        else:
            text = node.text
        if text:
            line.append(text)
    return [*lines, "".join(line)]
