"""Walls: pages that a board puts up against automated clients, with whatever status. They are never worked around."""

from __future__ import annotations

import re

_TITLE = re.compile(rb"<title[^>]*>([^<]{0,200})")
# What the titles of such pages say; the last four are those of the Civil Service's, of older firewalls and of Jobiqo's.
_SIGNS = (
    b"just a moment",
    b"attention required",
    b"access denied",
    b"verify you are human",
    b"are you a robot",
    b"security check",
    b"checking your browser",
    b"quick check needed",
    b"request rejected",
    b"botchallenge",
    b"bot challenge",
)
# The widget of such a page, whatever its title says: ALTCHA asks for a proof of work.
_WIDGET = re.compile(rb"<altcha-widget[\s/>]")
# What Jobiqo sends instead of a board: its address or its script. A page of the board itself, which may load that too,
# has the board's data.
_STUB = re.compile(rb"[\"'/.#=_-]bot[-_]?challenge")
_DATA_OF_THE_BOARD = b"__NEXT_DATA__"
_LOOKED_AT = 20_000

REFUSALS = frozenset({401, 403, 429})
"""Statuses by which a board refuses us."""


def is_wall(body: bytes) -> bool:
    """True if a page is a challenge or a refusal, judged by its title, by its widget, or by where it leads."""
    start = body[:_LOOKED_AT].lower()  # Patterns that need not mind the case are an order of magnitude faster.
    if _WIDGET.search(start):
        return True
    if b"challenge" in start and _STUB.search(start) and _DATA_OF_THE_BOARD not in body:
        return True
    title = _TITLE.search(start)
    return title is not None and any(sign in title[1] for sign in _SIGNS)
