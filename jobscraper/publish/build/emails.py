"""E-mail addresses, on their own and not as the redaction finds them: what watches over it must not share its faults."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[\w.+'-]{1,64}@\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
"""What no published table may hold. The bound keeps a megabyte of letters from taking the square of its length."""

# Web addresses carry an at sign in either form.
_IN_ADDRESS = re.compile(r"[\w.+'-]{1,64}(?:@|%40)\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
# The blank makes a web address that is no longer the real one into no web address, so that no page links to it.
MASK = "[contact removed]"


def without_emails(text: str) -> tuple[str, int]:
    """`text` with a mark in place of each e-mail address, and how many there were."""
    return _IN_ADDRESS.subn(MASK, text)
