"""Addresses of Oleeo without their per-visit parts.

An address is `/vx/lang-en-GB/mobile-0/appcentre-1/brand-2/user-37/xf-91c0e9/candidate/so/pm/1/pl/3/opp/<number>-<slug>/en-GB`.
All before `/candidate/` depends on who looks and from where (one feed of the Ministry of Justice has two brands), and is
not needed; the number is the advert.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from jobscraper.read.markup import untorn

_OPPORTUNITY = re.compile(
    r"/candidate/((?:so/)?(?:pm/\d+/)?(?:pl/\d+/)?opp/(\d+)(?:-[^/?#]*)?(?:/[a-z]{2}-[A-Z]{2})?)(?=[/?#]|$)"
)
_NUMBER = re.compile(r"/opp/(\d+)")
_PER_VISIT = re.compile(r"/(?:xf|user)-[^/?#]*")


def number_in(address: str | None) -> str | None:
    """The number of the advert in an address, or None.

    >>> number_in("https://x.tal.net/vx/brand-2/xf-5395/candidate/so/pm/6/pl/24/opp/613-Police-Officer/en-GB?a=1")
    '613'
    """
    found = _NUMBER.search(untorn(address or ""))
    return found[1] if found else None


def advert_address(page: str, address: str | None) -> str | None:
    """The address of an advert's own page as it is for everybody, on the host of `page`; None where it has another form.

    >>> advert_address("https://x.tal.net/", "/vx/brand-2/xf-5395/candidate/so/pm/6/pl/24/opp/613-Police-Officer/en-GB?a=1")
    'https://x.tal.net/candidate/so/pm/6/pl/24/opp/613-Police-Officer/en-GB'
    """
    found = _OPPORTUNITY.search(untorn(address or ""))
    return urljoin(page, f"/candidate/{found[1]}") if found else None


def without_visit(address: str) -> str:
    """An address without the parts that are another at each visit."""
    return _PER_VISIT.sub("", address)
