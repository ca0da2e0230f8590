"""The reference of an advert in its address, and the address out of it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

REFERENCE = re.compile(r"/jobadvert/([A-Za-z]\d+-\d+-\d+)")


def advert_address(base: str, reference: str | None) -> str | None:
    """The address of an advert's own page, out of its reference."""
    return urljoin(base, f"/candidate/jobadvert/{reference}") if reference else None
