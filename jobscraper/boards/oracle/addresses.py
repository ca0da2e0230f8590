"""The addresses of a pod: of its list, of an advert's data, and of the page where a person finds the advert."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_API = "/hcmRestApi/resources/latest"
LIST = f"{_API}/recruitingCEJobRequisitions"
ADVERT = f"{_API}/recruitingCEJobRequisitionDetails"
AT_ONCE = 50


def in_finder(url: str, name: str) -> str:
    """A value that the finder of an address names; empty if it does not."""
    found = re.search(rf"[;,]{name}=\"?([\w-]+)", unquote(urlsplit(url).query))
    return found[1] if found else ""


def list_address(host: str, site: str, offset: int) -> str:
    """The address of a page of the list."""
    finder = f"findReqs;siteNumber={site},limit={AT_ONCE},offset={offset}"
    return f"{host}{LIST}?onlyData=true&expand=requisitionList&finder={finder}"


def advert_address(base: str, site: str, number: str) -> str:
    """The address of an advert's data."""
    parts = urlsplit(base)
    finder = f"ById;Id=%22{number}%22,siteNumber={site}"
    return f"{parts.scheme}://{parts.netloc}{ADVERT}?expand=all&onlyData=true&finder={finder}"


def shown_address(base: str, site: str, number: str) -> str:
    """The address at which a person finds an advert."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/hcmUI/CandidateExperience/en/sites/{site}/job/{number}"
