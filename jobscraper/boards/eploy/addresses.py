"""The addresses of vacancies on Eploy."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from jobscraper.read.markup import untorn

_ADDRESS = re.compile(r"(?:^|/)(\d+)/([^/?#]+\.html)(?=[/?#]|$)", re.IGNORECASE)


def number_in(address: str | None) -> str | None:
    """The number of a vacancy in the address of its page: `581` of `581/lecturer.html`."""
    found = _ADDRESS.search(untorn(address or ""))
    return found[1] if found else None


def vacancy_address(page: str, address: str | None) -> str | None:
    """The address of a vacancy's own page on the host of `page`.

    >>> vacancy_address("https://jobs.islington.gov.uk/vacancies/", "581/lecturer.html?utm=1")
    'https://jobs.islington.gov.uk/vacancies/581/lecturer.html'
    """
    found = _ADDRESS.search(untorn(address or ""))
    return urljoin(page, f"/vacancies/{found[1]}/{found[2]}") if found else None
