"""Credentials in web addresses (`https://user:password@host`): nothing that is told to anybody holds them."""

from __future__ import annotations

import re

# Up to the last `@` before the path: a password may hold one itself.
_CREDENTIALS = re.compile(r"(?<=://)[^\s/?#\"'<>]*@")


def without_credentials(text: str) -> str:
    """The text without the user names and passwords of the web addresses in it."""
    return _CREDENTIALS.sub("", text)
