"""Walls: pages that a board puts up against automated clients, with whatever status. They are never worked around."""

from __future__ import annotations

import re

_TITLE = re.compile(rb"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
# What the titles of such pages say; the last two are those of the Civil Service's and of older firewalls.
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
)
# The widget of such a page, whatever its title says: ALTCHA asks for a proof of work.
_WIDGET = re.compile(rb"<altcha-widget[\s/>]", re.IGNORECASE)
_LOOKED_AT = 20_000

REFUSALS = frozenset({401, 403, 429})
"""Statuses by which a board refuses us."""


def is_wall(body: bytes) -> bool:
    """True if a page is a challenge or a refusal, judged by its title, or by its widget."""
    if _WIDGET.search(body, 0, _LOOKED_AT):
        return True
    title = _TITLE.search(body, 0, _LOOKED_AT)
    return title is not None and any(sign in title[1].lower() for sign in _SIGNS)
